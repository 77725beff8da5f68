"""Writes about who registered. Nothing here keeps the hour at which somebody did anything."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from scrutiny.kit.clock import today
from scrutiny.kit.db import keep, rows, writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.seal import seal
from scrutiny.kit.stages import amend
from scrutiny.leaks import actions as leaks
from scrutiny.letters.tables import Letter
from scrutiny.meetings.registration import queries, telling
from scrutiny.meetings.registration.rules import (
    MOST_ONLINE,
    MOST_WAITING,
    Door,
    Entry,
    Stage,
    door,
    places_left,
)
from scrutiny.meetings.registration.tables import Registration
from scrutiny.meetings.rules import ATTENDANCE_TAKEN, CHANGEABLE, is_known_to_public
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record

HIGHEST = "SELECT max(number) AS highest FROM registration WHERE meeting = {}"


@writes
async def set_places(seen: Meeting, values: Mapping[str, Any], *, by: Seat) -> None:
    """How many may come and when they may say so; more places go to those who wait.

    Nobody loses the place that they were given. Raises Stale, and NotNow once it has begun.
    """
    meeting = await _now(seen.id)
    if meeting.stage not in CHANGEABLE:
        raise NotNow("This meeting can no longer be changed.")
    meeting.version = seen.version
    await amend(meeting, **values)
    public = is_known_to_public(meeting.stage, meeting.public, meeting.sequence)
    places = values["capacity"]
    await record("registration.places", meeting, by=by, public=public, places=places)
    await _move_up(meeting, by.panel)


@writes
async def register(
    seen: Meeting, panel: Panel, entry: Entry, code: str, *, screened: bool = True
) -> Registration:
    """Take somebody's name; a place if there is one, or the waiting list. The same code again
    changes nothing. `screened` is untrue for what came in a flood: that waits to be looked over.

    Raises NotNow when registration is not open, or so many wait that it would be no use.
    """
    meeting = await _now(seen.id)
    mark = queries.code_hash(meeting, code)
    there = await Registration.objects().where(Registration.code_hash == mark).first()
    if there is not None:
        return there
    if door(meeting, today()) != Door.OPEN:
        raise NotNow("Registration for this meeting is not open.")
    row = Registration(id=uuid4(), meeting=meeting.id, code_hash=mark, mode=entry.mode)
    row.stage = await _stage_for(meeting, entry, screened)
    row.number = ((await rows(HIGHEST, meeting.id))[0]["highest"] or 0) + 1
    said = {"name": entry.name, "email": entry.email, "needs": entry.needs}
    row.sealed, row.registered = seal(json.dumps(said), queries.place_of(row.id)), today()
    await keep(row)
    told = [("receipt", code), ("name", entry.name), ("email", entry.email), ("text", entry.needs)]
    await leaks.mark_all(panel, told, row.id)
    await record("registration.made", meeting, panel=panel, day=today(), waiting=_waits(row))
    tell = telling.tell_waiting if _waits(row) else telling.tell_place
    await tell(row, meeting, panel, code)
    return row


async def _stage_for(meeting: Meeting, entry: Entry, screened: bool) -> Stage:
    so_far = await queries.counted(meeting)
    online = entry.mode == "online"
    free = so_far.online < MOST_ONLINE if online else so_far.taken < meeting.capacity
    if free and screened:
        return Stage.REGISTERED
    if so_far.waiting >= MOST_WAITING:
        raise NotNow("So many wait for a place already that nobody more is taken.")
    return Stage.WAITING


def _waits(row: Registration) -> bool:
    return row.stage == Stage.WAITING


@writes
async def give_up(seen: Meeting, panel: Panel, code: str) -> None:
    """Their name is erased at once, and whoever waits longest has the place. Raises Missing."""
    meeting = await _now(seen.id)
    row = await queries.by_code(meeting, code)
    if row.stage == Stage.CAME or meeting.stage not in CHANGEABLE:
        raise NotNow("This meeting has begun or is over. There is nothing to give up.")
    await amend(row, stage=Stage.CANCELLED, sealed=None)
    await leaks.forget(panel, row.id)
    await Letter.delete().where(Letter.key.like(f"{telling.mark_of(meeting, row)}%"))
    await record("registration.given_up", meeting, panel=panel, day=today())
    await _move_up(meeting, panel)


async def _move_up(meeting: Meeting, panel: Panel) -> None:
    """The places that are free go to those who wait for the room, first come first served."""
    if meeting.capacity is None:
        return
    left = places_left(meeting.capacity, (await queries.counted(meeting)).taken)
    if not left:
        return
    waiting = (Registration.meeting == meeting.id) & (Registration.stage == Stage.WAITING)
    first = await (
        Registration.objects()
        .where(waiting & (Registration.mode != "online"))
        .order_by(Registration.number)
        .limit(left)
    )
    for row in first:
        await _give_place(row, meeting, panel)


async def _give_place(row: Registration, meeting: Meeting, panel: Panel) -> None:
    await amend(row, stage=Stage.REGISTERED)
    await record("registration.moved_up", meeting, panel=panel, day=today())
    await telling.tell_place(row, meeting, panel)


@writes
async def admit(seen: Meeting, known: UUID, *, by: Seat) -> None:
    """Somebody who waits is given a place by hand. Raises NotNow when there is none."""
    meeting = await _now(seen.id)
    row = await Registration.objects().get(
        (Registration.id == known) & (Registration.meeting == meeting.id)
    )
    if row is None or row.stage == Stage.CANCELLED:
        raise Missing("Nobody registered under this number.")
    if meeting.stage not in CHANGEABLE | ATTENDANCE_TAKEN or row.stage != Stage.WAITING:
        raise NotNow("They do not wait for a place any more.")
    taken = (await queries.counted(meeting)).taken
    if row.mode != "online" and not places_left(meeting.capacity or 0, taken):
        raise NotNow("Every place is taken. Raise the number of places first.")
    await _give_place(row, meeting, by.panel)


@writes
async def tick(seen: Meeting, came: Mapping[UUID, bool], *, by: Seat) -> None:
    """Who of them came. Only those whose box was changed are named, so two may tick at the door."""
    meeting = await _now(seen.id)
    if meeting.stage not in ATTENDANCE_TAKEN:
        raise NotNow("Who came is ticked once the meeting has been opened.")
    for known, here in came.items():
        before = [Stage.REGISTERED, Stage.WAITING] if here else [Stage.CAME]
        after = Stage.CAME if here else Stage.REGISTERED
        await Registration.update({Registration.stage: after}).where(
            (Registration.id == known)
            & (Registration.meeting == meeting.id)
            & Registration.stage.is_in(before)
        )
    if came:
        so_far = (await queries.counted(meeting)).came
        await record("registration.ticked", meeting, by=by, came=so_far)


async def _now(known: UUID) -> Meeting:
    found = await Meeting.objects().get(Meeting.id == known)
    if found is None:
        raise Missing("This meeting is no longer here.")
    return found
