"""The days of a panel's own rhythm: the nth weekday of its months, at its time in London."""

from calendar import monthcalendar
from datetime import UTC, date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.meetings.rhythm import bank_holiday, days_after, nth_weekday, times_on
from scrutiny.people.constitution import Rhythm


@pytest.mark.parametrize(
    ("year", "month", "nth", "weekday", "found"),
    [
        (2027, 1, 2, 2, date(2027, 1, 13)),
        (2027, 1, 1, 4, date(2027, 1, 1)),
        (2027, 1, -1, 4, date(2027, 1, 29)),
        (2026, 12, -1, 3, date(2026, 12, 31)),
        (2027, 2, 5, 0, None),
        (2027, 3, 5, 0, date(2027, 3, 29)),
        (2027, 2, -5, 0, None),
    ],
)
def test_the_nth_weekday_of_a_month(year, month, nth, weekday, found):
    assert nth_weekday(year, month, nth, weekday) == found


@given(st.integers(1990, 2090), st.integers(1, 12), st.integers(1, 5), st.integers(0, 6))
def test_it_agrees_with_the_calendar_on_the_wall(year, month, nth, weekday):
    days = [week[weekday] for week in monthcalendar(year, month) if week[weekday]]
    found = nth_weekday(year, month, nth, weekday)
    assert found == (date(year, month, days[nth - 1]) if nth <= len(days) else None)
    assert nth_weekday(year, month, -1, weekday) == date(year, month, days[-1])


RHYTHMS = st.builds(
    Rhythm,
    nth=st.sampled_from([1, 2, 3, 4, 5, -1]),
    weekday=st.integers(0, 6),
    months=st.lists(st.integers(1, 12), max_size=12).map(tuple),
)


@given(RHYTHMS, st.dates(date(2020, 1, 1), date(2080, 1, 1)))
def test_days_come_in_order_and_each_is_one_of_the_rhythm(rhythm, after):
    found = list(days_after(rhythm, after))
    assert found == sorted(set(found))
    assert all(day > after and day.weekday() == rhythm.weekday for day in found)
    assert all(day.month in rhythm.months for day in found)
    if rhythm.months and rhythm.nth != 5:
        assert found[0] - after <= timedelta(days=397)


def test_half_past_six_stays_half_past_six_across_both_clock_changes():
    rhythm = Rhythm(nth=2, weekday=2, months=(3, 4, 10, 11))
    days = list(islice(days_after(rhythm, date(2027, 1, 1)), 4))
    starts = [times_on(rhythm, day)[0] for day in days]
    assert [f"{one:%H:%M}" for one in starts] == ["18:30"] * 4
    assert [f"{one.astimezone(UTC):%d %b %H:%M}" for one in starts] == [
        "10 Mar 18:30",
        "14 Apr 17:30",
        "13 Oct 17:30",
        "10 Nov 18:30",
    ]
    assert times_on(rhythm, days[0])[1] - starts[0] == timedelta(hours=2)


def test_bank_holidays_are_named_and_weekends_are_not():
    assert bank_holiday(date(2027, 3, 26)) == "Good Friday"
    assert bank_holiday(date(2027, 3, 27)) == ""
    assert bank_holiday(date(2150, 1, 1)) == ""
