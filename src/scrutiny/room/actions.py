"""Writes in the room: who came and went, which item is discussed, who chairs it, and the end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from scrutiny.actions import actions as log
from scrutiny.agendas import actions as agendas
from scrutiny.agendas.access import OPEN, reader_of, sees
from scrutiny.agendas.queries import item_for, items_of
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.stages import amend
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.calendar import address
from scrutiny.meetings.rules import Presence, Stage, is_known_to_public
from scrutiny.meetings.tables import Attendance, Meeting
from scrutiny.people.actions import once
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record
from scrutiny.room import queries
from scrutiny.room.rules import MODES, Sitter, status_of_arrival
from scrutiny.room.tables import Chairing, Decision

NOT_OPEN = "The meeting is not open. Open it first."
NO_SEAT = "Nobody with this seat belongs at this meeting."
HIDDEN = "The item being discussed is one in which you take no part. Others move on from it."
STILL_OPEN = "A decision is still open. Close it or withdraw it before you close the meeting."


@writes
async def arrive(seen: Meeting, seat: UUID, *, mode: str = "in_person", by: Seat) -> None:
    """They are here from now on, or again. Once they are, nothing happens but a change of mode."""
    meeting = await in_session(seen)
    who = await _sitter(meeting, seat)
    if mode not in MODES:
        raise NotNow("Choose whether they are in the room, online or on the phone.")
    if who.here and who.mode == mode:
        return
    began = queries.first_began(await items_of(meeting))
    came = who.came if who.here or who.left else now()
    status = status_of_arrival(came, began)
    await _keep(meeting, who, by, status=status, mode=mode, came=came, left=None)


@writes
async def leave(seen: Meeting, seat: UUID, *, by: Seat) -> None:
    meeting = await in_session(seen)
    who = await _sitter(meeting, seat)
    if who.here:
        gone = {"status": Presence.LEFT_EARLY, "mode": who.mode, "came": who.came, "left": now()}
        await _keep(meeting, who, by, **gone)


@writes
async def apologise(seen: Meeting, seat: UUID, *, by: Seat) -> None:
    """They sent word that they are not coming."""
    meeting = await in_session(seen)
    who = await _sitter(meeting, seat)
    if who.here or who.left:
        raise NotNow(f"{who.name} was here already. Record when they left instead.")
    away = {"status": Presence.APOLOGIES, "mode": who.mode, "came": None, "left": None}
    await _keep(meeting, who, by, **away)


async def _keep(
    meeting: Meeting,
    who: Sitter,
    by: Seat,
    *,
    status: str,
    mode: str,
    came: datetime | None,
    left: datetime | None,
) -> None:
    # Whoever fills in the whole roll at the same time learns that somebody was before them.
    await amend(meeting)
    mine = (Attendance.meeting == meeting.id) & (Attendance.seat.person == who.person)
    there = await Attendance.select(Attendance.id).where(mine)
    await Attendance.delete().where(Attendance.id.is_in([row["id"] for row in there] or [who.seat]))
    told = {"status": str(status), "mode": mode, "came": came, "left": left}
    await Attendance.insert(Attendance(meeting=meeting.id, seat=who.seat, **told))
    public = is_known_to_public(meeting.stage, meeting.public, meeting.sequence)
    facts = {"of": who.seat, "status": str(status), "mode": mode}
    await record("room.presence", meeting, by=by, public=public, **facts)


async def _sitter(meeting: Meeting, seat: UUID) -> Sitter:
    found = next((one for one in await queries.sitters(meeting) if one.seat == seat), None)
    if found is None:
        raise Missing(NO_SEAT)
    return found


# -- items ----------------------------------------------------------------------------------------


@writes
async def start(seen: Meeting, known: UUID, *, by: Seat) -> None:
    """Turn to an item; the one before it ends. One that was ended goes on with the time it had."""
    meeting = await in_session(seen)
    reader = await reader_of(by, by.panel)
    item = await item_for(reader, meeting, known)
    running = queries.current(await items_of(meeting))
    if running is not None and not sees(reader, running):
        raise NotNow(HIDDEN)
    if running is not None and running.id == item.id:
        return
    if running is not None:
        await end(running, by=by)
    spent = item.ended - item.began if item.ended and item.began else None
    began = now() - spent if spent else now()
    fresh = {Item.began: began, Item.ended: None}
    await Item.update(fresh).where(Item.id == item.id)
    await record("room.item_began", item, by=by, position=item.position)


@writes
async def finish(seen: Meeting, known: UUID, *, by: Seat) -> None:
    meeting = await in_session(seen)
    item = await item_for(await reader_of(by, by.panel), meeting, known)
    if item.began and not item.ended:
        await end(item, by=by)


async def end(item: Item, *, by: Seat) -> None:
    """Inside write_tx()."""
    await Item.update({Item.ended: now()}).where(Item.id == item.id)
    await record("room.item_ended", item, by=by, position=item.position)


@writes
async def choose_chair(seen: Meeting, known: UUID, seat: UUID, *, by: Seat) -> None:
    """Those present chose who chairs this item: one of them who takes part in it."""
    meeting = await in_session(seen)
    item = await item_for(await reader_of(by, by.panel), meeting, known)
    able = (await queries.quorum_for(meeting, item, by.panel)).able
    if seat not in {one.seat for one in able}:
        raise NotNow("Choose a member who is here and takes part in this item.")
    await put_in_the_chair(meeting, item, seat, by=by)


async def put_in_the_chair(meeting: Meeting, item: Item, seat: UUID, *, by: Seat) -> None:
    """Inside write_tx()."""
    await Chairing.delete().where(Chairing.item == item.id)
    row = Chairing(meeting=meeting.id, item=item.id, seat=seat, at=now())
    await Chairing.insert(row)
    await record("room.chair_chosen", item, by=by, of=seat)


@writes
async def raise_action(
    seen: Meeting, known: UUID, text: str, *, form_key: str, by: Seat, **whose: Any
) -> None:
    """Record on an item what somebody is to do. `whose`: side, owner, owner_role and due."""
    meeting = await in_session(seen)
    item = await item_for(await reader_of(by, by.panel), meeting, known)
    about = {"item": item.id, "public": item.part == OPEN}
    await log.raise_action(meeting, text, by=by, **about, **whose)
    await once(form_key, f"{address(by.panel, meeting)}/room")


# -- the end --------------------------------------------------------------------------------------


@writes
async def close(seen: Meeting, *, by: Seat) -> None:
    """It is over: the last item ends, the agenda is published with what was added to it since it
    came out, and what was left undone is carried over.

    Raises NotNow while a decision is open, or nobody wrote down who came.
    """
    meeting = await in_session(seen)
    waiting = (Decision.meeting == meeting.id) & (Decision.stage == "put")
    if await Decision.exists().where(waiting):
        raise NotNow(STILL_OPEN)
    running = queries.current(await items_of(meeting))
    if running is not None:
        await end(running, by=by)
    await agendas.publish_what_came_up(meeting, by=by)
    await meetings.close(meeting, by=by)
    await log.carry_open(meeting, by=by)


async def in_session(seen: Meeting) -> Meeting:
    """As it is now. Raises NotNow unless the meeting is open."""
    meeting = await Meeting.objects().get(Meeting.id == seen.id)
    if meeting is None:
        raise Missing("This meeting is no longer here.")
    if meeting.stage != Stage.IN_SESSION:
        raise NotNow(NOT_OPEN)
    return meeting
