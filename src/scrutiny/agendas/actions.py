"""Writes about agendas. Each deed reads its rows itself, as it may run twice (kit.db.writes)."""

import json
from typing import Any
from uuid import UUID

from scrutiny.agendas import placing, queries
from scrutiny.agendas.access import reader_of, seen_by, sees
from scrutiny.agendas.outline import arranged, in_order, neighbour
from scrutiny.agendas.rules import (
    NOTED_WHILE,
    PUBLISHED_WHILE,
    Kind,
    Place,
    digest,
    document,
    place_for_case,
    standing,
)
from scrutiny.agendas.tables import Agenda, Edition, Item
from scrutiny.cases import queries as cases
from scrutiny.cases.rules import MOVES as CASE_MOVES
from scrutiny.cases.rules import Stage as CaseStage
from scrutiny.cases.tables import Case
from scrutiny.concerns import actions as concerns
from scrutiny.concerns.rules import Stage as ConcernStage
from scrutiny.concerns.tables import Concern
from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.stages import advance, amend
from scrutiny.kit.words import many_lines, one_line
from scrutiny.leaks.guard import refuse
from scrutiny.ledger.actions import enter
from scrutiny.letters.actions import Words, write
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.calendar import address, link, subject
from scrutiny.meetings.plan import Plan
from scrutiny.meetings.queries import invitations
from scrutiny.meetings.tables import Meeting
from scrutiny.people.actions import once
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record


@writes
async def call(panel: Panel, plan: Plan, *, by: Seat, form_key: str = "") -> Meeting:
    """Call a meeting and put the panel's standing items on its agenda.

    Raises AlreadyMade for the same form, NotNow when there is a meeting on that day.
    """
    # Before the rest: the same form sent again would otherwise be told that the day is taken.
    await once(form_key, f"/{panel.slug}/meetings/{plan.date.isoformat()}")
    return await begin(panel, plan, by=by)


async def begin(panel: Panel, plan: Plan, *, by: Seat) -> Meeting:
    """The same inside write_tx()."""
    meeting = await meetings.call(panel, plan, by=by)
    await Agenda.insert(Agenda(meeting=meeting.id))
    found = standing(panel.standing_items)
    if found:
        made = [
            Item(meeting=meeting.id, position=at, **vars(one))
            for at, one in enumerate(found, start=1)
        ]
        await Item.insert(*made)
    return meeting


@writes
async def add_item(
    seen: Meeting,
    title: str,
    *,
    by: Seat,
    form_key: str = "",
    under: UUID | None = None,
    **what: Any,
) -> None:
    """`what`: kind, presenter, minutes, part and closed_reason. Last under what it stands under."""
    meeting = await placing.still_open(seen)
    above = await placing.seen(by, meeting, under) if under else None
    made = await placing.place(meeting, Place(above), **what | {"title": one_line(title)})
    await record("agenda.item_added", meeting, by=by, position=made.position)
    await once(form_key, f"{address(by.panel, meeting)}/agenda")


@writes
async def add_case(
    seen: Meeting, number: int, *, by: Seat, form_key: str = "", **what: Any
) -> None:
    """Put a case of this panel on the agenda; a proposed one is thereby scheduled."""
    meeting = await placing.still_open(seen)
    await once(form_key, f"{address(by.panel, meeting)}/agenda")
    made = await place_case(meeting, await cases.find(by, number), by=by, **what)
    await record("agenda.item_added", meeting, by=by, position=made.position, case=number)


async def place_case(meeting: Meeting, case: Case, *, by: Seat, **what: Any) -> Item:
    """The same inside write_tx(). Raises NotNow when it is on an agenda that is still ahead."""
    if await queries.is_on_live_agenda(case.id):
        raise NotNow(f"Case {case.number} is on an agenda already.")
    await schedule(case, meeting, by=by)
    where = place_for_case(in_order(await placing.every(meeting)))
    near = where.after or where.under
    if near is not None and what.get("part", near.part) != near.part:
        where = placing.LAST
    elif near is not None:
        what = {"part": near.part, "closed_reason": near.closed_reason} | what
    return await placing.place(meeting, where, case=case.id, kind=Kind.CASE, **what)


async def schedule(case: Case, meeting: Meeting, *, by: Seat) -> None:
    """It is looked at there, which its own page says."""
    if case.stage != CaseStage.SCHEDULED:
        await advance(case, CASE_MOVES, "scheduled")
    await record("case.scheduled", case, by=by, meeting=meeting.date)


@writes
async def remove(seen: Meeting, known: UUID, *, by: Seat) -> None:
    """Take an item off. Raises NotNow when notes were taken on it, or others stand under it."""
    meeting = await placing.still_open(seen)
    item = await placing.seen(by, meeting, known)
    await take_off(meeting, item)
    number = item.case.number if queries.is_case(item) else None
    if number is not None and (item.case.stage, "returned") in CASE_MOVES:
        await advance(item.case, CASE_MOVES, "returned")
    await record("agenda.item_removed", meeting, by=by, position=item.position, case=number)


async def take_off(meeting: Meeting, item: Item) -> None:
    """The row goes, inside write_tx()."""
    await placing.may_go([item])
    if await Item.exists().where(Item.parent == item.id):
        raise NotNow("Other items stand under this one. Move them first.")
    await Item.delete().where(Item.id == item.id)
    await placing.touch(meeting)


