"""WHEN a seat is active, on leave, restricted or near its end, and what a newcomer still lacks."""

from collections.abc import Iterable, Set
from datetime import date, timedelta
from enum import StrEnum

from scrutiny.kit.words import N_, sentence
from scrutiny.membership.clearances.rules import KINDS
from scrutiny.people.constitution import Clearing, Constitution
from scrutiny.policy import ACTIVE, CHAIRS, ON_LEAVE, ONBOARDING, RESTRICTED, counts_for_quorum

WARNED = (90, 30, 0)
"""Days before the end of a term on which its holder and the secretariat are told."""
LONGEST_LEAVE = timedelta(days=366)
LONGEST_WHY = 1000
A_MONTH = timedelta(days=30)
INTERESTS = "interests"
"""What a newcomer needs beside clearances: to have declared their interests, or that none are."""


class Kind(StrEnum):
    LEAVE = "leave"
    RESTRICTION = "restriction"
    RESIGNATION = "resignation"


MOVES = {
    (ONBOARDING, "activated"): ACTIVE,
    (ACTIVE, "given_leave"): ON_LEAVE,
    (ON_LEAVE, "back"): ACTIVE,
    (ACTIVE, "restricted"): RESTRICTED,
    (ON_LEAVE, "restricted"): RESTRICTED,
    (RESTRICTED, "released"): ACTIVE,
}
STANDS = {
    ACTIVE: N_("Active"),
    ONBOARDING: N_("Joining: not active yet"),
    ON_LEAVE: N_("On leave"),
    RESTRICTED: N_("Restricted"),
}


def begins_as(role: str, rules: Constitution) -> str:
    """How a new seat stands: the community's wait until what the panel asks for is there."""
    return ONBOARDING if counts_for_quorum(role) and rules.before_active else ACTIVE


def lacking(valid: Set[str], declared: bool, rules: Constitution) -> list[str]:
    """The kinds of clearance, and INTERESTS, without which a seat is not made active."""
    found: list[str] = [kind for kind in rules.before_active if kind not in valid]
    return found if declared else [*found, INTERESTS]


def in_words(lacks: Iterable[str]) -> list[str]:
    return [KINDS[Clearing(one)] if one != INTERESTS else DECLARED for one in lacks]


DECLARED = N_("Declaration of interests")


def is_ending(until: date | None, today: date) -> bool:
    """Whether its last ninety days have begun; after its last day it has ended."""
    return until is not None and today <= until <= today + timedelta(days=WARNED[0])


def warning(until: date, today: date) -> int | None:
    """The least of 90, 30 and 0 days within which it ends; nothing before that, or after."""
    left = (until - today).days
    return min((days for days in WARNED if 0 <= left <= days), default=None)


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def term_problem(role: str, term: int, until: date | None, rules: Constitution, today: date) -> str:
    """Why this seat gets no further term, or nothing. Only the community's are counted."""
    if role in CHAIRS:
        return "Who chairs is decided by a vote of the panel."
    if until is None:
        return "This seat has no last day, so there is no term to follow it."
    if not is_ending(until, today):
        return "A further term is decided in the last 90 days of the one before."
    if counts_for_quorum(role) and term >= rules.most_terms:
        return f"The panel's rules allow {rules.most_terms} terms, and this is the last of them."
    return ""


def term_end_problem(last: date | None, until: date | None, rules: Constitution) -> str:
    if last is None:
        return "Enter the last day of the new term, for example 2028-03-13."
    if until is not None and not until < last <= years_later(until, rules.term_years):
        return f"The new term ends after the old one, within {rules.term_years} years of it."
    return ""


def leave_problems(
    since: date | None, until: date | None, typed: str, today: date
) -> dict[str, str]:
    """{field: sentence}. A leave may be left open; it begins today or within a year."""
    found = {}
    if since is None or not today <= since <= today + LONGEST_LEAVE:
        found["since"] = "Enter the first day: today, or a day within a year."
    if typed.strip() and until is None:
        found["until"] = "Enter the last day, for example 2026-09-30, or leave it empty."
    elif since and until and not since <= until <= since + LONGEST_LEAVE:
        found["until"] = "The last day comes after the first, within a year."
    return found


def resignation_problem(last: date | None, until: date | None, today: date) -> str:
    """From today to the seat's own last day, a year ahead at most."""
    latest = min(until or date.max, today + LONGEST_LEAVE)
    if last is None:
        return sentence(
            N_("Enter your last day, for example {day}."), day=min(latest, today + A_MONTH)
        )
    if not today <= last <= latest:
        return "Your last day is today or later, within a year and within your term."
    return ""


def why_problem(typed: str, needed: bool) -> str:
    if needed and not typed.strip():
        return "Say why, in words that they will read."
    if len(typed) > LONGEST_WHY:
        return f"Please keep it to {LONGEST_WHY:,} characters."
    return ""


def vacancies(places: int, held: int) -> int:
    return max(0, places - held)
