"""Decisions are put, voted on and recorded under the panel's own rule; without a quorum none is."""

import pytest
from conftest import run
from meetings.steps import events

from scrutiny.room import actions
from scrutiny.room.deciding import actions as deciding
from scrutiny.room.queries import decisions_of
from scrutiny.voting.queries import counted, hands

from .steps import as_kept, declare, items, put, room, rules_of, sitting

HANDS = '{"clearances": {}, "before_active": [], "method": "show_of_hands"}'
SECRET = '{"clearances": {}, "before_active": [], "method": "secret"}'


def one(row, decision) -> str:
    return f"{room(row)}/decisions/{decision.id}"


def vote(browse, row, decision, **chosen) -> list[int]:
    return [
        browse(name).post(f"{one(row, decision)}/vote", {"choice": choice}).status_code
        for name, choice in chosen.items()
    ]


def test_put_voted_on_and_recorded(browse, cast):
    row = run(sitting(cast, "amara", "bilal", "chidi", "claire"))
    item = run(items(row))[0]
    path = f"{room(row)}/items/{item.id}/decisions"
    page = browse("grace").get(path).text
    assert "3 can take part and 2 are needed. This panel decides by consensus." in page

    reply = browse("grace").post(path, {"text": "The panel agreed to write."})

    assert (reply.status_code, run(events())[-1]) == (303, ("decision.put", False))
    where = reply.headers["location"]
    assert where in browse("bilal").get(room(row)).text
    for name in ("amara", "bilal", "chidi"):
        assert "Your vote" in browse(name).get(where).text
        assert browse(name).post(f"{where}/vote", {"choice": "for"}).status_code == 303
        assert "You have voted." in browse(name).get(where).text
    assert "Your vote" not in browse("claire").get(where).text
    assert browse("grace").post(f"{where}/result").status_code == 303
    page = browse("bilal").get(where).text
    assert "Carried" in page and "Bilal Hussain: I agree" in page
    assert run(events())[-1] == ("decision.closed", False)
    [found] = run(decisions_of(row))
    assert found == (
        item.id, False, "The panel agreed to write.", "carried", "consensus", "carried",
        {"for": 3, "against": 0, "abstain": 0}, 3, 2, [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("method", "chosen", "stage", "result"),
    [
        ("consensus", {"amara": "for", "bilal": "against"}, "lost", "lost"),
        ("consensus", {"amara": "for", "bilal": "abstain"}, "carried", "carried"),
        ("show_of_hands", {"amara": "for", "bilal": "against"}, "lost", "tied"),
        ("show_of_hands", {"amara": "for", "bilal": "for", "chidi": "against"}, "carried",
         "carried"),
        ("secret", {"amara": "for", "bilal": "against", "chidi": "against"}, "lost", "lost"),
        ("secret", {}, "lost", "lost"),
    ],
)  # fmt: skip
def test_under_the_panels_own_method(browse, cast, method, chosen, stage, result):
    run(rules_of(cast, HANDS.replace("show_of_hands", method)))
    row = run(sitting(cast, "amara", "bilal", "chidi"))
    decision = run(put(row, cast, run(items(row))[0]))
    assert set(vote(browse, row, decision, **chosen)) <= {303}
    assert browse("grace").post(f"{one(row, decision)}/result").status_code == 303
    kept, poll = run(as_kept(decision))
    assert (kept.stage, poll.result, poll.method) == (stage, result, method)
    page = browse("bilal").get(one(row, decision)).text
    assert ("a tie carries nothing" in page) is (result == "tied")


def test_a_secret_vote_shows_nothing_before_it_is_closed_and_nobody_after(browse, cast):
    run(rules_of(cast, SECRET))
    row = run(sitting(cast, "amara", "bilal", "chidi"))
    decision = run(put(row, cast, run(items(row))[0]))
    vote(browse, row, decision, amara="for", bilal="against")
    for name in ("grace", "amara", "claire"):
        page = browse(name).get(one(row, decision)).text
        assert "2 have voted." in page and "govuk-table" not in page
    sent = {f"hand-{cast.seats['chidi'].id}": "for"}
    told = browse("grace").post(f"{one(row, decision)}/hands", sent)
    assert told.status_code == 409 and "each member votes for themselves" in told.text
    browse("grace").post(f"{one(row, decision)}/result")
    page = browse("amara").get(one(row, decision)).text
    assert "govuk-table" in page and "Bilal Hussain" not in page
    _, poll = run(as_kept(decision))
    assert run(counted(poll)) == {"for": 1, "against": 1, "abstain": 0}
    assert run(hands(poll)) == []


def test_hands_are_entered_for_those_without_a_device(browse, cast):
    run(rules_of(cast, HANDS))
    row = run(sitting(cast, "amara", "bilal", "chidi"))
    decision = run(put(row, cast, run(items(row))[0]))
    vote(browse, row, decision, amara="for")
    page = browse("grace").get(one(row, decision)).text
    assert f"hand-{cast.seats['bilal'].id}" in page
    assert f"hand-{cast.seats['amara'].id}" not in page
    sent = {f"hand-{cast.seats[name].id}": "against" for name in ("amara", "bilal", "chidi")}
    assert browse("grace").post(f"{one(row, decision)}/hands", sent).status_code == 303
    _, poll = run(as_kept(decision))
    assert run(counted(poll)) == {"for": 1, "against": 2, "abstain": 0}
    assert run(events())[-1][0] == "decision.hands_entered"


def test_a_vote_is_cast_once_and_by_those_who_are_here(browse, cast):
    row = run(sitting(cast, "amara", "bilal", "chidi"))
    decision = run(put(row, cast, run(items(row))[0]))
    assert vote(browse, row, decision, bilal="for") == [303]
    again = browse("bilal").post(f"{one(row, decision)}/vote", {"choice": "against"})
    assert again.status_code == 409 and "You have voted already." in again.text
    assert vote(browse, row, decision, amara="") == [422]
    assert vote(browse, row, decision, amara="perhaps") == [409]
    run(actions.leave(row, cast.seats["chidi"].id, by=cast.seats["grace"]))
    told = browse("chidi").post(f"{one(row, decision)}/vote", {"choice": "for"})
    assert told.status_code == 409 and "not recorded as somebody who is here" in told.text
    sent = {f"hand-{cast.seats['chidi'].id}": "for"}
    assert browse("grace").post(f"{one(row, decision)}/hands", sent).status_code == 409
    run(actions.arrive(row, cast.seats["chidi"].id, by=cast.seats["grace"]))
    assert vote(browse, row, decision, chidi="for", claire="for", grace="for", dev="for") == [
        303, 403, 403, 404,
    ]  # fmt: skip


def test_who_came_after_it_was_put_does_not_vote_on_it(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    decision = run(put(row, cast, run(items(row))[0]))
    run(actions.arrive(row, cast.seats["chidi"].id, by=cast.seats["grace"]))
    assert "Your vote" not in browse("chidi").get(one(row, decision)).text
    assert vote(browse, row, decision, chidi="for") == [404]


def test_without_a_quorum_nothing_is_put_and_nothing_decided(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item, other, *_ = run(items(row))
    decision = run(put(row, cast, item))
    vote(browse, row, decision, amara="for")
    run(actions.leave(row, cast.seats["bilal"].id, by=cast.seats["grace"]))
    words = "There is no quorum: 1 of the 2 members needed can take part."
    told = browse("grace").post(f"{one(row, decision)}/result")
    assert told.status_code == 409 and words in told.text
    assert "Close the vote" not in browse("grace").get(one(row, decision)).text
    assert run(as_kept(decision))[0].stage == "put"

    path = f"{room(row)}/items/{other.id}/decisions"
    assert words in browse("grace").get(path).text
    reply = browse("grace").post(path, {"text": "My words are kept."})
    assert reply.status_code == 409
    assert words in reply.text and "My words are kept." in reply.text
    notes = {"notes": "The meeting went on.", "version": str(other.version)}
    saved = browse("grace").post(f"{room(row)[:-5]}/notes/{other.id}", notes)
    assert saved.status_code == 303

    run(actions.arrive(row, cast.seats["bilal"].id, by=cast.seats["grace"]))
    assert browse("grace").post(f"{one(row, decision)}/result").status_code == 303


def test_a_recusal_can_cost_the_quorum_of_one_item_alone(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item, other, *_ = run(items(row))
    decision = run(put(row, cast, item))
    run(declare(row, cast, item, "bilal"))
    assert browse("grace").post(f"{one(row, decision)}/result").status_code == 409
    reply = browse("grace").post(f"{room(row)}/items/{other.id}/decisions", {"text": "Agreed."})
    assert reply.status_code == 303


def test_a_secret_vote_is_void_when_somebody_who_voted_is_recused(browse, cast):
    run(rules_of(cast, SECRET))
    row = run(sitting(cast, "amara", "bilal", "chidi"))
    item = run(items(row))[0]
    decision = run(put(row, cast, item))
    vote(browse, row, decision, bilal="for")
    run(declare(row, cast, item, "bilal"))
    assert "This vote is void" in browse("amara").get(one(row, decision)).text
    told = browse("grace").post(f"{one(row, decision)}/result")
    assert told.status_code == 409 and "This vote is void" in told.text
    assert browse("grace").post(f"{one(row, decision)}/withdrawal").status_code == 303
    assert run(as_kept(decision))[0].stage == "withdrawn"
    assert run(decisions_of(row)) == []


def test_withdrawn_before_it_is_decided(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    decision = run(put(row, cast, run(items(row))[0]))
    assert browse("amara").post(f"{one(row, decision)}/withdrawal").status_code == 303
    assert run(events())[-1] == ("decision.withdrawn", False)
    for path in ("withdrawal", "result"):
        reply = browse("grace").post(f"{one(row, decision)}/{path}")
        assert reply.status_code == 409 and "decided or withdrawn already" in reply.text
    assert vote(browse, row, decision, bilal="for") == [409]


def test_two_who_close_it_at_once(cast):
    row = run(sitting(cast, "amara", "bilal"))
    decision = run(put(row, cast, run(items(row))[0]))
    run(deciding.close(row, decision.id, by=cast.seats["grace"]))
    with pytest.raises(deciding.NotNow):
        run(deciding.close(row, decision.id, by=cast.seats["amara"]))
    assert [what for what, _ in run(events())].count("decision.closed") == 1


@pytest.mark.parametrize(
    ("named", "shown", "kept"),
    [("yes", "Bilal Hussain wrote:", "Bilal Hussain"), ("no", "A member who is not named", "")],
)
def test_dissent_is_kept_with_it(browse, cast, named, shown, kept):
    row = run(sitting(cast, "amara", "bilal", "chidi"))
    decision = run(put(row, cast, run(items(row))[0]))
    vote(browse, row, decision, amara="for", chidi="for", bilal="abstain")
    browse("grace").post(f"{one(row, decision)}/result")
    path = f"{one(row, decision)}/dissent"
    assert browse("bilal").post(path, {"dissent": "My words"}).status_code == 422
    sent = {"dissent": "It is too soon.", "named": named, "form_key": "once"}
    for _ in range(2):
        assert browse("bilal").post(path, sent).status_code == 303
    page = browse("claire").get(one(row, decision)).text
    assert shown in page and page.count("It is too soon.") == 1
    assert run(decisions_of(row))[0].dissents == [(kept, "It is too soon.")]
    for name, status in (("grace", 403), ("claire", 403), ("dev", 404)):
        assert browse(name).post(path, sent | {"form_key": name}).status_code == status


def test_what_is_missing_is_asked_for(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    path = f"{room(row)}/items/{run(items(row))[0].id}/decisions"
    assert browse("grace").post(path, {"text": " "}).status_code == 422
    long = browse("grace").post(path, {"text": "x" * 501})
    assert long.status_code == 422 and "x" * 501 in long.text
    sent = {"text": "Agreed.", "form_key": "once"}
    first, again = (browse("grace").post(path, sent).headers["location"] for _ in range(2))
    assert first == again and len(run(decisions_of(row))) == 1


@pytest.mark.parametrize("known", ["x", "00000000-0000-7000-8000-000000000000"])
def test_what_is_not_there(browse, cast, known):
    row = run(sitting(cast, "amara", "bilal"))
    where = f"{room(row)}/decisions/{known}"
    assert browse("bilal").get(where).status_code == 404
    assert browse("bilal").post(f"{where}/vote", {"choice": "for"}).status_code == 404
    assert browse("grace").post(f"{where}/result").status_code == 404
    path = f"{room(row)}/items/{known}/decisions"
    assert browse("grace").get(path).status_code == 404
    assert browse("grace").post(path, {"text": "Agreed."}).status_code == 404


def test_who_may_not(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[0]
    decision = run(put(row, cast, item))
    for name, status in (("bilal", 403), ("claire", 403), ("hana", 403), ("dev", 404)):
        path = f"{room(row)}/items/{item.id}/decisions"
        assert browse(name).get(path).status_code == status
        assert browse(name).post(path, {"text": "Mine."}).status_code == status
        for deed in ("hands", "result", "withdrawal"):
            assert browse(name).post(f"{one(row, decision)}/{deed}").status_code == status
    assert run(as_kept(decision))[0].stage == "put"


def test_a_vote_that_waits_stands_first_in_the_room_and_on_the_desk(browse, cast):
    row = run(sitting(cast, "amara", "bilal", "claire"))
    decision = run(put(row, cast, run(items(row))[0], "To ask the force for cards."))
    said, link = "Vote on: To ask the force for cards.", f'href="{one(row, decision)}"'
    for name in ("amara", "bilal"):
        now = browse(name).get(room(row)).text.split("room__now")[1].split("</section>")[0]
        assert said in now and link in now
        assert said in browse(name).get("/desk").text
    for name in ("claire", "grace"):
        assert said not in browse(name).get(room(row)).text
        assert said not in browse(name).get("/desk").text
    vote(browse, row, decision, bilal="for")
    assert said not in browse("bilal").get(room(row)).text
    assert said not in browse("bilal").get("/desk").text


def test_how_it_came_out_stands_before_what_was_put(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    for wish, words in (("for", "Agreed: To write."), ("against", "Not agreed: To write.")):
        decision = run(put(row, cast, run(items(row))[0], "To write."))
        assert "greed: To write." not in browse("bilal").get(one(row, decision)).text
        vote(browse, row, decision, amara=wish, bilal=wish)
        browse("grace").post(f"{one(row, decision)}/result")
        assert words in browse("bilal").get(one(row, decision)).text
        assert words in browse("bilal").get(room(row)).text


def test_a_vote_with_nothing_chosen_is_asked_for(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    decision = run(put(row, cast, run(items(row))[0]))
    reply = browse("bilal").post(f"{one(row, decision)}/vote", {"choice": ""})
    assert reply.status_code == 422 and "Choose how you vote." in reply.text
