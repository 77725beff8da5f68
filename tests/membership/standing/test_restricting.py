"""Restricted by somebody who runs the panel, with a reason that the member reads, and released."""

import pytest

from membership.steps import SEATS, ask_for, events, fresh, give, latest, letters, put
from scrutiny.kit.clock import today
from scrutiny.people.constitution import Clearing

WHY = {"why": "A complaint about you is looked into.", "version": "1"}


@pytest.fixture
def theirs(cast):
    return f"{SEATS}/{cast.seats['bilal'].id}"


def test_a_seat_is_restricted_and_its_holder_reads_why(browse, cast, theirs):
    reply = browse("amara").post(f"{theirs}/restriction", WHY)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{theirs}/standing")
    assert fresh(cast.seats["bilal"]).stage == "restricted"
    assert events() == ["seat.restricted"]
    assert letters() == [("bilal@panel.test", "seat.restricted")]
    assert "complaint" not in latest("bilal@panel.test")
    assert "A complaint about you" in browse("bilal").get(f"{SEATS}/mine").text
    assert "A complaint about you" in browse("grace").get(f"{theirs}/standing").text


def test_fellow_members_and_the_public_read_nothing_of_it(browse, cast, theirs):
    browse("amara").post(f"{theirs}/restriction", WHY)
    assert "Restricted" in browse("grace").get(SEATS).text
    for name in ("chidi", ""):
        page = browse(name).get(SEATS if name else "/lambeth").text
        assert "Bilal Hussain" in page
        assert "estricted" not in page and "complaint about" not in page


def test_its_rights_are_gone_at_the_next_request_and_come_back(browse, cast, theirs):
    bilal = browse("bilal")
    assert bilal.get("/lambeth/cases").status_code == 200
    browse("amara").post(f"{theirs}/restriction", WHY)
    assert bilal.get("/lambeth/cases").status_code == 403
    reply = browse("grace").post(f"{theirs}/release", {"version": "2"})
    assert reply.status_code == 303
    assert bilal.get("/lambeth/cases").status_code == 200
    assert events() == ["seat.restricted", "seat.released"]
    assert letters()[0] == ("bilal@panel.test", "seat.active")
    assert "A complaint about you" not in bilal.get(f"{SEATS}/mine").text


def test_somebody_on_leave_may_be_restricted_and_their_leave_is_over(browse, cast, theirs):
    form = {"since": today().isoformat(), "version": "1"}
    browse("grace").post(f"{theirs}/leave", form)
    assert browse("amara").post(f"{theirs}/restriction", WHY | {"version": "2"}).status_code == 303
    mine = f"{SEATS}/mine/{cast.seats['bilal'].id}/return"
    assert browse("bilal").post(mine, {"version": "3"}).status_code == 409
    assert fresh(cast.seats["bilal"]).stage == "restricted"


@pytest.mark.parametrize("why", [" ", "a" * 1001])
def test_the_form_asks_why(browse, cast, theirs, why):
    reply = browse("amara").post(f"{theirs}/restriction", WHY | {"why": why})
    assert reply.status_code == 422 and 'id="why-error"' in reply.text and why in reply.text
    assert fresh(cast.seats["bilal"]).stage == "active"


def test_only_who_runs_the_panel_and_never_ones_own(browse, cast, theirs):
    for name, code in (("chidi", 403), ("claire", 403), ("ruth", 404)):
        for deed in ("restriction", "release"):
            assert browse(name).post(f"{theirs}/{deed}", WHY).status_code == code
    own = f"{SEATS}/{cast.seats['amara'].id}/restriction"
    assert browse("amara").post(own, WHY).status_code == 409


def test_what_stands_otherwise_is_not_restricted_or_released(browse, cast, theirs):
    assert browse("amara").post(f"{theirs}/release", {"version": "1"}).status_code == 409
    put(cast.seats["bilal"], stage="onboarding")
    assert browse("amara").post(f"{theirs}/restriction", WHY).status_code == 409


def test_two_at_once_the_second_keeps_their_words(browse, cast, theirs):
    put(cast.seats["bilal"], version=2)
    reply = browse("amara").post(f"{theirs}/restriction", WHY)
    assert reply.status_code == 409
    assert "A complaint about you" in reply.text and 'name="version" value="2"' in reply.text


def test_what_lapsed_is_shown_and_stored_nowhere(browse, cast, theirs):
    rules = {"closed_part": (Clearing.TRAINING,)}
    ask_for(cast.lambeth, before_active=(Clearing.TRAINING,), clearances=rules)
    give(cast, "bilal", "training", expires=today())
    assert "Missing or lapsed" in browse("grace").get(f"{theirs}/standing").text  # no interests yet
    page = browse("bilal").get(f"{SEATS}/mine").text
    assert "Runs out" in page and "status--done" in page
    assert fresh(cast.seats["bilal"]).stage == "active"
