"""Triage decides: every move of the guide, with what it asks for and what follows from it."""

from datetime import timedelta

import pytest
from conftest import run

from concerns.steps import concern_of, letters, raised, stored
from concerns.triage.steps import HOLD, URL, decision, events, hold, move, refuse, said, seen
from scrutiny.concerns.queries import Counts, counts
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.triage import actions
from scrutiny.concerns.triage.tables import Referral
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.record.tables import Event

SOON = (today() + timedelta(days=60)).isoformat()
FORMS = {
    "in_triage": {},
    "needs_info": {"reply": "Which station was it?"},
    "safeguarding_hold": {**HOLD, "day": today().isoformat()},
    "signposted": {"route": "citizens_advice"},
    "paused_live_proceedings": {"proceedings": "court", "review_on": SOON},
    "accepted": {"reply": "We will look at it."},
    "not_taken_forward": {"reason": "out_of_area", "summary": "Not here.", "reply": "Ask Kent."},
}


def send(browser, to, version=1, /, **changes):
    return browser.post(decision(to), {**FORMS.get(to, {}), "version": str(version), **changes})


@pytest.mark.parametrize("to", [to for to in FORMS if to != "not_taken_forward"])
@pytest.mark.parametrize("name", ["grace", "sol"])
def test_each_first_decision_is_made_and_goes_on_the_record(browse, cast, concern, to, name):
    assert browse(name).get(decision(to)).status_code == 200

    reply = send(browse(name), to)

    assert (reply.status_code, reply.headers["location"]) == (303, URL)
    assert stored(Concern.stage, Concern.version) == [{"stage": to, "version": 2}]
    (event,) = events("concern.triaged")
    spoken = ', "turn": 1' if said(concern) else ""
    assert event["facts"] == f'{{"number": 1, "stage": "{to}"{spoken}}}'
    assert (event["about"], event["seat"]) == (concern_of(concern).id, cast.seats[name].id)


def test_the_whole_way_to_an_outcome(browse, cast, concern):
    way = ["in_triage", "needs_info", "in_triage", "paused_live_proceedings", "in_triage",
           "safeguarding_hold", "in_triage", "accepted", "linked"]  # fmt: skip
    grace = browse("grace")
    for version, to in enumerate(way, start=1):
        assert send(grace, to, version).status_code == 303, to
    assert send(grace, "outcome_told", 10, reply="The force trains anew.").status_code == 303
    assert send(grace, "closed", 11).status_code == 303
    assert stored(Concern.stage) == [{"stage": "closed"}]
    assert said(concern) == [
        ("panel", "question", "Which station was it?"),
        ("panel", "reply", "We will look at it."),
        ("panel", "outcome", "The force trains anew."),
    ]
    assert run(counts(cast.lambeth)) == Counts(heard=1, told=1)


@pytest.mark.parametrize(
    ("to", "changes", "told"),
    [
        ("needs_info", {"reply": " "}, "Write what you need to know."),
        ("accepted", {"reply": "b" * 2001}, "1 characters too long"),
        ("signposted", {"route": "somebody"}, "Choose who can help."),
        ("safeguarding_hold", {"to": ""}, "Choose whom you told."),
        ("safeguarding_hold", {"what": ""}, "Write what you told them."),
        ("safeguarding_hold", {"day": ""}, "Write on which day you told them."),
        ("safeguarding_hold", {"day": SOON}, "It cannot be in the future."),
        ("paused_live_proceedings", {"proceedings": "no"}, "Choose what is going on."),
        ("paused_live_proceedings", {"review_on": ""}, "Choose a day in the next 90 days"),
        ("not_taken_forward", {"reason": "boring"}, "Choose the reason."),
        ("not_taken_forward", {"summary": ""}, "Say in neutral words what it is about"),
        ("not_taken_forward", {"summary": "c" * 501}, "1 characters too long"),
        ("not_taken_forward", {"reply": ""}, "Write to the resident why"),
    ],
)
def test_a_decision_must_be_whole_and_keeps_what_was_typed(browse, concern, to, changes, told):
    reply = send(browse("grace"), to, **changes)
    assert reply.status_code == 422
    assert told in reply.text
    for name, typed in {**FORMS[to], **changes}.items():
        assert typed.strip() in reply.text or name in ("reason", "route", "proceedings")
    assert stored(Concern.stage) == [{"stage": "submitted"}]
    assert events("concern.triaged") == []


@pytest.mark.parametrize("days", [0, 91])
def test_a_pause_ends_in_ninety_days_at_the_latest(browse, concern, days):
    day = (today() + timedelta(days=days)).isoformat()
    assert send(browse("grace"), "paused_live_proceedings", review_on=day).status_code == 422


def test_a_pause_keeps_which_proceedings_and_when_it_is_looked_at(browse, concern):
    day = today() + timedelta(days=90)
    send(browse("grace"), "paused_live_proceedings", review_on=day.isoformat())
    assert stored(Concern.reason, Concern.review_on) == [{"reason": "court", "review_on": day}]
    assert "A court case" in browse("grace").get(URL).text
    send(browse("grace"), "in_triage", 2)
    assert stored(Concern.reason, Concern.review_on) == [{"reason": "", "review_on": None}]


def test_a_hold_keeps_who_was_told_and_seals_what(browse, cast, concern):
    send(browse("sol"), "safeguarding_hold")
    (kept,) = run(Referral.select().run())
    assert (kept["to"], kept["day"], kept["by"]) == ("children", today(), cast.seats["sol"].id)
    assert b"child is not safe" not in bytes(kept["sealed"])
    page = browse("sol").get(URL).text
    assert "Children&#39;s social care" in page and HOLD["what"] in page
    assert said(concern) == []
    assert events("concern.referred", Event.facts) == [{"facts": '{"number": 1, "to": "children"}'}]


