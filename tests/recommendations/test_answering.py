"""The force answers a recommendation."""

import pytest
from conftest import run

from recommendations.steps import HOME, asked, make_late, stored
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.ledger.queries import entries
from scrutiny.letters.queries import newest
from scrutiny.recommendations import actions
from scrutiny.record.queries import history, published_count

URL = f"{HOME}/1/answer"
WORDS = "No budget this year.\n\nWe look again in April."
ANSWER = {"answer_type": "rejected", "text": WORDS, "form_key": "k1"}


@pytest.fixture
def issued(cast):
    return run(asked(cast, "issued"))


def told(kind):
    return {letter.to.address for letter in run(newest()) if letter.kind == kind}


def test_the_approver_answers_and_it_goes_on_the_record(cast, browse, issued):
    before = run(published_count())

    reply = browse("owen").post(URL, ANSWER)

    assert (reply.status_code, reply.headers["location"]) == (303, f"{HOME}/1")
    row = run(stored())
    assert (row.stage, row.answer_type, row.answer) == ("responded", "rejected", WORDS)
    assert row.answered_by == cast.seats["owen"].id
    assert [event["what"] for event in run(history(row.id))][-1] == "recommendation.answered"
    assert run(published_count()) == before + 1
    assert [entry["kind"] for entry in run(entries())] == ["answer", "recommendation"]
    assert told("recommendation.answered") == {"amara@panel.test", "grace@panel.test"}


def test_everybody_reads_the_answer_in_full(cast, browse, issued):
    browse("owen").post(URL, ANSWER)
    page = browse().get(f"{HOME}/1").text
    assert "The police wrote, in full:" in page
    assert WORDS in page
    assert "Rejected" in page
    assert "Police said no" in browse().get(HOME).text


@pytest.mark.parametrize(
    ("kind", "demand"),
    [
        ("accepted_in_full", "what will be done and by when"),
        ("rejected", "Give the reasons why no action will be taken."),
        ("not_for_us", "Say whose it is"),
        ("already_done", "how it can be seen"),
    ],
)
def test_each_answer_demands_action_or_reasons(cast, browse, issued, kind, demand):
    reply = browse("owen").post(URL, {"answer_type": kind, "text": " "})
    assert reply.status_code == 422
    assert demand in reply.text.split("There is a problem")[1].split("<h1")[0]
    assert f'value="{kind}" checked' in reply.text
    assert run(stored()).stage == "issued"


def test_a_kind_of_answer_must_be_chosen_and_the_words_are_kept(cast, browse, issued):
    for kind in ("", "no_response", "x" * 500):
        reply = browse("owen").post(URL, ANSWER | {"answer_type": kind})
        assert reply.status_code == 422
        assert "Choose what your answer is." in reply.text
        assert "No budget this year." in reply.text


@pytest.mark.parametrize("who", ["amara", "bilal", "grace", "claire"])
def test_only_the_approver_answers_for_the_force(cast, browse, issued, who):
    assert browse(who).post(URL, ANSWER).status_code == 403
    assert browse(who).get(URL).status_code == 403
    assert "Answer this" not in browse(who).get(f"{HOME}/1").text


def test_the_approver_is_offered_the_form(cast, browse, issued):
    assert "Answer this" in browse("owen").get(f"{HOME}/1").text
    assert "Publish this answer" in browse("owen").get(URL).text


def test_a_stranger_is_told_nothing(cast, browse, issued):
    assert browse("dev").post(URL, ANSWER).status_code == 404
    assert browse().post(URL, ANSWER).status_code == 403
    assert browse("owen").post(f"{HOME}/99/answer", ANSWER).status_code == 404
    assert browse("owen").post(f"{HOME}/99999999999/answer", ANSWER).status_code == 404


def test_what_was_not_asked_cannot_be_answered(cast, browse):
    run(asked(cast, "agreed"))
    assert browse("owen").post(URL, ANSWER).status_code == 404  # the force does not see it yet


def test_an_answer_is_never_changed(cast, browse, issued):
    browse("owen").post(URL, ANSWER)

    reply = browse("owen").post(URL, ANSWER | {"text": "Yes after all.", "form_key": "k2"})

    assert reply.status_code == 409
    assert "Yes after all." in reply.text  # their words, to be used elsewhere
    assert "No budget this year." in reply.text  # what stands
    assert run(stored()).answer == WORDS
    assert browse("owen").get(URL).status_code == 409


def test_the_same_form_twice_is_one_answer(cast, browse, issued):
    assert [browse("owen").post(URL, ANSWER).status_code for _ in range(2)] == [303, 303]
    assert len(told("recommendation.answered")) == 2
    assert len(run(entries())) == 2


def test_two_answers_at_the_same_moment_keep_only_the_first(cast, issued):
    early, late = run(stored()), run(stored())
    owen = cast.seats["owen"]
    run(actions.answer(early, by=owen, answer_type="accepted_in_full", text="Agreed."))
    with pytest.raises(Stale):
        run(actions.answer(late, by=owen, answer_type="rejected", text="No."))
    with pytest.raises(NotNow):
        run(actions.answer(run(stored()), by=owen, answer_type="rejected", text="No."))
    assert run(stored()).answer == "Agreed."


def test_silence_is_counted_in_days_and_then_told(cast, browse, issued):
    run(make_late(issued, 23))
    for page in (browse().get(HOME), browse().get(f"{HOME}/1")):
        assert "Answer 23 days late" in page.text
    assert "No answer for 23 days past the day we asked for" in browse().get(f"{HOME}/1").text

    browse("owen").post(URL, ANSWER)

    page = browse().get(f"{HOME}/1").text
    assert "Silence for 23 days past the day we asked for" in page
    assert "No answer for 23 days" not in page
