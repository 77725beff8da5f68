"""WHO may apply, HOW a choice is made, and for how long what applicants sent is kept."""

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from scrutiny.kit.words import N_, Sentence, sentence
from scrutiny.people.constitution import Eligibility

MOST_POINTS = 4
LEAST_SCORERS = 2
OFFER_STANDS = timedelta(days=28)
"""After which an offer that nobody answered has lapsed."""
KEPT_MONTHS, RESERVE_MONTHS = 6, 12
"""How long an application is kept after it was settled, and how long on the reserve list."""


class CallStage(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


CALL_MOVES = {
    (CallStage.DRAFT, "published"): CallStage.PUBLISHED,
    (CallStage.PUBLISHED, "closed"): CallStage.CLOSED,
}


class Stage(StrEnum):
    APPLIED = "applied"
    SHORTLISTED = "shortlisted"
    OFFERED = "conditionally_offered"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    ACCEPTED = "accepted"  # a seat was taken, and onboarding begins
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


MOVES = {
    (Stage.APPLIED, "shortlisted"): Stage.SHORTLISTED,
    (Stage.APPLIED, "not_shortlisted"): Stage.NOT_SELECTED,
    (Stage.SHORTLISTED, "offered"): Stage.OFFERED,
    (Stage.SHORTLISTED, "reserved"): Stage.RESERVE,
    (Stage.SHORTLISTED, "not_selected"): Stage.NOT_SELECTED,
    (Stage.RESERVE, "offered"): Stage.OFFERED,
    (Stage.RESERVE, "not_selected"): Stage.NOT_SELECTED,
    (Stage.OFFERED, "accepted"): Stage.ACCEPTED,
    (Stage.OFFERED, "declined"): Stage.DECLINED,
    (Stage.OFFERED, "lapsed"): Stage.DECLINED,
    (Stage.APPLIED, "withdrawn"): Stage.WITHDRAWN,
    (Stage.SHORTLISTED, "withdrawn"): Stage.WITHDRAWN,
    (Stage.RESERVE, "withdrawn"): Stage.WITHDRAWN,
    (Stage.OFFERED, "withdrawn"): Stage.WITHDRAWN,
}
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "offered": N_("Offer a seat, on conditions"),
        "reserved": N_("Put on the reserve list"),
        "not_selected": N_("Not selected"),
    }
)
"""What one proposes and another confirms, with its words."""
WITHOUT_OUTCOME = (Stage.APPLIED, Stage.SHORTLISTED)
STANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Stage.APPLIED: ("wait", N_("Applied")),
        Stage.SHORTLISTED: ("acting", N_("On the shortlist")),
        Stage.OFFERED: ("acting", N_("Offered a seat, on conditions")),
        Stage.RESERVE: ("wait", N_("On the reserve list")),
        Stage.NOT_SELECTED: ("no", N_("Not selected")),
        Stage.ACCEPTED: ("done", N_("Accepted the offer")),
        Stage.DECLINED: ("no", N_("Did not take the offer")),
        Stage.WITHDRAWN: ("no", N_("Withdrawn")),
    }
)
"""(kind of status, words)"""
NO_SHOW = "no_show"
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "fewer_points": N_("Others met what was asked for more closely"),
        "incomplete": N_("The answers left too much open"),
        "not_eligible": N_("The panel's rules do not allow it"),
        "conflict": N_("A conflict of interests that cannot be managed"),
        NO_SHOW: N_("Did not come to the interview"),
    }
)
"""Why somebody was not selected; the feedback says it in words of its own."""


def reasons_at(stage: str) -> dict[str, str]:
    """The reasons that there can be at this stage: nobody misses an interview before one."""
    return {
        why: words for why, words in REASONS.items() if stage != Stage.APPLIED or why != NO_SHOW
    }


# -- who may apply --------------------------------------------------------------------------------

POLICE = ("never", "past", "recent", "now")
"""Whether somebody works or worked for the police; recent: not as long ago as the rules ask."""


@dataclass(frozen=True)
class Sent:
    """What an applicant sent, as it is sealed."""

    name: str = ""
    email: str = ""
    phone: str = ""
    age: str = ""  # yes: old enough
    connection: str = ""
    police: str = ""
    other_panels: str = ""
    answers: list[str] = field(default_factory=list)
    availability: str = ""
    conflicts: str = ""

    def confidential(self, code: str) -> list[tuple[str, str]]:
        """What would tell of them if it were published, for leaks.actions: kind and value."""
        story = (self.connection, self.police, self.other_panels, self.conflicts, *self.answers)
        reached = (("name", self.name), ("email", self.email), ("phone", self.phone))
        return [("receipt", code), *reached, *(("text", said) for said in story)]


