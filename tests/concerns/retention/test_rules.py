"""How long each is kept, counted in calendar months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.concerns.retention.rules import (
    HoldStage,
    add_months,
    due,
    erased_on,
    is_in_force,
    is_too_long,
    latest_start,
    month_of,
    place,
    warn_on,
)
from scrutiny.concerns.rules import Stage

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 3, 15), 12, date(2027, 3, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 5, 31), -1, date(2026, 4, 30)),
    ],
)
def test_a_month_is_a_calendar_month(day, months, later):
    assert add_months(day, months) == later


@given(DAYS, st.sampled_from([1, 6, 12]))
def test_the_latest_start_is_the_last_from_which_the_time_is_over(until, months):
    start = latest_start(until, months)
    assert add_months(start, months) <= until < add_months(start + timedelta(days=1), months)


ENDED, TOUCHED = date(2026, 3, 1), date(2026, 1, 1)


@pytest.mark.parametrize(
    ("stage", "reason", "reachable", "day"),
    [
        (Stage.NOT_TAKEN_FORWARD, "duplicate", True, date(2026, 9, 1)),
        (Stage.SIGNPOSTED, "liberty", True, date(2026, 9, 1)),
        (Stage.CLOSED, "duplicate", True, date(2026, 9, 1)),
        (Stage.CLOSED, "", True, date(2027, 3, 1)),
        (Stage.OUTCOME_TOLD, "", True, date(2027, 3, 1)),
        (Stage.WITHDRAWN, "", True, date(2026, 4, 1)),
        (Stage.ACCEPTED, "", True, None),
        (Stage.SAFEGUARDING_HOLD, "", False, None),
        (Stage.PAUSED, "court", False, None),
        (Stage.ANONYMISED, "", False, None),
        (Stage.DELETED, "", False, None),
    ],
)
def test_each_stage_has_its_time(stage, reason, reachable, day):
    assert due(stage, reason=reason, ended=ENDED, touched=TOUCHED, reachable=reachable) == day


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.NEEDS_INFO, Stage.LINKED])
def test_one_whom_nobody_can_reach_counts_from_the_last_contact(stage):
    found = due(stage, reason="", ended=None, touched=TOUCHED, reachable=False)
    assert found == date(2027, 1, 1)
    assert due(stage, reason="", ended=None, touched=TOUCHED, reachable=True) is None


@given(DAYS, DAYS, st.sampled_from(list(Stage)), st.booleans())
def test_new_contact_never_brings_it_forward(ended, touched, stage, reachable):
    how = {"reason": "", "ended": ended, "reachable": reachable}
    before = due(stage, touched=touched, **how)
    after = due(stage, touched=touched + timedelta(days=30), **how)
    assert (before is None) == (after is None)
    if before is not None:
        assert before <= after
        assert after > touched + timedelta(days=30)


def test_nothing_is_erased_sooner_than_fourteen_days_after_the_warning():
    planned = date(2026, 9, 15)
    assert warn_on(planned) == date(2026, 9, 1)
    assert erased_on(planned, date(2026, 9, 1)) == planned
    assert erased_on(planned, date(2026, 12, 1)) == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("stage", "until", "day", "held"),
    [
        (HoldStage.AGREED, date(2026, 6, 30), date(2026, 6, 30), True),
        (HoldStage.AGREED, date(2026, 6, 30), date(2026, 7, 1), False),
        (HoldStage.PROPOSED, date(2026, 6, 30), date(2026, 1, 15), True),
        (HoldStage.PROPOSED, date(2026, 6, 30), date(2026, 1, 16), False),
        (HoldStage.PROPOSED, date(2026, 1, 2), date(2026, 1, 3), False),
        (HoldStage.DECLINED, date(2026, 6, 30), date(2026, 1, 2), False),
        (HoldStage.LIFTED, date(2026, 6, 30), date(2026, 1, 2), False),
        (HoldStage.ENDED, date(2026, 6, 30), date(2026, 1, 2), False),
    ],
)
def test_a_hold_stops_erasing_until_its_last_day(stage, until, day, held):
    assert is_in_force(stage, until, date(2026, 1, 1), day) is held


def test_a_hold_lasts_a_year_at_most():
    assert not is_too_long(date(2027, 3, 1), date(2026, 3, 1))
    assert is_too_long(date(2027, 3, 2), date(2026, 3, 1))


def test_of_the_day_only_its_month_stays():
    assert month_of(date(2026, 1, 9)) == date(2026, 1, 1)
    assert month_of(None) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", (date.min, 0)),
        ("2026-01-09.12", (date(2026, 1, 9), 12)),
        ("2026-01-09", None),
        ("2026-13-09.1", None),
        ("2026-01-09.-1", None),
        ("2026-01-09.99999999999", None),
        ("x", None),
    ],
)
def test_a_page_of_the_list_begins_at_a_place(typed, found):
    assert place(typed) == found
