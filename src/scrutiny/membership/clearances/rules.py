"""WHEN a clearance counts, what those that count open, and what may be written about one."""

from collections.abc import Mapping, Set
from datetime import date, timedelta
from enum import StrEnum

from scrutiny.kit.words import N_
from scrutiny.people.constitution import Clearing, Constitution, Deed


class Outcome(StrEnum):
    REQUESTED = "requested"
    PENDING = "pending"
    CLEARED = "cleared"
    REFUSED = "refused"
    APPEALED = "appealed"
    NOT_REQUIRED = "not_required"


class State(StrEnum):
    """How it looks on a day: worked out, never stored."""

    NONE = "none"
    REQUESTED = "requested"
    PENDING = "pending"
    CLEARED = "cleared"
    LATER = "later"  # cleared from a day that is still to come
    EXPIRING = "expiring"
    LAPSED = "lapsed"
    REFUSED = "refused"
    APPEALED = "appealed"
    NOT_REQUIRED = "not_required"


KINDS = {
    Clearing.VETTING: N_("Vetting"),
    Clearing.DBS: N_("Criminal record check (DBS)"),
    Clearing.TRAINING: N_("Training"),
    Clearing.CONFIDENTIALITY: N_("Confidentiality agreement"),
    Clearing.CODE: N_("Code of conduct"),
    Clearing.DATA_PROTECTION: N_("Data protection training"),
    Clearing.WELLBEING: N_("Wellbeing briefing"),
}
DEEDS = {
    Deed.CLOSED_PART: N_("Read and hear what is closed to the public"),
    Deed.CASE_PAPERS: N_("Read the papers of cases"),
    Deed.VIEWING: N_("Read the papers of meetings at which recordings are watched"),
}
SIGNED = (Clearing.CONFIDENTIALITY, Clearing.CODE)
"""Agreements: a member signs them, so nobody records them for somebody else."""
CHECKED = (Clearing.VETTING, Clearing.DBS)
"""Nobody records how these came out for themself."""
LEVELS = {
    Clearing.VETTING: ("NPPV1", "NPPV2A", "NPPV2F", "NPPV3"),
    Clearing.DBS: ("DBS_basic", "DBS_standard", "DBS_enhanced"),
}
"""Names that may be written. Never words of one's own, which could say why."""
IN_HAND = (Outcome.REQUESTED, Outcome.PENDING)
ANSWERS = (Outcome.PENDING, Outcome.CLEARED, Outcome.REFUSED)
"""What the force may say of a vetting that was asked for."""
NEVER_OF_OTHERS = (Outcome.REFUSED, Outcome.APPEALED)
"""Checks are refused and appealed against; training and briefings are not."""
WARNED = (90, 30, 0)
SOON = timedelta(days=WARNED[0])
LONGEST = timedelta(days=3660)
LONGEST_TEXT = 20_000


def counts(outcome: str, granted: date | None, expires: date | None, day: date) -> bool:
    """Whether it counts on that day; the day on which it expires is the last one."""
    if outcome == Outcome.NOT_REQUIRED:
        return True
    begun = granted is None or granted <= day
    return outcome == Outcome.CLEARED and begun and (expires is None or day <= expires)


def opened_by(valid: Set[str], needed: Mapping[Deed, tuple[Clearing, ...]]) -> frozenset[Deed]:
    """The deeds all of whose kinds are held. One that the panel asks nothing for is open."""
    return frozenset(deed for deed in Deed if set(needed.get(deed, ())) <= valid)


def state(outcome: str, granted: date | None, expires: date | None, day: date) -> State:
    """How it stands on a day. Lapsed and expiring are derived from the last day alone."""
    if outcome != Outcome.CLEARED:
        return State(outcome)
    if expires is not None and expires < day:
        return State.LAPSED
    if granted is not None and granted > day:
        return State.LATER
    return State.EXPIRING if expires is not None and expires <= day + SOON else State.CLEARED


def asked_for(rules: Constitution) -> list[Clearing]:
    """The kinds that a panel's own rules name anywhere, in the usual order."""
    named = {kind for kinds in rules.clearances.values() for kind in kinds}
    return [kind for kind in Clearing if kind in named | set(rules.before_active)]


def opens(kind: Clearing, rules: Constitution) -> list[Deed]:
    """The deeds for which the panel asks this kind."""
    return [deed for deed in Deed if kind in rules.clearances.get(deed, ())]


def warning(expires: date, today: date) -> int | None:
    """The least of 90, 30 and 0 days within which it runs out; nothing before, or once it has."""
    left = (expires - today).days
    return min((days for days in WARNED if 0 <= left <= days), default=None)


def clearing(typed: str) -> Clearing | None:
    return Clearing(typed) if typed in set(Clearing) else None


def outcomes_of(kind: Clearing) -> list[Outcome]:
    """How this kind can come out."""
    out = () if kind in CHECKED else NEVER_OF_OTHERS
    return [one for one in Outcome if one not in out]


def own_problem(kind: Clearing, outcome: str) -> str:
    """Nobody says of themself that a check came out well."""
    if kind in CHECKED and outcome != Outcome.REQUESTED:
        return "Somebody else records how your own check came out. You may ask for it."
    return ""


def dates_problems(
    outcome: str, granted: date | None, expires: date | None, typed: str, today: date
) -> dict[str, str]:
    """{field: sentence}. Only what was cleared has days."""
    if outcome != Outcome.CLEARED:
        return {}
    found = {}
    if granted is None or not today - LONGEST <= granted <= today:
        found["granted"] = "Enter the day it was given: today, or a day before."
    if typed.strip() and expires is None:
        found["expires"] = "Enter the last day, for example 2028-03-13, or leave it empty."
    elif expires and not (granted or today) <= expires <= today + LONGEST:
        found["expires"] = "The last day comes after the day it was given, within ten years."
    return found


def text_problem(typed: str) -> str:
    if not typed.strip():
        return "Write the words that members are to sign."
    if len(typed) > LONGEST_TEXT:
        return f"Please keep it to {LONGEST_TEXT:,} characters."
    return ""


def sign_by_problem(day: date | None, today: date) -> str:
    if day is None or not today <= day <= today + timedelta(days=366):
        return "Enter the day until which the old words still count, within a year."
    return ""
