"""Who may sit beside whom, when an invitation counts, and how a member is named in public."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scrutiny.membership.rules import (
    clash,
    day,
    email_problem,
    is_open,
    last_day_problem,
    may_decide,
    name_problem,
    shown,
    since_problem,
    until_problem,
    why_problem,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("sent", "used", "withdrawn", "counts"),
    [
        (NOON, None, None, True),
        (NOON - 14 * DAY + timedelta(seconds=1), None, None, True),
        (NOON - 14 * DAY, None, None, False),
        (NOON - DAY, NOON, None, False),
        (NOON - DAY, None, NOON, False),
    ],
)
def test_an_invitation_counts_once_for_fourteen_days(sent, used, withdrawn, counts):
    assert is_open(sent, used, withdrawn, NOON) is counts


@pytest.mark.parametrize(
    ("choice", "role", "as_whom"),
    [
        ("full", "member", "Bilal Hussain"),
        ("initials", "member", "B. H."),
        ("role", "member", "Member"),
        ("full", "police_liaison", "Police liaison"),
        ("initials", "police_approver", "Police approver"),
    ],
)
def test_members_choose_their_public_name_and_officers_go_by_role(choice, role, as_whom):
    assert shown("Bilal Hussain", choice, role) == as_whom


@pytest.mark.parametrize(
    ("role", "held", "why"),
    [
        ("member", [], ""),
        ("chair", ["member"], ""),
        ("police_approver", ["police_liaison"], ""),
        ("member", ["member"], "already hold"),
        ("member", ["police_liaison"], "for the community and for the police"),
        ("police_liaison", ["secretariat"], "for the community and for the police"),
        ("police_liaison", ["chair"], "for the community and for the police"),
    ],
)
def test_nobody_sits_on_both_sides_of_the_table(role, held, why):
    assert why in clash(role, held)
    assert bool(clash(role, held)) is bool(why)


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("Zoë O'Neil-Ağaoğlu", True),
        ("李小龍", True),
        ("a" * 120, True),
        (" ", False),
        ("a" * 121, False),
        ("Ann\tLee", False),
        ("Ann\nLee", False),
        ("Ann\u202eLee", False),
        ("Ann\x07Lee", False),
        ("Ann\ud800", False),
    ],
)
def test_a_name_is_of_letters_on_one_line(typed, is_one):
    assert (name_problem(typed) == "") is is_one


@pytest.mark.parametrize(("typed", "is_one"), [("a@b.org", True), ("a@b@c", False), ("", False)])
def test_an_address_must_be_one(typed, is_one):
    assert (email_problem(typed) == "") is is_one


@pytest.mark.parametrize(
    ("since", "fits"),
    [
        (TODAY, True),
        (TODAY + 366 * DAY, True),
        (TODAY + 367 * DAY, False),
        (TODAY - 366 * DAY, True),
        (TODAY - 367 * DAY, False),
        (None, False),
    ],
)
def test_the_first_day_is_within_a_year(since, fits):
    assert (since_problem(since, TODAY) == "") is fits


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("", True),
        ("2026-03-02", True),
        ("2028-03-01", True),
        ("2026-03-01", False),
        ("2040-01-01", False),
        ("next year", False),
        ("2026-02-30", False),
    ],
)
def test_the_last_day_of_a_term_may_be_left_out_and_follows_the_first(typed, fits):
    assert (until_problem(typed, TODAY) == "") is fits


@pytest.mark.parametrize(
    ("last", "fits"),
    [
        (TODAY, True),
        (TODAY - DAY, True),
        (TODAY - 11 * DAY, True),
        (TODAY - 12 * DAY, False),
        (TODAY + 366 * DAY, True),
        (TODAY + 367 * DAY, False),
        (None, False),
    ],
)
def test_a_seat_ends_no_earlier_than_the_day_before_it_began(last, fits):
    assert (last_day_problem(last, TODAY - 10 * DAY, TODAY) == "") is fits


def test_a_reason_is_given_and_is_not_a_book():
    assert why_problem(" ") != ""
    assert why_problem("a" * 1001) != ""
    assert why_problem("They moved away.") == ""


def test_a_day_is_read_or_nothing():
    assert day(" 2026-03-02 ") == TODAY
    assert day("2.3.2026") is None


def test_whoever_decides_is_neither_who_asked_nor_who_it_is_about():
    assert may_decide("grace", "amara", "bilal")
    assert not may_decide("amara", "amara", "bilal")
    assert not may_decide("bilal", "amara", "bilal")
