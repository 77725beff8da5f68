"""HOW LONG a concern is kept, when its resident is warned, and what stops it (domain.md 8)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scrutiny.concerns.rules import UNDECIDED as OPEN
from scrutiny.concerns.rules import Stage
from scrutiny.kit.words import N_

WARNED = timedelta(days=14)
"""The resident is told this long before; nothing is erased that was not announced so early."""
LONGEST_HOLD = 12  # months
LAPSES = timedelta(days=14)
"""A hold that is only proposed stops an erasure as well, but no longer than this."""


@dataclass(frozen=True)
class Kept:
    """One line of the policy. Months count from the end of the work, or the last contact if later.

    `only_unreachable`: where the resident left no way to reach them.
    """

    name: str
    stages: tuple[Stage, ...]
    months: int
    leaves: Stage
    words: str
    only_unreachable: bool = False


REFUSED = Kept(
    "refused",
    (Stage.SIGNPOSTED, Stage.NOT_TAKEN_FORWARD),
    6,
    Stage.DELETED,
    N_("Not taken forward, or sent to somebody else: 6 months"),
)
TOLD = Kept(
    "told",
    (Stage.OUTCOME_TOLD, Stage.CLOSED),
    12,
    Stage.ANONYMISED,
    N_("Taken up, and the outcome told: 12 months"),
)
UNREACHABLE = Kept(
    "unreachable",
    OPEN,
    12,
    Stage.ANONYMISED,
    N_("Still open, from somebody nobody can reach: 12 months after they last wrote"),
    only_unreachable=True,
)
WITHDRAWN = Kept(
    "withdrawn",
    (Stage.WITHDRAWN,),
    1,
    Stage.DELETED,
    N_("Withdrawn: the words at once, the rest after 1 month"),
)
POLICY = (REFUSED, TOLD, UNREACHABLE, WITHDRAWN)
WHY_THEN = {
    "refused": N_("The panel did not take it up, so we keep it for 6 months."),
    "told": N_("The panel has finished, so we keep it for 12 months."),
    "unreachable": N_("We cannot reach you, so we keep it for 12 months after you last wrote."),
}
"""Why it is erased on that day and not on another, as its resident reads it."""

WHYS = {
    "court": N_("A court has ordered that it is kept"),
    "inquest": N_("An inquest needs it"),
    "investigation": N_("An investigation of the police needs it"),
    "claim": N_("A claim in the civil courts needs it"),
    "request": N_("Somebody has asked for what is held about them"),
}
"""Why the law may want something kept: always one of these, never free words."""


class HoldStage(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    LIFTED = "lifted"
    ENDED = "ended"


HOLD_MOVES: dict[tuple[str, str], str] = {
    (HoldStage.PROPOSED, "agreed"): HoldStage.AGREED,
    (HoldStage.PROPOSED, "declined"): HoldStage.DECLINED,
    (HoldStage.AGREED, "lifted"): HoldStage.LIFTED,
    (HoldStage.AGREED, "ended"): HoldStage.ENDED,
    (HoldStage.PROPOSED, "ended"): HoldStage.ENDED,
}
HOLD_NAMES = {
    HoldStage.PROPOSED: N_("Waits for a second custodian"),
    HoldStage.AGREED: N_("Held"),
    HoldStage.DECLINED: N_("Not agreed"),
    HoldStage.LIFTED: N_("Lifted"),
    HoldStage.ENDED: N_("Over"),
}


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it has no such day.

    31 August and six months is 28 February, or 29 in a leap year.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def latest_start(until: date, months: int) -> date:
    """The latest day from which so many months are over on the day `until`."""
    found = add_months(until, -months)
    while add_months(found + timedelta(days=1), months) <= until:
        found += timedelta(days=1)
    return found


def kept_as(stage: str, reason: str, *, reachable: bool) -> Kept | None:
    """Its line of the policy; None while nothing counts towards erasing it.

    A closed one is kept as what it was closed as: those that were refused carry a reason.
    """
    if stage == Stage.CLOSED and reason:
        return REFUSED
    found = next((kept for kept in POLICY if stage in kept.stages), None)
    return None if found and found.only_unreachable and reachable else found


def due(
    stage: str, *, reason: str, ended: date | None, touched: date, reachable: bool
) -> date | None:
    """The day on which it is to be erased, or None. New contact puts it off (domain.md 8)."""
    kept = kept_as(stage, reason, reachable=reachable)
    if kept is None:
        return None
    return add_months(max(ended or touched, touched), kept.months)


def warn_on(due: date) -> date:
    return due - WARNED


def erased_on(due: date, warned: date) -> date:
    """The day that is announced: never less than fourteen days after the warning."""
    return max(due, warned + WARNED)


def is_in_force(stage: str, until: date, proposed: date, today: date) -> bool:
    """Whether a hold stops erasing today; `until` is its last day."""
    if stage == HoldStage.PROPOSED:
        return today <= min(until, proposed + LAPSES)
    return stage == HoldStage.AGREED and today <= until


def is_too_long(until: date, today: date) -> bool:
    return until > add_months(today, LONGEST_HOLD)


def month_of(happened: date | None) -> date | None:
    """All that stays of the day: its month."""
    return happened.replace(day=1) if happened else None


def place(typed: str) -> tuple[date, int] | None:
    """Where a page of the list begins, from an address: 2026-01-09.12; None when it is no place."""
    if not typed:
        return date.min, 0
    day, _, number = typed.partition(".")
    try:
        found = date.fromisoformat(day), int(number)
    except ValueError:
        return None
    return found if 0 <= found[1] < 2**31 else None
