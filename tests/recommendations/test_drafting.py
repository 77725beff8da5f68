"""Somebody on the panel drafts a recommendation, and changes the words."""

import pytest
from conftest import run

from recommendations.steps import HOME, REASON, TEXT, TITLE, asked, item, meeting, stored
from scrutiny.letters.queries import newest
from scrutiny.recommendations.tables import Recommendation
from scrutiny.record.queries import history

FORM = {"title": TITLE, "text": TEXT, "reason": REASON, "form_key": "k1"}
URL = f"{HOME}/1/draft"


async def count() -> int:
    return await Recommendation.count()


def test_a_member_drafts_and_it_is_recorded(cast, browse):
    reply = browse("bilal").post(f"{HOME}/new", FORM)

    assert (reply.status_code, reply.headers["location"]) == (303, f"{HOME}/1")
    row = run(stored())
    assert (row.title, row.text, row.reason, row.stage) == (TITLE, TEXT, REASON, "drafting")
    events = run(history(row.id, public_only=False))
    assert [event["what"] for event in events] == ["recommendation.drafted"]
    assert run(newest()) == []


def test_a_draft_may_come_from_an_agenda_item(cast, browse):
    held = run(meeting(cast, "amara"))
    known = run(item(held))
    page = browse("bilal").get(f"{HOME}/new?item={known.id}")
    assert f'value="{known.id}" selected' in page.text

    browse("bilal").post(f"{HOME}/new", FORM | {"item": str(known.id)})

    assert run(stored()).item == known.id


def test_an_item_of_another_panel_is_none(cast, browse):
    other = run(item(run(meeting(cast, "ruth", panel="hackney"))))
    for wrong in (str(other.id), "x" * 40):
        reply = browse("bilal").post(f"{HOME}/new", FORM | {"item": wrong})
        assert reply.status_code == 422
        assert "Choose an item from the list." in reply.text
    assert run(count()) == 0


@pytest.mark.parametrize("path", ["new", "1/draft"])
def test_it_asks_for_what_is_missing_and_keeps_the_words(cast, browse, path):
    run(asked(cast, "drafting"))
    reply = browse("bilal").post(f"{HOME}/{path}", FORM | {"title": " ", "reason": "\n"})
    assert reply.status_code == 422
    assert "Say in one line what you ask for." in reply.text
    assert "Say why, and what you have seen that shows it." in reply.text
    assert TEXT in reply.text


def test_too_many_words_are_counted(cast, browse):
    reply = browse("bilal").post(f"{HOME}/new", FORM | {"title": "a" * 161, "text": "a" * 10_001})
    assert reply.status_code == 422
    assert "This has 161 characters. Please keep it to 160." in reply.text
    assert "This has 10,001 characters. Please keep it to 10,000." in reply.text


def test_the_police_may_not_draft(cast, browse):
    assert browse("claire").post(f"{HOME}/new", FORM).status_code == 403
    assert browse("owen").get(f"{HOME}/new").status_code == 403


def test_a_stranger_is_told_nothing(cast, browse):
    run(asked(cast, "drafting"))
    assert browse("dev").post(f"{HOME}/new", FORM).status_code == 404
    assert browse("dev").get(URL).status_code == 404
    assert browse().get(URL).headers["location"].startswith("/sign-in")


def test_the_same_form_twice_makes_one(cast, browse):
    first = browse("bilal").post(f"{HOME}/new", FORM)
    again = browse("bilal").post(f"{HOME}/new", FORM)
    assert again.status_code == 303
    assert again.headers["location"] == first.headers["location"]
    assert run(count()) == 1


def test_the_words_of_a_draft_can_be_changed(cast, browse):
    run(asked(cast, "drafting"))
    page = browse("amara").get(URL)
    assert TEXT in page.text

    reply = browse("amara").post(URL, FORM | {"text": "Another text.", "version": "1"})

    assert reply.status_code == 303
    assert run(stored()).text == "Another text."


def test_two_who_change_it_keep_the_first_and_the_second_keeps_their_words(cast, browse):
    run(asked(cast, "drafting"))
    browse("amara").post(URL, FORM | {"text": "What Amara wrote.", "version": "1"})

    reply = browse("bilal").post(URL, FORM | {"text": "What Bilal wrote.", "version": "1"})

    assert reply.status_code == 409
    assert "What Amara wrote." in reply.text
    assert ">\nWhat Bilal wrote.</textarea>" in reply.text
    assert run(stored()).text == "What Amara wrote."
    assert 'name="version" value="2"' in reply.text  # having seen it, Bilal may now save


def test_after_the_vote_the_words_are_what_was_voted_on(cast, browse):
    run(asked(cast, "agreed"))
    assert browse("bilal").get(URL).status_code == 409
    reply = browse("bilal").post(URL, FORM | {"text": "Something else."})
    assert reply.status_code == 409
    assert "Something else." in reply.text
    assert run(stored()).text == TEXT


def test_nobody_outside_the_panel_sees_a_draft(cast, browse):
    run(asked(cast, "drafting"))
    assert [browse(who).get(f"{HOME}/1").status_code for who in ("", "owen", "dev")] == [404] * 3
    assert browse("chidi").get(f"{HOME}/1").status_code == 200
    assert TITLE not in browse("claire").get(HOME).text
    assert browse("claire").get(f"{HOME}/drafts").status_code == 403
    assert browse("dev").get(f"{HOME}/drafts").status_code == 404
    assert TITLE in browse("grace").get(f"{HOME}/drafts").text


def test_what_was_typed_is_never_markup(cast, browse):
    sharp = "<script>alert(1)</script>"
    browse("bilal").post(f"{HOME}/new", {"title": sharp, "text": sharp, "reason": sharp})
    for path in (HOME, f"{HOME}/1", URL):
        assert "<script>alert" not in browse("bilal").get(path).text
