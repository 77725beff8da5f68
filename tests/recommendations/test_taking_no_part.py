"""What somebody takes no part in is gone for them: page, list, figures, forms and letters."""

import pytest
from conftest import run
from meetings.steps import letters

from recommendations.steps import HOME, TITLE, asked, item, meeting, stored
from scrutiny.agendas.tables import Item
from scrutiny.cases.tables import Case
from scrutiny.kit.clock import now
from scrutiny.kit.db import write_tx
from scrutiny.membership.interests.tables import Recusal
from scrutiny.recommendations import actions
from scrutiny.recommendations.tables import Recommendation

FORMS = ("draft", "agreement", "issue", "closure")


async def recuse(cast, name: str, about, *, lifted: bool = False) -> None:
    row = Recusal(
        panel=cast.lambeth.id, person=cast.people[name].id, about=about, kind="recommendation",
        how="left_room", sentence="Declared.", at=now(), lifted=now() if lifted else None,
    )  # fmt: skip
    async with write_tx():
        await Recusal.insert(row)


async def on_an_item(cast, *, case: bool = False) -> Item:
    """The recommendation comes from this item, which may be a case."""
    held = await meeting(cast, "amara", "bilal")
    row = await item(held)
    async with write_tx():
        if case:
            seen = Case(
                panel=cast.lambeth.id, number=3, title="Search record", origin="random_draw",
                power="", month="2026-01", stage="scheduled",
            )  # fmt: skip
            await Case.insert(seen)
            await Item.update({Item.case: seen.id}).where(Item.id == row.id)
        await Recommendation.update({Recommendation.item: row.id}, force=True)
    return await Item.objects(Item.case).get(Item.id == row.id)


def is_gone(browse, name: str) -> bool:
    reader = browse(name)
    pages = [reader.get(HOME), reader.get(f"{HOME}/drafts")]
    listed = any(TITLE in page.text for page in pages)
    alone = reader.get(f"{HOME}/1").status_code
    assert listed == (alone == 200)
    return not listed


@pytest.mark.parametrize("name", ["amara", "bilal", "grace"])
@pytest.mark.parametrize("stage", ["drafting", "agreed", "issued", "responded"])
def test_it_is_gone_from_page_and_list(cast, browse, name, stage):
    row = run(asked(cast, stage))
    assert not is_gone(browse, name)
    run(recuse(cast, name, row.id))
    assert is_gone(browse, name)
    assert not is_gone(browse, "chidi")


@pytest.mark.parametrize("through", ["item", "case"])
def test_it_is_gone_with_the_item_or_the_case_it_came_from(cast, browse, through):
    run(asked(cast, "drafting"))
    row = run(on_an_item(cast, case=through == "case"))
    run(recuse(cast, "amara", row.case.id if through == "case" else row.id))
    assert is_gone(browse, "amara") and not is_gone(browse, "bilal")


@pytest.mark.parametrize("form", FORMS)
def test_a_recused_chair_does_nothing_to_it(cast, browse, form):
    row = run(asked(cast, "drafting"))
    before = run(stored()).version
    run(recuse(cast, "amara", row.id))
    assert browse("amara").get(f"{HOME}/1/{form}").status_code == 404
    reply = browse("amara").post(f"{HOME}/1/{form}", {"outcome": "withdrawn", "text": "No."})
    assert reply.status_code == 404
    assert run(stored()).version == before


def test_it_is_not_counted_for_them(cast, browse):
    row = run(asked(cast, "responded"))
    told = "We have asked the police for 1 thing."
    pages = {name: browse(name).get(HOME).text for name in ("amara", "bilal")}
    assert pages["amara"].split("<main")[1] == pages["bilal"].split("<main")[1]
    run(recuse(cast, "bilal", row.id))
    words = " ".join(browse("bilal").get(HOME).text.split())
    assert TITLE not in words and told not in words


def test_what_is_published_stays_for_all(cast, browse):
    row = run(asked(cast, "issued"))
    run(recuse(cast, "bilal", row.id))
    for place in (f"{HOME}/1/published/recommendation", f"{HOME}.json", f"{HOME}.csv"):
        assert TITLE in browse("bilal").get(place).text
    assert TITLE in browse("").get(HOME).text


def test_no_letter_about_it_reaches_them(cast):
    row = run(asked(cast, "issued"))
    run(recuse(cast, "amara", row.id))
    run(actions.answer(row, by=cast.seats["owen"], answer_type="accepted_in_full", text="Yes."))
    assert sorted(run(letters("recommendation.answered"))) == ["grace@panel.test"]


def test_nobody_drafts_one_from_an_item_that_is_gone_for_them(cast, browse):
    run(asked(cast, "drafting"))
    row = run(on_an_item(cast))
    run(recuse(cast, "bilal", row.id))
    words = {"title": "Again", "text": "Do it.", "reason": "So.", "item": str(row.id)}
    reply = browse("bilal").post(f"{HOME}/new", words)
    assert reply.status_code == 422 and "Choose an item from the list." in reply.text


def test_it_is_back_once_they_take_part_again(cast, browse):
    row = run(asked(cast, "drafting"))
    run(recuse(cast, "bilal", row.id, lifted=True))
    assert not is_gone(browse, "bilal")
