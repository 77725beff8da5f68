"""The words of an earlier version come back, and those they replace are kept as a version too."""

import pytest
from conftest import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meetings.steps import events, facts

from minutes import steps
from minutes.test_taking_no_part import recuse
from scrutiny.agendas.tables import Item
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes.clearing import actions as clearing
from scrutiny.minutes.editing import actions
from scrutiny.minutes.editing.actions import Typed
from scrutiny.minutes.editions import must_be_true

from . import page
from .test_versions import type_on

PIECES = st.sampled_from(["One line.", "- a bullet", "**bold**", "", "## Head", "Ünïcode – “x”"])
TEXTS = st.lists(PIECES, max_size=4).map("\n".join)


def restoration(row, number: int = 1) -> str:
    return f"{steps.home(row)}/versions/{number}/restoration"


def restore(browse, row, number: int = 1, name: str = "grace", **more):
    found = browse(name).get(restoration(row, number))
    sent = steps.seen(found.text) if 'name="seen"' in found.text else {}
    return browse(name).post(restoration(row, number), sent | more)


def test_the_words_come_back_and_it_is_recorded(browse, cast):
    row = run(steps.drafted(cast))
    run(type_on(cast, row, "Other words."))
    drawn = browse("grace").get(restoration(row)).text
    assert "1 item changes." in drawn and "What cannot be restored" not in drawn
    reply = restore(browse, row)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{steps.home(row)}/draft")
    assert run(page.words())[1] == steps.NOTES == run(page.item()).notes
    assert run(page.numbers()) == [(1, "compiled"), (2, "edited"), (3, "restored")]
    assert run(events())[-1][0] == "minutes.restored"
    run(must_be_true(run(steps.stored()), row, cast.seats["grace"]))
    assert restore(browse, row, 2).status_code == 303
    assert run(page.words())[1] == "Other words."


def test_words_that_are_in_no_version_yet_are_kept_first(browse, cast):
    row = run(steps.drafted(cast))
    item = run(page.item())
    run(type_on(cast, row, "Second."))
    run(actions.keep(row, item.id, Typed("Typed since.", 9), by=cast.seats["grace"]))
    assert restore(browse, row).status_code == 303
    assert run(page.numbers())[2:] == [(3, "edited"), (4, "restored")]
    assert "Typed since." in browse("grace").get(f"{steps.home(row)}/versions/3").text


def test_an_item_that_is_gone_is_named_and_the_rest_comes_back(browse, cast):
    row = run(steps.drafted(cast))
    run(type_on(cast, row, "Hello.", "Welcome and apologies"))

    async def taken_off():
        async with write_tx():
            await Item.delete().where(Item.title == "Search records")

    run(taken_off())
    drawn = browse("grace").get(restoration(row)).text
    lost = drawn.split("What cannot be restored")[1].split("</ul>")[0]
    assert "Search records" in lost and "Welcome" not in lost
    assert restore(browse, row).status_code == 303
    assert run(page.words())[0] == "Amara opened the meeting."


def test_what_the_room_recorded_stays_and_is_named(browse, cast):
    row = run(steps.drafted(cast))
    run(type_on(cast, row, "Other words."))
    chidi = {cast.seats["chidi"].id: "present"}

    async def came():
        async with write_tx():
            await steps.actions.rewrite(row, steps.actions.Correction("", {}, chidi))

    run(came())
    grace = cast.seats["grace"]
    run(steps.actions.compile(row, by=grace))
    stays = browse("grace").get(restoration(row)).text.split("What stays as it is")[1]
    assert "Who was there" in stays.split("</ul>")[0]
    restore(browse, row)
    document = run(steps.document())
    assert document["items"][1]["notes"] == steps.NOTES
    assert "Chidi Eze" in [one["name"] for one in document["present"]]


def test_what_is_as_it_was_is_not_restored(browse, cast):
    row = run(steps.drafted(cast))
    assert "has these words already" in browse("grace").get(restoration(row)).text
    assert restore(browse, row).status_code == 409
    assert browse("grace").get(restoration(row, 7)).status_code == 404
    assert browse("grace").post(restoration(row, 7), {"seen": "1.1"}).status_code == 404
    assert run(page.numbers()) == [(1, "compiled")]


