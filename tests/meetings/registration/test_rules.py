"""When the public may register, and what is asked of them."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.meetings.registration.rules import (
    Door,
    PlacesForm,
    RegistrationForm,
    door,
    last_day,
    places_left,
)

DAY = date(2026, 6, 10)


@dataclass(frozen=True)
class Some:
    """A meeting, as far as its door looks."""

    registration_opens: date | None = None
    registration_closes: date | None = None
    date: date = DAY
    capacity: int | None = 10
    public: bool = True
    stage: str = "scheduled"


@pytest.mark.parametrize(
    ("changes", "today", "found"),
    [
        ({}, date(2026, 6, 1), Door.OPEN),
        ({}, DAY, Door.OPEN),
        ({}, date(2026, 6, 11), Door.CLOSED),
        ({"capacity": None}, DAY, Door.NONE),
        ({"public": False}, DAY, Door.NONE),
        ({"stage": "proposed"}, DAY, Door.NONE),
        ({"stage": "postponed"}, DAY, Door.CLOSED),
        ({"stage": "cancelled"}, DAY, Door.CLOSED),
        ({"stage": "in_session"}, DAY, Door.CLOSED),
        ({"registration_opens": date(2026, 6, 2)}, date(2026, 6, 1), Door.EARLY),
        ({"registration_opens": date(2026, 6, 2)}, date(2026, 6, 2), Door.OPEN),
        ({"registration_closes": date(2026, 6, 5)}, date(2026, 6, 5), Door.OPEN),
        ({"registration_closes": date(2026, 6, 5)}, date(2026, 6, 6), Door.CLOSED),
        ({"registration_closes": date(2026, 6, 30)}, date(2026, 6, 11), Door.CLOSED),
    ],
)
def test_when_the_door_is_open(changes, today, found):
    assert door(replace(Some(), **changes), today) == found


def test_it_closes_with_the_meeting_that_moved_before_its_last_day():
    assert last_day(Some(registration_closes=date(2026, 7, 1))) == DAY


@given(st.integers(0, 5000), st.integers(0, 9000))
def test_places_are_never_fewer_than_none(capacity, taken):
    assert places_left(capacity, taken) == max(0, capacity - taken)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, []),
        ({"capacity": "40", "opens": "2026-05-01", "closes": "2026-06-09"}, []),
        ({"capacity": "0"}, ["capacity"]),
        ({"capacity": "many"}, ["capacity"]),
        ({"capacity": "٤"}, ["capacity"]),
        ({"capacity": "5001"}, ["capacity"]),
        ({"opens": "soon"}, ["opens"]),
        ({"closes": "2026-06-11"}, ["closes"]),
        ({"opens": "2026-06-09", "closes": "2026-06-08"}, ["opens"]),
        ({"closes": "2026-04-30"}, ["closes"]),
        ({"closes": "2026-05-01"}, []),
    ],
)
def test_places_are_a_number_between_two_days(typed, wrong):
    assert sorted(PlacesForm(**typed).problems(DAY, date(2026, 5, 1))) == wrong


def test_a_last_day_that_has_passed_may_stay():
    form, over = PlacesForm(closes="2026-04-30"), date(2026, 4, 30)
    assert form.problems(DAY, date(2026, 5, 1), before=over) == {}


@pytest.mark.parametrize(
    ("typed", "hybrid", "wrong"),
    [
        ({"name": "Nadia"}, False, []),
        ({"name": " "}, False, ["name"]),
        ({"name": "x" * 121}, False, ["name"]),
        ({"name": "Nadia", "email": "nadia"}, False, ["email"]),
        ({"name": "Nadia"}, True, ["mode"]),
        ({"name": "Nadia", "mode": "online"}, True, ["email"]),
        ({"name": "Nadia", "mode": "online", "email": "n@example.org"}, True, []),
        ({"name": "Nadia", "mode": "in_person"}, True, []),
        ({"name": "Nadia", "needs": "x" * 501}, False, ["needs"]),
    ],
)
def test_no_more_is_asked_than_is_needed(typed, hybrid, wrong):
    assert sorted(RegistrationForm(**typed).problems(hybrid=hybrid)) == wrong


def test_nobody_comes_online_where_there_is_no_link():
    entry = RegistrationForm(name=" Nadia  X ", mode="online").entry(hybrid=False)
    assert (entry.name, entry.mode) == ("Nadia X", "in_person")
