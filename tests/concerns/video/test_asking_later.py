"""The secretariat asks the force for the video of a concern."""

import pytest
from conftest import run

from concerns.steps import concern_of, raised
from concerns.video.steps import days_ago, events, letters, raised_with_video, requests, wished
from scrutiny.concerns import consents
from scrutiny.concerns.video import actions
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow

URL = "/lambeth/concerns/1/video"
SENT = {"form_key": "k1"}
LATER = {"wants": ["patterns"], "place": "Acre Lane"}


@pytest.fixture
def concern(cast):
    return concern_of(raised(cast.lambeth, **wished(**LATER)))


def test_the_secretariat_sees_what_is_sent_and_sends_it(cast, browse, concern):
    page = browse("grace").get(URL).text
    assert "liaison@met.test" in page
    assert "Place: Acre Lane" in page
    assert "9911QX" not in page
    assert "lies in the vault" in page

    reply = browse("grace").post(URL, SENT)

    assert (reply.status_code, reply.headers["location"]) == (303, "/lambeth/video/1")
    (asked,) = requests()
    assert asked.concern == concern.id
    (letter,) = letters("video.asked")
    assert "Place: Acre Lane" in letter.words.text
    assert "9911QX" not in letter.words.text
    (event,) = events("video.asked")
    assert event["seat"] == cast.seats["grace"].id


def test_what_is_shown_is_what_is_sent(cast, browse, concern):
    """All but the number, which is given when it is sent."""
    page = browse("grace").get(URL).text
    browse("grace").post(URL, SENT)
    paragraphs = letters("video.asked")[0].words.text.strip().split("\n\n")
    for paragraph in paragraphs:
        if "LAM-V-" not in paragraph and "/video/1" not in paragraph:
            assert paragraph.replace("'", "&#39;") in page


def test_that_the_place_was_read_is_recorded(cast, browse, concern):
    browse("grace").get(URL)
    assert [event["seat"] for event in events("concern.read")] == [cast.seats["grace"].id]


def test_without_consent_nothing_is_sent_and_the_page_says_why(cast, browse):
    raised(cast.lambeth, **wished(consents=[]))
    assert "has not agreed" in browse("grace").get(URL).text
    reply = browse("grace").post(URL, SENT)
    assert (reply.status_code, "has not agreed" in reply.text) == (409, True)
    assert requests() == []


def test_a_consent_taken_back_is_none(cast, browse, concern):
    async def take_back():
        async with write_tx():
            await consents.keep_answers(concern, {"video.force": False}, today())

    run(take_back())
    assert browse("grace").post(URL, SENT).status_code == 409
    assert letters("video.asked") == []


def test_without_a_day_the_page_says_why(cast, browse):
    raised(cast.lambeth, **wished(happened="", **LATER))
    reply = browse("grace").post(URL, SENT)
    assert (reply.status_code, "No day is known" in reply.text) == (409, True)


def test_what_was_asked_at_once_is_not_asked_again(cast, browse):
    raised_with_video(cast.lambeth)
    assert "They have been asked." in browse("grace").get(URL).text
    reply = browse("grace").post(URL, SENT)
    assert (reply.status_code, "already been asked" in reply.text) == (409, True)
    assert len(letters("video.asked")) == 1


@pytest.mark.parametrize("who", ["amara", "bilal", "claire", "owen", "hana", "sol"])
def test_only_the_secretariat_asks(cast, browse, concern, who):
    assert browse(who).get(URL).status_code == 403
    assert browse(who).post(URL, SENT).status_code == 403
    assert requests() == []


def test_strangers_are_told_nothing(cast, browse, concern):
    assert browse("dev").get(URL).status_code == 404
    assert browse("dev").post(URL, SENT).status_code == 404
    assert browse().post(URL, SENT).status_code == 403
    assert browse("grace").get("/lambeth/concerns/99/video").status_code == 404
    assert browse("grace").post("/lambeth/concerns/99999999999/video", SENT).status_code == 404


def test_the_same_form_twice_asks_once(cast, browse, concern):
    assert [browse("grace").post(URL, SENT).status_code for _ in range(2)] == [303, 303]
    assert len(letters("video.asked")) == 1


def test_two_at_the_same_moment_ask_once(cast, concern):
    grace = cast.seats["grace"]
    run(actions.ask(concern, by=grace, form_key="k1"))
    with pytest.raises(NotNow, match="already been asked"):
        run(actions.ask(concern, by=grace, form_key="k2"))
    assert len(requests()) == 1


def test_a_past_day_is_said_to_be_past(cast, browse):
    raised(cast.lambeth, **wished(happened=days_ago(60), **LATER))
    assert "may have been erased on" in browse("grace").get(URL).text