def test_a_signpost_tells_how_to_reach_them(browse, cast, concern):
    send(browse("grace"), "signposted", reply="Good luck.")
    assert stored(Concern.reason, Concern.ended) == [
        {"reason": "citizens_advice", "ended": today()}
    ]
    ((by, kind, text),) = said(concern)
    assert (by, kind) == ("panel", "reply")
    assert "Citizens Advice." in text and "https://www.citizensadvice.org.uk" in text
    assert text.endswith("Good luck.")
    assert run(counts(cast.lambeth)) == Counts(heard=1, told=1)


def test_the_chair_hears_that_something_was_taken_up_and_nothing_more(browse, cast, concern):
    before = len(letters("concern.accepted"))
    send(browse("grace"), "accepted")
    (letter,) = letters("concern.accepted")[before:]
    assert letter.to.address == cast.people["amara"].email
    assert letter.words.text.endswith("https://panel.test/lambeth/cases\n")
    for word in ("Zebedee", "search", "LAM-C", "concerns/1", "We will look"):
        assert word not in letter.words.text + letter.words.subject


def test_without_consent_to_a_summary_it_may_only_be_counted(browse, cast):
    raised(cast.lambeth, consents=["statistics.public"])
    words = "It may only be counted."
    assert words in browse("grace").get(decision("accepted")).text
    move(cast, "accepted")
    page = browse("grace").get(URL).text
    assert words in page and "/concerns/1/case" not in page
    form = {"title": "A search", "form_key": "k" * 32}
    assert browse("grace").post(f"{URL}/case", form).status_code == 409


def test_what_is_over_is_dated_for_as_long_as_it_is_over(cast, concern):
    assert stored(Concern.ended) == [{"ended": None}]
    refuse(cast)
    assert stored(Concern.ended) == [{"ended": today()}]
    run(actions.ask_review(concern_of(concern), today()))
    assert stored(Concern.ended, Concern.touched) == [{"ended": None, "touched": today()}]


@pytest.mark.parametrize("to", list(FORMS))
@pytest.mark.parametrize("name", ["amara", "bilal", "claire", "owen", "hana"])
def test_nobody_else_on_the_panel_decides(browse, concern, name, to):
    assert browse(name).get(decision(to)).status_code == 403
    assert send(browse(name), to).status_code == 403
    assert stored(Concern.stage) == [{"stage": "submitted"}]


def test_nobody_elsewhere_is_told_that_it_exists(browse, concern):
    for name in ("dev", "ruth"):
        assert browse(name).get(decision("accepted")).status_code == 404
        assert send(browse(name), "accepted").status_code == 404
    assert send(browse(), "accepted").status_code == 403
    for path in ("/lambeth/concerns/2", "/hackney/concerns/1"):
        assert browse("grace").post(f"{path}/decisions/accepted").status_code == 404
    for to in ("withdrawn", "deleted", "anonymised", "eaten"):
        assert browse("grace").get(decision(to)).status_code == 404
        assert send(browse("grace"), to).status_code == 404
    assert stored(Concern.stage) == [{"stage": "submitted"}]


@pytest.mark.parametrize("to", ["outcome_told", "linked", "closed"])
def test_a_decision_at_the_wrong_stage_is_refused_and_keeps_the_words(browse, concern, to):
    assert browse("grace").get(decision(to)).status_code == 409
    reply = send(browse("grace"), to, reply="Mango chutney.")
    assert reply.status_code == 409
    assert "Mango chutney." in reply.text
    assert stored(Concern.stage) == [{"stage": "submitted"}]


def test_the_second_of_two_keeps_their_words_and_sees_the_first(browse, concern):
    grace = browse("grace")
    send(grace, "needs_info")

    reply = send(grace, "signposted", reply="Somewhere else.")

    assert reply.status_code == 409
    assert "Somebody else decided this a moment ago." in reply.text
    assert "Somewhere else." in reply.text
    assert "Which station was it?" in reply.text and "Waiting for the resident" in reply.text
    assert stored(Concern.stage) == [{"stage": "needs_info"}]


def test_two_at_the_same_moment_keep_only_the_first(cast, concern):
    by = cast.seats["grace"]
    early, late = seen(cast), seen(cast)
    run(actions.triage(early, by=by, decision="accepted"))
    with pytest.raises(Stale):
        run(actions.triage(late, by=by, decision="in_triage", reply="Not kept."))
    with pytest.raises(NotNow):
        run(actions.signpost(early, by=by, route="liberty"))
    assert stored(Concern.stage) == [{"stage": "accepted"}]
    assert said(concern) == []
    assert len(events("concern.triaged")) == 1


@pytest.mark.parametrize("to", list(FORMS))
def test_the_same_decision_sent_twice_is_made_once(browse, concern, to):
    grace = browse("grace")
    assert [send(grace, to).status_code for _ in range(2)] == [303, 409]
    assert len(events("concern.triaged")) == 1


def test_deciding_on_what_waited_behind_a_flood_lets_it_in(cast, concern):
    Concern.update({Concern.screened: False}, force=True).run_sync()
    move(cast, "in_triage")
    assert stored(Concern.screened) == [{"screened": True}]


def test_it_is_counted_alone_where_nothing_is_like_it(browse, cast, concern):
    move(cast, "accepted")
    assert send(browse("grace"), "linked", 2).status_code == 303
    assert "It is counted with others like it." in browse("grace").get(URL).text


def test_what_was_taken_up_can_still_be_held_or_paused(browse, cast, concern):
    move(cast, "accepted")
    hold(cast)
    assert stored(Concern.stage) == [{"stage": "safeguarding_hold"}]
