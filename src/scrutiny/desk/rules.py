"""WHAT waits for whom: for each deed a seat may do, the rows that it has not been done to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from scrutiny.people.constitution import Constitution
from scrutiny.policy import POLICY, Act, may

MOST = 10
LONGEST = 140
SOON = timedelta(days=7)
Clock = Callable[[date, Constitution], date]
"""The last day for a thing, from a day that its row keeps and from the panel's own rules."""


class Held(Protocol):
    """What is asked of a seat: its role, and how it stands."""

    role: str
    stage: str


@dataclass(frozen=True)
class Waiting:
    """One kind of work.

    The query gives (key, words, day or null) of a panel's rows, and a fourth column that `address`
    and `said` may use. Its places are named: {panel}, {person}, {seats}, {gone}, {today}, ... are
    filled in by queries.given(). It needs no LIMIT.
    """

    act: Act
    title: str
    address: str  # {0} the key, {1} the fourth column; empty: there is no page for it
    sql: str
    said: str = "{words}"
    names: Mapping[str, str] = field(default_factory=dict)  # of codes, in words
    due: Clock | None = None
    ends: bool = False  # its day is the last on which it counts, not one to do something by
    unless: Act | None = None  # who may do this has it elsewhere on the desk
    of: Act | None = None  # asked only of roles that have this, however their seat stands
    video: bool = False  # not from `sql`, but from the video clock: what is about to be erased


@dataclass(frozen=True)
class Task:
    words: str
    address: str
    day: date | None  # of the meeting it is about
    due: date | None
    ends: bool = False


def waits_for(seats: Iterable[Held], work: Waiting) -> bool:
    """Whether one of the seats that somebody holds on a panel may do it."""
    seats = list(seats)
    if work.unless and any(may(seat.role, work.unless, seat.stage) for seat in seats):
        return False
    return any(
        may(seat.role, work.act, seat.stage) and (work.of is None or seat.role in POLICY[work.of])
        for seat in seats
    )


def in_words(work: Waiting, key: Any, words: str | int, more: Any = None) -> str:
    """A concern has no title of its own: it goes by its number and kind. A refusal goes by its
    own number and reason: who agrees to it never knows the concern's. People are counted."""
    if isinstance(words, int):
        return "1 person" if words == 1 else f"{words} people"
    found = work.said.format(key=key, words=work.names.get(words, words), more=more)
    return found if len(found) <= LONGEST else found[: LONGEST - 1].rstrip() + "…"


def video_words(words: str, days_left: int, asked: bool) -> str:
    """What is about to be erased, with the days until then, and whether the force was asked."""
    left = "1 day" if days_left == 1 else f"{days_left} days"
    ends = f"{words}: {left} of video left" if days_left else f"{words}: last day of the video"
    return f"{ends}, asked for and not answered" if asked else ends


def is_overdue(due: date | None, today: date) -> bool:
    return due is not None and due < today


def is_soon(due: date | None, today: date) -> bool:
    """In the week that begins today."""
    return due is not None and today <= due <= today + SOON


def urgent_first(groups: Iterable[tuple[str, list[Task]]]) -> list[tuple[str, list[Task]]]:
    """What is latest first, then by its day, then what has none, as the list of work has it."""
    return sorted(
        ((title, sorted(tasks, key=_urgency)) for title, tasks in groups),
        key=lambda group: _urgency(group[1][0]),
    )


def _urgency(task: Task) -> date:
    return task.due or date.max


def counted(groups: Iterable[tuple[str, list[Task]]], today: date) -> tuple[int, int]:
    """(how many are late, how many are due within the week)"""
    tasks = [task for _, found in groups for task in found]
    late = sum(is_overdue(task.due, today) for task in tasks)
    return late, sum(is_soon(task.due, today) for task in tasks)


def kept(column: str) -> str:
    """The condition that leaves out what the reader takes no part in."""
    return f"({column} IS NULL OR {column} NOT IN ({{gone}}))"
