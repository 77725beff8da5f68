"""The resident takes back that the force is told: what went stays, and nothing more is told."""

import pytest
from conftest import run

from concerns.steps import concern_of, raised
from concerns.thread.steps import BACK
from concerns.video.steps import wished
from scrutiny.concerns.thread.queries import grid_version
from scrutiny.kit.clock import today
from scrutiny.letters.tables import Letter
from scrutiny.web.dates import long_date


@pytest.fixture
def asked(cast):
    return raised(cast.lambeth, **wished())


def take_consent_back(browse, receipt) -> str:
    version = run(grid_version(concern_of(receipt)))
    sent = {"code": receipt.code, "version": str(version)}
    reply = browse().post(f"{BACK}/consents", sent)
    assert reply.status_code == 200
    return reply.text


def letter(**changes) -> None:
    run(Letter.update(changes).where(Letter.kind == "video.asked").run())


def test_what_went_stays_with_them_and_they_learn_nothing_more(browse, asked):
    letter(state="sent")
    before = browse().post(BACK, {"code": asked.code}).text
    page = take_consent_back(browse, asked)
    went = f"Our letter went on {long_date(today())} and stays with them."
    for words in (went, "We tell them nothing more."):
        assert words not in before and words in page
    assert "We stopped it." not in page and "The police keep our letter" in page


def test_what_had_not_gone_is_stopped_and_is_said_to_be(browse, asked):
    before = browse().post(BACK, {"code": asked.code}).text
    assert "Our letter about the video has not gone yet." in before
    assert "The police keep our letter" not in before
    page = take_consent_back(browse, asked)
    assert "Our letter to the police had not gone yet. We stopped it." in page
    assert "stays with them" not in page and "They have not answered yet" not in page
    assert run(Letter.count().where(Letter.kind == "video.asked").run()) == 0


def test_what_was_tried_is_not_said_never_to_have_gone(browse, asked):
    letter(tries=1)
    page = take_consent_back(browse, asked)
    assert "We stopped it." not in page and "stays with them" in page
