"""WHAT waits for whom: for each deed a seat may do, the rows that it has not been done to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from scrutiny.concerns.rules import URGENT
from scrutiny.concerns.vocabulary import FLAGS
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
    first: bool = False  # before all else on the desk, whatever is late
    flagged: bool = False  # its fourth column holds the flags of a concern
    unread: bool = False  # its day, and the fifth column, are when a concern came and happened
    video: bool = False  # not from `sql`, but from the video clock: what is about to be erased


@dataclass(frozen=True)
class Task:
    words: str
    address: str
    day: date | None  # of the meeting it is about
    due: date | None
    ends: bool = False
    tag: str = ""  # why it must not be overlooked
    dated: bool = False  # its words say the day already


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


def tag_of(flags: str) -> str:
    """What must be seen at first sight of a concern, wherever it stands."""
    there = flags.split()
    return next((FLAGS[flag] for flag in URGENT if flag in there), "")


def video_words(words: str, goes: date, by: date, today: date, asked: bool) -> str:
    """What is about to be erased and on which day, and by when to ask for it."""
    ends = f"{words}: video goes {'today' if goes == today else _said(goes)}"
    if asked:
        return f"{ends}; asked for and not answered"
    return f"{ends}; ask {'now' if by < today else 'today' if by == today else f'by {_said(by)}'}"


def _said(day: date) -> str:
    return f"{day.day} {day:%B}"


def is_overdue(due: date | None, today: date) -> bool:
    return due is not None and due < today


def is_soon(due: date | None, today: date) -> bool:
    """In the week that begins today."""
    return due is not None and today <= due <= today + SOON


def in_order(
    groups: Iterable[tuple[Waiting, list[Task]]],
) -> list[tuple[str, list[Task]]]:
    """Without the kinds of which there is nothing; what comes before all else, then the rest."""
    found = [(work, tasks) for work, tasks in groups if tasks]
    first = [(work.title, sorted(tasks, key=_urgency)) for work, tasks in found if work.first]
    return first + urgent_first((work.title, tasks) for work, tasks in found if not work.first)


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
