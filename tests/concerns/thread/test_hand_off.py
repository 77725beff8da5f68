"""A complaint that was offered: the resident reads what it means, and says yes or no."""

import pytest
from conftest import run

from concerns.steps import concern_of, letters
from concerns.thread.steps import BACK, events
from scrutiny.concerns.triage.tables import HandOff
from scrutiny.kit.clock import today

PATH = f"{BACK}/hand-off"


@pytest.fixture
def offered(concern, cast):
    row = HandOff(concern=concern_of(concern).id, panel=cast.lambeth.id, to="iopc", offered=today())
    run(HandOff.insert(row).run())
    return concern


def stage():
    (row,) = run(HandOff.select(HandOff.stage, HandOff.consented).run())
    return row["stage"], row["consented"]


def answer(receipt, agree="yes", read="yes", version=1):
    return {"code": receipt.code, "agree": agree, "read": read, "version": str(version)}


def test_what_it_means_is_said_before_the_choice(browse, offered):
    page = browse().post(BACK, {"code": offered.code}).text
    means = page.index("While a complaint runs, the panel may decide to wait.")
    assert means < page.index("Shall we pass it on as a complaint?")
    assert "The Independent Office for Police Conduct" in page


def test_yes_is_kept_and_triage_is_told(browse, offered):
    reply = browse().post(PATH, answer(offered))
    assert reply.status_code == 200
    assert stage() == ("consented", today())
    assert "You agreed that it is passed on as a complaint." in reply.text
    assert len(events("concern.hand_off_agreed")) == 1
    assert letters("concern.hand_off") != []


def test_no_is_an_answer_too_and_yes_can_be_taken_back(browse, offered):
    browse().post(PATH, answer(offered))
    assert browse().post(PATH, answer(offered, "no", version=2)).status_code == 200
    assert stage() == ("declined", None)


def test_yes_needs_reading_and_an_answer_is_needed(browse, offered):
    unread = browse().post(PATH, answer(offered, read=""))
    assert (unread.status_code, stage()) == (422, ("offered", None))
    assert "Tick that you have read" in unread.text
    empty = browse().post(PATH, answer(offered, agree=""))
    assert empty.status_code == 422
    assert "Choose yes or no." in empty.text


def test_twice_is_once(browse, offered):
    assert [browse().post(PATH, answer(offered)).status_code for _ in range(2)] == [200, 200]
    assert len(events("concern.hand_off_agreed")) == 1


def test_two_windows(browse, offered):
    browse().post(PATH, answer(offered))
    second = browse().post(PATH, answer(offered, "no"))
    assert second.status_code == 409
    assert stage() == ("consented", today())


def test_nothing_offered_or_sent_already(browse, concern, offered):
    run(HandOff.update({HandOff.stage: "sent", HandOff.sent: today()}, force=True).run())
    assert browse().post(PATH, answer(offered, "no")).status_code == 409
    assert stage()[0] == "sent"
    run(HandOff.delete(force=True).run())
    assert browse().post(PATH, answer(concern)).status_code == 409
