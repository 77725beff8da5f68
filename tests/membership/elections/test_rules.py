"""Who may stand, when an election moves on, how long a term is."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.membership.elections import rules
from scrutiny.membership.elections.forms import steps_of
from scrutiny.membership.elections.tables import Election

DAY = date(2026, 3, 1)


def held(stage: str) -> Election:
    return Election(panel=uuid4(), office="chair", stage=stage)


@pytest.mark.parametrize(
    ("since", "years", "wanted"),
    [
        (DAY, 1, date(2027, 2, 28)),
        (DAY, 2, date(2028, 2, 29)),
        (date(2028, 2, 29), 1, date(2029, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 28)),
    ],
)
def test_the_last_day_of_a_term(since, years, wanted):
    assert rules.last_day(since, years) == wanted


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 5))
def test_terms_follow_each_other_without_a_gap(since, years):
    end = rules.last_day(since, years)
    assert timedelta(days=365 * years - 2) <= end - since <= timedelta(days=366 * years)


def test_terms_in_a_row_are_counted_until_a_gap_of_a_year():
    first = (date(2024, 3, 1), date(2025, 2, 28), 1)
    second = (date(2025, 3, 1), date(2026, 2, 28), 2)
    assert rules.next_term([], DAY) == 1
    assert rules.next_term([first, second], DAY) == 3
    assert rules.next_term([first], date(2026, 4, 1)) == 1
    assert rules.next_term([(DAY, None, 1)], date(2027, 3, 1)) == 2
    assert rules.eligibility_problem(4, 3) and not rules.eligibility_problem(3, 3)


@pytest.mark.parametrize(
    ("left", "wanted"),
    [(91, None), (90, 90), (89, 90), (31, 90), (30, 30), (1, 30), (0, 0), (-1, None)],
)
def test_reminders_come_at_90_30_and_0_days_even_when_a_round_was_missed(left, wanted):
    assert rules.due_reminder(DAY + timedelta(days=left), DAY) == wanted
    assert rules.due_reminder(None, DAY) is None


def test_who_may_second():
    assert rules.seconding_problem("nominee", "nominee", "other")
    assert rules.seconding_problem("other", "nominee", "other")
    assert not rules.seconding_problem("third", "nominee", "other")
    assert not rules.seconding_problem("third", "nominee", "nominee")


def test_the_days_of_an_election_come_in_order():
    one, two, three = (DAY + timedelta(days=days) for days in (0, 5, 6))
    assert rules.plan_problems(one, two, three, DAY) == {}
    assert set(rules.plan_problems(None, None, None, DAY)) == {"nominate_by", "vote_by", "since"}
    past = DAY - timedelta(days=1)
    assert set(rules.plan_problems(past, one, three, DAY)) == {"nominate_by"}
    assert set(rules.plan_problems(two, one, three, DAY)) == {"vote_by"}
    assert set(rules.plan_problems(one, two, two, DAY)) == {"since"}


def test_when_the_vote_opens_and_closes():
    tomorrow = DAY + timedelta(days=1)
    assert not rules.may_be_put_to_vote("nominating", tomorrow, DAY)
    assert rules.may_be_put_to_vote("nominating", DAY, DAY)
    assert rules.may_be_put_to_vote("undecided", tomorrow, DAY)
    assert not rules.may_be_counted(tomorrow, 2, 3, DAY)
    assert rules.may_be_counted(tomorrow, 3, 3, DAY)
    assert rules.may_be_counted(DAY, 0, 3, DAY)


def test_every_step_leads_on_and_lots_only_after_a_tie():
    assert set(steps_of(held("undecided"), True)) == {
        *("vote", "lots", "nominations", "end"),
    }
    assert "lots" not in steps_of(held("undecided"), False)
    assert steps_of(held("elected"), False) == {}
