"""A seat ends: with its term, by resignation, or because two people remove somebody."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from conftest import run

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Stale
from scrutiny.membership import actions
from scrutiny.membership.rules import Reason
from scrutiny.membership.tables import Proposal

from .steps import SEATS, TODAY, YESTERDAY, events, got, letters, put, until_of

FORM = {"reason": "resigned", "last_day": YESTERDAY, "why": "", "version": "1"}
REMOVE = FORM | {"reason": "removed", "why": "Shared what was told in confidence."}


@pytest.fixture
def end(cast):
    return lambda name: f"{SEATS}/{cast.seats[name].id}/end"


def proposal() -> str:
    return f"{SEATS}/proposals/{got(Proposal.select(Proposal.id))[0]['id']}"


def test_a_seat_ends_and_its_rights_end_on_the_next_request(browse, cast, end):
    """R13: nobody waits for a session to run out."""
    bilal = browse("bilal")
    assert bilal.get(SEATS).status_code == 200
    assert browse("amara").get(end("bilal")).status_code == 200

    reply = browse("amara").post(end("bilal"), FORM)

    assert (reply.status_code, reply.headers["location"]) == (303, SEATS)
    assert until_of(cast.seats["bilal"]) == date.fromisoformat(YESTERDAY)
    assert bilal.get("/account").status_code == 303  # signed out
    assert browse("bilal").get(SEATS).status_code == 404  # signed in again, and nobody here
    assert events() == ["seat.ended"]
    assert letters() == [("bilal@panel.test", "seat.ended")]
    assert "Bilal Hussain" in browse("grace").get(f"{SEATS}/ended").text


def test_a_seat_that_runs_out_gives_no_right_the_day_after(browse, cast):
    """R13: also when nobody does anything, and the session is an old one."""
    bilal, seat = browse("bilal"), cast.seats["bilal"]
    assert bilal.get(SEATS).status_code == 200
    got(type(seat).update({type(seat).until: today()}).where(type(seat).id == seat.id))
    assert bilal.get(SEATS).status_code == 200
    yesterday = today() - timedelta(days=1)
    got(type(seat).update({type(seat).until: yesterday}).where(type(seat).id == seat.id))
    assert bilal.get(SEATS).status_code == 404


def test_a_last_day_ahead_keeps_the_rights_till_then(browse, end):
    assert browse("amara").post(end("bilal"), FORM | {"last_day": TODAY}).status_code == 303
    assert browse("bilal").get(SEATS).status_code == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "bored"}, "reason"),
        ({"last_day": ""}, "last_day"),
        ({"last_day": "1066-10-14"}, "last_day"),
        ({"reason": "removed", "why": " "}, "why"),
        ({"reason": "removed", "why": "a" * 1001}, "why"),
    ],
)
def test_the_form_asks_for_what_is_missing(browse, cast, end, change, field):
    reply = browse("amara").post(end("bilal"), FORM | change)
    assert reply.status_code == 422
    assert f'id="{field}-error"' in reply.text
    assert until_of(cast.seats["bilal"]) is None


@pytest.mark.parametrize("name", ["chidi", "claire", "owen"])
def test_only_those_who_run_the_panel_end_seats(browse, end, name):
    assert browse(name).get(end("bilal")).status_code == 403
    assert browse(name).post(end("bilal"), FORM).status_code == 403


def test_nobody_ends_a_seat_on_another_panel(browse, cast, end):
    assert browse("ruth").post(end("bilal"), FORM).status_code == 404
    theirs = f"/hackney/seats/{cast.seats['bilal'].id}/end"
    assert browse("ruth").post(theirs, FORM).status_code == 404
    assert browse("amara").post(f"{SEATS}/{uuid4()}/end", FORM).status_code == 404
    assert until_of(cast.seats["bilal"]) is None


def test_nobody_ends_their_own_seat_alone(browse, cast, end):
    for name in ("amara", "grace"):
        assert browse(name).get(end(name)).status_code == 409
        reply = browse(name).post(end(name), FORM)
        assert reply.status_code == 409
        assert "Nobody ends their own seat alone" in reply.text
        assert until_of(cast.seats[name]) is None


def test_a_seat_that_is_over_cannot_be_ended(browse, end):
    browse("amara").post(end("bilal"), FORM)
    assert browse("grace").get(end("bilal")).status_code == 409
    reply = browse("grace").post(end("bilal"), FORM | {"version": "2"})
    assert reply.status_code == 409
    assert "over already" in reply.text


def test_two_at_once_the_second_keeps_their_words_and_sees_what_the_first_saved(browse, end):
    later = (today() + timedelta(days=30)).isoformat()
    assert browse("amara").post(end("bilal"), FORM | {"last_day": later}).status_code == 303

    reply = browse("grace").post(end("bilal"), FORM | {"reason": "term_over", "why": "My words"})

    assert reply.status_code == 409
    assert "Somebody else saved this before you" in reply.text
    assert "My words" in reply.text and f'value="{YESTERDAY}"' in reply.text
    assert 'value="term_over" checked' in reply.text
    assert f"{today() + timedelta(days=30):%Y}" in reply.text
    assert 'name="version" value="2"' in reply.text


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 40])
def test_a_version_that_is_none_fits_no_seat(browse, cast, end, version):
    assert browse("amara").post(end("bilal"), FORM | {"version": version}).status_code == 409
    assert until_of(cast.seats["bilal"]) is None


def test_the_same_ending_sent_twice_ends_once(cast):
    def ends():
        run(
            actions.end(
                cast.seats["bilal"].id,
                1,
                by=cast.seats["amara"],
                last_day=today(),
                reason=Reason.RESIGNED,
            )
        )

    ends()
    with pytest.raises(Stale):
        ends()
    assert events() == ["seat.ended"]


def test_a_removal_takes_two_people_and_the_one_concerned_is_told(browse, cast, end):
    reply = browse("amara").post(end("bilal"), REMOVE)
    assert reply.status_code == 303
    assert until_of(cast.seats["bilal"]) is None
    assert events() == ["seat.removal_proposed"]
    told = dict(letters())
    assert told["bilal@panel.test"] == "seat.removal"
    assert {"grace@panel.test", "chidi@panel.test"} < set(told)
    assert not {"amara@panel.test", "claire@panel.test", "owen@panel.test"} & set(told)
    assert "Removing Bilal Hussain" in browse("grace").get(SEATS).text

    page = browse("grace").get(proposal()).text
    assert "Shared what was told in confidence." in page and "right to reply" in page
    put(got(Proposal.objects())[0], reply_until=today() - timedelta(days=1))
    assert browse("grace").post(proposal(), {"verdict": "agreed"}).status_code == 303

    assert until_of(cast.seats["bilal"]) == date.fromisoformat(YESTERDAY)
    assert events()[1:] == ["seat.removal_agreed", "seat.ended"]
    assert letters()[0] == ("bilal@panel.test", "seat.ended")


@pytest.mark.parametrize("name", ["amara", "bilal"])
def test_neither_who_asked_nor_who_it_is_about_decides(browse, cast, end, name):
    browse("amara").post(end("bilal"), REMOVE)
    assert 'name="verdict"' not in browse(name).get(proposal()).text
    reply = browse(name).post(proposal(), {"verdict": "agreed"})
    assert reply.status_code == 409
    assert until_of(cast.seats["bilal"]) is None


def test_a_removal_is_declined(browse, cast, end):
    browse("amara").post(end("bilal"), REMOVE)
    assert browse("chidi").post(proposal(), {"verdict": "declined"}).status_code == 303
    assert until_of(cast.seats["bilal"]) is None
    again = browse("grace").post(proposal(), {"verdict": "agreed"})
    assert again.status_code == 409
    assert "This was declined" in again.text


def test_a_verdict_must_be_chosen(browse, end):
    browse("amara").post(end("bilal"), REMOVE)
    assert browse("grace").post(proposal(), {"verdict": "perhaps"}).status_code == 422


def test_police_and_other_panels_see_no_proposals(browse, end):
    browse("amara").post(end("bilal"), REMOVE)
    assert browse("claire").get(proposal()).status_code == 403
    assert browse("claire").post(proposal(), {"verdict": "agreed"}).status_code == 403
    assert browse("ruth").get(proposal()).status_code == 404
    assert browse("ruth").get(proposal().replace("lambeth", "hackney")).status_code == 404


def test_a_removal_is_proposed_once(browse, end):
    form = REMOVE | {"form_key": "one-form"}
    assert browse("amara").post(end("bilal"), form).status_code == 303
    assert browse("amara").post(end("bilal"), form).status_code == 303  # the same form again
    assert browse("grace").post(end("bilal"), REMOVE).status_code == 409
    assert len(got(Proposal.select())) == 1


def test_with_nobody_else_there_is_no_second_person(browse, cast):
    path = f"/hackney/seats/{cast.seats['dev'].id}/end"
    reply = browse("ruth").post(path, REMOVE)
    assert reply.status_code == 409
    assert "Nobody else sits on the panel" in reply.text
