"""What may be said from the counts: rates, how sure they are, and numbers too small to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from scrutiny.kit.suppression import SMALL, shown
from scrutiny.stops.rules import GROUPS

FEW = 20
"""Below this many searches a rate or a share says more about chance than about policing."""
COMPARED_WITH = "White"


@dataclass(frozen=True)
class Group:
    """One group in one month. None stands for a number too small to show or to go by."""

    name: str  # empty: not stated
    searches: int | None
    people: int
    rate: float | None  # searches for each 1,000 residents
    ratio: float | None  # times as often as the group compared with
    low: float | None  # the range of the ratio, 95 %
    high: float | None


def parts(part: int, whole: int) -> tuple[int | None, int | None]:
    """A part and its whole as they may be shown: a part is also given away by what is left."""
    if 0 < whole < SMALL:
        return None, None
    hidden = 0 < part < SMALL or 0 < whole - part < SMALL
    return (None if hidden else part), whole


def parts_of_groups(counts: Sequence[int], wholes: Sequence[int]) -> list[int | None]:
    """The same for a part in each of several groups whose parts add up to a published total."""
    visible = shown(wholes)
    found = [
        None if whole is None else parts(part, whole)[0]
        for part, whole in zip(counts, visible, strict=True)
    ]
    if found.count(None) == 1 and any(found):
        least = min(part for part in found if part)
        found[found.index(least)] = None
    return found


def percent(part: int, whole: int) -> int | None:
    """A whole percentage, or None when there are too few to say."""
    shown_part, _ = parts(part, whole)
    return None if shown_part is None or whole < FEW else round(100 * part / whole)


def groups(searches: Mapping[str, int], people: Mapping[str, int]) -> list[Group]:
    """The five groups in their order, then 'not stated' if anybody was, from counts of one month.

    rate = searches / people x 1,000; ratio = rate / rate of White residents (domain.md 10.3).
    """
    names = [*GROUPS, *([""] if searches.get("") else [])]
    visible = dict(zip(names, shown([searches.get(n, 0) for n in names]), strict=True))
    return [
        Group(
            name=name,
            searches=visible[name],
            people=people.get(name, 0),
            rate=_rate(visible[name], people.get(name, 0)),
            **_ratio(name, visible, people),
        )
        for name in names
    ]


def _rate(count: int | None, people: int) -> float | None:
    if count is None or count < FEW or not people:
        return None
    return count / people * 1000


def _ratio(
    name: str, searches: Mapping[str, int | None], people: Mapping[str, int]
) -> dict[str, float | None]:
    """With the usual 95 % interval for a ratio of two Poisson rates, on the log scale."""
    mine, theirs = searches[name], searches[COMPARED_WITH]
    rate = _rate(mine, people.get(name, 0))
    other = _rate(theirs, people.get(COMPARED_WITH, 0))
    if name == COMPARED_WITH or not rate or not other or not mine or not theirs:
        return {"ratio": None, "low": None, "high": None}
    ratio, wide = rate / other, 1.96 * sqrt(1 / mine + 1 / theirs)
    return {"ratio": ratio, "low": exp(log(ratio) - wide), "high": exp(log(ratio) + wide)}


def stands_out(found: Sequence[Group]) -> Group | None:
    """The group searched most often compared with White residents, where chance cannot be why."""
    clear = [group for group in found if group.low is not None and group.low > 1]
    return max(clear, key=lambda group: group.ratio or 0, default=None)


def in_ten(part: int, whole: int) -> int:
    """A share in tenths, from 0 to 10."""
    return round(10 * part / whole) if whole else 0
