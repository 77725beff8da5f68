"""What a newcomer lacks, when a term ends and is followed by another, and when leave fits."""

from datetime import date, timedelta

import pytest

from scrutiny.membership.standing.rules import (
    INTERESTS,
    begins_as,
    in_words,
    is_ending,
    lacking,
    leave_problems,
    resignation_problem,
    term_end_problem,
    term_problem,
    vacancies,
    warning,
    why_problem,
    years_later,
)
from scrutiny.people.constitution import Clearing, Constitution

TODAY, DAY = date(2026, 3, 2), timedelta(days=1)
RULES = Constitution(before_active=(Clearing.CODE, Clearing.TRAINING), most_terms=2, term_years=2)


@pytest.mark.parametrize(
    ("valid", "declared", "lacks"),
    [
        (set(), False, ["code_of_conduct", "training", INTERESTS]),
        ({"training"}, True, ["code_of_conduct"]),
        ({"training", "code_of_conduct"}, False, [INTERESTS]),
        ({"training", "code_of_conduct", "vetting"}, True, []),
    ],
)
def test_a_newcomer_needs_what_the_panel_asks_and_a_declaration(valid, declared, lacks):
    assert lacking(valid, declared, RULES) == lacks
    assert len(in_words(lacks)) == len(lacks)


@pytest.mark.parametrize(
    ("role", "asked", "stage"),
    [
        ("member", (Clearing.CODE,), "onboarding"),
        ("chair", (Clearing.CODE,), "onboarding"),
        ("member", (), "active"),
        ("secretariat", (Clearing.CODE,), "active"),
        ("police_liaison", (Clearing.CODE,), "active"),
    ],
)
def test_only_the_community_waits_to_be_made_active(role, asked, stage):
    assert begins_as(role, Constitution(before_active=asked)) == stage


@pytest.mark.parametrize(
    ("left", "ends", "warned"),
    [
        *((91, False, None), (90, True, 90), (31, True, 90), (30, True, 30), (1, True, 30)),
        *((0, True, 0), (-1, False, None)),
    ],
)
def test_a_term_ends_in_its_last_ninety_days(left, ends, warned):
    until = TODAY + left * DAY
    assert is_ending(until, TODAY) is ends
    assert warning(until, TODAY) == warned


def test_a_seat_without_a_last_day_never_ends():
    assert not is_ending(None, TODAY)


@pytest.mark.parametrize(
    ("role", "term", "left", "why"),
    [
        ("member", 1, 90, ""),
        ("member", 2, 90, "2 terms"),
        ("secretariat", 9, 90, ""),
        ("chair", 1, 90, "vote"),
        ("vice_chair", 1, 90, "vote"),
        ("member", 1, 91, "last 90 days"),
        ("member", 1, -1, "last 90 days"),
    ],
)
def test_a_further_term_is_given_near_the_end_and_so_often_only(role, term, left, why):
    found = term_problem(role, term, TODAY + left * DAY, RULES, TODAY)
    assert why in found and bool(found) is bool(why)


def test_without_a_last_day_no_term_follows():
    assert "no last day" in term_problem("member", 1, None, RULES, TODAY)


@pytest.mark.parametrize(
    ("last", "fits"),
    [
        (None, False),
        (TODAY, False),
        (TODAY + DAY, True),
        (date(2028, 3, 2), True),
        (date(2028, 3, 3), False),
    ],
)
def test_the_new_term_ends_after_the_old_one_within_its_years(last, fits):
    assert (term_end_problem(last, TODAY, RULES) == "") is fits


def test_years_pass_and_leap_days_are_no_trouble():
    assert years_later(date(2024, 2, 29), 2) == date(2026, 2, 28)
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_later(TODAY, 2) == date(2028, 3, 2)


@pytest.mark.parametrize(
    ("since", "until", "typed", "wrong"),
    [
        (TODAY, None, "", set()),
        (TODAY, TODAY, "2026-03-02", set()),
        (TODAY + 366 * DAY, None, "", set()),
        (TODAY + 367 * DAY, None, "", {"since"}),
        (TODAY - DAY, None, "", {"since"}),
        (None, None, "", {"since"}),
        (TODAY, TODAY - DAY, "2026-03-01", {"until"}),
        (TODAY, TODAY + 367 * DAY, "2027-03-04", {"until"}),
        (TODAY, None, "in May", {"until"}),
    ],
)
def test_leave_begins_today_or_later_and_lasts_a_year_at_most(since, until, typed, wrong):
    assert set(leave_problems(since, until, typed, TODAY)) == wrong


@pytest.mark.parametrize(
    ("last", "until", "fits"),
    [
        (TODAY, None, True),
        (TODAY - DAY, None, False),
        (TODAY + 366 * DAY, None, True),
        (TODAY + 367 * DAY, None, False),
        (TODAY + 5 * DAY, TODAY + 5 * DAY, True),
        (TODAY + 6 * DAY, TODAY + 5 * DAY, False),
        (None, None, False),
    ],
)
def test_a_resignation_ends_within_the_term(last, until, fits):
    assert (resignation_problem(last, until, TODAY) == "") is fits


def test_a_restriction_says_why_and_a_resignation_may():
    assert why_problem(" ", needed=True) and not why_problem(" ", needed=False)
    assert why_problem("a" * 1001, needed=False)


@pytest.mark.parametrize(("places", "held", "left"), [(12, 9, 3), (12, 12, 0), (12, 14, 0)])
def test_vacancies_are_never_less_than_none(places, held, left):
    assert vacancies(places, held) == left
