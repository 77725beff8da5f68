"""WHEN a case may move, why one is removed, and the neutral words it goes by."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple


class Stage(StrEnum):
    PROPOSED = "proposed"
    SCHEDULED = "scheduled"  # on the agenda of a meeting
    CONCLUDED = "concluded"
    REMOVED = "removed"


MOVES = {
    (Stage.PROPOSED, "scheduled"): Stage.SCHEDULED,
    (Stage.SCHEDULED, "returned"): Stage.PROPOSED,
    (Stage.SCHEDULED, "concluded"): Stage.CONCLUDED,
    (Stage.PROPOSED, "removed"): Stage.REMOVED,
    (Stage.SCHEDULED, "removed"): Stage.REMOVED,
}


class Origin(StrEnum):
    DRAW = "random_draw"
    CONCERN = "community_concern"


ORIGINS = {Origin.DRAW: "Drawn by lot", Origin.CONCERN: "Raised by a resident"}

REASONS = {
    "live_criminal": "There are live criminal proceedings",
    "live_complaint_or_iopc": "There is a live complaint or an IOPC case",
    "inquest": "There is an inquest",
    "sensitive_operation": "It is part of a sensitive operation",
    "sexual_offence": "It concerns a sexual offence",
    "victim_or_witness_risk": "It could put a victim or a witness at risk",
    "child_welfare": "It could harm a child",
    "no_bwv": "There is no body-worn video",
    "bwv_deleted": "The body-worn video was deleted",
    "technical_failure": "A technical failure",
    "already_reviewed": "It was reviewed before",
    "data_error": "The record is wrong",
}
"""Why a case is taken out (domain.md 9.8); the words are shown to members."""

TRAIL = ("case.scheduled", "case.asked", "case.concluded", "case.removed")


class Step(NamedTuple):
    """One line of what became of a case; `place` is the rest of an address within the panel."""

    day: date
    words: str
    place: str = ""


def happening(what: str, facts: Mapping[str, Any], day: date) -> Step:
    """One line of the trail, from what the record keeps of it."""
    if what == "case.scheduled":
        held = date.fromisoformat(facts["meeting"])
        return Step(day, f"Put on the agenda of {held:%-d %B %Y}.", f"meetings/{held}")
    if what == "case.asked":
        return Step(
            day, f"We asked the police: {facts['name']}.", f"recommendations/{facts['number']}"
        )
    return Step(day, "Concluded." if what == "case.concluded" else "Taken out.")


LONGEST_FINDING, LONGEST_TITLE = 2_000, 150
POWER = re.compile(r"(?P<act>.+?) \d{4} \((?:section |s)(?P<section>.+?)\s*\)")


def short_power(legislation: str) -> str:
    """'Misuse of Drugs Act 1971 (section 23)' as people say it: 'Misuse of Drugs Act s23'."""
    if not legislation:
        return "power not stated"
    found = POWER.fullmatch(legislation)
    return f"{found['act']} s{found['section']}" if found else legislation


def drawn_title(month: str, legislation: str) -> str:
    """Neutral: never a name, a place or an ethnicity."""
    return f"Search record {month}, {short_power(legislation)}"
