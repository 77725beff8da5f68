"""The force says that it has done what it was asked. That is a claim until the panel checks it."""

import pytest
from conftest import run

from recommendations.steps import HOME, asked, stored
from scrutiny.ledger.queries import entries
from scrutiny.letters.queries import newest
from scrutiny.record.queries import history

URL = f"{HOME}/1/report"
FORM = {"text": "Cards are carried since 1 March.", "form_key": "k1"}


@pytest.fixture
def answered(cast):
    return run(asked(cast, "responded"))


@pytest.mark.parametrize("who", ["claire", "owen"])
def test_the_police_report_and_it_is_recorded(cast, browse, answered, who):
    reply = browse(who).post(URL, FORM)

    assert (reply.status_code, reply.headers["location"]) == (303, f"{HOME}/1")
    row = run(stored())
    assert (row.stage, row.reported) == ("evidence_submitted", FORM["text"])
    assert [event["what"] for event in run(history(row.id))][-1] == "recommendation.reported"
    assert run(entries())[0]["kind"] == "report"
    told = {one.to.address for one in run(newest()) if one.kind == "recommendation.reported"}
    assert told == {"amara@panel.test", "grace@panel.test"}


def test_it_is_their_claim_and_not_yet_done(cast, browse, answered):
    browse("claire").post(URL, FORM)
    page = browse().get(f"{HOME}/1").text
    assert "We have not checked it yet." in page
    assert "They say it is done" in browse().get(HOME).text
    assert browse().get(f"{HOME}.json").json()["recommendations"][0]["status"] == "waiting"


def test_it_asks_what_has_been_done(cast, browse, answered):
    reply = browse("claire").post(URL, {"text": " \n "})
    assert reply.status_code == 422
    assert "what the panel can look at" in reply.text
    assert run(stored()).stage == "responded"


@pytest.mark.parametrize("who", ["amara", "bilal", "grace"])
def test_the_panel_does_not_speak_for_the_police(cast, browse, answered, who):
    assert browse(who).post(URL, FORM).status_code == 403
    assert browse(who).get(URL).status_code == 403


def test_a_stranger_is_told_nothing(cast, browse, answered):
    assert browse("dev").post(URL, FORM).status_code == 404


def test_before_an_answer_there_is_nothing_to_report(cast, browse):
    run(asked(cast, "issued"))
    assert browse("claire").get(URL).status_code == 409
    reply = browse("claire").post(URL, FORM)
    assert reply.status_code == 409
    assert FORM["text"] in reply.text
    assert run(stored()).stage == "issued"


def test_two_who_report_keep_the_first_and_the_second_keeps_their_words(cast, browse, answered):
    version = str(run(stored()).version)
    browse("claire").post(URL, FORM | {"version": version})
    second = {"text": "What Owen wrote.", "form_key": "k2", "version": version}
    reply = browse("owen").post(URL, second)
    assert reply.status_code == 409
    assert "What Owen wrote." in reply.text
    assert FORM["text"] in reply.text
    assert run(stored()).reported == FORM["text"]


def test_twice_is_once(cast, browse, answered):
    assert [browse("owen").post(URL, FORM).status_code for _ in range(2)] == [303, 303]
    assert [entry["kind"] for entry in run(entries())].count("report") == 1
