"""Where things come on an agenda. All of it happens inside write_tx(), and counts as a change."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from scrutiny.agendas.access import Reader, reader_of, seen_by
from scrutiny.agendas.outline import DEEPEST, OPEN, SECTION, below, depth_of, tree
from scrutiny.agendas.queries import NOT_THERE, agenda_of
from scrutiny.agendas.rules import CHANGED_WHILE, MOST_ITEMS, Place
from scrutiny.agendas.tables import Agenda, Item
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.stages import step
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Seat

LAST = Place()
CHANGED = "Somebody changed this agenda a moment ago. Look at it again before you put it in order."


async def now_of(seen: Meeting) -> Meeting:
    found = await Meeting.objects().get(Meeting.id == seen.id)
    if found is None:
        raise Missing("This meeting is no longer here.")
    return found


async def still_open(seen: Meeting) -> Meeting:
    """The meeting as it is now. Raises NotNow once its agenda can no longer be changed."""
    meeting = await now_of(seen)
    if meeting.stage not in CHANGED_WHILE:
        step({}, meeting.stage, "given another agenda")
    return meeting


async def every(meeting: Meeting) -> list[Item]:
    """Every item, also those that are nobody's to see for now: they keep their places."""
    found = Item.objects(Item.case).where(Item.meeting == meeting.id)
    return await found.order_by(Item.position, Item.id)


async def seen(by: Seat, meeting: Meeting, known: UUID) -> Item:
    """The item, as far as it is there for whoever does the deed. Raises Missing."""
    there = await every(meeting)
    return one_of(await reader_of(by, by.panel), there, known)


def one_of(reader: Reader, there: Sequence[Item], known: UUID) -> Item:
    found = next((item for item in seen_by(reader, there) if item.id == known), None)
    if found is None:
        raise Missing(NOT_THERE)
    return found


async def touch(meeting: Meeting, at: int | None = None) -> Agenda:
    """Count a change of the agenda. Raises Stale when `at` is given and is not its version."""
    agenda = await agenda_of(meeting)
    if agenda is None:
        agenda = Agenda(meeting=meeting.id)
        await Agenda.insert(agenda)
    if at is not None and at != agenda.version:
        raise Stale(CHANGED)
    agenda.version += 1
    await Agenda.update({Agenda.version: agenda.version}).where(Agenda.id == agenda.id)
    return agenda


async def place(meeting: Meeting, where: Place = LAST, **what: Any) -> Item:
    """Put a new item there; what stands after it moves down.

    It is of the part of what it stands under. Raises NotNow when the agenda is full, or when it
    would stand too deep.
    """
    there = await every(meeting)
    room_for(there, 1)
    under = where.under
    if problem := problem_under(there, what.get("kind", ""), under):
        raise NotNow(problem)
    position = _position(there, where)
    later = (Item.meeting == meeting.id) & (Item.position >= position)
    await Item.update({Item.position: Item.position + 1}).where(later)
    agenda = await touch(meeting)
    made = Item(meeting=meeting.id, position=position, **what | inherited(under, what))
    made.late = agenda.published is not None
    made.parent = under.id if under is not None else None
    await Item.insert(made)
    return made


def _position(there: Sequence[Item], where: Place) -> int:
    if where.before is not None:
        return where.before.position
    under = where.under
    near = where.after or (last_below(there, under) if under is not None else None)
    if near is None and there:
        near = max(there, key=lambda item: item.position)
    elif where.after is not None:
        near = last_below(there, near)
    return near.position + 1 if near else 1


def room_for(there: Sequence[Item], more: int) -> None:
    """Raises NotNow when the agenda would be too long."""
    if len(there) + more > MOST_ITEMS:
        raise NotNow(f"An agenda takes {MOST_ITEMS} items at most.")


async def may_go(going: Sequence[Item]) -> None:
    """Raises NotNow for what must stay: the minutes, papers and recommendations rest on it."""
    if any(item.notes.strip() for item in going):
        raise NotNow("There are notes on this item, so it stays on the agenda.")
    ids = tuple(item.id for item in going)
    found = await rows(HANGS, ids, ids, ids, ids)
    if found:
        raise NotNow(f"There are {found[0]['what']} on this item, so it stays on the agenda.")


HANGS = """
SELECT 'papers' AS what FROM agenda_paper WHERE item IN ({})
UNION ALL SELECT 'decisions' FROM decision WHERE item IN ({})
UNION ALL SELECT 'recommendations' FROM recommendation WHERE item IN ({})
UNION ALL SELECT 'earlier notes' FROM agenda_note_version WHERE item IN ({})
LIMIT 1"""


def inherited(under: Item | None, what: dict[str, Any]) -> dict[str, Any]:
    """The part that an item takes from what it stands under; its own reason if it has one."""
    if under is None:
        return {}
    reason = what.get("closed_reason") or under.closed_reason
    return {"part": under.part, "closed_reason": "" if under.part == OPEN else reason}


def last_below(there: Sequence[Item], item: Item) -> Item:
    """The last of all that stands under it, or itself."""
    return max([item, *below(tree(there), item)], key=lambda one: one.position)


def problem_under(there: Sequence[Item], kind: str, under: Item | None, height: int = 1) -> str:
    if under is None:
        return ""
    if kind == SECTION:
        return "A section stands under nothing else."
    if depth_of(there, under.id) + height > DEEPEST:
        return "That is too deep: two levels under a section at most."
    return ""


async def put_in_order(there: Sequence[Item], order: Sequence[UUID]) -> int:
    """Number the places anew; returns how many items moved."""
    was, moved = {item.id: item.position for item in there}, 0
    for position, known in enumerate(order, start=1):
        if was[known] != position:
            await Item.update({Item.position: position}).where(Item.id == known)
            moved += 1
    return moved
