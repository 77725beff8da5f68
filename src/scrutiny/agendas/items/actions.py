"""Writes about single items: changed, linked, dragged, sent on to the next meeting."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from scrutiny.agendas import linking, placing, queries
from scrutiny.agendas.access import reader_of, seen_by
from scrutiny.agendas.outline import OPEN, arranged, below, height_of, parent_of, tree
from scrutiny.agendas.rules import Kind, Place
from scrutiny.agendas.tables import Item
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.kit.stages import amend
from scrutiny.meetings.calendar import address
from scrutiny.meetings.tables import Meeting
from scrutiny.people.actions import once
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record

COPIED = ("title", "kind", "ref", "about", "presenter", "minutes", "part", "closed_reason")
NO_MEETING = "There is no later meeting to take it. Call the next meeting first."


@writes
async def add_link(seen: Meeting, value: str, *, by: Seat, form_key: str = "", **what: Any) -> None:
    """Put something that is there already on the agenda: `value` as linking.Thing.value."""
    meeting = await placing.still_open(seen)
    reader = await reader_of(by, by.panel)
    thing = await linking.thing(reader, by.panel, meeting, value)
    made = await placing.place(meeting, placing.LAST, **thing.columns | what)
    facts = {"position": made.position, "kind": thing.kind, "ref": thing.ref}
    await record("agenda.item_added", meeting, by=by, **facts)
    await once(form_key, f"{address(by.panel, meeting)}/agenda")


@writes
async def change(
    seen: Meeting, known: UUID, version: int, *, by: Seat, under: UUID | None, **what: Any
) -> None:
    """Change what is said of an item, its part, or under what it stands.

    Raises Stale when somebody saved it since. What links to something keeps its kind and title.
    """
    meeting = await placing.still_open(seen)
    there, reader = await placing.every(meeting), await reader_of(by, by.panel)
    item = placing.one_of(reader, there, known)
    above = placing.one_of(reader, there, under) if under else None
    changes = _changes(there, item, above, what)
    item.version = version
    fields = [name for name, value in changes.items() if getattr(item, name) != value]
    await amend(item, **changes)
    await _keep_together(there, item)
    await placing.touch(meeting)
    await record("agenda.item_changed", item, by=by, meeting=meeting.date, fields=sorted(fields))


def _changes(
    there: Sequence[Item], item: Item, above: Item | None, what: dict[str, Any]
) -> dict[str, Any]:
    """What the row becomes. Raises NotNow where it cannot stand."""
    if item.ref is not None or item.kind == Kind.CASE:
        what = {name: value for name, value in what.items() if name not in ("kind", "title")}
    kind, beneath = what.get("kind", item.kind), below(tree(there), item)
    if above is not None and above.id in {item.id, *(one.id for one in beneath)}:
        raise NotNow("An item cannot stand under itself.")
    height = height_of(there, item.id)
    if problem := placing.problem_under(there, kind, above, height):
        raise NotNow(problem)
    return {**what, **placing.inherited(above, what), "parent": above.id if above else None}


async def _keep_together(there: Sequence[Item], item: Item) -> None:
    """What stands under it is of the same part, and the places are numbered anew."""
    for one in below(tree(there), item):
        if one.part != item.part:
            one.part = item.part
            one.closed_reason = "" if item.part == OPEN else one.closed_reason or item.closed_reason
            told = {Item.part: one.part, Item.closed_reason: one.closed_reason}
            await Item.update(told).where(Item.id == one.id)
    ids = [one.id for one in there]
    await placing.put_in_order(there, arranged(there, ids, ids))


@writes
async def put_in_order(seen: Meeting, wanted: Sequence[UUID], version: int, *, by: Seat) -> None:
    """The whole order as somebody dragged it; each item stays under what it stands under.

    `version` is that of the agenda they saw. Raises Stale when it has changed since.
    """
    meeting = await placing.still_open(seen)
    there, reader = await placing.every(meeting), await reader_of(by, by.panel)
    mine = {item.id for item in seen_by(reader, there)}
    if not mine <= set(wanted):
        raise Stale(placing.CHANGED)
    await placing.touch(meeting, version)
    moved = await placing.put_in_order(there, arranged(there, wanted, mine))
    await record("agenda.ordered", meeting, by=by, moved=moved)


@writes
async def send_on(
    seen: Meeting, known: UUID, *, by: Seat, copy: bool = False, form_key: str = ""
) -> Meeting:
    """Move an item to the next meeting, with all that stands under it, or put a copy there."""
    meeting = await placing.still_open(seen)
    await once(form_key, f"{address(by.panel, meeting)}/agenda")
    there = await placing.every(meeting)
    item = placing.one_of(await reader_of(by, by.panel), there, known)
    to = await queries.next_ahead(by.panel, meeting)
    if to is None:
        raise NotNow(NO_MEETING)
    if copy:
        await _copy(there, item, to)
    else:
        await _move(there, item, meeting, to, by)
    await record("agenda.item_sent_on", meeting, by=by, to=to.date, copy=copy)
    return to


async def _copy(there: Sequence[Item], item: Item, to: Meeting) -> None:
    if queries.is_case(item):
        raise NotNow("A case stands on one agenda at a time. Move it instead.")
    made = await placing.place(to, **copied(item))
    for one in tree(there).get(item.id, []):
        if not queries.is_case(one):
            await placing.place(to, Place(made), **copied(one))


def copied(item: Item) -> dict[str, Any]:
    """What a copy of it has in common with it: never its notes."""
    same = {name: getattr(item, name) for name in COPIED}
    return same | {"carried_from": item.carried_from or item.id}


async def _move(there: Sequence[Item], item: Item, meeting: Meeting, to: Meeting, by: Seat) -> None:
    """The rows themselves go, so that who takes no part in them takes none there either."""
    going = [item, *below(tree(there), item)]
    await placing.may_go(going)
    agenda, already = await placing.touch(to), await placing.every(to)
    await placing.touch(meeting)
    placing.room_for(already, len(going))
    last = max((one.position for one in already), default=0)
    for place, one in enumerate(going, start=last + 1):
        new = {Item.meeting: to.id, Item.position: place, Item.shown: ""}
        new |= {Item.late: agenda.published is not None}
        new |= {Item.parent: parent_of(one) if one is not item else None}
        await Item.update(new).where(Item.id == one.id)
        if queries.is_case(one):
            await record("case.scheduled", one.case, by=by, meeting=to.date)
