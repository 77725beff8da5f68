"""The police say what became of the video, or the secretariat writes their reply down."""

from datetime import timedelta

import pytest
from conftest import run

from concerns.steps import raised
from concerns.thread.steps import BACK
from concerns.video.steps import HOME, events, letters, raised_with_video, requests, wished
from scrutiny.concerns.video import actions, queries
from scrutiny.concerns.video.tables import Preservation
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.record.queries import published_count

URL = f"{HOME}/1/answer"
KEPT = {"outcome": "kept", "version": "1", "form_key": "k1"}
REFUSED = {"outcome": "refused", "reason": "not_found", "version": "1", "form_key": "k1"}


@pytest.fixture
def concern(cast):
    return raised_with_video(cast.lambeth, place="Brixton Road")


@pytest.mark.parametrize("who", ["claire", "owen", "grace"])
def test_it_is_answered_and_recorded_and_published(cast, browse, concern, who):
    before = run(published_count())

    reply = browse(who).post(URL, KEPT)

    assert (reply.status_code, reply.headers["location"]) == (303, f"{HOME}/1")
    (asked,) = requests()
    assert (asked.stage, asked.answered, asked.version) == ("kept", today(), 2)
    assert asked.answered_by == cast.seats[who].id
    (event,) = events("video.answered")
    assert (event["public"], event["about"]) == (True, asked.id)
    assert run(published_count()) == before + 1
    told = [letter.to.address for letter in letters("video.answered")]
    assert told == ([] if who == "grace" else ["grace@panel.test"])
    assert "Brixton" not in str([letter.words for letter in letters("video.answered")])


def test_who_wrote_the_answer_down_is_shown(cast, browse, concern):
    browse("grace").post(URL, REFUSED)
    page = browse("amara").get(f"{HOME}/1").text
    assert "from a reply that came another way" in page
    assert "They could not find what happened" in page


def test_a_refusal_needs_a_reason_and_what_was_chosen_is_kept(cast, browse, concern):
    reply = browse("claire").post(URL, {"outcome": "refused", "version": "1"})
    assert reply.status_code == 422
    assert "Choose why." in reply.text
    assert 'value="refused" checked' in reply.text
    assert requests()[0].stage == "sent"


@pytest.mark.parametrize("outcome", ["", "sent", "no_answer", "x" * 500])
def test_an_answer_must_be_chosen(cast, browse, concern, outcome):
    reply = browse("claire").post(URL, KEPT | {"outcome": outcome})
    assert (reply.status_code, "Choose what became of the video." in reply.text) == (422, True)


@pytest.mark.parametrize("who", ["amara", "bilal", "hana", "sol"])
def test_nobody_else_answers(cast, browse, concern, who):
    assert browse(who).get(URL).status_code == 403
    assert browse(who).post(URL, KEPT).status_code == 403
    assert requests()[0].stage == "sent"


def test_strangers_are_told_nothing(cast, browse, concern):
    assert browse("dev").post(URL, KEPT).status_code == 404
    assert browse().post(URL, KEPT).status_code == 403
    for number in (99, 99999999999):
        assert browse("claire").post(f"{HOME}/{number}/answer", KEPT).status_code == 404
        assert browse("claire").get(f"{HOME}/{number}").status_code == 404


def test_an_answer_is_not_rewritten(cast, browse, concern):
    browse("claire").post(URL, KEPT)
    reply = browse("claire").post(URL, REFUSED | {"version": "2", "form_key": "k2"})
    assert reply.status_code == 409
    assert requests()[0].stage == "kept"


def test_a_force_that_refused_may_keep_it_after_all(cast, browse, concern):
    browse("claire").post(URL, REFUSED)
    assert "Has this changed since?" in browse("claire").get(f"{HOME}/1").text
    reply = browse("claire").post(URL, KEPT | {"version": "2", "form_key": "k2"})
    assert reply.status_code == 303
    (asked,) = requests()
    assert (asked.stage, asked.reason) == ("kept", "")


def test_kept_and_then_gone_are_both_told_to_everybody(cast, browse):
    receipt = raised(cast.lambeth, **wished())
    browse("claire").post(URL, KEPT)
    page = browse("claire").get(f"{HOME}/1").text
    assert "Erased after it had been kept" in page and "Already gone: the video" not in page
    lost = {"outcome": "already_gone", "version": "2", "form_key": "k2"}
    assert browse("claire").post(URL, lost).status_code == 303
    (asked,) = requests()
    assert (asked.stage, asked.reason) == ("already_gone", "was_kept")
    for who in ("claire", "amara", "grace"):
        answers = browse(who).get(f"{HOME}/1").text.partition("What the police answered")[2]
        assert answers.index("Kept.") < answers.index("Erased after it had been kept.")
    for path, more in ((BACK, {}), (f"{BACK}/copy", {})):
        told = browse().post(path, {"code": receipt.code, **more}).text
        first = told.index("We asked the police to keep the video.")
        assert first < told.index("The police say that they keep the video.")
        assert "The police now say that the video is gone, after they had kept it." in told
    thread = browse().post(BACK, {"code": receipt.code}).text
    assert "You can complain to the police that it was lost." in thread
    assert "counts as already gone" in browse().get("/lambeth/video-requests").text


def test_the_police_choose_their_reason_in_their_own_words(cast, browse, concern):
    assert "We could not find what happened" in browse("claire").get(f"{HOME}/1").text
    assert "They could not find what happened" in browse("grace").get(f"{HOME}/1").text


def test_who_comes_second_sees_the_first_answer_with_their_own_kept(cast, browse, concern):
    browse("claire").post(URL, KEPT)
    reply = browse("owen").post(URL, REFUSED | {"form_key": "k2"})
    assert reply.status_code == 409
    assert "What the police answered" in reply.text
    assert 'value="not_found"' not in reply.text  # what is kept can only be lost now
    assert requests()[0].stage == "kept"
    early, late = requests()[0], requests()[0]
    seat = cast.seats["owen"]
    run(actions.answer(early, by=seat, outcome="already_gone"))
    with pytest.raises((Stale, NotNow)):
        run(actions.answer(late, by=seat, outcome="already_gone"))


def test_two_who_save_the_same_row_keep_only_the_first(cast, browse, concern):
    """The second gets a 409 with their own choice still in the form."""
    browse("claire").post(URL, REFUSED)
    browse("owen").post(URL, KEPT | {"version": "2", "form_key": "k2"})
    reply = browse("claire").post(
        URL, {"outcome": "already_gone", "version": "2", "form_key": "k3"}
    )
    assert reply.status_code == 409
    assert 'value="already_gone" checked' in reply.text
    assert requests()[0].stage == "kept"


def test_the_same_form_twice_is_one_answer(cast, browse, concern):
    assert [browse("claire").post(URL, KEPT).status_code for _ in range(2)] == [303, 303]
    assert len(events("video.answered")) == 1


def test_silence_is_no_answer_the_day_after_it_was_due(cast, browse, concern):
    async def age():
        async with write_tx():
            yesterday = {Preservation.answer_due: today() - timedelta(days=1)}
            await Preservation.update(yesterday, force=True)

    run(age())
    assert "No answer" in browse("amara").get(f"{HOME}/1").text
    assert run(queries.of(concern.id)).standing == "no_answer"
    browse("claire").post(URL, KEPT)
    assert run(queries.of(concern.id)).standing == "kept"
