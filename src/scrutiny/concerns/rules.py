"""WHAT a concern may be about, where it may go next, and how each is said to a resident."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from scrutiny.kit.working_days import add_working_days

MOST_WORDS = 3000
TRIAGE_DAYS = 2
"""Working days in which the secretariat means to have read a concern (domain.md 6.1)."""

CATEGORIES = {
    "stop_and_search": "A stop and search",
    "strip_search": "A more thorough search or a strip search",
    "use_of_force": "Force, Taser, handcuffs or a spit guard",
    "traffic_stop": "A traffic stop",
    "custody": "Being held in custody",
    "mental_health": "A detention for mental health",
    "operation": "A section 60 order or a police operation",
    "protest": "A protest",
    "school": "Police at a school, or with young people",
    "not_responding": "Police who did not respond to a crime or to hate",
    "attitude": "How police spoke or behaved",
    "other": "Something else",
}

REASONS = {
    "out_of_area": "It happened outside the area of this panel.",
    "not_policing": "It is not about policing.",
    "duplicate": "We already have this concern.",
    "vexatious": "It asks nothing that a panel can look at.",
    "no_detail": "It does not say enough for us to look at.",
    "too_old_no_records": "It is too long ago: the police no longer hold records of it.",
}
"""Why a concern is not taken forward, as the resident will read it."""

LOOKS = {
    "reply": "To reply to the resident",
    "meeting": "To invite the resident to a meeting",
    "safety": "Because somebody may be in danger",
    "law": "Because a court or the law requires it",
}
"""Why the secretariat looks at how to reach a resident: asked each time."""
LOOKED = {
    "reply": "to reply to you",
    "meeting": "to invite you to a meeting",
    "safety": "because somebody may be in danger",
    "law": "because a court or the law requires it",
}
"""The same, as it is told to the resident."""

LINKS = {"case": "case", "meeting": "the meeting of", "recommendation": "recommendation"}
"""What a concern can become part of, as the resident reads it."""


class Stage(StrEnum):
    SUBMITTED = "submitted"
    IN_TRIAGE = "in_triage"
    NEEDS_INFO = "needs_info"
    SAFEGUARDING_HOLD = "safeguarding_hold"
    SIGNPOSTED = "signposted"
    PAUSED = "paused_live_proceedings"
    ACCEPTED = "accepted"
    LINKED = "linked"
    OUTCOME_TOLD = "outcome_told"
    NOT_TAKEN_FORWARD = "not_taken_forward"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


DECISIONS = (
    Stage.NEEDS_INFO,
    Stage.SAFEGUARDING_HOLD,
    Stage.SIGNPOSTED,
    Stage.PAUSED,
    Stage.ACCEPTED,
    Stage.NOT_TAKEN_FORWARD,
)
HELD = (Stage.NEEDS_INFO, Stage.SAFEGUARDING_HOLD, Stage.PAUSED)
ENDS = (Stage.SIGNPOSTED, Stage.OUTCOME_TOLD, Stage.NOT_TAKEN_FORWARD)
"""The resident has been told what became of it."""

# A move is named after the stage it leads to. What is decided on a first reading goes
# through triage in one step: nobody is made to press twice.
MOVES: dict[tuple[str, str], str] = {
    (Stage.SUBMITTED, "in_triage"): Stage.IN_TRIAGE,
    **{(at, to.value): to for at in (Stage.SUBMITTED, Stage.IN_TRIAGE) for to in DECISIONS},
    **{(at, "in_triage"): Stage.IN_TRIAGE for at in HELD},
    (Stage.ACCEPTED, "linked"): Stage.LINKED,
    (Stage.LINKED, "outcome_told"): Stage.OUTCOME_TOLD,
    **{(at, "closed"): Stage.CLOSED for at in ENDS},
    **{(at, "withdrawn"): Stage.WITHDRAWN for at in Stage if at != Stage.WITHDRAWN},
}

NEEDS_REPLY = {
    Stage.NEEDS_INFO: "Write what you need to know. The resident reads it when they come back.",
    Stage.SIGNPOSTED: "Write who can help, and how to reach them.",
    Stage.NOT_TAKEN_FORWARD: "Write to the resident why, in plain words.",
    Stage.OUTCOME_TOLD: "Write to the resident what the panel did.",
}

NAMES = {
    Stage.SUBMITTED: "New",
    Stage.IN_TRIAGE: "Being read",
    Stage.NEEDS_INFO: "Waiting for the resident",
    Stage.SAFEGUARDING_HOLD: "Held: somebody may be in danger",
    Stage.SIGNPOSTED: "Sent to somebody else",
    Stage.PAUSED: "Paused: live proceedings",
    Stage.ACCEPTED: "Taken up",
    Stage.LINKED: "Part of the panel's work",
    Stage.OUTCOME_TOLD: "Outcome told",
    Stage.NOT_TAKEN_FORWARD: "Not taken forward",
    Stage.CLOSED: "Closed",
    Stage.WITHDRAWN: "Withdrawn",
}

DEEDS = {
    Stage.IN_TRIAGE: "Say that it is being read",
    Stage.NEEDS_INFO: "Ask the resident for more",
    Stage.SAFEGUARDING_HOLD: "Hold it: somebody may be in danger",
    Stage.SIGNPOSTED: "Send the resident to somebody who can help better",
    Stage.PAUSED: "Pause it: a court case, a complaint or an investigation goes on",
    Stage.ACCEPTED: "Take it up",
    Stage.NOT_TAKEN_FORWARD: "Do not take it forward",
    Stage.LINKED: "Count it with others like it, without a case of its own",
    Stage.OUTCOME_TOLD: "Tell the resident the outcome",
    Stage.CLOSED: "Close it",
}

TOLD = {
    Stage.SUBMITTED: "We have it. The secretariat has not read it yet.",
    Stage.IN_TRIAGE: "The secretariat is reading it and will decide what happens next.",
    Stage.NEEDS_INFO: "The secretariat needs to know more before it can go on.",
    Stage.SAFEGUARDING_HOLD: "It is held while people who keep others safe look at it first.",
    Stage.SIGNPOSTED: "Somebody else can help better than a panel. Their details are below.",
    Stage.PAUSED: "It is paused while a court case, a complaint or an investigation goes on.",
    Stage.ACCEPTED: "The panel has taken it up.",
    Stage.LINKED: "The panel is working on it, together with others like it.",
    Stage.OUTCOME_TOLD: "The panel has finished. What it did is below.",
    Stage.NOT_TAKEN_FORWARD: "The panel has not taken it forward. The reason is below.",
    Stage.CLOSED: "It is closed. Nothing more will happen.",
    Stage.WITHDRAWN: "You have withdrawn it. What you wrote is gone.",
}


def reference(code: str, number: int, received: date) -> str:
    """What people say aloud: LAM-C-2026-07."""
    return f"{code}-C-{received.year}-{number:02d}"


def read_by(received: date) -> date:
    """The last day on which the secretariat means to have read it."""
    return add_working_days(received, TRIAGE_DAYS)


def is_late(stage: str, received: date, today: date) -> bool:
    """Lateness is worked out, never stored, so it cannot be forgotten or go stale."""
    return stage == Stage.SUBMITTED and today > read_by(received)


def can_be_withdrawn(stage: str) -> bool:
    return stage != Stage.WITHDRAWN


def decisions(stage: str) -> dict[str, str]:
    """What the secretariat may decide now, in words. Withdrawing is the resident's alone."""
    moves = [move for (at, move) in MOVES if at == stage and move != "withdrawn"]
    return {move: DEEDS[Stage(move)] for move in moves}


def happening(what: str, facts: Mapping[str, Any]) -> str:
    """One line of the trail that a resident reads, from what the record keeps of it."""
    if what == "concern.contact_read":
        return f"The secretariat looked at how to reach you, {LOOKED[facts['why']]}."
    if what == "concern.linked":
        return f"It became part of {LINKS[facts['to']]} {_named(facts)}."
    if what == "concern.added":
        return "You wrote more."
    return TOLD[Stage(facts["stage"])]


def _named(facts: Mapping[str, Any]) -> str:
    """A meeting goes by its day, everything else by its number."""
    if facts["to"] != "meeting":
        return facts["name"]
    day = date.fromisoformat(facts["name"])
    return f"{day.day} {day:%B %Y}"