def police_options(rule: Eligibility) -> dict[str, str]:
    """The answers about service in the police that make a difference under these rules."""
    found = {"never": N_("No, never"), "past": N_("Yes, but not any more")}
    if years := rule.years_since_police:
        longer = N_("Yes, but that ended {years} years ago or longer")
        found["past"] = sentence(longer, years=years)
        shorter = N_("Yes, and it ended less than {years} years ago")
        found["recent"] = sentence(shorter, years=years)
    return found | {"now": N_("Yes, I do now")}


def not_eligible(sent: Sent, rule: Eligibility) -> list[Sentence]:
    """Why the panel's rules do not allow this person a seat, each as a plain sentence."""
    found = []
    if sent.age != "yes":
        pattern = N_("The panel's rules ask for an age of {age} or more.")
        found.append(sentence(pattern, age=rule.least_age))
    if sent.connection != "yes":
        pattern = N_("The panel's rules ask that members {connection}.")
        found.append(sentence(pattern, connection=rule.connected()))
    if sent.police == "now":
        found.append(sentence(N_("Nobody who works for the police can sit for the community.")))
    if sent.police == "recent" and rule.years_since_police:
        pattern = N_("The panel's rules ask for {years} years since service in the police ended.")
        found.append(sentence(pattern, years=rule.years_since_police))
    if sent.other_panels == "yes" and not rule.other_panels:
        words = N_("The panel's rules do not allow a seat on another panel about policing.")
        found.append(sentence(words))
    return found


# -- when -----------------------------------------------------------------------------------------


def is_open(stage: str, opens: date, closes: date, today: date) -> bool:
    """Applications are taken on its last day too."""
    return stage == CallStage.PUBLISHED and opens <= today <= closes


def may_be_closed(stage: str, closes: date, filled: bool, today: date) -> bool:
    """Once its last day is over, or before that as soon as every place is taken."""
    return stage == CallStage.PUBLISHED and (filled or closes < today)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def is_kept_too_long(stage: str, settled: date | None, today: date) -> bool:
    """Six months after it was settled, twelve on the reserve list."""
    if settled is None or stage == Stage.ACCEPTED:
        return False
    months = RESERVE_MONTHS if stage == Stage.RESERVE else KEPT_MONTHS
    return today >= months_later(settled, months)


# -- how a choice is made -------------------------------------------------------------------------


@dataclass(frozen=True)
class Scored:
    """What the scorers of one interview gave, as far as somebody may see it."""

    scorers: int
    done: int
    totals: tuple[int, ...] = ()  # of each who scored; empty while they are not to be seen

    @property
    def is_complete(self) -> bool:
        return self.scorers >= LEAST_SCORERS and self.done == self.scorers

    @property
    def mean(self) -> Fraction | None:
        """Of the totals, exactly."""
        return Fraction(sum(self.totals), len(self.totals)) if self.totals else None

    @property
    def spread(self) -> int | None:
        """How far apart the highest and the lowest total are."""
        return max(self.totals) - min(self.totals) if self.totals else None


def sees_scores(reader: object, scorers: Collection[object], scored: Collection[object]) -> bool:
    """Nobody sees what others gave before giving their own; who does not score waits for all."""
    if reader in scorers:
        return reader in scored
    return len(scorers) >= LEAST_SCORERS and set(scorers) <= set(scored)


def ranked(scored: Mapping[int, Scored]) -> list[int]:
    """The numbers of those whose scores are to be seen: highest mean first, then the narrower
    spread, then who applied first."""
    known = [number for number, one in scored.items() if one.mean is not None]
    return sorted(known, key=lambda n: (-(scored[n].mean or 0), scored[n].spread, n))


def may_confirm(proposer: tuple[object, bool], confirmer: tuple[object, bool], both: bool) -> bool:
    """Two different people, one who chairs and one of the secretariat: (person, chairs).

    Where one of the two sides knows the applicant or is vacant (not `both`), any two do.
    """
    if proposer[0] == confirmer[0]:
        return False
    return not both or proposer[1] != confirmer[1]


def points_problem(typed: str) -> str:
    fits = {str(points) for points in range(MOST_POINTS + 1)}
    return "" if typed in fits else N_("Choose from 0 to 4.")


def equality_shown(counts: Sequence[int], visible: Iterable[int | None]) -> bool:
    """Something is left once small counts are out, and not everybody said the same."""
    return sum(1 for count in counts if count) > 1 and any(visible)
