"""Writes about agendas. Each deed reads its rows itself, as it may run twice (kit.db.writes)."""

from typing import Any
from uuid import UUID

from scrutiny.agendas import queries
from scrutiny.agendas.rules import (
    CHANGED_WHILE,
    MOST_ITEMS,
    NOTED_WHILE,
    PUBLISHED_WHILE,
    digest,
    document,
    lines_of,
    neighbour,
    place_for_case,
    standing_titles,
)
from scrutiny.agendas.tables import Agenda, Edition, Item
from scrutiny.cases import queries as cases
from scrutiny.cases.rules import MOVES as CASE_MOVES
from scrutiny.cases.rules import Stage as CaseStage
from scrutiny.concerns import actions as concerns
from scrutiny.concerns.rules import Stage as ConcernStage
from scrutiny.concerns.tables import Concern
from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.stages import advance, amend, step
from scrutiny.kit.words import many_lines, one_line
from scrutiny.ledger.actions import enter
from scrutiny.letters.actions import Words, write
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.calendar import NEUTRAL, address, link
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
    meeting = await meetings.call(panel, plan, by=by)
    await Agenda.insert(Agenda(meeting=meeting.id))
    titles = standing_titles(panel.standing_items)
    if titles:
        await Item.insert(
            *[
                Item(meeting=meeting.id, position=at, title=title)
                for at, title in enumerate(titles, start=1)
            ]
        )
    return meeting


@writes
async def add_item(seen: Meeting, title: str, *, by: Seat, form_key: str = "") -> None:
    meeting = await _still_open(seen)
    at = await _add(meeting, title=one_line(title))
    await record("agenda.item_added", meeting, by=by, position=at)
    await once(form_key, f"{address(by.panel, meeting)}/agenda")


@writes
async def add_case(seen: Meeting, number: int, *, by: Seat, form_key: str = "") -> None:
    """Put a case of this panel on the agenda; a proposed one is thereby scheduled."""
    meeting = await _still_open(seen)
    await once(form_key, f"{address(by.panel, meeting)}/agenda")
    case = await cases.find(by, number)
    if await queries.is_on_live_agenda(case):
        raise NotNow(f"Case {number} is on an agenda already.")
    if case.stage != CaseStage.SCHEDULED:
        await advance(case, CASE_MOVES, "scheduled")
        await record("case.scheduled", case, by=by, meeting=meeting.date)
    at = await _add(meeting, case=case.id)
    await record("agenda.item_added", meeting, by=by, position=at, case=number)


@writes
async def remove(seen: Meeting, known: UUID, *, by: Seat) -> None:
    """Take an item off. Raises NotNow when notes have been taken on it."""
    meeting = await _still_open(seen)
    item = await queries.item(meeting, known)
    if item.notes.strip():
        raise NotNow("There are notes on this item, so it stays on the agenda.")
    await Item.delete().where(Item.id == item.id)
    number = item.case.number if queries.is_case(item) else None
    if number is not None and (item.case.stage, "returned") in CASE_MOVES:
        await advance(item.case, CASE_MOVES, "returned")
    await record("agenda.item_removed", meeting, by=by, position=item.position, case=number)


@writes
async def move(seen: Meeting, known: UUID, *, up: bool, by: Seat) -> None:
    """One place up or down; at the end of the list nothing happens."""
    meeting = await _still_open(seen)
    items = await queries.items_of(meeting)
    at = next((n for n, item in enumerate(items) if item.id == known), None)
    if at is None:
        raise Missing("This item is not on the agenda.")
    other = neighbour(items, at, up=up)
    if other is None:
        return
    for one, place in ((items[at], other.position), (other, items[at].position)):
        await Item.update({Item.position: place}).where(Item.id == one.id)
    await record(
        "agenda.item_moved", meeting, by=by, was=items[at].position, position=other.position
    )


