"""One's own account: what is known, where one is signed in, and signing out."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import time_machine
from conftest import run, signed_in

from scrutiny.kit.clock import now
from scrutiny.kit.db import write_tx
from scrutiny.people.actions import end_session, session_hash, touch_session
from scrutiny.people.queries import session_by_hash
from scrutiny.people.tables import Session

from .steps import asked_of_database, events, got


def session_of(browser) -> str:
    return str(got(Session.select().where(Session.key_hash == session_hash(browser.key)))[0]["id"])


def test_the_account_shows_seats_and_factors(browse, equipped):
    equipped("amara")
    page = browse("amara").get("/account").text
    for words in ("Amara Okafor", "amara@panel.test", "Lambeth Scrutiny Panel: Chair"):
        assert words in page
    assert "10 of 10 unused" in page


def test_only_the_signed_in_have_an_account(browse):
    assert browse().get("/account").headers["location"] == "/sign-in?next=/account"
    assert browse().post("/account/sessions/end").status_code == 403


def test_a_person_ends_one_of_their_sessions(browse):
    """R14: one's own sessions are listed and can be ended."""
    here, there = browse("amara"), browse("amara")
    listed = here.get("/account").text
    assert session_of(there) in listed and "This browser" in listed

    reply = here.post(f"/account/sessions/{session_of(there)}/end")

    assert (reply.status_code, reply.headers["location"]) == (303, "/account")
    assert there.get("/account").status_code == 303
    assert here.get("/account").status_code == 200
    assert events() == ["session.ended"]


def test_a_person_ends_all_other_sessions(browse):
    here, others = browse("amara"), [browse("amara"), browse("amara"), browse("bilal")]
    assert here.post("/account/sessions/end").status_code == 303
    answers = [one.get("/account").status_code for one in (here, *others)]
    assert answers == [200, 303, 303, 200]


def test_nobody_ends_the_session_of_somebody_else(browse):
    amara, dev = browse("amara"), browse("dev")
    for session in (session_of(amara), uuid4()):
        assert dev.post(f"/account/sessions/{session}/end").status_code == 404
    assert amara.get("/account").status_code == 200
    assert events() == []


def test_signing_out_ends_the_session_on_the_server_and_clears_the_browser(browse):
    """R11: the old cookie is worth nothing afterwards."""
    amara = browse("amara")
    reply = amara.post("/sign-out")
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert reply.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert "Max-Age=0" in reply.headers["set-cookie"]
    assert amara.get("/account").status_code == 303
    assert events() == ["session.ended"]
    assert browse().post("/sign-out").status_code == 303


def test_a_request_in_flight_does_not_bring_an_ended_session_back(cast):
    """R11, P2: a page view only ever updates, so what was ended stays ended."""

    async def race():
        key = await signed_in(cast.people["amara"])
        seen = await session_by_hash(session_hash(key))
        async with write_tx():
            await end_session(key)
        async with write_tx():
            await touch_session(seen)
        return await session_by_hash(session_hash(key))

    assert run(race()) is None


def test_a_session_ends_after_half_an_hour_without_a_page(browse):
    """R12: thirty minutes idle."""
    amara = browse("amara")
    with time_machine.travel(now() + timedelta(minutes=29), tick=True):
        assert amara.get("/account").status_code == 200
    with time_machine.travel(now() + timedelta(minutes=58), tick=True):
        assert amara.get("/account").status_code == 200
    with time_machine.travel(now() + timedelta(minutes=89), tick=True):
        assert amara.get("/account").status_code == 303


def test_a_session_ends_after_twelve_hours_however_busy(browse):
    """R12: twelve hours in all."""
    amara, start, answers = browse("amara"), now(), []
    for minutes in range(20, 741, 20):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=True):
            answers.append(amara.get("/account").status_code)
    assert answers == [200] * 35 + [303] * 2


def test_the_list_of_sessions_asks_no_more_of_the_database_when_it_is_long(browse, cast):
    amara = browse("amara")
    amara.get("/account")
    with asked_of_database() as few:
        amara.get("/account")

    async def more():
        await asyncio.gather(*(signed_in(cast.people["amara"]) for _ in range(30)))

    run(more())
    with asked_of_database() as many:
        page = amara.get("/account").text
    assert page.count("Sign out there") == 30
    assert len(many) == len(few)
