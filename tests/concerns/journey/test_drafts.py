"""Going back, saving, coming back, and two windows at once."""

import re

import pytest
from conftest import run

from concerns.journey.steps import NEW, Resident, draft, drafts
from concerns.thread.steps import BACK
from scrutiny.concerns.tables import Draft
from scrutiny.concerns.thread import pace
from scrutiny.kit.tokens import receipt_code


@pytest.fixture
def nadia(browse):
    found = Resident(browse())
    found.begin()
    return found


@pytest.fixture
def unhurried(monkeypatch):
    monkeypatch.setattr(pace, "PAUSE", 0)


def was(page: str) -> str:
    return re.search(r'name="was" value="(\w+)"', page)[1]


def test_nothing_is_kept_before_the_first_answer(nadia):
    assert drafts() == 0
    nadia.answer(danger="no")
    assert drafts() == 1 and draft(nadia.code).danger == "no"


def test_a_draft_can_be_opened_with_its_code_alone(nadia):
    nadia.walk(until="paperwork")
    row = run(Draft.select().first().run())
    assert nadia.code not in repr(row) and "Zebedee" not in repr(row)
    assert draft(receipt_code()) is None


def test_back_keeps_what_was_typed_without_complaining(nadia):
    nadia.walk(until="contact")
    code = nadia.code
    nadia.answer(go="back", reach="email", email="not an address")
    assert nadia.reply.status_code == 200 and nadia.step == "files"  # equality is passed but once
    assert draft(code).reach == "email" and draft(code).email == ""
    nadia.answer(go="back")
    assert nadia.step == "live"


def test_back_from_the_first_question_is_the_first_page(nadia):
    reply = nadia.answer(go="back", danger="no")
    assert reply.status_code == 200 and "Who will read this" in reply.text
    assert draft(nadia.code).danger == "no"


def test_on_after_back_leads_through_the_pages_again(nadia):
    nadia.walk(until="where")
    nadia.answer(go="back")
    nadia.answer(go="back")
    assert nadia.step == "details"
    nadia.answer(detail_reason="yes")
    assert nadia.step == "when" and 'value="2026"' in nadia.page


def test_saved_and_opened_again_at_the_first_unanswered_page(nadia, browse):
    nadia.walk(until="words")
    code = nadia.code
    reply = nadia.answer(go="save", words="Zebedee was")
    assert reply.status_code == 200
    for group in code.split("-"):
        assert f"<span>{group}</span>" in reply.text
    later = Resident(browse())
    later.answer_form("/resume", code=code.lower().replace("-", " "))
    assert later.step == "words" and "Zebedee was" in later.page and later.code == code


def test_a_finished_one_is_opened_at_the_last_page(nadia, browse):
    nadia.walk()
    later = Resident(browse())
    later.answer_form("/resume", code=nadia.code)
    assert later.step == "check"


@pytest.mark.parametrize("code", ["", "  "])
def test_where_no_code_was_given_one_is_asked_for(browse, unhurried, code):
    later = Resident(browse())
    replies = [later.answer_form("/resume", code=code), browse().post(BACK, {"code": code})]
    for reply in replies:
        assert reply.status_code == 422 and "Give your code." in reply.text
        assert "We do not know this code." not in reply.text


@pytest.mark.parametrize("code", ["K7Q-4MD-29X", "?", "0" * 500])
def test_a_code_that_opens_nothing_is_said_to(browse, unhurried, code):
    later = Resident(browse())
    reply = later.answer_form("/resume", code=code)
    assert reply.status_code == 422 and "We do not know this code." in reply.text


def test_the_code_of_another_panel_opens_nothing_here(nadia, browse, unhurried):
    nadia.walk(until="words")
    there = Resident(browse(), "/hackney/concerns/new")
    assert there.answer_form("/resume", code=nadia.code).status_code == 422
    reply = browse().post("/hackney/concerns/new/danger", {"code": nadia.code, "danger": "no"})
    assert reply.status_code == 200 and nadia.code not in reply.text and drafts() == 2


@pytest.mark.parametrize(
    "code", ["", "nonsense", "\u200b", receipt_code(b"the same in every process")]
)
def test_a_code_that_is_none_or_new_begins_a_journey_and_is_no_error(browse, code):
    reply = browse().post(f"{NEW}/words", {"code": code, "words": "It was so."})
    assert reply.status_code == 200 and drafts() == 1
    found = re.search(r'name="code" value="([^"]+)"', reply.text)[1]
    assert draft(found).words == "It was so."


def test_two_windows_on_different_pages_are_put_together(nadia, browse):
    nadia.walk(until="where")
    here, code = nadia.page, nadia.code
    other = browse()
    reply = other.post(f"{NEW}/paperwork", {"code": code, "search_ref": "SR 7"})
    assert reply.status_code == 200
    reply = nadia.browser.post(f"{NEW}/where", {"code": code, "was": was(here), "place": "Brixton"})
    assert reply.status_code == 200
    assert (draft(code).search_ref, draft(code).place) == ("SR 7", "Brixton")


def test_two_windows_on_the_same_page_lose_nothing(nadia):
    nadia.walk(until="words")
    form = {"code": nadia.code, "was": was(nadia.page)}
    nadia.browser.post(f"{NEW}/words", {**form, "words": "From the first window."})
    reply = nadia.browser.post(f"{NEW}/words", {**form, "words": "From the second window."})
    assert reply.status_code == 409
    assert "From the first window." in reply.text and "From the second window." in reply.text
    assert draft(form["code"]).words == "From the first window."
    form["was"] = was(reply.text)
    again = nadia.browser.post(f"{NEW}/words", {**form, "words": "From both."})
    assert again.status_code == 200 and draft(form["code"]).words == "From both."


def test_the_same_answer_sent_again_is_no_quarrel(nadia):
    nadia.walk(until="words")
    form = {"code": nadia.code, "was": was(nadia.page), "words": "Once."}
    for _ in range(2):
        assert nadia.browser.post(f"{NEW}/words", form).status_code == 200


def test_what_another_window_changed_is_shown_before_it_is_sent(nadia):
    nadia.walk()
    form = {"code": nadia.code, "was": was(nadia.page)}
    nadia.browser.post(f"{NEW}/where", {"code": form["code"], "place": "Stockwell"})
    reply = nadia.browser.post(f"{NEW}/check", form)
    assert reply.status_code == 409 and "Stockwell" in reply.text
    assert "changed in another window" in reply.text and drafts() == 1
    assert nadia.browser.post(f"{NEW}/check", {**form, "was": was(reply.text)}).status_code == 201


def test_words_survive_another_language(nadia):
    nadia.walk(until="words")
    reply = nadia.answer(go="stay", words="Half a sen")
    assert reply.status_code == 200 and nadia.step == "words" and "Half a sen" in reply.text
