"""A hold for the law: one custodian proposes, another agrees, and on its last day it is over."""

import re
from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import counted_queries

from concerns.retention.steps import old, recorded, round_of, stage_of
from concerns.steps import concern_of, letters, raised
from scrutiny.concerns import parts
from scrutiny.concerns.retention import holds
from scrutiny.concerns.retention.queries import is_held
from scrutiny.concerns.retention.tables import Erasure, Hold
from scrutiny.concerns.rules import MOVES, Stage
from scrutiny.concerns.tables import ConcernKey
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import advance

HOLD = "/lambeth/concerns/1/hold"
DECISION = f"{HOLD}/decision"
LIST = "/lambeth/retention"


def proposal(days=100, **changes):
    until = (today() + timedelta(days=days)).isoformat()
    return {"why": "court", "until": until, "form_key": "k", **changes}


def kept():
    return run(Hold.select().order_by(Hold.id).run())


def decision(deed, **changes):
    [row] = kept()
    return {"hold": str(row["id"]), "version": str(row["version"]), "decision": deed, **changes}


@pytest.fixture
def proposed(concern, browse):
    assert browse("grace").post(HOLD, proposal()).status_code == 303
    return concern


@pytest.fixture
def agreed(proposed, browse):
    assert browse("hana").post(DECISION, decision("agree")).status_code == 303
    return proposed


# -- to propose ------------------------------------------------------------------------------------


def test_a_proposal_is_kept_recorded_and_told_to_the_other_custodian(concern, browse, cast):
    reply = browse("grace").post(HOLD, proposal())
    assert (reply.status_code, reply.headers["location"]) == (303, HOLD)
    [row] = kept()
    assert (row["why"], row["stage"], row["proposed"]) == ("court", "proposed", today())
    assert row["until"] == today() + timedelta(days=100)
    assert row["proposed_by"] == cast.seats["grace"].id
    assert recorded("hold.proposed") == 1
    [letter] = letters("hold.proposed")
    assert letter.to.address == "hana@panel.test"
    assert letter.words.text.endswith("/lambeth/retention\n")
    assert "court" not in letter.words.text + letter.words.subject
    assert run(is_held(concern_of(concern)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"why": ""}, "Choose why it has to be kept."),
        ({"why": "spite"}, "Choose why it has to be kept."),
        ({"until": ""}, "Enter the last day of the hold"),
        ({"until": "soon"}, "Enter the last day of the hold"),
        ({"until": "2020-01-01"}, "today or later"),
        ({"until": "2999-01-01"}, "at most 12 months"),
    ],
)
def test_it_asks_for_what_is_missing_and_keeps_the_rest(concern, browse, changes, said):
    reply = browse("grace").post(HOLD, proposal(**changes))
    assert reply.status_code == 422
    assert said in reply.text
    if changes.get("why") is None:
        assert re.search(r'value="court"\s+checked', reply.text)
    assert kept() == []


@pytest.mark.parametrize("name", ["amara", "bilal", "claire", "owen", "sol"])
def test_only_custodians_hold(concern, browse, name):
    assert browse(name).post(HOLD, proposal()).status_code == 403
    assert browse(name).post(DECISION, {}).status_code == 403
    assert browse(name).get(HOLD).status_code == browse(name).get(LIST).status_code == 403
    assert kept() == []


def test_who_is_not_of_the_panel_finds_nothing(concern, browse):
    assert browse("dev").get(HOLD).status_code == browse("ruth").get(LIST).status_code == 404
    assert browse("grace").get("/lambeth/concerns/9/hold").status_code == 404
    assert browse().get(LIST).status_code == 303


def test_a_second_proposal_waits_for_the_first_and_keeps_what_was_typed(proposed, browse):
    reply = browse("hana").post(HOLD, proposal(why="inquest", form_key="other"))
    assert reply.status_code == 409
    assert "already waits for a second custodian" in reply.text
    assert len(kept()) == 1


def test_the_same_form_twice_is_one_proposal(concern, browse):
    first = browse("grace").post(HOLD, proposal())
    run(Hold.update({Hold.stage: "declined"}).where(Hold.stage == "proposed").run())
    second = browse("grace").post(HOLD, proposal())
    assert (first.status_code, second.status_code) == (303, 303)
    assert len(kept()) == 1