@pytest.mark.parametrize(("name", "status"), [("amara", 403), ("bilal", 403), ("dev", 404)])
def test_others_may_not_restore(browse, cast, name, status):
    row = run(steps.drafted(cast))
    run(type_on(cast, row, "Other words."))
    assert browse(name).get(restoration(row)).status_code == status
    assert browse(name).post(restoration(row), {"seen": "1.2"}).status_code == status
    assert run(page.words())[1] == "Other words."


def test_it_undoes_the_approval_only_with_the_tick(browse, cast):
    row = run(steps.circulated(cast))
    run(type_on(cast, row, "Other words."))
    run(steps.approve(cast, row))
    assert "the approval no longer counts" in browse("grace").get(restoration(row)).text
    reply = restore(browse, row)
    assert reply.status_code == 422 and "Tick this first" in reply.text
    assert run(page.stage()) == "approved"
    with pytest.raises(NotNow, match="Tick this first"):
        run(actions.restore(row, 1, by=cast.seats["grace"]))
    assert restore(browse, row, voids="yes").status_code == 303
    found = run(steps.stored())
    assert (found.stage, found.approved_by, found.approved_hash) == ("circulated", None, "")
    assert run(facts("minutes.restored"))["approval_undone"] is True


def test_not_while_they_are_about_to_be_published(browse, cast):
    row = run(steps.drafted(cast))
    run(type_on(cast, row, "Other words."))
    run(steps.to_the_table(cast, row))
    run(steps.approve(cast, row))
    run(clearing.clear(row, by=cast.seats["hana"]))
    run(clearing.publish(row, by=cast.seats["grace"]))
    assert browse("grace").get(restoration(row)).status_code == 409
    reply = browse("grace").post(restoration(row), {"voids": "yes", "seen": "1.9"})
    assert reply.status_code == 409 and run(page.stage()) == "releasing"


def test_of_two_who_restore_the_second_looks_again(browse, cast):
    row = run(steps.drafted(cast))
    run(type_on(cast, row, "Second."))
    late = steps.seen(browse("grace").get(restoration(row)).text)
    run(type_on(cast, row, "Third."))
    assert browse("grace").post(restoration(row), late).status_code == 409
    assert run(page.words())[1] == "Third."


def test_twice_is_once(browse, cast):
    row = run(steps.drafted(cast))
    run(type_on(cast, row, "Second."))
    sent = steps.seen(browse("grace").get(restoration(row)).text)
    replies = [browse("grace").post(restoration(row), sent) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [303, 303]
    assert len(run(page.numbers())) == 3


def test_an_item_in_which_they_take_no_part_stays_and_is_not_named(browse, cast):
    row = run(steps.drafted(cast))
    run(type_on(cast, row, "Other words."))
    run(type_on(cast, row, "Hello.", "Welcome and apologies"))
    run(recuse(cast, "grace", run(page.item()).id))
    drawn = browse("grace").get(restoration(row)).text
    assert "Search records" not in drawn and "1 item changes." in drawn
    assert restore(browse, row).status_code == 303
    assert run(page.words())[:2] == ["Amara opened the meeting.", "Other words."]


async def drafted_once(cast) -> Meeting:
    """The meeting of all examples, made with the first."""
    found = await steps.Minutes.objects().first()
    if found is None:
        return await steps.drafted(cast)
    return await Meeting.objects().get(Meeting.id == found.meeting)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=3))
def test_any_version_comes_back_as_it_was(cast, texts):
    """Whatever was typed in between. The draft goes on from one example to the next."""
    grace = cast.seats["grace"]

    async def go_round():
        row = await drafted_once(cast)
        before = await steps.stored()
        number = (await page.numbers())[-1][0]
        for words in texts:
            await type_on(cast, row, words)
        if (await steps.stored()).document != before.document:
            await actions.restore(row, number, by=grace)
        assert (await steps.stored()).document == before.document
        assert (await page.item()).notes == (await page.words())[1]
        await must_be_true(await steps.stored(), row, grace)
        await type_on(cast, row, texts[0])  # what the next example begins with

    run(go_round())
