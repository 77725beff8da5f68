"""HOW a result is reached from the counts of a vote, and what may be chosen in one."""

from collections.abc import Mapping
from enum import StrEnum

from scrutiny.kit.words import N_
from scrutiny.people.constitution import Majority, Method

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
LONGEST_QUESTION, LONGEST_DISSENT = 500, 3000


class Stage(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    VOID = "void"  # a secret vote in which somebody had voted who may not: nobody knows how


MOVES = {(Stage.OPEN, "closed"): Stage.CLOSED, (Stage.OPEN, "void"): Stage.VOID}


class Result(StrEnum):
    """How a vote for or against came out; among candidates it is the key of the one chosen."""

    CARRIED = "carried"
    LOST = "lost"
    TIED = "tied"
    NO_QUORUM = "no_quorum"


OUTCOMES = {
    Result.CARRIED: N_("Carried"),
    Result.LOST: N_("Not carried"),
    Result.TIED: N_("Tied"),
    Result.NO_QUORUM: N_("Not valid: there was no quorum"),
}
METHODS = {
    Method.CONSENSUS: N_("by consensus"),
    Method.SHOW: N_("by a show of hands"),
    Method.SECRET: N_("by secret vote"),
}
AGREEING = {FOR: N_("I agree"), AGAINST: N_("I object"), ABSTAIN: N_("I stand aside")}
VOTING = {FOR: N_("For"), AGAINST: N_("Against"), ABSTAIN: N_("I abstain")}


def usual_choices(method: str) -> dict[str, str]:
    """What can be chosen where something is put for or against, key to words."""
    return AGREEING if method == Method.CONSENSUS else VOTING


def is_for_or_against(choices: Mapping[str, object]) -> bool:
    """Whether one thing is put, rather than several candidates."""
    return FOR in choices and AGAINST in choices


def result(method: str, majority: str, counts: Mapping[str, int], *, quorate: bool) -> str:
    """The outcome of these counts (choice to number, every choice present): see Result.

    Among candidates the one with most votes wins whatever the majority, and their key is given;
    equal numbers at the top are a tie, which `leaders` names.
    """
    if not quorate:
        return Result.NO_QUORUM
    if not is_for_or_against(counts):
        return _chosen(counts)
    if method == Method.CONSENSUS:
        agreed = counts[FOR] > 0 and counts[AGAINST] == 0
        return Result.CARRIED if agreed else Result.LOST
    return _put_to_the_vote(majority, counts[FOR], counts[AGAINST])


def _put_to_the_vote(majority: str, for_it: int, against: int) -> str:
    """Those who abstain are not counted; two thirds are of those who voted for or against."""
    if majority == Majority.TWO_THIRDS:
        carried = for_it > 0 and 3 * for_it >= 2 * (for_it + against)
        return Result.CARRIED if carried else Result.LOST
    if for_it == against and for_it > 0:
        return Result.TIED
    return Result.CARRIED if for_it > against else Result.LOST


def _chosen(counts: Mapping[str, int]) -> str:
    first = leaders(counts)
    if not first:
        return Result.LOST
    return first[0] if len(first) == 1 else Result.TIED


def leaders(counts: Mapping[str, int]) -> list[str]:
    """The candidates with most votes, in the order given; none when nobody got any."""
    votes = {key: number for key, number in counts.items() if key != ABSTAIN}
    most = max(votes.values(), default=0)
    return [key for key, number in votes.items() if number == most] if most else []


def dissent_problem(typed: str) -> str:
    if not typed.strip():
        return "Write why you do not agree."
    if len(typed) > LONGEST_DISSENT:
        return f"Please keep it to {LONGEST_DISSENT:,} characters."
    return ""
