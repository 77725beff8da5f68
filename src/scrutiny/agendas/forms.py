"""What convenors type about an agenda, and what is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from scrutiny.agendas.outline import CLOSED, OPEN
from scrutiny.agendas.rules import (
    CLOSED_REASONS,
    LONGEST_NOTES,
    LONGEST_PRESENTER,
    LONGEST_TITLE,
    MOST_MINUTES,
    TYPED_KINDS,
    Kind,
)
from scrutiny.kit.ids import known_id
from scrutiny.kit.words import N_, many_lines, one_line, sentence

NOTHING: Mapping[str, str] = MappingProxyType({})
SHORTER = N_("Make this shorter: {most:,} characters at most.")


@dataclass
class ItemForm:
    """An item, new or as it is changed. One that links to something keeps its own title."""

    title: str = ""
    kind: str = Kind.ITEM
    presenter: str = ""
    minutes: str = ""
    part: str = OPEN
    closed_reason: str = ""
    under: str = ""
    version: str = ""
    form_key: str = ""

    def problems(
        self, *, titled: bool = True, kinds: Collection[str] = TYPED_KINDS
    ) -> dict[str, str]:
        found = {
            "title": self._title_problem() if titled else "",
            "kind": "" if self.kind in kinds else N_("Choose what it is."),
            "presenter": too_long(self.presenter, LONGEST_PRESENTER),
            "minutes": minutes_problem(self.minutes),
            "part": "" if self.part in (OPEN, CLOSED) else N_("Choose a part."),
            "closed_reason": reason_problem(self.part, self.closed_reason),
        }
        return {name: words for name, words in found.items() if words}

    def _title_problem(self) -> str:
        if not self.title.strip():
            return N_("Say what the item is about.")
        return too_long(self.title, LONGEST_TITLE)

    def values(self) -> dict[str, Any]:
        """What was typed, ready to keep. Only when there are no problems with it."""
        closed = self.part == CLOSED
        return {
            "title": one_line(self.title),
            "kind": self.kind,
            "presenter": one_line(self.presenter),
            "minutes": read_minutes(self.minutes) or 0,
            "part": self.part,
            "closed_reason": self.closed_reason if closed else "",
        }

    def stands_under(self) -> UUID | None:
        return known_id(self.under)


def form_of(item: Any) -> ItemForm:
    """The form filled in with an item as it stands."""
    return ItemForm(
        title=item.title,
        kind=item.kind,
        presenter=item.presenter,
        minutes=str(item.minutes or ""),
        part=item.part,
        closed_reason=item.closed_reason,
        under=str(getattr(item.parent, "id", item.parent) or ""),
        version=str(item.version),
    )


def too_long(typed: str, most: int) -> str:
    return sentence(SHORTER, most=most) if len(many_lines(typed)) > most else ""


def read_minutes(typed: str) -> int | None:
    """Minutes as a number; nothing typed is none, and None is what cannot be read."""
    said = typed.strip()
    if not said:
        return 0
    known = said.isascii() and said.isdigit() and len(said) < 5
    return int(said) if known and int(said) <= MOST_MINUTES else None


def minutes_problem(typed: str) -> str:
    if read_minutes(typed) is None:
        return sentence(N_("Give the minutes as a number, {most} at most."), most=MOST_MINUTES)
    return ""


def reason_problem(part: str, reason: str) -> str:
    if part == CLOSED and reason not in CLOSED_REASONS:
        return N_("Say why this is not open to the public.")
    return ""


@dataclass
class LinkForm:
    """Something that is there already: `theme:3`, `action:4`, `minutes:20260514`."""

    thing: str = ""
    form_key: str = ""


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
class OrderForm:
    """The whole order as it was dragged, and the version of the agenda at which it was seen."""

    order: str = ""
    version: str = ""

    def items(self) -> list[UUID]:
        found = [known_id(one) for one in self.order.split(",")[:200]]
        return [one for one in found if one]


@dataclass
class OnwardForm:
    """What becomes of an item: it goes to the next meeting, as a copy, or to the backlog."""

    how: str = ""
    form_key: str = ""


@dataclass
class PublicationForm:
    """The digest of what was looked at, so that nothing else is published."""

    looked_at: str = ""


@dataclass
class NotesForm:
    notes: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        words = too_long(self.notes, LONGEST_NOTES)
        return {"notes": words} if words else {}
