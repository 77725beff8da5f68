"""Giving up one's own seat: a last day, a reason at will, and one page that asks again."""

import pytest

from membership.steps import SEATS, TODAY, YESTERDAY, events, got, latest, letters, put, until_of
from scrutiny.kit.clock import today
from scrutiny.membership.standing.tables import SeatNotice

FORM = {"last_day": TODAY, "why": "I moved to Leeds.", "version": "1"}
SURE = FORM | {"sure": "yes"}


@pytest.fixture
def mine(cast):
    return f"{SEATS}/mine/{cast.seats['bilal'].id}/resignation"


def test_it_asks_once_more_and_then_it_is_done(browse, cast, mine):
    bilal = browse("bilal")
    assert bilal.get(mine).status_code == 200
    asked = bilal.post(mine, FORM)
    assert asked.status_code == 200 and "This cannot be undone" in asked.text
    assert "I moved to Leeds." in asked.text and until_of(cast.seats["bilal"]) is None

    reply = bilal.post(mine, SURE)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{SEATS}/mine")
    assert until_of(cast.seats["bilal"]) == today()
    assert events() == ["seat.ended"]
    told = sorted(letters())
    assert told == [
        ("amara@panel.test", "seat.resigned"),
        ("bilal@panel.test", "seat.ended"),
        ("grace@panel.test", "seat.resigned"),
    ]
    assert "Leeds" not in latest("grace@panel.test")
    assert bilal.get(f"{SEATS}/mine").status_code == 200  # to the end of the day


def test_the_reason_is_for_those_who_run_the_panel(browse, cast, mine):
    browse("bilal").post(mine, SURE)
    put(cast.seats["bilal"], until=today().replace(year=today().year - 1))
    assert "I moved to Leeds." in browse("amara").get(f"{SEATS}/ended").text
    chidi = browse("chidi").get(f"{SEATS}/ended").text
    assert "Bilal Hussain" in chidi and "Leeds" not in chidi


def test_no_reason_need_be_given(browse, cast, mine):
    assert browse("bilal").post(mine, SURE | {"why": ""}).status_code == 303
    assert got(SeatNotice.select(SeatNotice.kind, SeatNotice.why)) == [
        {"kind": "resignation", "why": ""}
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"last_day": ""}, "last_day"),
        ({"last_day": YESTERDAY}, "last_day"),
        ({"why": "a" * 1001}, "why"),
    ],
)
def test_the_form_asks_for_what_is_missing(browse, cast, mine, change, field):
    for form in (FORM, SURE):
        reply = browse("bilal").post(mine, form | change)
        assert reply.status_code == 422 and f'id="{field}-error"' in reply.text
    assert until_of(cast.seats["bilal"]) is None


def test_nobody_resigns_for_somebody_else(browse, cast, mine):
    for name in ("amara", "grace", "chidi", "claire", "dev"):
        assert browse(name).get(mine).status_code == 404, name
        assert browse(name).post(mine, SURE).status_code == 404, name
    assert until_of(cast.seats["bilal"]) is None


def test_an_officer_gives_up_a_seat_as_well(browse, cast):
    path = f"{SEATS}/mine/{cast.seats['claire'].id}/resignation"
    assert browse("claire").post(path, SURE).status_code == 303
    assert until_of(cast.seats["claire"]) == today()


def test_two_at_once_the_second_keeps_their_words(browse, cast, mine):
    put(cast.seats["bilal"], version=2)
    reply = browse("bilal").post(mine, SURE)
    assert reply.status_code == 409
    assert "I moved to Leeds." in reply.text and 'name="version" value="2"' in reply.text
    assert got(SeatNotice.select()) == []


def test_a_seat_that_ends_sooner_is_not_made_longer(browse, cast, mine):
    put(cast.seats["bilal"], until=today())
    later = today().replace(year=today().year + 1).isoformat()
    assert browse("bilal").post(mine, SURE | {"last_day": later}).status_code == 422
