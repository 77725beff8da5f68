"""Not taken forward: triage proposes, the chair agrees without seeing who wrote, or what."""

import pytest
from conftest import run

from concerns.steps import CANARIES, concern_of, letters, raised, stored
from concerns.triage.steps import REFUSAL, URL, decision, events, hold, move, propose, refuse, said
from scrutiny.concerns.queries import Counts, counts
from scrutiny.concerns.tables import Concern, ConcernKey
from scrutiny.concerns.triage import actions, queries
from scrutiny.concerns.triage.refusals import actions as refusals
from scrutiny.concerns.triage.refusals.queries import find as find_refusal
from scrutiny.concerns.triage.tables import Refusal
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.people.tables import Seat
from scrutiny.policy import Role
from scrutiny.record.tables import Event

CHAIRS = "/lambeth/refusals/1"
AGREE = {"answer": "agree", "version": "1"}
BACK = {"answer": "send_back", "why": "It is in our borough.", "version": "1"}


def stage() -> str:
    return stored(Concern.stage)[0]["stage"]


def kept(*columns):
    return run(Refusal.select(*columns).order_by(Refusal.number).run())


def test_it_waits_for_the_chair_before_anybody_is_told(browse, cast, concern):
    form = {**REFUSAL, "version": "1"}
    assert browse("grace").post(decision("not_taken_forward"), form).status_code == 303

    assert stage() == "in_triage"
    assert kept(Refusal.number, Refusal.stage, Refusal.reason) == [
        {"number": 1, "stage": "proposed", "reason": "out_of_area"}
    ]
    assert said(concern) == []
    (event,) = events("refusal.proposed", Event.facts)
    assert event["facts"] == '{"number": 1, "reason": "out_of_area"}'
    (letter,) = letters("concern.refusal")
    assert letter.to.address == cast.people["amara"].email
    assert "https://panel.test/lambeth/refusals/1" in letter.words.text
    assert "concerns/1" not in letter.words.text
    page = browse("grace").get(URL).text
    assert "Waits for the chair" in page and "decisions/not_taken_forward" not in page


def test_nothing_of_it_is_stored_in_clear(cast, concern):
    propose(cast)
    (row,) = run(Refusal.select().run())
    assert b"outside our borough" not in bytes(row["sealed_summary"])
    assert b"Kent" not in bytes(row["sealed_reply"])


def test_the_chair_agrees_and_the_resident_reads_why(browse, cast, concern):
    propose(cast)
    reply = browse("amara").post(CHAIRS, AGREE)
    assert (reply.status_code, reply.headers["location"]) == (303, "/lambeth/refusals")
    assert stored(Concern.stage, Concern.reason, Concern.ended) == [
        {"stage": "not_taken_forward", "reason": "out_of_area", "ended": today()}
    ]
    assert said(concern) == [("panel", "reply", "Ask the panel in Kent.")]
    assert kept(Refusal.stage, Refusal.decided_by) == [
        {"stage": "agreed", "decided_by": cast.seats["amara"].id}
    ]
    assert len(events("refusal.agreed")) == 1
    assert run(counts(cast.lambeth)) == Counts(heard=1, told=1)
    assert browse("grace").post(decision("closed"), {"version": "4"}).status_code == 409
    version = stored(Concern.version)[0]["version"]
    assert browse("grace").post(decision("closed"), {"version": str(version)}).status_code == 303


def test_the_chair_sends_it_back_with_why(browse, cast, concern):
    propose(cast)
    assert browse("amara").post(CHAIRS, BACK).status_code == 303
    assert stage() == "in_triage"
    page = browse("grace").get(URL).text
    assert "Sent back" in page and BACK["why"] in page
    assert said(concern) == []
    assert {letter.to.address for letter in letters("concern.sent_back")} == {
        cast.people["grace"].email,
        cast.people["sol"].email,
    }
    propose(cast)
    assert [row["number"] for row in kept(Refusal.number)] == [1, 2]


def test_the_chair_sees_neither_the_number_nor_the_words_nor_who(browse, cast):
    for _ in range(3):
        raised(cast.lambeth)
    propose(cast, number=3)
    for path in ("/lambeth/refusals", CHAIRS, "/desk"):
        page = browse("amara").get(path).text
        assert "efusal 1" in page
        assert "/concerns/3" not in page and "LAM-C" not in page and "Kent" not in page
        assert [word for word in CANARIES if word in page] == []


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, "Choose whether you agree."),
        ({"answer": "perhaps"}, "Choose whether you agree."),
        ({"answer": "send_back", "why": " "}, "Write why, so that the secretariat"),
        ({"answer": "send_back", "why": "d" * 1001}, "1 characters too long"),
    ],
)
def test_the_chair_says_whether_and_why(browse, cast, concern, form, told):
    propose(cast)
    reply = browse("amara").post(CHAIRS, {"version": "1", **form})
    assert reply.status_code == 422
    assert told in reply.text and form.get("why", "").strip() in reply.text
    assert stage() == "in_triage"


@pytest.mark.parametrize("name", ["grace", "sol", "bilal", "claire", "owen", "hana"])
def test_only_the_chair_agrees(browse, cast, concern, name):
    propose(cast)
    for path in ("/lambeth/refusals", CHAIRS):
        assert browse(name).get(path).status_code == 403
    assert browse(name).post(CHAIRS, AGREE).status_code == 403
    assert stage() == "in_triage"


def test_the_chair_of_another_panel_finds_nothing(browse, cast, concern):
    propose(cast)
    assert browse("ruth").get(CHAIRS).status_code == 404
    assert browse("ruth").get("/hackney/refusals/1").status_code == 404
    assert browse("ruth").post("/hackney/refusals/1", AGREE).status_code == 404
    assert browse("amara").get("/lambeth/refusals/2").status_code == 404
    assert "efusal 1" not in browse("ruth").get("/hackney/refusals").text