@writes
async def publish(seen: Meeting, *, by: Seat, looked_at: str = "") -> None:
    """Show the agenda as it stands, the first time or again; those invited get a letter.

    `looked_at` is the digest of what this person saw. Raises Stale when it is another now.
    """
    meeting = await _now(seen)
    if meeting.stage not in PUBLISHED_WHILE:
        raise NotNow("An agenda is published once invitations are out, until the meeting ends.")
    items, agenda = await queries.items_of(meeting), await queries.agenda_of(meeting)
    text = document(queries.lines(items))
    if looked_at and looked_at != digest(text):
        raise Stale("Somebody changed the agenda a moment ago. Look again before you publish it.")
    if not items:
        raise NotNow("There is nothing on this agenda yet.")
    if agenda.published and agenda.document == text:
        raise NotNow("This agenda is published already.")
    again, before = agenda.published is not None, lines_of(agenda.document)
    await amend(agenda, document=text, **{"changed" if again else "published": now()})
    await record(
        "agenda.published", meeting, by=by, public=meeting.public, items=len(items), again=again
    )
    if meeting.public:
        await _enter(meeting, text, by.panel)
        await _tell_residents(meeting, items, {line.case for line in before}, by)
    await _tell(meeting, agenda, by.panel)


async def _enter(meeting: Meeting, text: str, panel: Panel) -> None:
    """Keep these bytes at an address of their own, and enter that in the ledger."""
    number = await queries.next_edition(panel, meeting.date)
    place = {"panel": panel.id, "date": meeting.date, "number": number}
    await Edition.insert(Edition(meeting=meeting.id, document=text, **place))
    title = f"Agenda for {meeting.date:%-d %B %Y}, edition {number}"
    path = f"{address(panel, meeting)}/agenda.json?edition={number}"
    await enter(panel, "agenda", title, path, text.encode())


async def _tell_residents(
    meeting: Meeting, items: list[Item], told: set[int | None], by: Seat
) -> None:
    """Whoever raised what became one of these cases can read when the panel looks at it."""
    new = [item.case for item in items if queries.is_case(item) and item.case.number not in told]
    raised = [case.concern for case in new if case.concern is not None]
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
        await write(
            "agenda.published", person, Words(f"{NEUTRAL}: agenda", text), key=key, panel=panel
        )


@writes
async def write_notes(seen: Item, notes: str, *, by: Seat) -> None:
    """Notes of what was said and agreed on an item. Raises Stale when others saved before."""
    item = await Item.objects(Item.meeting).get(Item.id == seen.id)
    if item is None:
        raise Missing("This item is not on the agenda.")
    if item.meeting.stage not in NOTED_WHILE:
        raise NotNow("Notes are taken once a meeting has been opened, until it has minutes.")
    item.version = seen.version
    await amend(item, notes=many_lines(notes).strip())
    await record("agenda.noted", item, by=by, meeting=item.meeting.date, version=item.version)


async def _now(seen: Meeting) -> Meeting:
    found = await Meeting.objects().get(Meeting.id == seen.id)
    if found is None:
        raise Missing("This meeting is no longer here.")
    return found


async def _still_open(seen: Meeting) -> Meeting:
    meeting = await _now(seen)
    if meeting.stage not in CHANGED_WHILE:
        step({}, meeting.stage, "given another agenda")
    return meeting


async def _add(meeting: Meeting, **what: Any) -> int:
    """A new item at the end, or a case with the other cases; returns its position."""
    there = await queries.items_of(meeting)
    if len(there) >= MOST_ITEMS:
        raise NotNow(f"An agenda takes {MOST_ITEMS} items at most.")
    at = place_for_case(queries.lines(there)) if "case" in what else len(there)
    position = there[at - 1].position + 1 if at else 1
    later = (Item.meeting == meeting.id) & (Item.position >= position)
    await Item.update({Item.position: Item.position + 1}).where(later)
    await Item.insert(Item(meeting=meeting.id, position=position, **what))
    return position
