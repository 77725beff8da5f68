"""WHAT is asked about who was affected, and what of the counts may be shown.

Figures are shown by periods of whole, finished quarters that never overlap. A period of a question
ends at the first end of a quarter at which enough people had answered; a new year begins afresh.
Each is shown once it has ended and never changes again, so no two pages can be subtracted from
each other, and no single answer can be seen to arrive.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scrutiny.kit.suppression import SMALL, shown
from scrutiny.kit.words import N_, NC_
from scrutiny.people import equality
from scrutiny.people.equality import UNSAID, Question
from scrutiny.stops.disparity import FEW


@dataclass(frozen=True)
class Quarter:
    """The counts of one question in one quarter."""

    first: date
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Period:
    """What is shown of one question from a day until a day. None stands for a count left out."""

    first: date
    last: date
    people: int
    counts: dict[str, int | None]
    unsaid: int | None


QUESTIONS: Mapping[str, Question] = {
    **equality.QUESTIONS,
    "asked": Question(
        N_("Did the officers ask your ethnicity?"),
        N_("Officers must ask when they search somebody. We check how often they do."),
        {"": {"yes": NC_("did", "Yes"), "no": NC_("did", "No"), "unsure": N_("I do not remember")}},
    ),
}


def countable(answers: Mapping[str, str]) -> dict[str, str]:
    """Only what was asked, answered with what was offered."""
    return equality.countable(QUESTIONS, answers)


def quarter_of(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def end_of(quarter: date) -> date:
    """The last day of the quarter that begins on this day."""
    return quarter_of(quarter + timedelta(days=95)) - timedelta(days=1)


def latest_year(today: date) -> int:
    """The year of the last finished quarter: the latest of which anything can be shown."""
    return (quarter_of(today) - timedelta(days=1)).year


def can_be_shown(counts: Sequence[int]) -> bool:
    """Enough people answered, and something is left to show once the small counts are out."""
    return sum(counts) >= FEW and any(shown(counts))


def periods(question: Question, quarters: Sequence[Quarter], today: date) -> Iterator[Period]:
    """What may be shown of one question in one year, from its quarters in order."""
    gathered: dict[str, int] = {}
    first: date | None = None
    for quarter in quarters:
        if end_of(quarter.first) >= today:
            return
        first = first or quarter.first
        for answer in question.options:
            gathered[answer] = gathered.get(answer, 0) + quarter.counts.get(answer, 0)
        if can_be_shown([gathered[answer] for answer in question.answers]):
            yield _period(question, first, end_of(quarter.first), gathered)
            gathered, first = {}, None


def _period(question: Question, first: date, last: date, counts: Mapping[str, int]) -> Period:
    """What was not said is in no total: nothing that is shown adds up to it."""
    answered = [counts[answer] for answer in question.answers]
    unsaid = counts[UNSAID]
    return Period(
        first=first,
        last=last,
        people=sum(answered),
        counts=dict(zip(question.answers, shown(answered), strict=True)),
        unsaid=None if 0 < unsaid < SMALL else unsaid,
    )
