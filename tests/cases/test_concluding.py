"""The chair writes what the panel found; a case that cannot be looked at is taken out."""

import json

import pytest
from conftest import run

from cases.steps import bring_records, case, draw, stored
from scrutiny.cases.tables import Case
from scrutiny.record.queries import history

END = "/lambeth/cases/1/conclusion"
OUT = "/lambeth/cases/1/removal"
FOUND = {"finding": "The grounds were recorded.\r\nNobody said them aloud."}


@pytest.fixture
def scheduled(cast, tmp_path):
    run(bring_records(tmp_path))
    run(draw(cast, 2))
    return run(case(cast, "scheduled"))


def now():
    return run(stored(Case.stage, Case.finding, Case.reason))[0]


def last_event(row):
    event = run(history(row.id, public_only=False))[-1]
    return event["what"], event["role"], json.loads(event["facts"])


def test_the_chair_concludes(scheduled, browse):
    reply = browse("amara").post(END, FOUND)
    assert (reply.status_code, reply.headers["location"]) == (303, "/lambeth/cases/1")
    assert now() == {
        "stage": "concluded",
        "finding": "The grounds were recorded.\nNobody said them aloud.",
        "reason": "",
    }
    assert last_event(scheduled) == ("case.concluded", "chair", {"number": 1})
    assert "Nobody said them aloud." in browse("bilal").get("/lambeth/cases/1").text


@pytest.mark.parametrize("finding", ["", " \r\n", "x" * 2_001])
def test_a_finding_is_asked_for_and_kept(scheduled, browse, finding):
    reply = browse("amara").post(END, {"finding": finding})
    assert reply.status_code == 422
    assert "Say what the panel found." in reply.text or "2,000 characters" in reply.text
    assert finding.strip() in reply.text
    assert now()["stage"] == "scheduled"


@pytest.mark.parametrize("name", ["bilal", "grace", "claire", "owen"])
def test_only_the_chair_concludes(scheduled, browse, name):
    assert browse(name).post(END, FOUND).status_code == 403
    assert browse(name).get(END).status_code == 403
    assert now()["stage"] == "scheduled"


def test_strangers_are_not_told(scheduled, browse):
    assert browse("dev").post(END, FOUND).status_code == 404
    assert browse("ruth").post("/hackney/cases/1/conclusion", FOUND).status_code == 404


def test_a_case_that_was_on_no_agenda_cannot_be_concluded(scheduled, browse):
    url = END.replace("/1/", "/2/")
    assert browse("amara").get(url).status_code == 409
    reply = browse("amara").post(url, FOUND)
    assert reply.status_code == 409
    assert "Nobody said them aloud." in reply.text


def test_the_second_to_conclude_keeps_their_words_and_sees_the_first(scheduled, browse):
    browse("amara").post(END, {"finding": "First."})
    reply = browse("amara").post(END, {"finding": "Second thoughts."})
    assert reply.status_code == 409
    assert "Second thoughts." in reply.text and "First." in reply.text
    assert now()["finding"] == "First."


def test_only_who_may_is_offered_the_form(scheduled, browse):
    assert "/1/conclusion" in browse("amara").get("/lambeth/cases/1").text
    assert "/1/conclusion" not in browse("bilal").get("/lambeth/cases/1").text
    assert "/1/removal" in browse("grace").get("/lambeth/cases/1").text
    assert browse("amara").get(END).status_code == 200


@pytest.mark.parametrize("name", ["amara", "grace"])
def test_a_case_is_taken_out_with_a_reason(scheduled, browse, name):
    assert browse(name).get(OUT).status_code == 200
    assert browse(name).post(OUT, {"reason": "inquest"}).status_code == 303
    assert (now()["stage"], now()["reason"]) == ("removed", "inquest")
    assert last_event(scheduled)[2] == {"number": 1, "reason": "inquest"}
    assert "There is an inquest." in browse("bilal").get("/lambeth/cases/1").text


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_removal_needs_a_reason(scheduled, browse, reason):
    reply = browse("amara").post(OUT, {"reason": reason})
    assert reply.status_code == 422
    assert "Choose why it cannot be looked at." in reply.text
    assert now()["stage"] == "scheduled"


@pytest.mark.parametrize(("name", "status"), [("bilal", 403), ("claire", 403), ("dev", 404)])
def test_others_take_nothing_out(scheduled, browse, name, status):
    assert browse(name).post(OUT, {"reason": "inquest"}).status_code == status
    assert now()["stage"] == "scheduled"


def test_what_is_concluded_cannot_be_taken_out(scheduled, browse):
    browse("amara").post(END, FOUND)
    assert browse("amara").get(OUT).status_code == 409
    reply = browse("amara").post(OUT, {"reason": "inquest"})
    assert reply.status_code == 409 and "checked" in reply.text
    assert now()["stage"] == "concluded"


def test_a_case_taken_out_is_never_drawn_again(cast, scheduled, browse):
    browse("amara").post(OUT, {"reason": "inquest"})
    told = json.loads(run(draw(cast, 18)).certificate)
    assert told["excluded"][2]["count"] == 2
