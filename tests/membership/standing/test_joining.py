"""From appointed to active: with what the panel asks for, and not before."""

import pytest
from conftest import run

from membership.steps import (
    NEW,
    SEATS,
    TAKE,
    TESS,
    ask_for,
    declare,
    events,
    fresh,
    give,
    got,
    latest,
    letters,
    link_in,
    put,
)
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.membership.standing.actions import appoint
from scrutiny.people.actions import add_person
from scrutiny.people.constitution import Clearing
from scrutiny.people.tables import Seat

ASKED = (Clearing.CODE, Clearing.TRAINING)


@pytest.fixture
def joining(cast):
    ask_for(cast.lambeth, before_active=ASKED, clearances={})
    put(cast.seats["bilal"], stage="onboarding")
    return f"{SEATS}/{cast.seats['bilal'].id}"


def equip(cast) -> None:
    for kind in ASKED:
        give(cast, "bilal", kind)
    declare(cast, "bilal")


def seat_tess(cast, **changes) -> Seat:
    given = {
        "role": "member",
        "since": today(),
        "until": None,
        "route": "nominated_org",
        "represents": " Brixton Youth ",
        "onboarding": True,
    }

    async def go():
        async with write_tx():
            person = await add_person("Tess Moore", "tess@example.org")
            given.update(changes)
            role = given.pop("role")
            return await appoint(cast.lambeth, person, role, by=cast.seats["grace"], **given)

    return run(go())


def test_somebody_is_appointed_and_told_where_to_begin(cast):
    seat = fresh(seat_tess(cast))
    assert (seat.stage, seat.term, seat.route, seat.represents) == (
        *("onboarding", 1, "nominated_org", "Brixton Youth"),
    )
    assert events() == ["seat.taken"]
    assert letters() == [("tess@example.org", "seat.taken")]
    assert "/lambeth/seats/mine" in latest("tess@example.org")


def test_an_active_seat_may_be_given_at_once(cast):
    assert fresh(seat_tess(cast, onboarding=False, role="secretariat")).stage == "active"


def test_nobody_is_appointed_twice_or_to_both_sides(cast):
    async def go(name, role):
        async with write_tx():
            more = {"route": "elected", "represents": "", "onboarding": False}
            days = {"since": today(), "until": None}
            by = cast.seats["grace"]
            await appoint(cast.lambeth, cast.people[name], role, by=by, **days, **more)

    for name, role in (("bilal", "member"), ("claire", "member"), ("bilal", "police_liaison")):
        with pytest.raises(NotNow):
            run(go(name, role))
    assert events() == []


def test_who_takes_a_seat_that_was_offered_begins_by_joining(browse, cast):
    ask_for(cast.lambeth, before_active=ASKED, clearances={})
    browse("amara").post(NEW, TESS)
    browse().post(link_in(latest()), TAKE)
    stages = got(Seat.select(Seat.stage).where(Seat.person.email_key == "tess@example.org"))
    assert stages == [{"stage": "onboarding"}]


def test_the_secretariat_makes_a_seat_active(browse, cast, joining):
    equip(cast)
    page = browse("grace").get(f"{joining}/standing").text
    assert "Make it active" in page
    reply = browse("grace").post(f"{joining}/activation", {"version": "1"})
    assert (reply.status_code, reply.headers["location"]) == (303, f"{joining}/standing")
    assert fresh(cast.seats["bilal"]).stage == "active"
    assert events() == ["seat.activated"]
    assert letters() == [("bilal@panel.test", "seat.active")]
    again = browse("grace").post(f"{joining}/activation", {"version": "2"})
    assert again.status_code == 409


def test_it_is_refused_with_what_is_missing(browse, cast, joining):
    give(cast, "bilal", "training", expires=today())  # its last day
    give(cast, "bilal", "code_of_conduct", outcome="refused", granted=None)
    reply = browse("grace").post(f"{joining}/activation", {"version": "1"})
    assert reply.status_code == 409
    assert "Still missing: code of conduct, declaration of interests." in reply.text
    assert fresh(cast.seats["bilal"]).stage == "onboarding"
    assert "Make it active" not in browse("grace").get(f"{joining}/standing").text


def test_they_read_on_their_own_page_what_is_missing(browse, cast, joining):
    page = browse("bilal").get(f"{SEATS}/mine").text
    assert "Before your seat is active" in page
    assert all(words in page for words in ("Code of conduct", "Training", "Declaration of int"))
    equip(cast)
    assert "Everything is there" in browse("bilal").get(f"{SEATS}/mine").text


def test_only_the_secretariat_of_this_panel_does(browse, cast, joining):
    equip(cast)
    for name, code in (("amara", 403), ("chidi", 403), ("claire", 403), ("ruth", 404)):
        reply = browse(name).post(f"{joining}/activation", {"version": "1"})
        assert reply.status_code == code, name
    theirs = f"/lambeth/seats/{cast.seats['dev'].id}/activation"
    assert browse("grace").post(theirs, {"version": "1"}).status_code == 404


def test_nobody_makes_their_own_seat_active(browse, cast):
    path = f"{SEATS}/{cast.seats['grace'].id}/activation"
    assert browse("grace").post(path, {"version": "1"}).status_code == 409


def test_what_was_seen_before_somebody_elses_change_does_not_count(browse, cast, joining):
    equip(cast)
    put(cast.seats["bilal"], version=2)
    reply = browse("grace").post(f"{joining}/activation", {"version": "1"})
    assert reply.status_code == 409 and 'name="version" value="2"' in reply.text
