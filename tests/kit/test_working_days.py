"""Time limits counted in days, and their working."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.kit.working_days import (
    Run,
    add_working_days,
    due,
    is_working_day,
    why_not_worked,
)

days = st.dates(date(1980, 1, 1), date(2080, 1, 1))
limits = st.integers(1, 400)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 4, 2), ""),
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 4), "weekend"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 12, 25), "Christmas Day"),
        (date(2026, 12, 28), "Boxing Day (substitute day)"),  # the 26th is a Saturday
        (date(2027, 12, 25), "weekend"),
        (date(2027, 12, 27), "Christmas Day (substitute day)"),
        (date(2023, 5, 8), "Coronation of Charles III"),
        (date(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
        (date(2026, 3, 17), ""),  # St Patrick's Day: Northern Ireland
        (date(2026, 11, 30), ""),  # St Andrew's Day: Scotland
    ],
)
def test_days_off_are_named(day, why):
    assert why_not_worked(day) == why
    assert is_working_day(day) is (why == "")


@pytest.mark.parametrize("year", range(2015, 2035))
def test_wales_has_the_days_of_england(year):
    england, wales = (
        holidays.country_holidays("GB", subdiv=nation, years=year) for nation in ("ENG", "WLS")
    )
    assert dict(england) == dict(wales) and len(england) >= 8


def test_years_without_a_known_calendar_are_refused():
    with pytest.raises(ValueError, match="bank holidays of 2101 are not known"):
        is_working_day(date(2101, 6, 1))


@pytest.mark.parametrize(
    ("day", "n", "lands"),
    [
        (date(2026, 4, 1), 1, date(2026, 4, 2)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 4, 4), 1, date(2026, 4, 7)),  # from a Saturday
        (date(2026, 4, 7), -1, date(2026, 4, 2)),
        (date(2026, 12, 23), 5, date(2027, 1, 4)),  # over Christmas, a substitute and New Year
        (date(2026, 4, 4), 0, date(2026, 4, 4)),
    ],
)
def test_working_days_are_added_over_days_off(day, n, lands):
    assert add_working_days(day, n) == lands


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_adding_in_two_steps_is_adding_at_once(day, first, then):
    assert add_working_days(add_working_days(day, first), then) == add_working_days(
        day, first + then
    )


@given(days, st.integers(-60, 60))
def test_the_days_between_are_as_many_as_were_added(day, n):
    lands = add_working_days(day, n)
    low, high = sorted((day, lands))
    low, high = (low + timedelta(1), high) if n > 0 else (low, high - timedelta(1))
    between = (low + timedelta(i) for i in range((high - low).days + 1))
    assert sum(map(is_working_day, between)) == abs(n)
    assert n == 0 or is_working_day(lands)


def test_adding_past_ten_years_is_refused():
    with pytest.raises(ValueError, match="too many"):
        add_working_days(date(2026, 1, 1), 10_000_000)


def test_fifty_six_days_beginning_with_the_day_made():
    """Police Reform Act 2002 Sch 3 para 28B."""
    found = due(date(2026, 3, 2), 56, first_day_counts=True, working=False)
    assert found.on == date(2026, 3, 2) + timedelta(55) == date(2026, 4, 26)
    assert found.runs == [
        Run(date(2026, 3, 2), date(2026, 3, 2), 1, True, "the day of issue counts"),
        Run(date(2026, 3, 3), date(2026, 4, 26), 55, True, ""),
    ]


def test_a_panels_own_fifty_six_days_after_the_day_of_issue():
    found = due(date(2026, 3, 2), 56, first_day_counts=False, working=False)
    assert found.on == date(2026, 3, 2) + timedelta(56) == date(2026, 4, 27)
    assert found.runs == [
        Run(date(2026, 3, 2), date(2026, 3, 2), 1, False, "the day of issue does not count"),
        Run(date(2026, 3, 3), date(2026, 4, 27), 56, True, ""),
    ]


def test_five_working_days_over_easter_with_the_working():
    found = due(date(2026, 4, 1), 5, first_day_counts=False, working=True)
    assert found.on == date(2026, 4, 10)
    assert found.runs == [
        Run(date(2026, 4, 1), date(2026, 4, 1), 1, False, "the day of issue does not count"),
        Run(date(2026, 4, 2), date(2026, 4, 2), 1, True, ""),
        Run(date(2026, 4, 3), date(2026, 4, 3), 1, False, "Good Friday"),
        Run(date(2026, 4, 4), date(2026, 4, 5), 2, False, "weekend"),
        Run(date(2026, 4, 6), date(2026, 4, 6), 1, False, "Easter Monday"),
        Run(date(2026, 4, 7), date(2026, 4, 10), 4, True, ""),
    ]


def test_a_first_day_off_cannot_count_as_a_working_day():
    found = due(date(2026, 4, 4), 1, first_day_counts=True, working=True)
    assert found.on == date(2026, 4, 7)
    assert found.working[0] == (date(2026, 4, 4), False, "weekend")


@pytest.mark.parametrize("length", [0, -1, 3661, 10**12])
def test_a_limit_of_no_length_or_of_an_age_is_refused(length):
    with pytest.raises(ValueError, match="from 1 to 3660 days"):
        due(date(2026, 1, 1), length, first_day_counts=True, working=False)


@given(days, limits, st.booleans(), st.booleans())
def test_the_working_adds_up(issued, length, first_day_counts, working):
    on, steps = due(issued, length, first_day_counts=first_day_counts, working=working)

    assert [step.day for step in steps] == [
        issued + timedelta(i) for i in range((on - issued).days + 1)
    ]
    assert sum(step.counted for step in steps) == length
    assert steps[-1].counted and steps[-1].day == on
    assert all(step.why for step in steps if not step.counted)
    assert not working or all(is_working_day(step.day) for step in steps if step.counted)


@given(days, limits, st.booleans())
def test_runs_say_the_same_as_the_days(issued, length, first_day_counts):
    found = due(issued, length, first_day_counts=first_day_counts, working=True)
    unrolled = [
        (run.first + timedelta(i), run.counted, run.why)
        for run in found.runs
        for i in range(run.days)
    ]
    assert unrolled == found.working
    assert all((run.last - run.first).days + 1 == run.days for run in found.runs)


@given(days, limits)
def test_calendar_days_take_no_notice_of_days_off_and_the_first_day_is_worth_one(issued, length):
    after = due(issued, length, first_day_counts=False, working=False).on
    beginning = due(issued, length, first_day_counts=True, working=False).on
    assert after == issued + timedelta(length) == beginning + timedelta(1)


@given(days, limits)
def test_working_days_after_the_day_of_issue_are_working_days_added(issued, length):
    found = due(issued, length, first_day_counts=False, working=True).on
    assert found == add_working_days(issued, length)
