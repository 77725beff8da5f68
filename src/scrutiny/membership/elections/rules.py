"""WHO may stand for chair and vice-chair, WHEN an election moves on, and how long a term is."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from scrutiny.kit.words import N_, sentence
from scrutiny.policy import CHAIRS

FAR = timedelta(days=366)
LONGEST_STATEMENT, LONGEST_HANDOVER, LONGEST_REASON = 2000, 10_000, 1000
REMIND = (90, 30, 0)
"""Days before the last one in office on which it is said (domain.md 10.1)."""


class Stage(StrEnum):
    NOMINATING = "nominating"
    VOTING = "voting"
    UNDECIDED = "undecided"  # tied, not carried, without a quorum, or void
    ELECTED = "elected"  # waits for the first day in office
    HANDED_OVER = "handed_over"
    CALLED_OFF = "called_off"


MOVES = {
    (Stage.NOMINATING, "put_to_the_vote"): Stage.VOTING,
    (Stage.VOTING, "elected"): Stage.ELECTED,
    (Stage.VOTING, "left_undecided"): Stage.UNDECIDED,
    (Stage.UNDECIDED, "put_to_the_vote"): Stage.VOTING,
    (Stage.UNDECIDED, "elected"): Stage.ELECTED,  # by lot
    (Stage.UNDECIDED, "reopened"): Stage.NOMINATING,
    (Stage.ELECTED, "handed_over"): Stage.HANDED_OVER,
    (Stage.NOMINATING, "called_off"): Stage.CALLED_OFF,
    (Stage.VOTING, "called_off"): Stage.CALLED_OFF,
    (Stage.UNDECIDED, "called_off"): Stage.CALLED_OFF,
}
OPEN = (Stage.NOMINATING, Stage.VOTING, Stage.UNDECIDED, Stage.ELECTED)
OFFICES = {role.value: role for role in sorted(CHAIRS)}
WORDS = {
    Stage.NOMINATING: N_("Nominations are open"),
    Stage.VOTING: N_("The vote is open"),
    Stage.UNDECIDED: N_("Nobody is elected yet"),
    Stage.ELECTED: N_("Elected, not yet in office"),
    Stage.HANDED_OVER: N_("In office"),
    Stage.CALLED_OFF: N_("Called off"),
}


def is_open(stage: str) -> bool:
    return stage in OPEN


def plan_problems(nominate_by: date | None, vote_by: date | None, since: date | None, today: date):
    """What is wrong with the three days of an election, by field."""
    found = {}
    if nominate_by is None or not today <= nominate_by <= today + FAR:
        found["nominate_by"] = "Enter the last day for nominations: today or later."
    if vote_by is None or vote_by < (nominate_by or today) or vote_by > today + FAR:
        found["vote_by"] = "Enter the last day of the vote: not before nominations close."
    if since is None or since <= (vote_by or today) or since > today + FAR:
        found["since"] = "Enter the first day in office: after the vote."
    return found


def may_be_put_to_vote(stage: str, nominate_by: date, today: date) -> bool:
    """On the last day for nominations already: whoever calls it says when that is."""
    return stage == Stage.UNDECIDED or today >= nominate_by


def may_be_counted(vote_by: date, voted: int, electors: int, today: date) -> bool:
    """On the last day of the vote, or as soon as everybody has voted."""
    return today >= vote_by or voted >= electors


def seconding_problem(person: object, nominee: object, proposer: object) -> str:
    """Three people stand behind a nomination, or two where somebody put themselves forward."""
    if person == nominee:
        return "Nobody seconds their own nomination."
    if person == proposer:
        return "Somebody other than the proposer has to second it."
    return ""


def last_day(since: date, years: int) -> date:
    """The last day of a term: from 1 March 2026 for one year it is 28 February 2027."""
    try:
        return since.replace(year=since.year + years) - timedelta(days=1)
    except ValueError:  # from 29 February
        return date(since.year + years, 2, 28)


def next_term(held: Iterable[tuple[date, date | None, int]], since: date) -> int:
    """Which term in a row one from `since` would be.

    `held` is the office as held before: (first day, last day, the term it was). A gap of more
    than a year ends the row.
    """
    row = [term for _, until, term in held if until is None or until >= since - FAR]
    return max(row, default=0) + 1


def eligibility_problem(term: int, most: int) -> str:
    if term <= most:
        return ""
    return sentence(
        N_("They have had the office for {most} terms in a row, which is all the terms allow."),
        most=most,
    )


def due_reminder(until: date | None, today: date) -> int | None:
    """Which of REMIND has been reached: 90 from 90 days before, then 30, then 0; else nothing."""
    if until is None or until < today:
        return None
    left = (until - today).days
    return min((days for days in REMIND if left <= days), default=None)


def words_problem(typed: str, most: int, ask: str) -> str:
    if not typed.strip():
        return ask
    return f"Please keep it to {most:,} characters." if len(typed) > most else ""
