"""A resident comes back with the code and sees what became of the concern."""

import time

import pytest
from conftest import run

from concerns.steps import CANARIES, FILLED, letters, stored
from scrutiny.concerns import actions, pace
from scrutiny.concerns.queries import by_receipt, opened, trail
from scrutiny.concerns.tables import Concern
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.record.tables import Event

BACK = "/concerns/return"


def triaged(cast, code, *decisions, **said):
    """The secretariat decides, one after the other; the reply goes with the last."""
    for decision in decisions:
        more = said if decision == decisions[-1] else {}
        concern = run(by_receipt(code))
        run(actions.triage(concern, by=cast.seats["grace"], decision=decision, **more))


def test_the_code_shows_the_stage_and_not_the_words(browse, send):
    code = send()
    reply = browse().post(BACK, {"code": code})

    assert reply.status_code == 200
    assert "The secretariat has not read it yet." in reply.text
    assert f"LAM-C-{today().year}-01" in reply.text
    assert [word for word in CANARIES if word in reply.text] == []


def test_a_second_press_shows_what_was_written_but_not_who(browse, send):
    reply = browse().post(BACK, {"code": send(), "show": "yes"})
    assert FILLED["words"] in reply.text
    assert FILLED["place"] in reply.text
    assert "Xyloquist" not in reply.text


@pytest.mark.parametrize(
    "spelt", [str.lower, lambda c: c.replace("-", " "), lambda c: f"  {c.replace('-', '')}\n"]
)
def test_the_code_may_be_spelt_in_many_ways(browse, send, spelt):
    code = send()
    assert browse().post(BACK, {"code": spelt(code)}).status_code == 200
    misread = code.replace("0", "o").replace("1", "l")
    assert browse().post(BACK, {"code": misread}).status_code == 200


def test_a_code_never_works_in_an_address(browse, send):
    reply = browse().get(f"{BACK}?code={send()}")
    assert reply.status_code == 200
    assert "LAM-C" not in reply.text


def test_every_wrong_code_gets_the_same_slow_answer(browse, send, monkeypatch):
    monkeypatch.setattr(pace, "PAUSE", 0.2)
    code = send()
    changed = ("B" if code[0] == "A" else "A") + code[1:]
    replies = []
    for wrong in ("", "x", "LAM-C-2026-01", changed, "0" * 24, "é" * 24, "9" * 5000):
        began = time.monotonic()
        replies.append(browse().post(BACK, {"code": wrong}))
        assert time.monotonic() - began >= 0.2
    assert {(r.status_code, r.text) for r in replies} == {(422, replies[0].text)}
    assert "We do not know this code." in replies[0].text
    for path in (f"{BACK}/more", f"{BACK}/withdrawal"):
        reply = browse().post(path, {"code": changed, "words": "a", "sure": "yes"})
        assert reply.status_code == 422
        assert "We do not know this code." in reply.text


def test_too_many_wrong_codes_at_once_do_not_hold_the_site(browse, monkeypatch):
    monkeypatch.setattr(pace, "PAUSE", 30)
    monkeypatch.setattr(pace, "MOST", 0)
    assert browse().post(BACK, {"code": "wrong"}).status_code == 422


def test_the_reply_and_the_trail_are_shown(browse, send, cast):
    code = send()
    triaged(cast, code, "in_triage", "not_taken_forward", reason="out_of_area", reply="Ask Kent.")

    page = browse().post(BACK, {"code": code}).text
    assert "It happened outside the area of this panel." in page
    assert "Ask Kent." in page
    steps = [(step.by, step.day, step.words) for step in run(trail(run(by_receipt(code))))]
    assert steps == [
        (
            "panel",
            today(),
            "The secretariat is reading it and will decide what happens next.",
        ),
        ("panel", today(), "The panel has not taken it forward. The reason is below."),
    ]


def test_what_it_became_part_of_is_on_the_trail(browse, send, cast):
    code = send()
    triaged(cast, code, "accepted")

    async def link():
        for to, name in (("case", "4"), ("meeting", "2026-03-14"), ("recommendation", "7")):
            async with write_tx():
                concern = await by_receipt(code)
                await actions.link(concern, by=cast.seats["grace"], to=to, name=name)

    run(link())
    page = browse().post(BACK, {"code": code}).text
    assert "It became part of case 4." in page
    assert 'href="/lambeth/meetings/2026-03-14"' in page
    assert 'href="/lambeth/recommendations/7"' in page
    assert "/lambeth/cases/" not in page  # cases are not public
    assert stored(Concern.stage) == [{"stage": "linked"}]


def test_the_resident_answers_a_question(browse, send, cast):
    code = send()
    triaged(cast, code, "needs_info", reply="Which station?")
    assert "Which station?" in browse().post(BACK, {"code": code}).text

    reply = browse().post(f"{BACK}/more", {"code": code, "words": "Brixton."})

    assert reply.status_code == 200
    kept = run(by_receipt(code))
    assert kept.stage == "in_triage"
    assert opened(kept).words == f"{FILLED['words']}\n\n* * *\n\nBrixton."
    assert "You wrote more." in reply.text
    assert [letter.to.address for letter in letters("concern.added")] == ["grace@panel.test"]
    (event,) = run(Event.select(Event.facts).where(Event.what == "concern.added").run())
    assert event == {"facts": "{}"}


def test_an_answer_must_say_something(browse, send, cast):
    code = send()
    triaged(cast, code, "needs_info", reply="Which station?")
    reply = browse().post(f"{BACK}/more", {"code": code, "words": " "})
    assert reply.status_code == 422
    assert "Write what the secretariat asked for." in reply.text
    assert stored(Concern.stage) == [{"stage": "needs_info"}]


def test_an_answer_nobody_asked_for_is_refused(browse, send):
    reply = browse().post(f"{BACK}/more", {"code": send(), "words": "More."})
    assert reply.status_code == 409
    assert run(Event.count().where(Event.what == "concern.added").run()) == 0
