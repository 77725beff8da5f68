"""Whoever declares an interest is out of the item from the next request on, in everything."""

import pytest
from agendas.steps import case
from conftest import run
from meetings.steps import events, facts

from scrutiny.agendas import actions as agenda
from scrutiny.agendas.tables import Item
from scrutiny.kit.db import write_tx
from scrutiny.membership.interests.recusals import recused
from scrutiny.membership.interests.tables import Recusal
from scrutiny.recommendations import actions as asking
from scrutiny.room import actions
from scrutiny.room.queries import declarations_of, quorum_for
from scrutiny.room.tables import Lifting

from .steps import as_kept, declare, home, items, meeting, put, room, sitting

TYPED = {"how": "left_room", "text": "My cousin was there."}


def path_of(row, item) -> str:
    return f"{room(row)}/items/{item.id}/interest"


async def kept() -> list[tuple]:
    rows = await Recusal.select().order_by(Recusal.at)
    return [(row["kind"], row["how"], row["lifted"] is None) for row in rows]


def test_declared_and_gone_at_once(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[2]
    bilal = browse("bilal")
    page = bilal.get(path_of(row, item)).text
    assert "Cases" in page and "Whose interest it is" not in page

    reply = bilal.post(path_of(row, item), TYPED)

    assert (reply.status_code, reply.headers["location"]) == (303, room(row))
    assert run(kept()) == [("item", "left_room", True)]
    assert run(events())[-1] == ("interest.declared", False)
    assert run(facts("interest.declared")) == {
        "of": str(cast.seats["bilal"].id), "how": "left_room", "things": 1,
    }  # fmt: skip
    assert bilal.get(path_of(row, item)).status_code == 404
    assert str(item.id) not in bilal.get(room(row)).text
    page = browse("grace").get(room(row)).text
    assert "Bilal Hussain takes no part in item 3." in " ".join(page.split())
    assert run(quorum_for(row, item)).recused == ("Bilal Hussain",)
    assert not run(quorum_for(row, item)).quorate and run(quorum_for(row, None)).quorate
    [said] = run(declarations_of(row))
    assert (said.item, said.closed) == (item.id, False)
    assert said.sentence.startswith("Bilal Hussain declared an interest: My cousin was there.")


def test_it_takes_in_the_case_and_the_recommendation(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    looked_at = run(case(cast, month="2026-05"))
    run(agenda.add_case(row, 1, by=cast.seats["grace"]))
    asked = run(asking.draft(by=cast.seats["grace"], title="Ask", text="Ask.", reason="Why."))
    on_case = next(one for one in run(items(row)) if one.case is not None and one.case.id)
    on_asked = run(items(row))[0]

    async def link() -> None:
        about = {Item.kind: "recommendation", Item.ref: asked.number, Item.about: asked.id}
        async with write_tx():
            await Item.update(about).where(Item.id == on_asked.id)

    run(link())
    browse("bilal").post(path_of(row, on_case), TYPED)
    browse("bilal").post(path_of(row, on_asked), TYPED)
    found = run(recused(cast.seats["bilal"]))
    assert found == {on_case.id, looked_at.id, on_asked.id, asked.id}
    assert browse("bilal").get("/lambeth/cases/1").status_code == 404
    assert "Search record 1" in browse("amara").get("/lambeth/cases").text
    assert "Search record 1" not in browse("bilal").get("/lambeth/cases").text


def test_for_somebody_who_says_so_aloud(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[0]
    grace = browse("grace")
    assert "Whose interest it is" in grace.get(path_of(row, item)).text
    assert grace.post(path_of(row, item), TYPED).status_code == 422
    reply = grace.post(path_of(row, item), {**TYPED, "person": str(cast.seats["bilal"].id)})
    assert reply.status_code == 303
    assert str(item.id) not in browse("bilal").get(room(row)).text
    assert grace.get(path_of(row, item)).status_code == 200
    again = grace.post(path_of(row, item), {**TYPED, "person": str(cast.seats["bilal"].id)})
    assert again.status_code == 409
    assert "Bilal Hussain takes no part in this item already." in again.text


def test_a_member_declares_for_nobody_else(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[0]
    browse("bilal").post(path_of(row, item), {**TYPED, "person": str(cast.seats["amara"].id)})
    assert run(recused(cast.seats["amara"])) == frozenset()
    assert item.id in run(recused(cast.seats["bilal"]))


def test_what_is_missing_is_asked_for_and_words_are_kept(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[0]
    reply = browse("bilal").post(path_of(row, item), {"text": "My own words"})
    assert reply.status_code == 422
    assert "My own words" in reply.text and "Choose what they do" in reply.text
    assert run(kept()) == []


def test_the_same_form_twice_is_once(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[0]
    for _ in range(2):
        reply = browse("bilal").post(path_of(row, item), {**TYPED, "form_key": "once"})
        assert (reply.status_code, reply.headers["location"]) == (303, room(row))
    assert len(run(kept())) == 1


def test_it_takes_them_out_of_an_open_vote(browse, cast):
    row = run(sitting(cast, "amara", "bilal", "chidi"))
    item = run(items(row))[0]
    decision = run(put(row, cast, item))
    path = f"{room(row)}/decisions/{decision.id}"
    browse("bilal").post(f"{path}/vote", {"choice": "for"})
    browse("bilal").post(path_of(row, item), TYPED)
    assert browse("bilal").get(path).status_code == 404
    assert browse("bilal").post(f"{path}/vote", {"choice": "for"}).status_code == 404
    _, poll = run(as_kept(decision))
    assert str(cast.seats["bilal"].id) not in poll.electors
    assert "Bilal Hussain: " not in browse("amara").get(path).text


@pytest.mark.parametrize("stage", ["scheduled", "held"])
def test_until_the_meeting_is_over(browse, cast, stage):
    row = run(meeting(cast, stage))
    reply = browse("bilal").post(path_of(row, run(items(row))[0]), TYPED)
    assert reply.status_code == (303 if stage == "scheduled" else 409)


def test_who_may_not(browse, cast):
    row = run(sitting(cast, "amara"))
    item = run(items(row))[0]
    for name, status in (("claire", 403), ("owen", 403), ("hana", 403), ("dev", 404)):
        assert browse(name).get(path_of(row, item)).status_code == status
        assert browse(name).post(path_of(row, item), TYPED).status_code == status
    assert run(kept()) == []


# -- let back in ----------------------------------------------------------------------------------


def lifting(row) -> str:
    async def newest() -> str:
        return str((await Recusal.select(Recusal.id).first())["id"])

    return f"{room(row)}/recusals/{run(newest())}/lifting"


def test_the_chair_lets_them_take_part_again(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[0]
    run(declare(row, cast, item, "bilal"))
    path = lifting(row)
    assert path in browse("amara").get(room(row)).text
    assert "My cousin was there." in browse("amara").get(path).text
    asked = browse("amara").post(path, {"reason": " "})
    assert asked.status_code == 422 and "Say why they may take part again." in asked.text
    reply = browse("amara").post(path, {"reason": "It was another street."})
    assert (reply.status_code, run(events())[-1][0]) == (303, "interest.lifted")
    assert str(item.id) in browse("bilal").get(room(row)).text
    assert run(quorum_for(row, item)).quorate
    assert [one["reason"] for one in run(all_of(Lifting))] == ["It was another street."]
    assert len(run(declarations_of(row))) == 1
    assert browse("amara").post(path, {"reason": "Again."}).status_code == 404
    run(declare(row, cast, item, "bilal"))
    assert run(kept()) == [("item", "left_room", True)]


async def all_of(table) -> list[dict]:
    return await table.select()


def test_nobody_lets_themselves_back_in(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[0]
    run(declare(row, cast, item, "amara"))
    path = lifting(row)
    assert browse("amara").get(path).status_code == 404
    assert browse("amara").post(path, {"reason": "Mine."}).status_code == 404
    for name, status in (("grace", 403), ("bilal", 403), ("claire", 403), ("dev", 404)):
        assert browse(name).post(path, {"reason": "Theirs."}).status_code == status
    assert item.id in run(recused(cast.seats["amara"]))


def test_a_closed_item_says_so_to_the_minutes(cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[0]

    async def shut() -> None:
        async with write_tx():
            await Item.update({Item.part: "B"}).where(Item.id == item.id)

    run(shut())
    run(declare(row, cast, item, "bilal"))
    assert [one.closed for one in run(declarations_of(row))] == [True]


def test_the_page_of_a_meeting_that_is_not_there(browse, cast):
    row = run(meeting(cast, days=21))
    gone = home(row).replace(row.date.isoformat(), "2020-01-01")
    assert browse("bilal").get(f"{gone}/room").status_code == 404


def test_while_the_item_runs_it_is_told_in_the_present_and_they_are_not_here(browse, cast):
    row = run(sitting(cast, "amara", "bilal", "chidi"))
    item, grace = run(items(row))[2], cast.seats["grace"]
    run(actions.start(row, item.id, by=grace))
    assert "Here (3)" in browse("grace").get(room(row)).text
    browse("bilal").post(path_of(row, item), TYPED)
    page = browse("grace").get(room(row)).text
    assert "Bilal Hussain leaves the room and takes no part in this item." in page
    assert "Here (2)" in page and "Out for this item (1)" in page
    run(actions.finish(row, item.id, by=grace))
    page = browse("grace").get(room(row)).text
    assert "Bilal Hussain left the room and took no part in this item." in page
    assert "Here (3)" in page and "Out for this item" not in page
