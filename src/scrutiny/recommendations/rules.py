"""WHEN a recommendation may move, where it stands, and by when an answer was asked for."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from scrutiny.kit import working_days


class Stage(StrEnum):
    DRAFTING = "drafting"
    AGREED = "agreed"
    ISSUED = "issued"
    RESPONDED = "responded"
    EVIDENCE_SUBMITTED = "evidence_submitted"
    CLOSED_IMPLEMENTED = "closed_implemented"
    CLOSED_NOT_ACCEPTED = "closed_not_accepted"
    WITHDRAWN_BY_PANEL = "withdrawn_by_panel"


OPEN = (Stage.DRAFTING, Stage.AGREED, Stage.ISSUED, Stage.RESPONDED, Stage.EVIDENCE_SUBMITTED)

MOVES: dict[tuple[str, str], str] = {
    (Stage.DRAFTING, "agreed"): Stage.AGREED,
    (Stage.AGREED, "issued"): Stage.ISSUED,
    (Stage.ISSUED, "answered"): Stage.RESPONDED,
    (Stage.RESPONDED, "reported"): Stage.EVIDENCE_SUBMITTED,
    (Stage.RESPONDED, "verified"): Stage.CLOSED_IMPLEMENTED,
    (Stage.EVIDENCE_SUBMITTED, "verified"): Stage.CLOSED_IMPLEMENTED,
    (Stage.RESPONDED, "not_accepted"): Stage.CLOSED_NOT_ACCEPTED,
    (Stage.EVIDENCE_SUBMITTED, "not_accepted"): Stage.CLOSED_NOT_ACCEPTED,
    **{(stage, "withdrawn"): Stage.WITHDRAWN_BY_PANEL for stage in OPEN},
}
CLOSING = ("verified", "not_accepted", "withdrawn")
"""The moves that end it. Only the panel makes them."""


def endings(stage: str) -> list[str]:
    """How a recommendation at this stage may end."""
    return [move for move in CLOSING if (stage, move) in MOVES]


class AnswerType(NamedTuple):
    """One way to answer, and what each demands: action, or reasons why there is none."""

    label: str
    demands: str
    refuses: bool = False


ANSWERS: Mapping[str, AnswerType] = {
    "accepted_in_full": AnswerType(
        "Accepted in full", "Say what has been done, or what will be done and by when."
    ),
    "accepted_in_part": AnswerType(
        "Accepted in part", "Say what will be done and by when, and why the rest will not."
    ),
    "accepted_in_principle": AnswerType(
        "Accepted in principle", "Say what will be done and by when, and what it depends on."
    ),
    "already_done": AnswerType("Already done", "Say what was done, when, and how it can be seen."),
    "rejected": AnswerType("Rejected", "Give the reasons why no action will be taken.", True),
    "not_for_us": AnswerType("Not for us", "Say whose it is, and why it is not yours.", True),
    "needs_clarification": AnswerType("Needs clarification", "Say what you need to know."),
}
"""domain.md 9.12, in the manner of Police Reform Act 2002 Sch 3 para 28B(1)."""

METHODS: Mapping[str, str] = {
    "evidence_seen": "We saw evidence",
    "data_shows": "The figures show it",
    "site_visit": "We went and looked",
}


class Standing(StrEnum):
    """Where a recommendation is, in the words that its page shows. Worked out, never stored."""

    DRAFT = "draft"
    AGREED = "agreed"
    WAITING = "waiting"
    LATE = "late"
    ASKED_BACK = "asked_back"
    ACTING = "acting"
    REPORTED = "reported"
    IMPLEMENTED = "implemented"
    PARTLY = "partly"
    REJECTED = "rejected"
    UNMET = "unmet"
    WITHDRAWN = "withdrawn"


ROLL_UP: Mapping[str, str] = {
    Standing.WAITING: "waiting",
    Standing.LATE: "no reply",
    Standing.ASKED_BACK: "waiting",
    Standing.ACTING: "waiting",
    Standing.REPORTED: "waiting",
    Standing.IMPLEMENTED: "implemented",
    Standing.PARTLY: "partly",
    Standing.REJECTED: "rejected",
    Standing.UNMET: "rejected",
    Standing.WITHDRAWN: "withdrawn",
}
"""The four words that the public asked for (domain.md 9.12), and what is not over yet."""

THREADS: Mapping[str, tuple[str, str, str, str]] = {
    Standing.DRAFT: ("now", "todo", "todo", "todo"),
    Standing.AGREED: ("now", "todo", "todo", "todo"),
    Standing.WAITING: ("done", "now", "todo", "todo"),
    Standing.LATE: ("done", "late", "todo", "todo"),
    Standing.ASKED_BACK: ("done", "now", "todo", "todo"),
    Standing.ACTING: ("done", "done", "now", "todo"),
    Standing.REPORTED: ("done", "done", "done", "now"),
    Standing.IMPLEMENTED: ("done", "done", "done", "done"),
    Standing.PARTLY: ("done", "done", "done", "done"),
    Standing.REJECTED: ("done", "no", "todo", "todo"),
    Standing.UNMET: ("done", "done", "todo", "no"),
    Standing.WITHDRAWN: ("done", "todo", "todo", "todo"),
}
"""Asked, answered, acted, checked: the four steps of the thread."""

FIXED: Mapping[str, Standing] = {
    Stage.DRAFTING: Standing.DRAFT,
    Stage.AGREED: Standing.AGREED,
    Stage.EVIDENCE_SUBMITTED: Standing.REPORTED,
    Stage.WITHDRAWN_BY_PANEL: Standing.WITHDRAWN,
}
"""Stages that say by themselves where things stand."""


def is_late(stage: str, due: date | None, today: date) -> bool:
    """The day asked for is whole: late begins with the next day in London."""
    return stage == Stage.ISSUED and due is not None and today > due


def days_late(stage: str, due: date | None, today: date) -> int:
    """Whole days past the day asked for; nought when it is not late."""
    return (today - due).days if due is not None and is_late(stage, due, today) else 0


def refuses(answer_type: str) -> bool:
    return answer_type in ANSWERS and ANSWERS[answer_type].refuses


def standing(stage: str, answer_type: str, due: date | None, today: date) -> Standing:
    if stage in FIXED:
        return FIXED[stage]
    if stage == Stage.ISSUED:
        return Standing.LATE if is_late(stage, due, today) else Standing.WAITING
    if stage == Stage.RESPONDED:
        return _answered(answer_type)
    if stage == Stage.CLOSED_NOT_ACCEPTED:
        return Standing.REJECTED if refuses(answer_type) else Standing.UNMET
    in_part = answer_type == "accepted_in_part"
    return Standing.PARTLY if in_part else Standing.IMPLEMENTED


def _answered(answer_type: str) -> Standing:
    if answer_type == "needs_clarification":
        return Standing.ASKED_BACK
    return Standing.REJECTED if refuses(answer_type) else Standing.ACTING


def latest_day(
    due: date | None, answered: date | None, reported: date | None, closed: date | None
) -> date | None:
    """The day a list names: of the last thing that happened, or by which it is asked for."""
    return closed or reported or answered or due


def thread(where: str, issued: date | None) -> tuple[str, str, str, str]:
    """Of the four steps. What was withdrawn before it was sent was never asked."""
    if where == Standing.WITHDRAWN and issued is None:
        return ("todo", "todo", "todo", "todo")
    return THREADS[where]


def reference(code: str, number: int, issued: date | None) -> str:
    """What people say aloud: LAM-R-2026-07. Before it is issued there is no year to name."""
    if issued is None:
        return f"{code}-R-{number:02d}"
    return f"{code}-R-{issued.year}-{number:02d}"


def answer_due(issued: date, days: int) -> tuple[date, str]:
    """The day by which an answer is requested, and how it was worked out in one sentence.

    Plain days, the day of issue being day nought: issue + days. It is a request: no law sets a
    clock on a panel's recommendation (domain.md 10.1). Raises ValueError outside 1 to 3660 days.
    """
    due = working_days.due(issued, days, first_day_counts=False, working=False)
    counted = sum(run.days for run in due.runs if run.counted)
    return due.on, (
        f"{counted} days after {_said(issued)}, the day of issue not counted, is {_said(due.on)}. "
        "This is the day the panel asks for, not one that the law sets."
    )


def _said(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def vote_problems(votes: Mapping[str, int | None], present: int) -> dict[str, str]:
    """What is wrong with a vote: `present` is how many community members were in the room."""
    found = {
        name: "Write a whole number, 0 or more."
        for name, count in votes.items()
        if count is None or count < 0
    }
    if found:
        return found
    if sum(votes.values()) > present:
        return {"votes_for": f"There were {present} community members in the room to vote."}
    if votes["votes_for"] <= votes["votes_against"]:
        return {"votes_for": "A recommendation needs more votes for it than against it."}
    return {}