@writes
async def move(seen: Meeting, known: UUID, *, up: bool, by: Seat) -> None:
    """One place up or down among those it stands beside; at the end nothing happens."""
    meeting = await placing.still_open(seen)
    there, reader = await placing.every(meeting), await reader_of(by, by.panel)
    item, mine = placing.one_of(reader, there, known), seen_by(reader, there)
    other = neighbour(mine, known, up=up)
    if other is None:
        return
    swap = {item.id: other.id, other.id: item.id}
    wanted = [swap.get(one.id, one.id) for one in in_order(mine)]
    order = arranged(there, wanted, {one.id for one in mine})
    await placing.put_in_order(there, order)
    await placing.touch(meeting)
    place = order.index(item.id) + 1
    await record("agenda.item_moved", meeting, by=by, was=item.position, position=place)


@writes
async def publish(seen: Meeting, *, by: Seat, looked_at: str = "") -> None:
    """Show the agenda as it stands, the first time or again; those invited get a letter.

    `looked_at` is the digest of what this person saw. Raises Stale when it is another now.
    """
    meeting = await placing.now_of(seen)
    if meeting.stage not in PUBLISHED_WHILE:
        raise NotNow("An agenda is published once invitations are out, until the meeting ends.")
    items, agenda = await queries.items_of(meeting), await queries.agenda_of(meeting)
    if looked_at and looked_at != await _seen_as(items, by):
        raise Stale("Somebody changed the agenda a moment ago. Look again before you publish it.")
    if not items:
        raise NotNow("There is nothing on this agenda yet.")
    if not await _put_out(meeting, agenda, items, by):
        raise NotNow("This agenda is published already.")
    await _tell(meeting, agenda, by.panel)


async def publish_what_came_up(meeting: Meeting, *, by: Seat) -> bool:
    """The meeting is over: what was put on its published agenda since is published with it.

    Inside write_tx(), while it is open still. No letters: whoever came knows. An agenda that never
    came out stays as it is. Raises NotNow for words that must not be published.
    """
    items, agenda = await queries.items_of(meeting), await queries.agenda_of(meeting)
    if agenda is None or agenda.published is None or not items:
        return False
    return await _put_out(meeting, agenda, items, by)


async def _put_out(meeting: Meeting, agenda: Agenda, items: list[Item], by: Seat) -> bool:
    """Show it as it stands; False where it is shown like that already."""
    draft = await queries.draft_of(items)
    text = document(draft.lines, draft.closed)
    again = agenda.published is not None
    if again and agenda.document == text and all(one.shown == one.part for one in items):
        return False
    await refuse(by.panel, {"agenda": text}, about=meeting.id)
    kept = {"document": text, "items": json.dumps([str(known) for known in draft.ids])}
    await amend(agenda, **kept, **{"changed" if again else "published": now()})
    new = [item for item in items if not item.shown]
    for part in {item.part for item in items}:
        shown = (Item.meeting == meeting.id) & (Item.part == part)
        await Item.update({Item.shown: part}).where(shown)
    await record(
        "agenda.published", meeting, by=by, public=meeting.public, items=len(items), again=again
    )
    if meeting.public:
        await _enter(meeting, agenda, by.panel)
        await _tell_residents(meeting, new, by)
    return True


async def _seen_as(items: list[Item], by: Seat) -> str:
    """The digest of what this person could see of it."""
    mine = await queries.draft_of(seen_by(await reader_of(by, by.panel), items))
    return digest(document(mine.lines, mine.closed))


async def _enter(meeting: Meeting, agenda: Agenda, panel: Panel) -> None:
    """Keep these bytes at an address of their own, and enter that in the ledger."""
    number = await queries.next_edition(panel, meeting.date)
    place = {"panel": panel.id, "date": meeting.date, "number": number}
    kept = {"document": agenda.document, "items": agenda.items}
    await Edition.insert(Edition(meeting=meeting.id, **kept, **place))
    title = f"Agenda for {meeting.date:%-d %B %Y}, edition {number}"
    path = f"{address(panel, meeting)}/agenda.json?edition={number}"
    await enter(panel, "agenda", title, path, agenda.document.encode())


async def _tell_residents(meeting: Meeting, new: list[Item], by: Seat) -> None:
    """Whoever raised what became one of these cases can read when the panel looks at it."""
    there = [item.case for item in new if queries.is_case(item)]
    raised = [case.concern for case in there if case.concern is not None]
    if not raised:
        return
    waiting = Concern.id.is_in(raised) & (Concern.stage == ConcernStage.LINKED)
    for concern in await Concern.objects().where(waiting):
        await concerns.link(concern, by=by, to="meeting", name=meeting.date.isoformat())


async def _tell(meeting: Meeting, agenda: Agenda, panel: Panel) -> None:
    what = "has changed" if agenda.changed else "is out"
    text = (
        f"The agenda for the meeting of {panel.name} on {meeting.date:%-d %B %Y} {what}.\n\n"
        f"Read it here:\n{link(panel, meeting)}\n"
    )
    for asked in await invitations(meeting):
        person = asked.seat.person
        key = f"agenda|{meeting.id}|{agenda.version}|{person.id}"
        words = Words(subject(meeting.date, "agenda"), text)
        await write("agenda.published", person, words, key=key, panel=panel)


@writes
async def write_notes(seen: Item, notes: str, *, by: Seat) -> None:
    """Notes of what was said and agreed on an item. Raises Stale when others saved before."""
    item = await Item.objects(Item.meeting).get(Item.id == seen.id)
    if item is None or not sees(await reader_of(by, by.panel), item):
        raise Missing(queries.NOT_THERE)
    if item.meeting.stage not in NOTED_WHILE:
        raise NotNow("Notes are taken once a meeting has been opened, until it has minutes.")
    item.version = seen.version
    await amend(item, notes=many_lines(notes).strip())
    await record("agenda.noted", item, by=by, meeting=item.meeting.date, version=item.version)
