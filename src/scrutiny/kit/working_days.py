"""Time limits counted in days, with their working; bank holidays of England and Wales."""

from datetime import date, timedelta
from functools import cache
from importlib import import_module
from typing import NamedTuple

DAY = timedelta(days=1)
LONGEST = 3660  # ten years: anything longer is a slip of the pen
YEARS = range(1978, 2100)  # since the early May holiday; as far as the package looks


class Reckoned(NamedTuple):
    """One day of the working: whether it counts, and why where that is not plain."""

    day: date
    counted: bool
    why: str


class Run(NamedTuple):
    """Days in a row that count, or do not, for the same reason."""

    first: date
    last: date
    days: int
    counted: bool
    why: str


class Due(NamedTuple):
    """The last day of a time limit, and each day from the day of issue that led to it."""

    on: date
    working: list[Reckoned]

    @property
    def runs(self) -> list[Run]:
        """The working in as few lines as it can be said in."""
        runs: list[Run] = []
        for day, counted, why in self.working:
            if runs and (runs[-1].counted, runs[-1].why) == (counted, why):
                runs[-1] = runs[-1]._replace(last=day, days=runs[-1].days + 1)
            else:
                runs.append(Run(day, day, 1, counted, why))
        return runs


def is_working_day(day: date) -> bool:
    return not why_not_worked(day)


def why_not_worked(day: date) -> str:
    """Says "weekend", or names the bank holiday, or says nothing for a working day.

    Source: the holidays package, which carries the Banking and Financial Dealings Act 1971
    and each proclamation since. England and Wales have the same days. A holiday proclaimed
    after the package was released is not known until it is upgraded: keep a due date once
    it has been printed. Raises ValueError outside 1978 to 2099.
    """
    if day.weekday() >= 5:
        return "weekend"
    return _bank_holidays(day.year).get(day, "")


def add_working_days(day: date, n: int) -> date:
    """The nth working day after a day (before it when n is negative); the day is not counted."""
    if abs(n) > LONGEST:
        raise ValueError(f"{n} working days is too many: the most is {LONGEST}.")
    step = DAY if n > 0 else -DAY
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def due(issued: date, days: int, *, first_day_counts: bool, working: bool) -> Due:
    """The last day of a limit of so many days, with its working.

    first_day_counts says "beginning with the day it was made", as Police Reform Act 2002
    Sch 3 para 28B and Police Act 1996 s55 do: 56 days end on the day of issue + 55.
    Otherwise the day of issue is day nought, as in a panel's own 56 days: issue + 56.
    working counts working days only. A limit in plain days may end on a day off and is
    not moved. The last day is whole: late begins with the next day in London.
    Raises ValueError for fewer than 1 day or more than ten years.
    """
    if not 1 <= days <= LONGEST:
        raise ValueError(f"A time limit is from 1 to {LONGEST} days, not {days}.")
    reckoned: list[Reckoned] = []
    day, left = issued, days
    while left:
        why = _why_not_counted(day, day == issued and not first_day_counts, working)
        counted = not why
        first = "the day of issue counts" if counted and day == issued else ""
        reckoned.append(Reckoned(day, counted, why or first))
        left -= counted
        day += DAY
    return Due(reckoned[-1].day, reckoned)


def _why_not_counted(day: date, is_day_nought: bool, working: bool) -> str:
    if is_day_nought:
        return "the day of issue does not count"
    return why_not_worked(day) if working else ""


@cache
def _bank_holidays(year: int) -> dict[date, str]:
    if year not in YEARS:
        raise ValueError(f"The bank holidays of {year} are not known.")
    holidays = import_module("holidays")  # large, and few pages count working days
    found = holidays.country_holidays("GB", subdiv="ENG", years=year, language="en_GB")
    return {day: name.replace("(observed)", "(substitute day)") for day, name in found.items()}
