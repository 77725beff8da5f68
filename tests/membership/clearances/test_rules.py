"""When a clearance counts, what it opens, how it looks, and what may be written about one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.membership.clearances.rules import (
    CHECKED,
    Outcome,
    State,
    asked_for,
    clearing,
    counts,
    dates_problems,
    opened_by,
    opens,
    outcomes_of,
    own_problem,
    sign_by_problem,
    state,
    text_problem,
    warning,
)
from scrutiny.people.constitution import Clearing, Constitution, Deed

TODAY, DAY = date(2026, 3, 2), timedelta(days=1)
days = st.none() | st.dates(date(2020, 1, 1), date(2032, 1, 1))


@pytest.mark.parametrize(
    ("outcome", "granted", "expires", "looks", "valid"),
    [
        ("cleared", TODAY, None, State.CLEARED, True),
        ("cleared", None, None, State.CLEARED, True),
        ("cleared", TODAY, TODAY + 91 * DAY, State.CLEARED, True),
        ("cleared", TODAY, TODAY + 90 * DAY, State.EXPIRING, True),
        ("cleared", TODAY, TODAY, State.EXPIRING, True),
        ("cleared", TODAY - 9 * DAY, TODAY - DAY, State.LAPSED, False),
        ("cleared", TODAY + DAY, None, State.LATER, False),
        ("refused", None, None, State.REFUSED, False),
        ("appealed", None, None, State.APPEALED, False),
        ("requested", None, None, State.REQUESTED, False),
        ("pending", None, None, State.PENDING, False),
        ("not_required", None, None, State.NOT_REQUIRED, True),
    ],
)
def test_it_counts_to_its_last_day_and_looks_as_it_counts(outcome, granted, expires, looks, valid):
    assert state(outcome, granted, expires, TODAY) is looks
    assert counts(outcome, granted, expires, TODAY) is valid


@given(st.sampled_from(Outcome), days, days, st.dates(date(2021, 1, 1), date(2031, 1, 1)))
def test_what_looks_cleared_counts_and_nothing_else_does(outcome, granted, expires, day):
    good = {State.CLEARED, State.EXPIRING, State.NOT_REQUIRED}
    valid = counts(outcome, granted, expires, day)
    assert (state(outcome, granted, expires, day) in good) is valid


@given(st.sets(st.sampled_from(Clearing)), st.sets(st.sampled_from(Clearing)))
def test_more_clearances_never_open_less(some, more):
    rules = Constitution()
    assert opened_by(some, rules.clearances) <= opened_by(some | more, rules.clearances)


def test_a_deed_for_which_nothing_is_asked_is_open():
    assert opened_by(set(), {Deed.VIEWING: (Clearing.VETTING,)}) == {
        Deed.CLOSED_PART,
        Deed.CASE_PAPERS,
    }


def test_a_panel_asks_for_what_its_own_rules_name():
    rules = Constitution(
        clearances={Deed.VIEWING: (Clearing.VETTING,)}, before_active=(Clearing.CODE,)
    )
    assert asked_for(rules) == [Clearing.VETTING, Clearing.CODE]
    assert opens(Clearing.VETTING, rules) == [Deed.VIEWING]
    assert opens(Clearing.CODE, rules) == []
    assert asked_for(Constitution(clearances={}, before_active=())) == []


@pytest.mark.parametrize(
    ("left", "days"),
    [(91, None), (90, 90), (31, 90), (30, 30), (1, 30), (0, 0), (-1, None)],
)
def test_it_is_told_at_ninety_thirty_and_no_days(left, days):
    assert warning(TODAY + left * DAY, TODAY) == days


@pytest.mark.parametrize(
    ("kind", "outcome", "fits"),
    [
        (Clearing.VETTING, "requested", True),
        (Clearing.VETTING, "cleared", False),
        (Clearing.DBS, "not_required", False),
        (Clearing.TRAINING, "cleared", True),
    ],
)
def test_nobody_says_of_themself_that_a_check_came_out_well(kind, outcome, fits):
    assert (own_problem(kind, outcome) == "") is fits


@pytest.mark.parametrize(
    ("outcome", "granted", "expires", "typed", "wrong"),
    [
        ("cleared", TODAY, None, "", set()),
        ("cleared", TODAY, TODAY, "2026-03-02", set()),
        ("cleared", TODAY + DAY, None, "", {"granted"}),
        ("cleared", None, None, "", {"granted"}),
        ("cleared", TODAY, TODAY - DAY, "2026-03-01", {"expires"}),
        ("cleared", TODAY, date(2099, 1, 1), "2099-01-01", {"expires"}),
        ("cleared", TODAY, None, "soon", {"expires"}),
        ("refused", None, None, "soon", set()),
    ],
)
def test_only_what_was_cleared_has_days(outcome, granted, expires, typed, wrong):
    assert set(dates_problems(outcome, granted, expires, typed, TODAY)) == wrong


def test_a_kind_is_one_of_seven_or_nothing():
    assert clearing("dbs") is Clearing.DBS
    assert clearing("blood") is None


def test_new_words_are_there_and_the_old_ones_end_within_a_year():
    assert text_problem(" ") and text_problem("a" * 20_001) and not text_problem("Words.")
    assert sign_by_problem(None, TODAY) and sign_by_problem(TODAY - DAY, TODAY)
    assert sign_by_problem(TODAY + 367 * DAY, TODAY) and not sign_by_problem(TODAY, TODAY)


def test_only_checks_are_refused_or_appealed_against():
    refused = {kind for kind in Clearing if Outcome.REFUSED in outcomes_of(kind)}
    assert refused == {kind for kind in Clearing if Outcome.APPEALED in outcomes_of(kind)}
    assert refused == set(CHECKED)
    assert all(Outcome.CLEARED in outcomes_of(kind) for kind in Clearing)
