"""Saying thank you: no words of complaint, on no page, and no box that only a complaint needs."""

import pytest

from concerns.journey.steps import ANSWERS, Resident
from concerns.steps import raised
from concerns.thread.steps import BACK

WRONGS = ("Who did it happen to?", "It happened to me", "Police who did not respond",
          "A strip search", "Force, Taser", "omplaint", "omplain ")  # fmt: skip


@pytest.fixture
def thanks(browse):
    nadia = Resident(browse())
    nadia.begin("compliment")
    pages = []
    told = {"contact": {"reach": "email", "email": "n@example.org"}, "whose": {"whose": "saw"},
            "category": {"category": "attitude"}}  # fmt: skip
    while nadia.step != "check":
        pages.append((nadia.step, nadia.page.partition("<main")[2]))
        nadia.answer(**{**ANSWERS, **told}.get(nadia.step, {}))
        assert nadia.reply.status_code == 200, nadia.page
    pages.append(("check", nadia.page))
    pages.append(("receipt", nadia.send().text))
    return pages


def test_no_page_of_praise_speaks_of_wrongs_or_complaints(thanks):
    assert [(step, word) for step, page in thanks for word in WRONGS if word in page] == []
    assert (
        "Who was helped?" in dict(thanks)["whose"]
        and "What was done well?" in dict(thanks)["words"]
    )


def test_triage_is_not_offered_a_complaint_of_it(browse, cast):
    raised(cast.lambeth, wants=["praise"])
    raised(cast.lambeth)
    for number, offered in ((1, False), (2, True)):
        page = browse("grace").get(f"/lambeth/concerns/{number}").text
        assert ("A formal complaint" in page) is offered


def test_its_thread_asks_for_no_consent_to_a_complaint(browse, cast):
    page = browse().post(BACK, {"code": raised(cast.lambeth, wants=["praise"]).code}).text
    assert "complaints department" not in page and "quote.public" in page
