"""A seat is offered by letter, taken back, or taken."""

import asyncio
from datetime import timedelta

import pytest
import time_machine
from conftest import run

from scrutiny.kit.clock import now, today
from scrutiny.kit.errors import NotNow
from scrutiny.membership.invites import actions
from scrutiny.membership.tables import Invite
from scrutiny.people.tables import Person

from .steps import (
    NEW,
    SEATS,
    TAKE,
    TESS,
    YESTERDAY,
    events,
    got,
    latest,
    letters,
    link_in,
    seats_of,
)


def offered(browse, **changes) -> str:
    """Grace offers a seat; the address in the letter."""
    reply = browse("grace").post(NEW, TESS | changes)
    assert reply.status_code == 303, reply.text
    return link_in(latest())


def test_the_secretariat_offers_a_seat_and_it_is_taken(browse):
    grace, tess = browse("grace"), browse()
    assert grace.get(NEW).status_code == 200
    link = offered(browse)
    assert letters() == [("Tess@Example.org", "seat.offered")]
    assert "Tess Moore" in grace.get(SEATS).text

    page = tess.get(link)
    assert page.status_code == 200
    assert "Lambeth Scrutiny Panel offers you a seat" in page.text
    assert seats_of("tess@example.org") == []  # looking takes nothing
    reply = tess.post(link, TAKE)

    assert (reply.status_code, reply.headers["location"]) == (303, "/seats/taken")
    said = browse().get("/seats/taken").text
    assert "The seat is yours" in said and 'href="/sign-in"' in said
    assert seats_of("tess@example.org") == [
        {"role": "member", "since": today(), "until": None, "public_name": "initials"}
    ]
    assert events() == ["seat.offered", "seat.taken"]
    assert set(letters()[:2]) == {
        ("Tess@Example.org", "seat.taken"),
        ("grace@panel.test", "seat.taken"),
    }


def test_the_form_asks_for_what_is_missing_and_keeps_the_words(browse):
    wrong = {"name": "Tess\tMoore", "email": "tess", "role": "king", "since": "?", "until": "?"}
    reply = browse("grace").post(NEW, wrong)
    assert reply.status_code == 422
    for name in wrong:
        assert f'id="{name}-error"' in reply.text
    assert 'value="tess"' in reply.text
    assert got(Invite.select()) == []


@pytest.mark.parametrize("name", ["bilal", "claire", "owen"])
def test_only_those_who_run_the_panel_offer_seats(browse, name):
    assert browse(name).get(NEW).status_code == 403
    assert browse(name).post(NEW, TESS).status_code == 403
    assert events() == []


def test_the_panel_next_door_offers_none_here(browse):
    assert browse("ruth").get(NEW).status_code == 404
    assert browse("ruth").post(NEW, TESS).status_code == 404
    assert browse().get(NEW).headers["location"].startswith("/sign-in")


def test_the_same_form_twice_sends_one_letter(browse):
    grace = browse("grace")
    form = TESS | {"form_key": "one-form"}
    for _ in range(2):
        reply = grace.post(NEW, form)
        assert (reply.status_code, reply.headers["location"]) == (303, SEATS)
    assert len(letters()) == 1


def test_a_seat_is_not_offered_twice(browse):
    offered(browse)
    reply = browse("amara").post(NEW, TESS | {"email": "tess@example.org"})
    assert reply.status_code == 409
    assert "offered to them a short while ago" in reply.text
    assert 'value="Tess Moore"' in reply.text


@pytest.mark.parametrize(
    ("email", "role", "why"),
    [
        ("bilal@panel.test", "member", "already hold this seat"),
        ("bilal@panel.test", "police_liaison", "for the community and for the police"),
        ("claire@panel.test", "member", "for the community and for the police"),
    ],
)
def test_a_seat_that_clashes_is_not_offered(browse, email, role, why):
    reply = browse("grace").post(NEW, TESS | {"email": email, "role": role})
    assert reply.status_code == 409
    assert why in reply.text
    assert letters() == []


