"""WHAT may stand on an agenda, WHEN it may be changed, and whether it came out in time."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from scrutiny.agendas.outline import CLOSED, OPEN, SECTION, Entry, parent_of
from scrutiny.kit.words import N_
from scrutiny.meetings.rules import Stage

MOST_ITEMS = 60
LONGEST_TITLE = 200
LONGEST_NOTES = 20_000
LONGEST_PRESENTER = 120
MOST_MINUTES = 600
FOR_CASES = "case review"
ENDS_WITH = ("any other business", "date of next meeting", "date of the next meeting", "close")
"""The standing item under which cases are looked at."""
A_DRAFT = "A draft recommendation"
"""How one that was not sent yet is called where others may read: its own title is the panel's."""

CHANGED_WHILE = frozenset({Stage.PROPOSED, Stage.SCHEDULED, Stage.IN_SESSION})
PUBLISHED_WHILE = frozenset({Stage.SCHEDULED, Stage.IN_SESSION})
NOTED_WHILE = frozenset({Stage.IN_SESSION, Stage.HELD})
LEFT_OVER_AT = frozenset({Stage.HELD, Stage.MINUTED, Stage.CANCELLED})


class Kind(StrEnum):
    """What an item is: words of its own, a heading, or a link to something that is there."""

    ITEM = "item"
    SECTION = SECTION
    CASE = "case"
    THEME = "theme"  # what several residents raised
    ACTION = "action"  # one action, or the whole log
    RECOMMENDATION = "recommendation"
    MINUTES = "minutes"  # of an earlier meeting
    PAPER = "paper"


TYPED_KINDS: Mapping[str, str] = MappingProxyType(
    {
        Kind.ITEM: N_("An item"),
        Kind.SECTION: N_("A section, with items under it"),
        Kind.PAPER: N_("A paper to consider"),
        Kind.ACTION: N_("The action log"),
    }
)
CLOSED_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "case_material": N_("Case material from which somebody could be known"),
        "personal_data": N_("Personal information"),
        "criminal_offence_data": N_("Information about offences"),
        "live_proceedings": N_("Live proceedings"),
        "operational": N_("Police operations that could be harmed"),
        "legal_advice": N_("Legal advice"),
        "bwv_viewing": N_("Watching body-worn video"),
        "safeguarding": N_("Somebody's safety"),
        "staffing": N_("Staffing"),
        "commercial": N_("Commercial matters"),
    }
)
"""Why something is taken behind closed doors (domain.md 9.8): all that the public is told of it."""


@dataclass(frozen=True)
class Line:
    """One open line of an agenda as it is shown: of a case only its number and neutral title."""

    title: str
    case: int | None = None
    number: str = ""
    kind: str = Kind.ITEM
    ref: int | None = None
    minutes: int = 0
    presenter: str = ""
    late: bool = False
    raised_by: int = 0  # how many people raised a theme; 0 where they are fewer than five

    @property
    def depth(self) -> int:
        return self.number.count(".") + 1


def document(lines: Iterable[Line], closed: Mapping[str, int] = MappingProxyType({})) -> str:
    """The open lines and the counted reasons of the rest as canonical JSON: what is published."""
    found = {
        "items": [vars(line) for line in lines],
        "closed": [{"reason": why, "items": count} for why, count in sorted(closed.items())],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def lines_of(document: str) -> list[Line]:
    found = json.loads(document or "[]")
    return [Line(**line) for line in (found["items"] if isinstance(found, dict) else found)]


def closed_of(document: str) -> dict[str, int]:
    """Why how many items are closed. The first agendas were a bare list, and had none."""
    found = json.loads(document or "[]")
    told = found["closed"] if isinstance(found, dict) else []
    return {one["reason"]: one["items"] for one in told}


def counted(closed: Iterable[Any]) -> dict[str, int]:
    """Reason -> how many items, from the items themselves; a heading is no item."""
    return dict(Counter(item.closed_reason for item in closed if item.kind != SECTION))


def line_of(entry: Entry, voices: Mapping[Any, int] = MappingProxyType({})) -> Line:
    """What the public reads of an open item. `voices`: how many raised each theme."""
    item = entry.item
    case = item.case if getattr(item.case, "id", None) is not None else None
    return Line(
        title=case.title if case else item.title,
        case=case.number if case else None,
        number=entry.number,
        kind=item.kind,
        ref=item.ref,
        minutes=entry.minutes,
        presenter=item.presenter,
        late=item.late,
        raised_by=voices.get(item.about, 0),
    )


def minutes_day(ref: int | None) -> date | None:
    """The meeting to whose minutes an item leads, written 20260514."""
    return date.fromisoformat(str(ref)) if ref else None


def digest(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def agenda_due(meeting: date, notice_days: int) -> date:
    """The last day on which the agenda is out in time, under the panel's own rule."""
    return meeting - timedelta(days=notice_days)


def days_of_notice(published: date, meeting: date) -> int:
    return (meeting - published).days


def is_late(published: date | None, due: date, today: date) -> bool:
    """Late when it came out, or is still awaited, after the day on which it was due."""
    return (published or today) > due


@dataclass(frozen=True)
class Standing:
    """An item that stands on every agenda of the panel."""

    title: str
    kind: str = Kind.ITEM
    minutes: int = 0
    part: str = OPEN
    closed_reason: str = ""


def standing(stored: str | Sequence[Any]) -> list[Standing]:
    """The panel's own standing items, as many as an agenda takes: titles, or titles with more."""
    found = json.loads(stored) if isinstance(stored, str) else stored
    return [_standing(one) for one in found][:MOST_ITEMS]


def _standing(one: Any) -> Standing:
    told = one if isinstance(one, dict) else {"title": one}
    title = str(told["title"])[:LONGEST_TITLE]
    if told.get("kind") in set(Kind):
        kind = told["kind"]
    else:
        kind = Kind.ACTION if title.casefold() in ("actions", "actions log") else Kind.ITEM
    closed = told.get("part") == CLOSED and told.get("closed_reason") in CLOSED_REASONS
    minutes = min(max(0, int(told.get("minutes", 0))), MOST_MINUTES)
    return Standing(title, kind, minutes, *((CLOSED, told["closed_reason"]) if closed else ()))


@dataclass(frozen=True)
class Place:
    """Where a new item goes: under what, after what or before what (None: last)."""

    under: Any = None
    after: Any = None
    before: Any = None


def place_for_case(items: Sequence[Any]) -> Place:
    """After the last case; else in or after the item for cases; else at the end.

    `items` in their order.
    """
    known = {item.id: item for item in items}
    cases = [item for item in items if getattr(item.case, "id", item.case) is not None]
    review = [item for item in items if item.title.casefold() == FOR_CASES]
    if not cases and review and review[-1].kind == SECTION:
        return Place(under=review[-1])
    near = (cases or review or [None])[-1]
    return Place(known.get(parent_of(near)) if near else None, near)


def place_for_carried(items: Sequence[Any]) -> Place:
    """Before what a meeting ends with; at the end where the agenda says nothing of the kind.

    `items` in their order.
    """
    top = [item for item in items if parent_of(item) is None and item.part == OPEN]
    last = next((item for item in top if item.title.casefold().startswith(ENDS_WITH)), None)
    return Place(before=last)


def is_left_over(item: Any, decided: Iterable[Any]) -> bool:
    """Whether a meeting did not come to it: no notes, no decision, never begun in the room."""
    return (
        item.kind != SECTION
        and not item.notes.strip()
        and item.began is None
        and item.id not in set(decided)
    )
