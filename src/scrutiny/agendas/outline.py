"""An agenda as a tree: its numbers, minutes and planned times, and what a new order makes of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

OPEN, CLOSED = "A", "B"
SECTION = "section"
DEEPEST = 3
"""A section, what stands in it, and what stands under that."""

Tree = dict[UUID | None, list[Any]]
"""What stands under each item, in order; under None what stands under nothing."""


@dataclass(frozen=True)
class Entry:
    """One item where it stands; `starts` is the planned moment, if the agenda has times at all."""

    item: Any
    number: str
    depth: int
    minutes: int  # its own and those of all that stands under it
    starts: datetime | None
    first: bool  # of those it stands beside
    last: bool


def parent_of(item: Any) -> UUID | None:
    """The id of what it stands under, whether or not that was read with it."""
    return getattr(item.parent, "id", item.parent)


def tree(items: Iterable[Any]) -> Tree:
    """Part A comes before Part B, so that nothing open is timed or numbered by what is closed."""
    found: Tree = {}
    for item in sorted(items, key=lambda one: (one.part, one.position, str(one.id))):
        found.setdefault(parent_of(item), []).append(item)
    return found


def walk(there: Tree, under: UUID | None = None, depth: int = 1) -> Iterator[tuple[Any, int]]:
    """Each item with its depth, in order; what stands under something absent is absent too."""
    for item in there.get(under, ()):
        yield item, depth
        yield from walk(there, item.id, depth + 1)


def in_order(items: Iterable[Any]) -> list[Any]:
    return [item for item, _ in walk(tree(items))]


def below(there: Tree, item: Any) -> list[Any]:
    """All that stands under it, at any depth."""
    return [one for one, _ in walk(there, item.id)]


def laid_out(items: Iterable[Any], starts: datetime | None = None) -> list[Entry]:
    """The agenda in order, numbered 1, 1.1, 2 and timed from the start of the meeting.

    After an item without minutes nobody knows when the next one begins.
    """
    there = tree(items)
    timed = any(item.minutes for item, _ in walk(there))
    return list(_laid(there, None, "", 1, starts if timed else None))


def _laid(
    there: Tree, under: UUID | None, above: str, depth: int, starts: datetime | None
) -> Iterator[Entry]:
    beside = there.get(under, [])
    for at, item in enumerate(beside):
        number, minutes = f"{above}{at + 1}", whole_minutes(there, item)
        first = at == 0 or beside[at - 1].part != item.part
        last = at + 1 == len(beside) or beside[at + 1].part != item.part
        yield Entry(item, number, depth, minutes, starts, first, last)
        yield from _laid(there, item.id, f"{number}.", depth + 1, _later(starts, item.minutes))
        starts = _later(starts, minutes) if is_whole(there, item) else None


def _later(moment: datetime | None, minutes: int) -> datetime | None:
    return moment and moment + timedelta(minutes=minutes)


def is_whole(there: Tree, item: Any) -> bool:
    """Whether it is known how long it takes: a heading as long as what stands under it."""
    inner = there.get(item.id, ())
    own = item.minutes > 0 or item.kind == SECTION or bool(inner)
    return own and all(is_whole(there, one) for one in inner)


def whole_minutes(there: Tree, item: Any) -> int:
    return item.minutes + sum(one.minutes for one in below(there, item))


def total_minutes(items: Iterable[Any]) -> int:
    """0 while one of them has no minutes: part of a sum would be taken for the whole."""
    there = tree(items)
    whole = all(is_whole(there, item) for item in there.get(None, ()))
    return sum(item.minutes for item in in_order(items)) if whole else 0


def known_minutes(items: Iterable[Any]) -> int:
    """Of those that have minutes: it takes at least so long."""
    return sum(item.minutes for item in in_order(items))


def overrun(minutes: int, starts: datetime, ends: datetime) -> int:
    """By how many minutes this is more than the meeting has; 0 when it fits."""
    return max(0, minutes - int((ends - starts).total_seconds() // 60))


def arranged(items: Sequence[Any], wanted: Sequence[UUID], seen: Collection[UUID]) -> list[UUID]:
    """The order of all items once those seen stand as `wanted`, each still where it hangs.

    What the reader does not see keeps its place among those it stands beside.
    """
    rank = {known: at for at, known in enumerate(wanted)}
    there = tree(items)
    for beside in there.values():
        mine = [item for item in beside if item.id in seen]
        mine.sort(key=lambda item: (item.part, rank.get(item.id, len(rank))))
        turn = iter(mine)
        beside[:] = [next(turn) if item.id in seen else item for item in beside]
    return [item.id for item, _ in walk(there)]


def neighbour(items: Sequence[Any], known: UUID, *, up: bool) -> Any | None:
    """The item to change places with: next to it, under the same, in the same part."""
    item = next(one for one in items if one.id == known)
    beside = [one for one in tree(items)[parent_of(item)] if one.part == item.part]
    other = beside.index(item) + (-1 if up else 1)
    return beside[other] if 0 <= other < len(beside) else None


def depth_of(items: Sequence[Any], known: UUID) -> int:
    return next((depth for item, depth in walk(tree(items)) if item.id == known), 0)


def height_of(items: Sequence[Any], known: UUID) -> int:
    """How many levels it takes, itself included."""
    there = tree(items)
    return 1 + max((depth for _, depth in walk(there, known)), default=0)


def may_hold(items: Sequence[Any], item: Any | None) -> list[Entry]:
    """What an item may stand under; `item` is None for one that is new."""
    there = tree(items)
    apart = {item.id, *(one.id for one in below(there, item))} if item else set()
    room = DEEPEST - (height_of(items, item.id) if item else 1)
    if item is not None and item.kind == SECTION:
        return []
    found = laid_out(items)
    return [one for one in found if one.item.id not in apart and one.depth <= room]
