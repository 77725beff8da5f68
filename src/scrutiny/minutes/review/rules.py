"""WHEN what was circulated may be approved, and by how many signatures (domain.md 6.7)."""

from collections.abc import Sequence
from datetime import date

from scrutiny.kit.working_days import add_working_days
from scrutiny.minutes.rules import ACCURACY_WINDOW, IN_WRITING_AFTER, SIGNATURES
from scrutiny.policy import counts_for_quorum, rank_in_the_chair


def may_be_approved_from(circulated: date) -> date:
    """The first day after the accuracy window; the day of circulation is not counted."""
    return add_working_days(circulated, ACCURACY_WINDOW)


def in_writing_from(circulated: date) -> date:
    return add_working_days(circulated, IN_WRITING_AFTER)


def enough(roles: Sequence[str]) -> bool:
    """Whether those who signed are whoever chairs and two members of the community more."""
    community = [one for one in roles if counts_for_quorum(one)]
    chairs = [one for one in community if rank_in_the_chair(one) is not None]
    return len(community) >= SIGNATURES and bool(chairs)
