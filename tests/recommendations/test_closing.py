"""Only the panel says how a recommendation ends."""

import pytest
from conftest import run

from recommendations.steps import HOME, asked, stored
from scrutiny.ledger.queries import entries
from scrutiny.letters.queries import newest
from scrutiny.recommendations import actions
from scrutiny.record.queries import history

URL = f"{HOME}/1/closure"
DONE = {
    "outcome": "verified",
    "method": "data_shows",
    "text": "18 of 20 were told.",
    "form_key": "k1",
}


@pytest.mark.parametrize("stage", ["responded", "evidence_submitted"])
def test_the_chair_verifies_and_it_is_recorded(cast, browse, stage):
    run(asked(cast, stage))

    reply = browse("amara").post(URL, DONE)

    assert (reply.status_code, reply.headers["location"]) == (303, f"{HOME}/1")
    row = run(stored())
    assert (row.stage, row.method, row.closing_note) == (
        "closed_implemented",
        "data_shows",
        DONE["text"],
    )
    assert [event["what"] for event in run(history(row.id))][-1] == "recommendation.closed"
    assert run(entries())[0]["kind"] == "closing"
    told = {one.to.address for one in run(newest()) if one.kind == "recommendation.closed"}
    assert told == {"claire@panel.test", "owen@panel.test"}
    page = browse().get(f"{HOME}/1").text
    assert "Done and checked" in page
    assert "The figures show it." in page
    assert "18 of 20 were told." in page


def test_done_in_part_is_called_partly(cast, browse):
    run(asked(cast, "evidence_submitted", "accepted_in_part"))
    browse("amara").post(URL, DONE)
    assert browse().get(f"{HOME}.json").json()["recommendations"][0]["status"] == "partly"


@pytest.mark.parametrize(
    ("stage", "kind", "label"),
    [
        ("responded", "rejected", "Police said no"),
        ("evidence_submitted", "accepted_in_full", "Closed: not done"),
    ],
)
def test_it_may_end_as_not_accepted(cast, browse, stage, kind, label):
    run(asked(cast, stage, kind))
    browse("amara").post(URL, DONE | {"outcome": "not_accepted"})
    row = run(stored())
    assert (row.stage, row.method) == ("closed_not_accepted", "")
    assert label in browse().get(f"{HOME}/1").text


def test_the_panel_withdraws_what_it_asked_and_says_why(cast, browse):
    run(asked(cast, "issued"))
    reply = browse("amara").post(URL, {"outcome": "withdrawn", "text": "It was asked before."})
    assert reply.status_code == 303
    assert run(stored()).stage == "withdrawn_by_panel"
    page = browse().get(f"{HOME}/1").text
    assert "We withdrew this" in page
    assert "It was asked before." in page


@pytest.mark.parametrize("stage", ["drafting", "agreed"])
def test_what_is_withdrawn_before_it_was_sent_is_never_public(cast, browse, stage):
    run(asked(cast, stage))
    browse("amara").post(URL, {"outcome": "withdrawn", "text": "Not now."})
    assert run(stored()).stage == "withdrawn_by_panel"
    assert browse().get(f"{HOME}/1").status_code == 404
    page = browse("bilal").get(f"{HOME}/1").text
    assert "This was withdrawn before it was sent" in page and "We asked" not in page
    in_list = browse("bilal").get(HOME).text
    assert "We withdrew this" in in_list and "Our question" in in_list
    assert "We asked<" not in in_list and "We asked:" not in in_list
    assert run(history(run(stored()).id)) == []
    assert run(entries()) == []
    assert run(newest()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outcome": ""}, "Choose how this ends."),
        ({"outcome": "deleted"}, "Choose how this ends."),
        ({"method": ""}, "Say how the panel checked."),
        ({"method": "guess"}, "Say how the panel checked."),
        ({"text": " "}, "Say what the panel found"),
        ({"outcome": "withdrawn", "text": ""}, "Say why the panel withdraws this."),
    ],
)
def test_it_asks_how_and_why(cast, browse, changes, said):
    run(asked(cast, "evidence_submitted"))
    reply = browse("amara").post(URL, DONE | changes)
    assert reply.status_code == 422
    assert said in reply.text
    assert run(stored()).stage == "evidence_submitted"


@pytest.mark.parametrize("who", ["bilal", "grace", "claire", "owen"])
def test_the_police_can_never_close_it_and_of_the_panel_only_the_chair(cast, browse, who):
    run(asked(cast, "evidence_submitted"))
    assert browse(who).post(URL, DONE).status_code == 403
    assert browse(who).get(URL).status_code == 403


def test_a_stranger_is_told_nothing(cast, browse):
    run(asked(cast, "evidence_submitted"))
    assert browse("ruth").post(URL, DONE).status_code == 404


def test_what_nobody_answered_cannot_be_called_done(cast, browse):
    run(asked(cast, "issued"))
    reply = browse("amara").post(URL, DONE)
    assert reply.status_code == 409
    assert DONE["text"] in reply.text
    assert run(stored()).stage == "issued"


def test_what_has_ended_stays_ended(cast, browse):
    run(asked(cast, "closed_implemented"))
    assert browse("amara").get(URL).status_code == 409
    assert browse("amara").post(URL, DONE | {"outcome": "withdrawn"}).status_code == 409
    assert run(stored()).stage == "closed_implemented"


def test_a_report_that_came_meanwhile_is_seen_before_closing(cast, browse):
    run(asked(cast, "responded"))
    seen = str(run(stored()).version)
    run(actions.report(run(stored()), by=cast.seats["claire"], text="It is done now."))
    reply = browse("amara").post(URL, DONE | {"outcome": "not_accepted", "version": seen})
    assert reply.status_code == 409
    assert DONE["text"] in reply.text
    assert "It is done now." in reply.text
    assert run(stored()).stage == "evidence_submitted"


def test_twice_is_once(cast, browse):
    run(asked(cast, "evidence_submitted"))
    assert [browse("amara").post(URL, DONE).status_code for _ in range(2)] == [303, 303]
    assert [entry["kind"] for entry in run(entries())].count("closing") == 1
