"""Who wrote it: on a page of its own, for a reason, recorded, and told to the resident."""

import pytest
from conftest import run

from concerns.steps import FILLED
from scrutiny.record.tables import Event

URL = "/lambeth/concerns/1/contact"


def looks():
    return run(Event.select().where(Event.what == "concern.contact_read").run())


def test_asking_for_the_page_shows_nothing_yet(browse, send):
    send()
    reply = browse("grace").get(URL)
    assert reply.status_code == 200
    assert "Xyloquist" not in reply.text
    assert looks() == []


def test_a_reason_opens_it_and_is_recorded(browse, send, cast):
    code = send()
    reply = browse("grace").post(URL, {"why": "reply"})

    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "no-store"
    for name in ("name", "email", "phone"):
        assert FILLED[name] in reply.text
    assert "Yes, about this concern" in reply.text
    (event,) = looks()
    assert event["facts"] == '{"number": 1, "why": "reply"}'
    assert event["seat"] == cast.seats["grace"].id
    told = browse().post("/concerns/return", {"code": code}).text
    assert "The secretariat looked at how to reach you, to reply to you." in told


def test_without_a_reason_it_stays_shut(browse, send):
    send()
    for why in ("", "curiosity"):
        reply = browse("grace").post(URL, {"why": why})
        assert reply.status_code == 422
        assert "Choose why you need to know" in reply.text
        assert "Xyloquist" not in reply.text
    assert looks() == []


def test_who_did_not_agree_to_be_contacted_is_marked(browse, send):
    send(may_contact="")
    assert "They did not agree" in browse("grace").post(URL, {"why": "safety"}).text


def test_nothing_was_left(browse, send):
    send(name="", email="", phone="", may_contact="")
    grace = browse("grace")
    assert "They did not say." in grace.get("/lambeth/concerns/1").text
    assert grace.post(URL, {"why": "reply"}).status_code == 404
    assert looks() == []


@pytest.mark.parametrize("name", ["amara", "bilal", "chidi", "claire", "owen"])
def test_nobody_else_may_look(browse, send, name):
    send()
    assert browse(name).get(URL).status_code == 403
    assert browse(name).post(URL, {"why": "safety"}).status_code == 403
    assert looks() == []


def test_strangers_are_told_nothing(browse, send):
    send()
    assert browse("ruth").post(URL, {"why": "safety"}).status_code == 404
    assert browse("grace").post("/lambeth/concerns/9/contact", {"why": "law"}).status_code == 404
