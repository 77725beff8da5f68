"""The panel's own deadlines without a database: when each is due, kept, late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scrutiny.meetings.figures.rules import (
    AGENDA,
    DRAFT,
    PUBLISHED,
    Clock,
    Kept,
    clocks,
    draft_due,
    in_time,
    publish_due,
)

DUE = date(2026, 5, 14)


def test_a_draft_is_due_in_ten_working_days_and_published_in_five():
    assert draft_due(date(2026, 5, 14)) == date(2026, 5, 29)  # 25 May is a bank holiday
    assert publish_due(date(2026, 5, 22)) == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("done", "today", "standing", "late"),
    [
        (None, 0, "wait", 0),
        (None, 1, "late", 1),
        (0, 40, "done", 0),
        (-3, 0, "done", 0),
        (2, 40, "late", 2),
    ],
)
def test_a_clock_is_late_from_the_day_after_and_stays_so(done, today, standing, late):
    clock = Clock(AGENDA, DUE, None if done is None else DUE + timedelta(days=done))
    then = DUE + timedelta(days=today)
    assert (clock.standing(then), clock.days_late(then)) == (standing, late)


def kept(**changes) -> Kept:
    nothing = dict.fromkeys(("agenda", "drafted", "approved", "published"))
    row = {"date": DUE, "title": "Spring", "stage": "scheduled", **nothing}
    return Kept(**row | changes)


def test_clocks_begin_one_after_the_other():
    assert [one.what for one in clocks(kept(), 7)] == [AGENDA]
    assert clocks(kept(), 10)[0].due == date(2026, 5, 4)
    assert [one.what for one in clocks(kept(stage="held"), 7)] == [AGENDA, DRAFT]
    approved = clocks(kept(stage="held", approved=DUE), 7)
    assert [one.what for one in approved] == [AGENDA, DRAFT, PUBLISHED]
    assert clocks(kept(public=False, stage="minuted", approved=DUE), 7) == []


@given(some.lists(some.tuples(some.integers(-9, 9), some.none() | some.integers(-9, 9))))
def test_what_still_has_time_is_not_counted(days):
    found = [
        Clock(
            AGENDA, DUE + timedelta(days=due), None if done is None else DUE + timedelta(days=done)
        )
        for due, done in days
    ]
    done, over = in_time(found, DUE)
    waiting = sum(one.done is None and one.due >= DUE for one in found)
    assert 0 <= done <= over == len(found) - waiting
