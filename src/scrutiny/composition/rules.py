"""WHO the panel is, said so that nobody on it can be picked out, beside whom it serves.

A panel has a dozen members, so more than small counts gives somebody away: a count that changes
by one when one member comes tells what that member answered. Therefore a figure, once shown, stays
until the true count has moved by at least five.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scrutiny.concerns.equality.rules import QUESTIONS as ASKED_OF_RESIDENTS
from scrutiny.concerns.equality.rules import UNSAID, Question
from scrutiny.kit.words import N_
from scrutiny.stops.disparity import SMALL, shown
from scrutiny.stops.rules import GROUPS

AT_LEAST = 10
"""Fewer answers than this in a round show nothing at all."""
OPEN_FOR = timedelta(days=28)
BETWEEN = timedelta(days=180)
"""From one round to the next, so that nobody can be asked twice about the same change."""

QUESTIONS: Mapping[str, Question] = {
    name: ASKED_OF_RESIDENTS[name] for name in ("ethnicity", "age", "sex", "disability")
}
LETTERS = dict(zip("ABMWO", GROUPS, strict=True))
"""The first letter of a code of self-defined ethnicity -> the group of the census."""
NAMES = {N_("Asian"), N_("Black"), N_("Mixed"), N_("White"), N_("Other")}
assert set(LETTERS.values()) == NAMES


@dataclass(frozen=True)
class Shares:
    """One group beside whom it is compared with; whole percentages, None where not shown."""

    group: str
    panel: int | None
    residents: int | None
    searched: int | None


def grouped(question: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Counts as they are shown: ethnicity in the five groups of the census, the rest as asked."""
    if question != "ethnicity":
        return {answer: counts.get(answer, 0) for answer in QUESTIONS[question].answers}
    found = dict.fromkeys(GROUPS, 0)
    for code, count in counts.items():
        if code != UNSAID:
            found[LETTERS[code[0]]] += count
    return found


def settled(rounds: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The counts that are shown after these rounds, oldest first: each stays as it was until the
    true one is five or more away from it."""
    kept: dict[str, int] = {}
    for counts in rounds:
        if sum(counts.values()) < AT_LEAST:
            continue
        for answer, count in counts.items():
            if answer not in kept or abs(count - kept[answer]) >= SMALL:
                kept[answer] = count
    return kept


def published(rounds: Sequence[Mapping[str, int]]) -> dict[str, int | None]:
    """What everybody may read after these rounds; empty when too few have ever answered."""
    kept = settled(rounds)
    return dict(zip(kept, shown(list(kept.values())), strict=True))


def shares(
    counts: Mapping[str, int | None], residents: Mapping[str, int], searched: Mapping[str, int]
) -> list[Shares]:
    """The five groups side by side. Of the panel a share is shown where its count is."""
    whole = sum(count for count in counts.values() if count is not None)
    every = all(count is not None for count in counts.values()) and whole > 0
    return [
        Shares(
            group,
            round(100 * counts[group] / whole) if every else None,
            _percent(residents.get(group, 0), sum(residents.values())),
            _percent(searched.get(group, 0), sum(searched.values())),
        )
        for group in counts
    ]


def _percent(part: int, whole: int) -> int | None:
    """Of thousands of residents or searches; small parts are left out as everywhere."""
    return None if whole < 100 or 0 < part < SMALL else round(100 * part / whole)


def countable(answers: Mapping[str, str]) -> dict[str, str]:
    """Only what was asked, answered with what was offered; not answered is not said."""
    return {
        name: answers[name] if answers.get(name) in question.options else UNSAID
        for name, question in QUESTIONS.items()
    }


def may_open(last: date | None, today: date) -> bool:
    return last is None or today >= last + BETWEEN
