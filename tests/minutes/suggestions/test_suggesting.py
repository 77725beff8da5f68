"""Whoever was at the table suggests corrections; the police of facts alone; each is answered."""

import pytest
from agendas.steps import recuse
from conftest import run
from meetings.steps import events, letters

from minutes import steps
from scrutiny.agendas.tables import Item
from scrutiny.kit.errors import Stale
from scrutiny.minutes.review import actions as review
from scrutiny.minutes.suggestions import actions
from scrutiny.minutes.tables import Suggestion

WORDS = "It was **nineteen** of twenty, not nine."


def place(row, more=""):
    return f"{steps.home(row)}/suggestions{more}"


def suggest(browse, row, name="bilal", **changes):
    page = browse(name).get(place(row))
    key = steps.KEY.search(page.text)[1]
    sent = {"item": "2", "text": WORDS, "factual": "", "form_key": key}
    return browse(name).post(place(row), sent | changes)


async def all_of_them() -> list[Suggestion]:
    return await Suggestion.objects().order_by(Suggestion.number)


def test_a_member_suggests_and_the_secretariat_hears_of_it(browse, cast):
    row = run(steps.circulated(cast))
    assert suggest(browse, row).status_code == 303
    (one,) = run(all_of_them())
    assert (one.number, one.text, one.stage, one.by) == (1, WORDS, "open", cast.seats["bilal"].id)
    assert run(events())[-1] == ("minutes.suggested", False)
    told = run(letters("minutes.suggested.1"))
    assert sorted(told) == ["grace@panel.test"]
    assert "nineteen" not in str(told)
    page = browse("amara").get(place(row)).text
    assert "nineteen" in page and "Bilal Hussain" in page


def test_the_police_say_that_it_is_about_a_fact(browse, cast):
    row = run(steps.circulated(cast))
    reply = suggest(browse, row, "claire")
    assert reply.status_code == 422
    assert "corrections of facts alone" in reply.text and "nineteen" in reply.text
    assert suggest(browse, row, "claire", factual="yes").status_code == 303
    assert len(run(all_of_them())) == 1


def test_the_police_read_only_what_their_own_side_suggested(browse, cast):
    row = run(steps.circulated(cast))
    suggest(browse, row, "bilal", text="A kingfisher.")
    suggest(browse, row, "claire", text="A heron.", factual="yes")
    page = browse("owen").get(place(row)).text
    assert "A heron." in page and "A kingfisher." not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"item": ""}, "Choose what it is about."),
        ({"item": "99"}, "Choose what it is about."),
        ({"text": " "}, "Say what is wrong"),
        ({"text": "x" * 2_001}, "Make this shorter"),
    ],
)
def test_what_is_missing_is_said_and_the_words_stay(browse, cast, changes, said):
    row = run(steps.circulated(cast))
    reply = suggest(browse, row, **changes)
    assert reply.status_code == 422 and said in reply.text
    assert changes.get("text", WORDS)[:50].strip() in reply.text
    assert run(all_of_them()) == []


@pytest.mark.parametrize("stage", ["drafted", "approved"])
def test_only_while_they_go_round(browse, cast, stage):
    row = run(getattr(steps, stage)(cast))
    reply = browse("bilal").post(place(row), {"item": "2", "text": WORDS})
    assert reply.status_code == 409
    assert run(all_of_them()) == []


def test_nobody_from_outside(browse, cast):
    row = run(steps.circulated(cast))
    assert browse().get(place(row)).status_code == 303
    for name, status in (("dev", 404), ("hana", 403), ("sol", 403)):
        assert browse(name).get(place(row)).status_code == status


def test_twice_is_once(browse, cast):
    row = run(steps.circulated(cast))
    key = steps.KEY.search(browse("bilal").get(place(row)).text)[1]
    sent = {"item": "0", "text": WORDS, "form_key": key}
    replies = [browse("bilal").post(place(row), sent).status_code for _ in range(2)]
    assert replies == [303, 303]
    assert len(run(all_of_them())) == 1


def test_the_secretariat_takes_it_or_says_why_not(browse, cast):
    row = run(steps.circulated(cast))
    suggest(browse, row)
    sent = {"outcome": "declined", "answer": "The file says nine.", "version": "1"}
    assert browse("grace").post(place(row, "/1"), sent).status_code == 303
    page = browse("bilal").get(place(row)).text
    assert "Not taken" in page and "The file says nine." in page


@pytest.mark.parametrize("sent", [{}, {"outcome": "taken"}, {"outcome": "x", "answer": "Yes."}])
def test_an_answer_has_an_outcome_and_words(browse, cast, sent):
    row = run(steps.circulated(cast))
    suggest(browse, row)
    reply = browse("grace").post(place(row, "/1"), sent | {"version": "1"})
    assert reply.status_code == 422
    assert run(all_of_them())[0].stage == "open"


def test_others_do_not_answer(browse, cast):
    row = run(steps.circulated(cast))
    suggest(browse, row)
    for name in ("bilal", "amara", "claire"):
        assert browse(name).get(place(row, "/1")).status_code == 403
        assert browse(name).post(place(row, "/1"), {}).status_code == 403


def test_the_second_of_two_answers_is_told(cast):
    row = run(steps.circulated(cast))
    run(actions.suggest(row, None, WORDS, by=cast.seats["bilal"]))
    how = {"by": cast.seats["grace"], "version": 1}
    run(actions.answer(row, 1, "taken", "Mended.", **how))
    with pytest.raises(Stale):
        run(actions.answer(row, 1, "declined", "No.", **how))


def test_one_of_ones_own_is_taken_back_and_no_other(browse, cast):
    row = run(steps.circulated(cast))
    suggest(browse, row)
    assert browse("chidi").post(place(row, "/1/withdrawal")).status_code == 404
    assert browse("bilal").post(place(row, "/1/withdrawal")).status_code == 303
    assert run(all_of_them())[0].stage == "withdrawn"


def test_nothing_is_approved_while_one_waits(browse, cast):
    row = run(steps.signed(cast))
    suggest(browse, row)
    page = browse("amara").get(f"{steps.home(row)}/approval").text
    assert "1 suggestion has no answer yet." in page
    with pytest.raises(steps.NotNow, match="Answer what was suggested first"):
        run(review.approve(row, by=cast.seats["amara"]))


def test_about_an_item_in_which_somebody_takes_no_part_they_read_nothing(browse, cast):
    row = run(steps.circulated(cast))
    suggest(browse, row, "bilal", text="A kingfisher.")

    async def item() -> Item:
        return await Item.objects().where(Item.title == "Search records").first()

    run(recuse(cast, "chidi", run(item()).id))
    page = browse("chidi").get(place(row)).text
    assert "A kingfisher." not in page and "Search records" not in page
    assert "A kingfisher." in browse("amara").get(place(row)).text