def test_what_is_erased_cannot_be_held(concern, browse):
    run(ConcernKey.delete(force=True).run())
    reply = browse("grace").post(HOLD, proposal())
    assert reply.status_code == 409
    assert kept() == []
    assert "Propose a hold" not in browse("grace").get(HOLD).text


@pytest.mark.parametrize("how", ["declined", "lapsed"])
def test_nobody_keeps_it_back_alone_by_proposing_again_and_again(concern, browse, how):
    browse("grace").post(HOLD, proposal())
    if how == "declined":
        browse("hana").post(DECISION, decision("decline"))
    else:
        run(holds.end_holds(today() + timedelta(days=15)))
    reply = browse("grace").post(HOLD, proposal() | {"form_key": "another"})
    assert reply.status_code == 409
    assert "nobody keeps anything back alone" in reply.text
    assert browse("hana").post(HOLD, proposal() | {"form_key": "hers"}).status_code == 303
    assert [one["stage"] for one in kept()].count("proposed") == 1


# -- to agree, or not ------------------------------------------------------------------------------


def test_another_custodian_agrees(proposed, browse, cast):
    reply = browse("hana").post(DECISION, decision("agree"))
    assert (reply.status_code, reply.headers["location"]) == (303, HOLD)
    [row] = kept()
    assert (row["stage"], row["agreed_by"]) == ("agreed", cast.seats["hana"].id)
    assert recorded("hold.agreed") == 1
    page = browse("grace").get(HOLD).text
    assert "Proposed by Grace Mensah" in page
    assert "Agreed by Hana Suleiman" in page


def test_nobody_agrees_with_themself(proposed, browse):
    reply = browse("grace").post(DECISION, decision("agree"))
    assert reply.status_code == 409
    assert "nobody decides this alone" in reply.text
    assert kept()[0]["stage"] == "proposed"


def test_what_was_announced_is_announced_no_more(cast, browse):
    old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, 190)
    round_of()
    assert "erased on" in browse("hana").get(LIST).text
    browse("grace").post(HOLD, proposal())
    browse("hana").post(DECISION, decision("agree"))
    assert run(Erasure.select().run()) == []


def test_not_agreed_is_no_hold(proposed, browse):
    assert browse("hana").post(DECISION, decision("decline")).status_code == 303
    assert kept()[0]["stage"] == "declined"
    assert not run(is_held(concern_of(proposed)))
    assert recorded("hold.declined") == 1


def test_who_proposed_may_take_it_back(proposed, browse):
    assert browse("grace").post(DECISION, decision("decline")).status_code == 303
    assert kept()[0]["stage"] == "declined"


@pytest.mark.parametrize("deed", ["agree", "decline"])
def test_what_is_agreed_cannot_be_agreed_again(agreed, browse, deed):
    assert browse("hana").post(DECISION, decision(deed)).status_code == 409


def test_who_comes_second_is_told(proposed, browse):
    first = decision("agree")
    browse("hana").post(DECISION, decision("decline"))
    reply = browse("hana").post(DECISION, first)
    assert reply.status_code == 409
    assert "Somebody else changed this a moment ago" in reply.text
    assert "Not agreed" in reply.text


@pytest.mark.parametrize("changes", [{"hold": "x"}, {"hold": "0" * 32}, {"hold": ""}])
def test_a_hold_that_is_not_there_is_not_found(proposed, browse, changes):
    assert browse("hana").post(DECISION, decision("agree", **changes)).status_code == 404


def test_the_hold_of_another_concern_is_not_found(proposed, browse, cast):
    raised(cast.lambeth)
    reply = browse("hana").post("/lambeth/concerns/2/hold/decision", decision("agree"))
    assert reply.status_code == 404


def test_a_decision_that_is_none_is_asked_for(proposed, browse):
    assert browse("hana").post(DECISION, decision("burn")).status_code == 422


# -- its end ---------------------------------------------------------------------------------------


