"""Leave: taken by oneself or noted by who runs the panel, ahead or at once, and over again."""

from datetime import timedelta

import pytest
from conftest import run

from membership.steps import SEATS, TODAY, YESTERDAY, events, fresh, got, letters, put
from scrutiny.kit.clock import today
from scrutiny.membership.standing.rounds import move_leave
from scrutiny.membership.standing.tables import SeatNotice

DAY = timedelta(days=1)
TOMORROW = (today() + DAY).isoformat()
NOW = {"since": TODAY, "until": "", "version": "1"}


@pytest.fixture
def mine(cast):
    return f"{SEATS}/mine/{cast.seats['bilal'].id}"


@pytest.fixture
def theirs(cast):
    return f"{SEATS}/{cast.seats['bilal'].id}"


def stage(cast, name="bilal") -> str:
    return fresh(cast.seats[name]).stage


def open_notices() -> int:
    return got(SeatNotice.count().where(SeatNotice.over.is_null()))


def test_a_member_takes_leave_without_asking_and_who_runs_the_panel_is_told(browse, cast, mine):
    assert browse("bilal").get(f"{mine}/leave").status_code == 200
    reply = browse("bilal").post(f"{mine}/leave", NOW)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{SEATS}/mine")
    assert stage(cast) == "on_leave"
    assert events() == ["seat.leave"]
    assert sorted(letters()) == [
        ("amara@panel.test", "seat.leave"),
        ("grace@panel.test", "seat.leave"),
    ]
    assert "On leave" in browse("bilal").get(f"{SEATS}/mine").text
    assert "On leave" in browse("chidi").get(SEATS).text


def test_they_come_back_by_themself(browse, cast, mine):
    browse("bilal").post(f"{mine}/leave", NOW)
    reply = browse("bilal").post(f"{mine}/return", {"version": "2"})
    assert reply.status_code == 303
    assert (stage(cast), open_notices()) == ("active", 0)
    assert events()[-1] == "seat.back"
    again = browse("bilal").post(f"{mine}/return", {"version": "3"})
    assert again.status_code == 409


def test_leave_noted_by_others_is_told_to_the_one_who_has_it(browse, cast, theirs):
    assert browse("grace").post(f"{theirs}/leave", NOW).status_code == 303
    assert stage(cast) == "on_leave"
    assert letters() == [("bilal@panel.test", "seat.leave")]
    assert browse("amara").post(f"{theirs}/return", {"version": "2"}).status_code == 303
    assert stage(cast) == "active"
    assert letters()[0] == ("bilal@panel.test", "seat.back")


def test_leave_ahead_begins_and_ends_with_its_days(browse, cast, mine):
    form = NOW | {"since": TOMORROW, "until": TOMORROW}
    browse("bilal").post(f"{mine}/leave", form)
    assert stage(cast) == "active"
    assert run(move_leave(today())) == 0
    assert run(move_leave(today() + DAY)) == 1
    assert run(move_leave(today() + DAY)) == 0
    assert stage(cast) == "on_leave"
    assert run(move_leave(today() + 2 * DAY)) == 1
    assert (stage(cast), open_notices()) == ("active", 0)
    assert events() == ["seat.leave", "seat.leave_begun", "seat.back"]
    assert letters()[0] == ("bilal@panel.test", "seat.back")


def test_leave_ahead_is_taken_back(browse, cast, mine):
    browse("bilal").post(f"{mine}/leave", NOW | {"since": TOMORROW})
    assert "Take no leave after all" in browse("bilal").get(f"{SEATS}/mine").text
    assert browse("bilal").post(f"{mine}/return", {"version": "2"}).status_code == 303
    assert run(move_leave(today() + DAY)) == 0
    assert stage(cast) == "active"


def test_a_seat_that_ended_on_leave_is_left_alone(browse, cast, mine):
    browse("bilal").post(f"{mine}/leave", NOW | {"until": TODAY})
    put(cast.seats["bilal"], until=today())
    assert run(move_leave(today() + DAY)) == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [({"since": ""}, "since"), ({"since": YESTERDAY}, "since"), ({"until": "May"}, "until")],
)
def test_the_form_asks_for_what_is_missing(browse, cast, mine, theirs, change, field):
    for who, path in (("bilal", mine), ("grace", theirs)):
        reply = browse(who).post(f"{path}/leave", NOW | change)
        assert reply.status_code == 422 and f'id="{field}-error"' in reply.text
    assert stage(cast) == "active"


def test_leave_is_noted_once(browse, mine, theirs):
    browse("bilal").post(f"{mine}/leave", NOW | {"since": TOMORROW})
    for who, path in (("bilal", mine), ("grace", theirs)):
        again = browse(who).post(f"{path}/leave", NOW | {"version": "2"})
        assert again.status_code == 409 and "noted for this seat already" in again.text
    assert open_notices() == 1


def test_two_at_once_the_second_keeps_their_days(browse, cast, mine):
    put(cast.seats["bilal"], version=2)
    reply = browse("bilal").post(f"{mine}/leave", NOW | {"since": TOMORROW})
    assert reply.status_code == 409
    assert f'value="{TOMORROW}"' in reply.text and 'name="version" value="2"' in reply.text


def test_a_newcomer_takes_no_leave(browse, cast, mine):
    put(cast.seats["bilal"], stage="onboarding")
    assert browse("bilal").post(f"{mine}/leave", NOW).status_code == 409


def test_nobody_takes_leave_for_others_on_this_page(browse, cast, mine):
    for name in ("amara", "chidi", "claire"):
        assert browse(name).get(f"{mine}/leave").status_code == 404, name
        for deed in ("leave", "return"):
            assert browse(name).post(f"{mine}/{deed}", NOW).status_code == 404, name
    assert browse("dev").post(f"{mine}/leave", NOW).status_code == 404
    other = f"/hackney/seats/mine/{cast.seats['bilal'].id}/leave"
    assert browse("dev").post(other, NOW).status_code == 404


def test_only_who_runs_the_panel_notes_leave_for_others(browse, theirs):
    for name, code in (("chidi", 403), ("claire", 403), ("ruth", 404)):
        assert browse(name).get(f"{theirs}/standing").status_code == code
        for deed in ("leave", "return"):
            assert browse(name).post(f"{theirs}/{deed}", NOW).status_code == code


def test_who_runs_the_panel_uses_their_own_page_for_themself(browse, cast):
    path = f"{SEATS}/{cast.seats['amara'].id}"
    assert browse("amara").get(f"{path}/standing").status_code == 409
    assert browse("amara").post(f"{path}/leave", NOW).status_code == 409
    own = f"{SEATS}/mine/{cast.seats['amara'].id}/leave"
    assert browse("amara").post(own, NOW).status_code == 303
