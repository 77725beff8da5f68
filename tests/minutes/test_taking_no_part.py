"""What somebody takes no part in is gone for them from the draft; what is published is for all."""

import pytest
from conftest import run
from meetings.steps import letters
from room.steps import vice_chair

from minutes import steps
from scrutiny.agendas.tables import Item
from scrutiny.cases.tables import Case
from scrutiny.kit.clock import now
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.membership.interests.tables import Recusal
from scrutiny.minutes.review import actions as review
from scrutiny.minutes.tables import Minutes
from scrutiny.recommendations.tables import Recommendation

GONE = ("Search records", "Ask again in June")


async def recuse(cast, name: str, about) -> None:
    row = Recusal(
        panel=cast.lambeth.id, person=cast.people[name].id, about=about, kind="item",
        how="left_room", sentence="Declared.", at=now(),
    )  # fmt: skip
    async with write_tx():
        await Recusal.insert(row)


async def item(title: str = "Search records") -> Item:
    return await Item.objects().where(Item.title == title).first()


def draft(browse, row, name) -> str:
    return browse(name).get(f"{steps.home(row)}/draft").text


@pytest.mark.parametrize("name", ["amara", "bilal", "grace"])
def test_the_item_is_gone_from_the_draft_and_its_pdf(browse, cast, name):
    row = run(steps.drafted(cast))
    assert all(words in draft(browse, row, name) for words in GONE)
    run(recuse(cast, name, run(item()).id))

    page = draft(browse, row, name)
    assert not [words for words in GONE if words in page]
    assert "Something is left out" in page and "Welcome and apologies" in page
    pdf = steps.paper_words(browse(name).get(f"{steps.home(row)}/draft.pdf").content)
    assert not [words for words in GONE if steps.words(words) in pdf]
    assert steps.words("Welcome and apologies") in pdf
    assert browse(name).get(f"{steps.home(row)}.json").status_code == 404
    assert "Search records" in draft(browse, row, "chidi")


def test_a_case_is_gone_with_its_line_in_the_table(browse, cast):
    row = run(steps.drafted(cast))

    async def case():
        return await Case.objects().first()

    run(recuse(cast, "bilal", run(case()).id))
    page = draft(browse, row, "bilal")
    assert "Case 3" not in page and "Cases looked at" not in page
    assert "Case 3" in draft(browse, row, "chidi")


def test_a_recommendation_is_gone_too(browse, cast):
    row = run(steps.drafted(cast))

    async def asked():
        return await Recommendation.objects().first()

    run(recuse(cast, "bilal", run(asked()).id))
    assert steps.TITLE not in draft(browse, row, "bilal")
    assert steps.TITLE in draft(browse, row, "chidi")


def test_a_recused_chair_does_not_approve_and_who_stands_in_does(browse, cast):
    row = run(steps.signed(cast))
    run(recuse(cast, "amara", run(item()).id))
    home = f"{steps.home(row)}/approval"

    page = browse("amara").get(home).text
    assert "You take no part in something that they are about." in page
    assert not [words for words in GONE if words in page]
    assert "/approval" not in draft(browse, row, "amara")
    reply = browse("amara").post(home, steps.seen_now(run(steps.stored())))
    assert reply.status_code == 409 and "somebody else must approve them" in reply.text
    assert run(steps.stored()).stage == "circulated"
    run(review.approve(row, by=run(vice_chair(cast))))
    assert run(steps.stored()).stage == "approved"


def test_a_recused_chair_is_not_asked_by_letter_and_who_stands_in_is(browse, cast):
    row = run(steps.drafted(cast))
    run(vice_chair(cast))
    run(recuse(cast, "amara", run(item()).id))
    run(review.send(row, by=cast.seats["grace"]))
    assert sorted(run(letters("minutes.sent"))) == ["vera@panel.test"]
    assert "whoever else may chair" in draft(browse, row, "amara")


def test_the_page_of_compiling_names_nothing_of_it(browse, cast):
    row = run(steps.drafted(cast))
    run(recuse(cast, "grace", run(item()).id))
    run(steps.write_on(row, "Search records", ""))
    page = browse("grace").get(f"{steps.home(row)}/compilation").text
    assert "Search records" not in page
    assert "Case 3" in page  # nothing is noted on it


def test_a_refusal_names_nothing_of_it(browse, cast):
    row = run(steps.cleared(cast))
    run(recuse(cast, "grace", run(item()).id))
    run(steps.write_on(row, "Search records", "Other words."))
    sent = steps.seen_now(run(steps.stored()))
    reply = browse("grace").post(f"{steps.home(row)}/publication", sent)
    assert reply.status_code == 409
    assert "an item in which you take no part" in reply.text
    assert "Search records" not in reply.text


def test_what_is_published_stays_for_all(browse, cast):
    row = run(steps.published(cast))
    run(recuse(cast, "bilal", run(item()).id))
    for ending in ("", ".pdf", ".json"):
        reply = browse("bilal").get(steps.home(row) + ending)
        assert reply.status_code == 200
    assert "Search records" in browse("bilal").get(steps.home(row)).text


def test_filed_minutes_are_the_panels_so_it_is_gone_there(browse, cast):
    row = run(steps.filed(cast))
    assert run(steps.stored()).stage == "filed"
    run(recuse(cast, "bilal", run(item()).id))
    page = browse("bilal").get(steps.home(row))
    assert page.status_code == 200
    assert not [words for words in GONE if words in page.text]
    for ending in (".pdf", ".json"):
        assert browse("bilal").get(steps.home(row) + ending).status_code == 404
        assert browse("chidi").get(steps.home(row) + ending).status_code == 200


def test_a_correction_leaves_alone_what_its_writer_does_not_see(browse, cast):
    row = run(steps.published(cast))
    known = run(item())
    run(recuse(cast, "grace", known.id))
    home = f"{steps.home(row)}/correction"
    page = browse("grace").get(home).text
    assert "Search records" not in page.split('<form method="post"')[-1]
    sent = steps.seen(page) | {"note": "A name.", f"notes-{known.id}": "Mine now."}
    assert browse("grace").post(home, sent).status_code == 303
    assert run(item()).notes == steps.NOTES


def test_a_draft_of_the_first_release_is_gone_as_a_whole(browse, cast):
    """It is not known which items it is about."""
    row = run(steps.drafted(cast))

    async def as_it_was():
        async with write_tx():
            await Minutes.update({Minutes.items: "[]"}, force=True)

    run(as_it_was())
    assert browse("bilal").get(f"{steps.home(row)}/draft").status_code == 200
    run(recuse(cast, "bilal", run(item()).id))
    for ending in ("/draft", "/draft.pdf"):
        assert browse("bilal").get(steps.home(row) + ending).status_code == 404
    run(steps.to_the_table(cast, row))
    run(recuse(cast, "amara", run(item()).id))
    for deed in (review.sign, review.approve):
        with pytest.raises(NotNow, match="You take no part"):
            run(deed(row, by=cast.seats["amara"]))
