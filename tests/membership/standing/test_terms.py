"""A further term near the end of one; the end is told ahead, once for each time."""

from datetime import timedelta

import pytest
from conftest import run

from membership.steps import SEATS, ask_for, events, fresh, latest, letters, put
from scrutiny.kit.clock import today
from scrutiny.membership.standing.rounds import warn
from scrutiny.membership.standing.rules import years_later

DAY = timedelta(days=1)
ENDS = today() + 60 * DAY
NEXT = years_later(ENDS, 2)
FORM = {"term_until": NEXT.isoformat(), "version": "1"}


@pytest.fixture
def theirs(cast):
    put(cast.seats["bilal"], until=ENDS)
    return f"{SEATS}/{cast.seats['bilal'].id}"


def test_a_further_term_is_given(browse, cast, theirs):
    assert f'value="{NEXT}"' in browse("grace").get(f"{theirs}/standing").text
    reply = browse("grace").post(f"{theirs}/term", FORM)
    assert reply.status_code == 303
    seat = fresh(cast.seats["bilal"])
    assert (seat.term, seat.until, seat.stage) == (2, NEXT, "active")
    assert events() == ["seat.reappointed"]
    assert letters() == [("bilal@panel.test", "seat.term")]


def test_no_more_terms_than_the_panels_rules_allow(browse, cast, theirs):
    put(cast.seats["bilal"], term=2)
    assert "allow 2 terms" in browse("grace").get(f"{theirs}/standing").text
    reply = browse("grace").post(f"{theirs}/term", FORM)
    assert reply.status_code == 409 and "allow 2 terms" in reply.text
    ask_for(cast.lambeth, most_terms=3, before_active=(), clearances={})
    assert browse("grace").post(f"{theirs}/term", FORM).status_code == 303


@pytest.mark.parametrize("last", ["", "soon", ENDS.isoformat(), (NEXT + DAY).isoformat()])
def test_the_form_asks_for_a_day_that_fits(browse, cast, theirs, last):
    reply = browse("grace").post(f"{theirs}/term", FORM | {"term_until": last})
    assert reply.status_code == 422 and 'id="term_until-error"' in reply.text
    assert fresh(cast.seats["bilal"]).until == ENDS


def test_not_before_the_last_ninety_days_and_not_for_who_chairs(browse, cast, theirs):
    put(cast.seats["bilal"], until=today() + 91 * DAY)
    late = {"term_until": (today() + 200 * DAY).isoformat(), "version": "1"}
    assert browse("grace").post(f"{theirs}/term", late).status_code == 409
    put(cast.seats["amara"], until=ENDS)
    path = f"{SEATS}/{cast.seats['amara'].id}/term"
    assert browse("grace").post(path, FORM).status_code == 409


def test_only_who_runs_the_panel_and_never_ones_own(browse, cast, theirs):
    for name, code in (("chidi", 403), ("claire", 403), ("ruth", 404)):
        assert browse(name).post(f"{theirs}/term", FORM).status_code == code
    put(cast.seats["grace"], until=ENDS)
    own = f"{SEATS}/{cast.seats['grace'].id}/term"
    assert browse("grace").post(own, FORM).status_code == 409


def test_given_twice_at_once_it_counts_once(browse, cast, theirs):
    browse("grace").post(f"{theirs}/term", FORM)
    assert browse("amara").post(f"{theirs}/term", FORM).status_code == 422  # it is over already
    assert fresh(cast.seats["bilal"]).term == 2


def test_its_end_is_told_at_ninety_thirty_and_no_days_once_each(cast, theirs):
    def told(left: int) -> int:
        return run(warn(ENDS - left * DAY))

    assert [told(left) for left in (91, 90, 90, 31, 30, 1, 0, 0, -1)] == [
        *(0, 1, 0, 0, 1, 0, 1, 0, 0),
    ]
    each = [("bilal@panel.test", "seat.ending"), ("grace@panel.test", "seat.ending")]
    assert sorted(letters()) == sorted(each * 3)
    assert f"{ENDS:%d %B %Y}" in latest("bilal@panel.test")


def test_days_that_nobody_went_round_are_made_up_with_one_letter(cast, theirs):
    assert run(warn(ENDS - 12 * DAY)) == 1
    assert len(letters()) == 2


def test_nobody_is_told_of_a_further_term_whose_seat_was_ended(browse, cast, theirs):
    form = {"reason": "resigned", "last_day": (today() + 20 * DAY).isoformat(), "version": "1"}
    assert browse("amara").post(f"{theirs}/end", form | {"why": ""}).status_code == 303
    before = letters()
    assert run(warn(today())) == 0 and letters() == before


def test_a_term_given_after_all_is_told_of_again(browse, cast, theirs):
    last = today() + 20 * DAY
    form = {"reason": "resigned", "last_day": last.isoformat(), "why": "", "version": "1"}
    browse("amara").post(f"{theirs}/end", form)
    again = {"term_until": (last + 60 * DAY).isoformat(), "version": "2"}
    assert browse("grace").post(f"{theirs}/term", again).status_code == 303
    assert run(warn(today())) == 1


def test_a_seat_without_a_last_day_is_told_nothing(cast):
    assert run(warn(today())) == 0
