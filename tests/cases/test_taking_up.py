"""What a resident raised becomes a case."""

import json

import pytest
from concerns.steps import CANARIES
from conftest import run

from cases.steps import accept, events, send_concern, stored
from scrutiny.cases.tables import Case
from scrutiny.concerns.tables import Concern
from scrutiny.record.tables import Event

URL = "/lambeth/concerns/1/case"
TITLE = {"title": "  A search near \n a market ", "form_key": "one-form"}


@pytest.fixture
def accepted(cast, browse):
    send_concern(cast)
    return run(accept(cast))


def stage():
    return run(Concern.select(Concern.stage).first().run())["stage"]


def test_the_secretariat_takes_it_up(accepted, browse):
    assert browse("grace").get(URL).status_code == 200
    reply = browse("grace").post(URL, TITLE)
    assert (reply.status_code, reply.headers["location"]) == (303, "/lambeth/cases/1")
    columns = (Case.number, Case.title, Case.origin, Case.stage, Case.month, Case.power)
    assert run(stored(*columns)) == [
        {
            "number": 1,
            "title": "A search near a market",
            "origin": "community_concern",
            "stage": "proposed",
            "month": "2026-01",
            "power": "",
        }
    ]
    assert stage() == "linked"
    assert (run(events("case.proposed")), run(events("concern.linked"))) == (1, 1)


def test_nothing_of_the_concern_is_in_the_record_of_the_case(accepted, browse):
    browse("grace").post(URL, TITLE)
    (row,) = run(Event.select(Event.facts, Event.public).where(Event.what == "case.proposed").run())
    assert json.loads(row["facts"]) == {"number": 1} and not row["public"]


@pytest.mark.parametrize("title", ["", "  \n ", "x" * 151])
def test_a_title_is_asked_for_and_kept(accepted, browse, title):
    reply = browse("grace").post(URL, {**TITLE, "title": title})
    assert reply.status_code == 422
    assert "title" in reply.text and title.strip() in reply.text
    assert not [word for word in CANARIES if word in reply.text]
    assert stage() == "accepted"


@pytest.mark.parametrize(
    ("name", "status"), [("amara", 403), ("bilal", 403), ("claire", 403), ("dev", 404)]
)
def test_nobody_else_takes_it_up(accepted, browse, name, status):
    assert browse(name).post(URL, TITLE).status_code == status
    assert browse(name).get(URL).status_code == status
    assert stage() == "accepted"


def test_a_concern_that_is_not_there_is_not_found(accepted, browse):
    assert browse("grace").post("/lambeth/concerns/2/case", TITLE).status_code == 404


def test_a_concern_must_be_accepted_first(cast, browse):
    send_concern(cast)
    assert browse("grace").get(URL).status_code == 409
    assert browse("grace").post(URL, TITLE).status_code == 409
    assert (run(stored(Case.number)), stage()) == ([], "submitted")


@pytest.mark.parametrize("again", [TITLE, {**TITLE, "form_key": "another"}])
def test_it_becomes_one_case_however_often_it_is_asked(accepted, browse, again):
    browse("grace").post(URL, TITLE)
    reply = browse("grace").post(URL, again)
    assert (reply.status_code, reply.headers["location"]) == (303, "/lambeth/cases/1")
    assert len(run(stored(Case.number))) == 1
