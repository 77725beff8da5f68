"""The rules that a version of the terms sets once it is in force: as data, and in sentences."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from scrutiny.kit.words import N_
from scrutiny.membership.clearances.rules import KINDS
from scrutiny.people.constitution import (
    Clearing,
    Constitution,
    Deed,
    Majority,
    Method,
    constitution_of,
    written,
)
from scrutiny.people.tables import Panel


class Provisions(msgspec.Struct, frozen=True):
    quorum: int
    response_days: int
    standing_items: tuple[str, ...]
    review_months: int = 12
    constitution: Constitution = Constitution()


def provisions_of(panel: Panel) -> Provisions:
    """What holds on this panel now, to begin a draft with."""
    items = panel.standing_items
    items = json.loads(items) if isinstance(items, str) else items
    return Provisions(
        panel.quorum, panel.response_days, tuple(items), constitution=constitution_of(panel)
    )


def packed(provisions: Provisions) -> str:
    return msgspec.json.encode(provisions, order="deterministic").decode()


def unpacked(stored: str | Mapping[str, Any]) -> Provisions:
    """Raises msgspec.ValidationError, a ValueError, with the field that is wrong."""
    found = json.loads(stored) if isinstance(stored, str) else stored
    return msgspec.convert(found, Provisions, strict=False)


def columns(provisions: Provisions) -> dict[str, Any]:
    """What a panel's row becomes when these come into force."""
    return {
        "quorum": provisions.quorum,
        "response_days": provisions.response_days,
        "standing_items": json.dumps(list(provisions.standing_items)),
        "constitution": written(provisions.constitution),
    }


METHODS = {
    Method.CONSENSUS: N_("By consensus: one objection is enough against it"),
    Method.SHOW: N_("By a show of hands"),
    Method.SECRET: N_("By secret vote"),
}
MAJORITIES = {
    Majority.SIMPLE: N_("More for than against"),
    Majority.TWO_THIRDS: N_("Two thirds of those who vote for or against"),
}
DEEDS = {
    Deed.CLOSED_PART: N_("To read and hear what is closed to the public"),
    Deed.CASE_PAPERS: N_("To read the papers of a case"),
    Deed.VIEWING: N_("To read the papers of a meeting at which recordings are watched"),
}
NTHS = {1: N_("First"), 2: N_("Second"), 3: N_("Third"), 4: N_("Fourth"), -1: N_("Last")}
WEEKDAYS = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday")),
    *(N_("Saturday"), N_("Sunday")),
)
MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)


def in_words(found: Provisions) -> list[tuple[str, str]]:
    """(what, how) of every rule, in plain words: for the page, the file and what changed."""
    agreed = found.constitution
    return [
        ("Quorum", _number(found.quorum, "community member")),
        ("Community seats", str(agreed.places)),
        ("How the panel decides", METHODS[agreed.method]),
        ("Majority", MAJORITIES[agreed.majority]),
        ("Meetings", _rhythm(agreed)),
        ("Notice of a meeting", _number(agreed.notice_days, "day")),
        ("Standing items", "; ".join(found.standing_items) or "None"),
        ("Answer asked of the police within", _number(found.response_days, "day")),
        ("Term of a member", _terms(agreed.term_years, agreed.most_terms)),
        ("Term of the chair", _terms(agreed.chair_term_years, agreed.most_chair_terms)),
        ("Who can be a member", _eligibility(agreed)),
        *((DEEDS[deed], _clearings(agreed.clearances.get(deed, ()))) for deed in Deed),
        ("Before a new member's seat is active", _clearings(agreed.before_active)),
        ("Reviewed after", _number(found.review_months, "month")),
    ]


def _number(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number} {word}s"


def _rhythm(agreed: Constitution) -> str:
    rhythm = agreed.rhythm
    months = ", ".join(MONTHS[month - 1] for month in rhythm.months)
    day = f"{NTHS[rhythm.nth]} {WEEKDAYS[rhythm.weekday]} of {months or 'no month'}"
    return f"{day}, from {rhythm.starts} for {rhythm.minutes} minutes"


def _terms(years: int, most: int) -> str:
    return f"{_number(years, 'year')}, at most {_number(most, 'term')} in a row"


def _eligibility(agreed: Constitution) -> str:
    asked = agreed.eligibility
    police = (
        f"no police service in the last {_number(asked.years_since_police, 'year')}"
        if asked.years_since_police
        else "former police may apply at once"
    )
    others = "may" if asked.other_panels else "may not"
    return (
        f"Aged {asked.least_age} or over; {asked.connection}; {police};"
        f" {others} sit on another police panel as well"
    )


def _clearings(kinds: tuple[Clearing, ...]) -> str:
    return ", ".join(KINDS[kind] for kind in kinds) or "Nothing is asked for"


def document(number: int, in_force: str, text: str, found: Provisions) -> bytes:
    """The published file, whose SHA-256 stands in the ledger: UTF-8, the same for ever."""
    rules = "\n".join(f"- {what}: {how}" for what, how in in_words(found))
    head = f"# Terms of reference, version {number}\n\nIn force from {in_force}\n"
    return f"{head}\n## Rules\n\n{rules}\n\n## Text\n\n{text.strip()}\n".encode()
