"""WHEN a version of the terms moves on: nobody puts one into force alone (domain.md 6.8)."""

from datetime import date, timedelta
from enum import StrEnum

from scrutiny.kit.words import N_

CONSULTED_FOR = timedelta(days=14)
FAR = timedelta(days=366)
LONGEST_TEXT, LONGEST_SUMMARY, LONGEST_COMMENT = 60_000, 500, 5000


class Stage(StrEnum):
    DRAFTING = "drafting"
    CONSULTED = "consulted"
    VOTED = "voted"  # the vote is open
    IN_FORCE = "in_force"
    UNDER_REVIEW = "under_review"  # in force still; its review is due
    SUPERSEDED = "superseded"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


MOVES = {
    (Stage.DRAFTING, "put_to_consultation"): Stage.CONSULTED,
    (Stage.CONSULTED, "put_to_the_vote"): Stage.VOTED,
    (Stage.VOTED, "put_into_force"): Stage.IN_FORCE,
    (Stage.VOTED, "lost"): Stage.LOST,
    (Stage.VOTED, "left_undecided"): Stage.CONSULTED,  # no quorum, or void: voted on again
    (Stage.IN_FORCE, "put_under_review"): Stage.UNDER_REVIEW,
    (Stage.IN_FORCE, "superseded"): Stage.SUPERSEDED,
    (Stage.UNDER_REVIEW, "superseded"): Stage.SUPERSEDED,
    (Stage.DRAFTING, "withdrawn"): Stage.WITHDRAWN,
    (Stage.CONSULTED, "withdrawn"): Stage.WITHDRAWN,
}
CURRENT = (Stage.IN_FORCE, Stage.UNDER_REVIEW)
PROPOSED = (Stage.DRAFTING, Stage.CONSULTED, Stage.VOTED)
PUBLIC = (Stage.CONSULTED, Stage.VOTED, *CURRENT, Stage.SUPERSEDED, Stage.LOST)
"""What the public reads: from the consultation on. What was withdrawn is the panel's own."""
WORDS = {
    Stage.DRAFTING: N_("Being drafted"),
    Stage.CONSULTED: N_("Being consulted on"),
    Stage.VOTED: N_("The panel is voting"),
    Stage.IN_FORCE: N_("In force"),
    Stage.UNDER_REVIEW: N_("In force, under review"),
    Stage.SUPERSEDED: N_("No longer in force"),
    Stage.LOST: N_("Voted down"),
    Stage.WITHDRAWN: N_("Withdrawn"),
}


def is_current(stage: str) -> bool:
    return stage in CURRENT


def takes_comments(stage: str, until: date | None, today: date) -> bool:
    """To the end of the last day of the consultation."""
    return stage == Stage.CONSULTED and until is not None and today <= until


def may_be_rewritten(stage: str, until: date | None, today: date) -> bool:
    """While it is drafted, and after the consultation to take in what was said; never during it."""
    return stage == Stage.DRAFTING or (
        stage == Stage.CONSULTED and until is not None and today > until
    )


def vote_problem(stage: str, until: date | None, unanswered: int, today: date) -> str:
    """Why it cannot be put to the vote, or nothing."""
    if stage != Stage.CONSULTED or until is None:
        return "It has to be consulted on first."
    if today <= until:
        return "The consultation is not over."
    if unanswered:
        return "Every comment has to be answered first."
    return ""


def may_be_counted(vote_by: date, voted: int, electors: int, today: date) -> bool:
    """On the last day of the vote, or as soon as everybody has voted."""
    return today >= vote_by or voted >= electors


def consultation_problem(until: date | None, today: date) -> str:
    """Two weeks at least: a consultation from 1 March goes on to 15 March or later."""
    if until is None or not today + CONSULTED_FOR <= until <= today + FAR:
        return "Enter the last day for comments: two weeks from today or later."
    return ""


def vote_by_problem(last: date | None, today: date) -> str:
    if last is None or not today <= last <= today + FAR:
        return "Enter the last day of the vote: today or later."
    return ""


def review_by(in_force: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    years, month = divmod(in_force.month - 1 + months, 12)
    first = date(in_force.year + years, month + 1, 1)
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return min(first + timedelta(days=in_force.day - 1), after - timedelta(days=1))


def is_review_overdue(stage: str, due: date | None, today: date) -> bool:
    return is_current(stage) and due is not None and due < today


def words_problem(typed: str, most: int, ask: str) -> str:
    if not typed.strip():
        return ask
    return f"Please keep it to {most:,} characters." if len(typed) > most else ""