def test_it_is_answered_once_and_the_second_keeps_their_words(browse, cast, concern):
    propose(cast)
    amara = browse("amara")
    assert [amara.post(CHAIRS, AGREE).status_code for _ in range(2)] == [303, 409]
    late = amara.post(CHAIRS, BACK)
    assert late.status_code == 409
    assert "Your text is kept." in late.text and BACK["why"] in late.text
    assert amara.post(CHAIRS, {**BACK, "version": "2"}).status_code == 409
    assert stage() == "not_taken_forward"


def test_two_answers_at_the_same_moment_keep_the_first(cast, concern):
    propose(cast)
    by = cast.seats["amara"]
    early, late = (run(find_refusal(by, 1)) for _ in range(2))
    run(refusals.agree(early, by=by))
    with pytest.raises(NotNow):
        run(refusals.send_back(late, by=by, why="No."))
    assert kept(Refusal.stage) == [{"stage": "agreed"}]


def test_it_is_proposed_once(cast, concern):
    propose(cast)
    with pytest.raises(NotNow, match="waits for the chair already"):
        propose(cast)
    assert len(kept(Refusal.id)) == 1


def test_two_proposals_at_the_same_moment_keep_the_first(cast, concern):
    early, late = concern_of(concern), concern_of(concern)
    by = cast.seats["grace"]
    run(refusals.propose(early, by=by, **REFUSAL))
    with pytest.raises((Stale, NotNow)):
        run(refusals.propose(late, by=by, **REFUSAL))
    assert len(kept(Refusal.id)) == 1


def test_another_decision_takes_it_back(browse, cast, concern):
    propose(cast)
    move(cast, "accepted")
    assert kept(Refusal.stage) == [{"stage": "taken_back"}]
    assert browse("amara").post(CHAIRS, AGREE).status_code == 404
    assert "efusal 1" not in browse("amara").get("/lambeth/refusals").text


def test_whoever_proposed_it_cannot_agree_to_it_in_another_seat(cast, concern):
    propose(cast)
    also = Seat(panel=cast.lambeth.id, person=cast.people["grace"].id, role=Role.CHAIR,
                since=today())  # fmt: skip
    run(Seat.insert(also).run())
    also.panel, also.person = cast.lambeth, cast.people["grace"]
    with pytest.raises(NotNow, match="You proposed this yourself"):
        run(refusals.agree(run(find_refusal(also, 1)), by=also))
    assert stage() == "in_triage"


# -- looked at again -------------------------------------------------------------------------------


def review(receipt) -> None:
    run(actions.ask_review(concern_of(receipt), today()))


def test_the_resident_asks_once_for_another_look(cast, concern):
    refuse(cast)
    assert run(queries.may_ask_review(concern_of(concern)))
    review(concern)
    assert stage() == "in_triage"
    assert not run(queries.may_ask_review(concern_of(concern)))
    (event,) = events("concern.review_asked", Event.seat, Event.facts)
    assert event == {"seat": None, "facts": "{}"}
    assert len(letters("concern.review_asked")) == 2


def test_a_second_review_is_refused(cast, concern):
    refuse(cast)
    review(concern)
    refuse(cast, by="sol")
    with pytest.raises(NotNow, match="looked at again once"):
        review(concern)
    assert stage() == "not_taken_forward"
    assert run(counts(cast.lambeth)) == Counts(heard=1, told=1)


def test_what_was_never_refused_is_not_reviewed(cast, concern):
    with pytest.raises(NotNow):
        review(concern)


@pytest.mark.parametrize(
    ("to", "form"),
    [
        ("accepted", {}),
        ("signposted", {"route": "liberty"}),
        ("not_taken_forward", REFUSAL),
    ],
)
def test_somebody_else_decides_the_second_time(browse, cast, concern, to, form):
    refuse(cast)
    review(concern)
    version = str(stored(Concern.version)[0]["version"])
    form = {"reply": "Quince jelly.", **form, "version": version}

    reply = browse("grace").post(decision(to), form)

    assert reply.status_code == 409
    assert "somebody else decides this time" in reply.text and form["reply"] in reply.text
    assert stage() == "in_triage"
    assert browse("sol").post(decision(to), form).status_code == 303


def test_where_there_is_nobody_else_one_person_decides_both_times(cast, concern):
    refuse(cast)
    review(concern)
    run(Seat.delete().where(Seat.id == cast.seats["sol"].id).run())
    move(cast, "accepted")
    assert stage() == "accepted"


def test_danger_is_never_held_up_by_who_decided_first(cast, concern):
    refuse(cast)
    review(concern)
    hold(cast, by="grace")
    assert stage() == "safeguarding_hold"


# -- lists -----------------------------------------------------------------------------------------


def many(cast, count):
    for _ in range(count):
        raised(cast.lambeth)
    last = stored(Concern.number)[-1]["number"]
    for number in range(last - count + 1, last + 1):
        refuse(cast, number=number)


def test_a_list_of_thirty_costs_no_more_than_a_list_of_one(browse, cast, asked):
    amara = browse("amara")
    many(cast, 1)
    asked.clear()
    amara.get("/lambeth/refusals")
    one = len(asked)
    many(cast, 29)
    asked.clear()
    assert amara.get("/lambeth/refusals").text.count('class="rec rec--one"') == 30
    assert one == len(asked) > 0


def test_what_is_erased_stays_as_a_number(browse, cast, concern):
    refuse(cast)
    run(ConcernKey.delete(force=True).run())
    page = browse("amara").get(CHAIRS)
    assert page.status_code == 200
    assert "This has been erased." in page.text
