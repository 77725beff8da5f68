"""WHAT may stand on an agenda, WHEN it may be changed, and whether it came out in time."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from scrutiny.kit.words import many_lines
from scrutiny.meetings.rules import Stage, agenda_due

MOST_ITEMS = 60
LONGEST_TITLE = 200
LONGEST_NOTES = 20_000
FOR_CASES = "case review"
"""The standing item under which cases are looked at."""

CHANGED_WHILE = frozenset({Stage.PROPOSED, Stage.SCHEDULED, Stage.IN_SESSION})
PUBLISHED_WHILE = frozenset({Stage.SCHEDULED, Stage.IN_SESSION})
NOTED_WHILE = frozenset({Stage.IN_SESSION, Stage.HELD})

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Line:
    """One line of an agenda as it is shown: of a case only its number and neutral title."""

    title: str
    case: int | None = None


def document(lines: Iterable[Line]) -> str:
    """The lines as canonical JSON: what is published, and entered in the ledger."""
    return json.dumps([vars(line) for line in lines], ensure_ascii=False, separators=(",", ":"))


def lines_of(document: str) -> list[Line]:
    return [Line(**line) for line in json.loads(document or "[]")]


def digest(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def days_of_notice(published: date, meeting: date) -> int:
    return (meeting - published).days


def is_late(published: date | None, meeting: date, today: date) -> bool:
    """Late when it came out, or is still awaited, after the seventh day before the meeting."""
    return (published or today) > agenda_due(meeting)


def standing_titles(stored: str | Sequence[str]) -> list[str]:
    """The panel's own standing items, as many as an agenda takes."""
    titles = json.loads(stored) if isinstance(stored, str) else stored
    return [str(title)[:LONGEST_TITLE] for title in titles][:MOST_ITEMS]


def place_for_case(lines: Sequence[Line]) -> int:
    """Where a new case goes: after the last case, else after the item for cases, else at the end.

    As an index: 0 is before the first line.
    """
    cases = [at for at, line in enumerate(lines, start=1) if line.case is not None]
    review = [at for at, line in enumerate(lines, start=1) if line.title.casefold() == FOR_CASES]
    return (cases or review or [len(lines)])[-1]


def neighbour(things: Sequence[Thing], at: int, *, up: bool) -> Thing | None:
    """The one to change places with, or None at either end."""
    other = at - 1 if up else at + 1
    return things[other] if 0 <= other < len(things) else None


@dataclass
class ItemForm:
    title: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        if not self.title.strip():
            return {"title": "Say what the item is about."}
        if len(self.title) > LONGEST_TITLE:
            return {"title": f"Make this shorter: {LONGEST_TITLE} characters at most."}
        return {}


@dataclass
class CaseForm:
    case: str = ""
    form_key: str = ""


@dataclass
class PlaceForm:
    """Which item: one place up, one down, or off the agenda."""

    up: str = ""
    down: str = ""
    off: str = ""


@dataclass
class PublicationForm:
    """The digest of what was looked at, so that nothing else is published."""

    looked_at: str = ""


@dataclass
class NotesForm:
    notes: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        if len(many_lines(self.notes)) > LONGEST_NOTES:
            return {"notes": f"Make this shorter: {LONGEST_NOTES:,} characters at most."}
        return {}
