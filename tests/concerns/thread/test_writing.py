"""A resident writes more, corrects what was written, and answers a question."""

import pytest
from conftest import run

from concerns.steps import concern_of, letters
from concerns.thread.steps import BACK, decided, events, said
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.thread import rules
from scrutiny.kit.clock import midnight, today

PATH = f"{BACK}/more"


def more(receipt, words="It was at noon.", kind="added", last=0):
    return {"code": receipt.code, "kind": kind, "words": words, "last": str(last)}


def test_more_is_added_and_recorded(browse, concern):
    reply = browse().post(PATH, more(concern))
    assert reply.status_code == 200
    assert "We have what you wrote." in reply.text
    assert "It was at noon." in reply.text
    assert said(concern) == [("resident", "added", "It was at noon.")]
    assert [letter.to.address for letter in letters("concern.added")] == [
        "grace@panel.test",
        "sol@panel.test",
    ]
    assert "noon" not in str(letters("concern.added"))
    (event,) = events("concern.added")
    assert event["facts"] == '{"kind": "added", "turn": 1}'
    assert event["at"] == midnight(today())  # the day, not the hour


def test_a_correction_stands_beside_the_original(browse, concern):
    browse().post(PATH, more(concern, "It was on Tuesday.", "corrected"))
    page = browse().post(BACK, {"code": concern.code, "show": "words"}).text
    assert "A correction" in page and "It was on Tuesday." in page
    assert "Zebedee was searched twice" in page


def test_an_answer_goes_back_to_triage(browse, concern, cast):
    decided(cast, concern, "needs_info", reply="Which station?")
    assert "Which station?" in browse().post(BACK, {"code": concern.code}).text
    reply = browse().post(PATH, more(concern, "Brixton.", "answer", 1))
    assert reply.status_code == 200
    assert concern_of(concern).stage == "in_triage"
    assert said(concern) == [("panel", "question", "Which station?"),
                             ("resident", "answer", "Brixton.")]  # fmt: skip


def test_something_must_be_said_and_it_is_kept_when_too_long(browse, concern):
    empty = browse().post(PATH, more(concern, " "))
    assert empty.status_code == 422
    assert "Write what you want to say." in empty.text
    long = browse().post(PATH, more(concern, "Zebra " * 600))
    assert long.status_code == 422
    assert "Zebra Zebra" in long.text and "too long" in long.text
    unchosen = browse().post(PATH, more(concern, "Kept words", "praise"))
    assert unchosen.status_code == 422
    assert "Choose what your text is." in unchosen.text and "Kept words" in unchosen.text
    assert said(concern) == []


def test_an_answer_nobody_waits_for_is_refused(browse, concern, cast):
    reply = browse().post(PATH, more(concern, "Brixton.", "answer"))
    assert reply.status_code == 422  # the page offers no such choice
    decided(cast, concern, "needs_info", reply="Which?")
    decided(cast, concern, "in_triage", reply="Never mind.")
    late = browse().post(PATH, more(concern, "Brixton.", "answer", 1))
    assert late.status_code == 422
    assert "Brixton." in late.text
    assert ("resident", "answer", "Brixton.") not in said(concern)


def test_two_windows_the_second_keeps_its_text_and_sees_the_first(browse, concern):
    assert browse().post(PATH, more(concern, "From the first window.")).status_code == 200
    second = browse().post(PATH, more(concern, "From the second window."))
    assert second.status_code == 409
    assert "From the first window." in second.text
    assert "From the second window." in second.text
    assert len(said(concern)) == 1
    again = browse().post(PATH, more(concern, "From the second window.", last=1))
    assert again.status_code == 200
    assert len(said(concern)) == 2


def test_the_same_form_twice_is_one_turn(browse, concern):
    statuses = [browse().post(PATH, more(concern)).status_code for _ in range(3)]
    assert statuses == [200, 200, 200]
    assert len(said(concern)) == 1
    assert len(events("concern.added")) == 1


def test_a_second_turn_of_the_day_sends_no_second_letter(browse, concern):
    browse().post(PATH, more(concern, "One."))
    browse().post(PATH, more(concern, "Two.", last=1))
    assert len(said(concern)) == 2
    assert len(letters("concern.added")) == 2  # grace and sol, once each


def test_nothing_is_added_to_a_closed_one(browse, concern, cast):
    decided(cast, concern, "accepted")
    run(Concern.update({Concern.stage: "closed"}, force=True).run())
    reply = browse().post(PATH, more(concern, "Too late.", last=1))
    assert reply.status_code == 409
    assert "It is closed" in reply.text and "Too late." in reply.text
    assert "Too late." not in str(said(concern))


def test_a_full_thread_takes_no_more(browse, concern, monkeypatch):
    monkeypatch.setattr(rules, "MOST_TURNS", 1)
    browse().post(PATH, more(concern, "One."))
    reply = browse().post(PATH, more(concern, "Two.", last=1))
    assert reply.status_code == 409
    assert "This thread is full." in reply.text and "Two." in reply.text


@pytest.mark.parametrize("name", ["amara", "bilal", "grace", "claire", "owen", "hana", "sol"])
def test_a_seat_opens_nothing_without_the_code(browse, concern, name):
    for path in (BACK, PATH, f"{BACK}/withdrawal", f"{BACK}/copy", f"{BACK}/statement"):
        sent = {**more(concern), "code": concern.reference, "sure": "yes"}
        reply = browse(name).post(path, sent)
        assert reply.status_code == 422
        assert "LAM-C" not in reply.text
    assert said(concern) == []
    assert concern_of(concern).stage == "submitted"


def test_what_was_typed_is_only_ever_text(browse, concern):
    reply = browse().post(PATH, more(concern, "<script>alert(1)</script> {{ 7 * 7 }} %(name)s"))
    assert "<script>alert" not in reply.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }} %(name)s" in reply.text
