"""Which days a panel's own rhythm gives: the nth weekday of its months, at its time in London."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from scrutiny.kit.clock import LONDON
from scrutiny.kit.working_days import YEARS, why_not_worked
from scrutiny.people.constitution import Rhythm

MOST_YEARS = 3  # looked ahead, so that a rhythm that never comes round ends


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The nth such day of the month (-1 the last; 0 is Monday), or None where there is no fifth."""
    first = date(year, month, 1)
    if nth < 0:
        following = date(year + month // 12, month % 12 + 1, 1)
        last = following - timedelta(days=1)
        found = last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))
    else:
        found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found.month == month else None


def days_after(rhythm: Rhythm, after: date) -> Iterator[date]:
    """The days of the rhythm later than `after`, soonest first, for three years."""
    for year in range(after.year, after.year + MOST_YEARS + 1):
        for month in sorted(set(rhythm.months)):
            found = nth_weekday(year, month, rhythm.nth, rhythm.weekday)
            if found is not None and found > after:
                yield found


def times_on(rhythm: Rhythm, day: date) -> tuple[datetime, datetime]:
    """When it starts and ends there: half past six is half past six all year."""
    hour, minute = (int(part) for part in rhythm.starts.split(":"))
    starts = datetime.combine(day, time(hour, minute), LONDON)
    return starts, starts + timedelta(minutes=rhythm.minutes)


def bank_holiday(day: date) -> str:
    """The name of the bank holiday, or nothing. A panel may well meet at a weekend."""
    why = why_not_worked(day) if day.year in YEARS else ""
    return "" if why == "weekend" else why
