"""What of triage waits on whose desk."""

from datetime import timedelta

import pytest
from conftest import run

from concerns.steps import concern_of, raised
from concerns.triage.steps import hold, move, propose, refuse, seen
from scrutiny.concerns.thread.actions import answer_hand_off
from scrutiny.concerns.thread.turns import say
from scrutiny.concerns.triage import handoff
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx

REVIEW = today() + timedelta(days=30)


def held(cast, _receipt):
    hold(cast)


def paused(cast, _receipt):
    move(cast, "paused_live_proceedings", reason="court", review_on=REVIEW)


def answered(cast, receipt):
    move(cast, "needs_info", reply="Where?")
    row = concern_of(receipt)

    async def write():
        async with write_tx():
            await say(row, "resident", "answer", "At the station.", today())

    run(write())


def agreed(cast, receipt):
    run(handoff.offer(seen(cast), by=cast.seats["grace"], to="force"))
    run(answer_hand_off(receipt.code, agree=True, version=1))


@pytest.mark.parametrize(
    ("happens", "title", "whose"),
    [
        (held, "Held, as somebody may be in danger", {"grace", "sol"}),
        (paused, "Paused: look at them again", {"grace", "sol"}),
        (answered, "Residents wrote more", {"grace", "sol"}),
        (agreed, "Complaints to pass on", {"grace"}),
        (lambda cast, _: propose(cast), "would not take forward: do you agree?", {"amara"}),
    ],
)
def test_it_waits_for_whoever_does_it_and_for_nobody_else(browse, cast, happens, title, whose):
    happens(cast, raised(cast.lambeth))
    found = {name for name in cast.people if title in browse(name).get("/desk").text}
    assert found == whose


def test_a_pause_says_by_when(browse, cast, concern):
    paused(cast, concern)
    assert f"{REVIEW.day} {REVIEW:%B %Y}" in browse("grace").get("/desk").text


def test_what_waits_for_the_chair_waits_for_nobody_in_triage(browse, cast, concern):
    propose(cast)
    assert "Concerns to decide on" not in browse("grace").get("/desk").text


def test_what_is_over_waits_for_nobody(browse, cast, concern):
    refuse(cast)
    for name in ("grace", "sol", "amara", "hana"):
        page = browse(name).get("/desk").text
        assert "Concern 1" not in page and "Refusal 1" not in page