def test_somebody_from_another_panel_keeps_their_account(browse, cast):
    link = offered(browse, email="dev@panel.test", name="D.")
    dev = browse("dev")
    assert dev.get("/account").status_code == 200

    dev.post(link, TAKE)

    assert len(seats_of("dev@panel.test")) == 2
    assert got(Person.select(Person.name).where(Person.email_key == "dev@panel.test")) == [
        {"name": "Dev Patel"}
    ]


def test_taking_a_seat_signs_out_whoever_was_in_with_a_letter_alone(browse, cast):
    """R01: a session from before the seat, which needed one factor, does not carry into it."""
    link = offered(browse, email="dev@panel.test")
    inside = browse("dev")
    browse().post(link, TAKE)
    assert inside.get("/account").status_code == 303


def test_taking_a_seat_asks_for_a_public_name_and_a_promise(browse):
    link = offered(browse)
    reply = browse().post(link, {"public_name": "king"})
    assert reply.status_code == 422
    assert 'id="public_name-error"' in reply.text and 'id="promise-error"' in reply.text
    assert seats_of("tess@example.org") == []


def test_an_officer_goes_by_role_and_is_not_asked(browse):
    link = offered(browse, role="police_liaison")
    assert "public_name" not in browse().get(link).text
    assert browse().post(link, {"promise": "yes"}).status_code == 303
    assert seats_of("tess@example.org")[0]["public_name"] == "role"


def test_an_invitation_is_taken_once(browse):
    link = offered(browse)
    assert browse().post(link, TAKE).status_code == 303
    for reply in (browse().get(link), browse().post(link, TAKE)):
        assert reply.status_code == 409
        assert "This invitation was used" in reply.text
    assert len(seats_of("tess@example.org")) == 1


def test_twenty_who_take_it_at_once_get_one_seat(browse):
    """R03: an invitation is used once also at the same moment."""
    token = offered(browse).rsplit("/", 1)[1]

    async def race():
        takes = [actions.accept(token, "full") for _ in range(20)]
        return await asyncio.gather(*takes, return_exceptions=True)

    found = run(race())
    assert sum(isinstance(one, NotNow) for one in found) == 19
    assert len(seats_of("tess@example.org")) == 1


def test_an_invitation_lasts_fourteen_days(browse):
    link = offered(browse)
    with time_machine.travel(now() + timedelta(days=14, seconds=1), tick=True):
        assert browse().get(link).status_code == 409
        assert browse().post(link, TAKE).status_code == 409


def test_an_invitation_is_taken_back(browse):
    link = offered(browse)
    invite = got(Invite.select(Invite.id))[0]["id"]
    back = f"{SEATS}/invites/{invite}/withdrawal"
    assert browse("bilal").post(back).status_code == 403
    assert browse("ruth").post(back).status_code == 404
    assert browse("ruth").post(back.replace("lambeth", "hackney")).status_code == 404

    assert browse("grace").post(back).status_code == 303

    assert browse().post(link, TAKE).status_code == 409
    assert browse("grace").post(back).status_code == 409
    assert events() == ["seat.offered", "seat.offer_withdrawn"]
    assert "No offer waits" in browse("grace").get(SEATS).text


def test_what_was_offered_by_somebody_whose_seat_ended_is_worth_nothing(browse, cast):
    """R27: rights do not outlive the seat in the form of invitations."""
    link = offered(browse)
    end = f"{SEATS}/{cast.seats['grace'].id}/end"
    form = {"reason": "resigned", "last_day": YESTERDAY, "version": "1"}
    assert browse("amara").post(end, form).status_code == 303
    assert browse().post(link, TAKE).status_code == 409


def test_a_link_that_was_never_sent_is_not_found(browse):
    assert browse().get("/seats/invites/nonsense").status_code == 404
    assert browse().post("/seats/invites/nonsense", TAKE).status_code == 404
    assert browse().get("/seats/invites/" + "a" * 5000).status_code == 404


def test_the_link_itself_is_not_stored(browse):
    token = offered(browse).rsplit("/", 1)[1]
    assert token not in str(got(Invite.select()))
