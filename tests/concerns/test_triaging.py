"""The secretariat decides what happens with a concern."""

import pytest
from conftest import run

from concerns.steps import stored
from scrutiny.concerns import actions
from scrutiny.concerns.queries import Counts, by_receipt, counts, opened
from scrutiny.concerns.tables import Concern
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.record.tables import Event

URL = "/lambeth/concerns/1"
REFUSED = {"decision": "not_taken_forward", "reason": "out_of_area", "reply": "Ask Kent."}


def test_it_is_decided_and_goes_on_the_record(browse, send, cast):
    code = send()

    reply = browse("grace").post(URL, {**REFUSED, "version": "1"})

    assert reply.status_code == 303
    assert reply.headers["location"] == URL
    kept = run(by_receipt(code))
    assert (kept.stage, kept.reason, kept.version) == ("not_taken_forward", "out_of_area", 2)
    assert opened(kept).reply == "Ask Kent."
    assert b"Kent" not in bytes(kept.sealed_reply)
    (event,) = run(Event.select().where(Event.what == "concern.triaged").run())
    assert event["facts"] == '{"number": 1, "stage": "not_taken_forward"}'
    assert (event["about"], event["seat"]) == (kept.id, cast.seats["grace"].id)
    assert run(counts(cast.lambeth)) == Counts(heard=1, told=1)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Choose what happens with this concern."),
        ({"decision": "withdrawn"}, "Choose what happens with this concern."),
        ({"decision": "linked"}, "Choose what happens with this concern."),
        ({"decision": "needs_info"}, "Write what you need to know."),
        ({"decision": "signposted"}, "Write who can help"),
        ({"decision": "not_taken_forward", "reply": "No."}, "Choose the reason."),
        ({"decision": "not_taken_forward", "reason": "duplicate"}, "Write to the resident why"),
        ({"decision": "accepted", "reply": "b" * 2001}, "1 characters too long"),
    ],
)
def test_a_decision_must_be_whole(browse, send, form, said):
    send()
    reply = browse("grace").post(URL, {"version": "1", **form})
    assert reply.status_code == 422
    assert said in reply.text
    assert form.get("reply", "") in reply.text
    assert stored(Concern.stage) == [{"stage": "submitted"}]


@pytest.mark.parametrize("name", ["amara", "bilal", "claire", "owen"])
def test_nobody_else_on_the_panel_may(browse, send, name):
    send()
    assert browse(name).post(URL, REFUSED).status_code == 403
    assert stored(Concern.stage) == [{"stage": "submitted"}]


def test_nobody_elsewhere_is_told_that_it_exists(browse, send):
    send()
    for name in ("dev", "ruth"):
        assert browse(name).post(URL, REFUSED).status_code == 404
    assert browse().post(URL, REFUSED).status_code == 403
    assert browse("grace").post("/lambeth/concerns/2", REFUSED).status_code == 404
    assert browse("grace").post("/hackney/concerns/1", REFUSED).status_code == 404
    assert stored(Concern.stage) == [{"stage": "submitted"}]


def test_what_is_decided_cannot_be_decided_again(browse, send):
    send()
    grace = browse("grace")
    grace.post(URL, {**REFUSED, "version": "1"})
    reply = grace.post(URL, {"decision": "accepted", "version": "2"})
    assert reply.status_code == 422
    assert stored(Concern.stage) == [{"stage": "not_taken_forward"}]


def test_the_second_of_two_keeps_their_words_and_sees_the_first(browse, send):
    send()
    grace = browse("grace")
    grace.post(URL, {**REFUSED, "version": "1"})

    late = {"decision": "needs_info", "reply": "Which station was it?", "version": "1"}
    reply = grace.post(URL, late)

    assert reply.status_code == 409
    assert "Somebody else decided this a moment ago." in reply.text
    assert "Which station was it?" in reply.text
    assert "Ask Kent." in reply.text and "Not taken forward" in reply.text
    assert stored(Concern.stage) == [{"stage": "not_taken_forward"}]


def test_two_at_the_same_moment_keep_only_the_first(send, cast):
    code, by = send(), cast.seats["grace"]
    early, late = (run(by_receipt(code)) for _ in range(2))
    run(actions.triage(early, by=by, decision="accepted"))
    with pytest.raises(Stale):
        run(actions.triage(late, by=by, decision="in_triage"))
    with pytest.raises(NotNow):
        run(actions.triage(early, by=by, decision="signposted", reply="Ask them."))
    assert stored(Concern.stage) == [{"stage": "accepted"}]
    assert run(Event.count().where(Event.what == "concern.triaged").run()) == 1


def test_the_same_decision_sent_twice_is_made_once(browse, send):
    send()
    grace = browse("grace")
    statuses = [grace.post(URL, {**REFUSED, "version": "1"}).status_code for _ in range(2)]
    assert statuses == [303, 409]
    assert run(Event.count().where(Event.what == "concern.triaged").run()) == 1


def test_it_goes_all_the_way(browse, send, cast):
    send()
    way = ["in_triage", "paused_live_proceedings", "in_triage", "accepted", "linked"]
    grace = browse("grace")
    for version, decision in enumerate([*way, "outcome_told", "closed"], start=1):
        form = {"decision": decision, "reply": "We asked for training.", "version": str(version)}
        assert grace.post(URL, form).status_code == 303
    assert stored(Concern.stage) == [{"stage": "closed"}]
    assert run(counts(cast.lambeth)) == Counts(heard=1, told=1)