def test_lifting_is_confirmed_and_recorded(agreed, browse):
    reply = browse("hana").post(DECISION, decision("lift"))
    assert reply.status_code == 422
    assert "Tick the box if nothing needs it any more." in reply.text
    assert browse("hana").post(DECISION, decision("lift", sure="yes")).status_code == 303
    assert kept()[0]["stage"] == "lifted"
    assert recorded("hold.lifted") == 1
    assert not run(is_held(concern_of(agreed)))


def end_holds(days):
    return run(holds.end_holds(today() + timedelta(days=days)))


def test_it_is_over_the_day_after_its_last(agreed):
    assert end_holds(100) == 0
    assert end_holds(101) == 1
    assert end_holds(101) == 0
    assert kept()[0]["stage"] == "ended"
    assert recorded("hold.ended") == 1


def test_a_proposal_that_nobody_agrees_to_lapses_after_fourteen_days(proposed):
    assert end_holds(14) == 0
    assert end_holds(15) == 1
    assert kept()[0]["stage"] == "ended"


def withdrawn(receipt):
    """Taken back while the law wants it kept: hidden at once, erased later."""

    async def back():
        async with write_tx():
            concern = concern_
            await advance(concern, MOVES, Stage.WITHDRAWN)

    concern_ = concern_of(receipt)
    run(back())


@pytest.mark.parametrize("how", ["lifted", "over"])
def test_what_was_taken_back_meanwhile_is_erased_the_moment_the_hold_ends(agreed, browse, how):
    withdrawn(agreed)
    assert run(parts.key_of(concern_of(agreed).id))
    assert round_of().erased == 0
    if how == "lifted":
        browse("hana").post(DECISION, decision("lift", sure="yes"))
    else:
        end_holds(101)
    assert run(ConcernKey.select().run()) == []
    assert stage_of(agreed) == Stage.WITHDRAWN
    assert recorded("concern.erased") == 1


def test_an_old_hold_cannot_be_agreed(concern, cast):
    async def agree():
        concern_ = await holds.Concern.objects(holds.Concern.panel).first()
        await holds.propose(concern_, by=cast.seats["grace"], why="court", until=today())
        await Hold.update({Hold.until: today() - timedelta(days=1)}, force=True)
        hold = await Hold.objects().first()
        with pytest.raises(NotNow):
            await holds.agree(hold, concern_, by=cast.seats["hana"])

    run(agree())


# -- the list --------------------------------------------------------------------------------------


def test_with_nothing_to_list_it_says_so(cast, browse):
    page = browse("hana").get(LIST).text
    assert "Nothing is erased in the next 14 days." in page
    assert "Nothing is held." in page
    assert "6 months" in page


def test_it_lists_what_waits_what_is_held_and_what_goes(proposed, browse, cast):
    old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, 190)
    old(cast.lambeth, Stage.SUBMITTED, 1)
    run(Hold.update({Hold.stage: "agreed"}, force=True).run())
    round_of()
    page = browse("grace").get(LIST).text
    assert re.findall(r"concerns/([0-9]+)/hold", page) == ["2", "1"]
    assert "A court has ordered that it is kept" in page
    assert "Zebedee" not in page


def test_lists_ask_as_often_for_thirty_rows_as_for_one(cast, browse, monkeypatch):
    old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, 190)
    round_of()
    reader = browse("grace")
    with counted_queries(monkeypatch) as few:
        assert reader.get(LIST).text.count("erased on") == 1
    for _ in range(29):
        old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, 190)
    round_of()
    with counted_queries(monkeypatch) as many:
        assert reader.get(LIST).text.count("erased on") == 30
    assert len(few) == len(many)


def test_the_list_is_paged_by_its_place(cast, browse, monkeypatch):
    monkeypatch.setattr("scrutiny.concerns.queries.PAGE", 2)
    monkeypatch.setattr("scrutiny.concerns.retention.queries.PAGE", 2)
    for _ in range(3):
        old(cast.lambeth, Stage.NOT_TAKEN_FORWARD, 190)
    round_of()
    first = browse("hana").get(LIST).text
    [following] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = browse("hana").get(following).text
    assert [text.count("erased on") for text in (first, second)] == [2, 1]
    assert browse("hana").get(f"{LIST}?after=nowhere").status_code == 404
    assert browse("hana").get(f"{LIST}?held=nowhere").status_code == 404
