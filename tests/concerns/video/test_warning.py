"""The secretariat is warned at ten, five and three days left, each once."""

from datetime import timedelta

import pytest
from conftest import run

from concerns.steps import concern_of, raised
from concerns.video.steps import HOME, days_ago, events, letters, raised_with_video, wished
from scrutiny.concerns.rules import Stage
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.video import actions
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.people.tables import Seat

QUIET = {"wants": ["patterns"]}


def left(days: int) -> str:
    """The day it happened, for so many days of video from today on."""
    return days_ago(31 - days)


def warned_over(first: int, last: int) -> list[int]:
    """What is told on each day in turn, the tenth before the end first."""
    return [run(actions.warn(today() + timedelta(days=days))) for days in range(first, last)]


def move(concern, **changes) -> None:
    async def moving():
        async with write_tx():
            await Concern.update(changes).where(Concern.id == concern.id)

    run(moving())


def test_each_threshold_is_told_once_whatever_the_days(cast):
    raised(cast.lambeth, **wished(**QUIET, happened=left(12)))
    assert warned_over(0, 14) == [0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0]
    assert [event["facts"] for event in events("video.warned")] == [
        f'{{"days": {days}, "number": 1}}' for days in (10, 5, 3)
    ]


def test_it_is_told_once_however_often_we_look(cast):
    raised(cast.lambeth, **wished(**QUIET, happened=left(9)))
    assert [run(actions.warn(today())) for _ in range(3)] == [1, 0, 0]
    (letter,) = letters("video.warned")
    assert letter.to.address == "grace@panel.test"


def test_only_the_last_one_passed_is_told_where_several_were_missed(cast):
    raised(cast.lambeth, **wished(**QUIET, happened=left(2)))
    assert run(actions.warn(today())) == 1
    assert events("video.warned")[0]["facts"] == '{"days": 3, "number": 1}'


def test_the_letter_is_neutral(cast):
    raised(cast.lambeth, **wished(**QUIET))
    run(actions.warn(today()))
    (letter,) = letters("video.warned")
    assert letter.words.subject == "Lambeth Scrutiny Panel: something that cannot wait"
    assert "Days left: 4." in letter.words.text
    assert "https://panel.test/desk" in letter.words.text
    for secret in ("Quillfeather", "concern", "LAM-"):
        assert secret not in letter.words.text


def test_several_make_one_letter(cast):
    for days in (3, 5, 9):
        raised(cast.lambeth, **wished(**QUIET, happened=left(days)))
    assert run(actions.warn(today())) == 3
    assert "Days left: 3, 5, 9." in letters("video.warned")[0].words.text
    assert len(letters("video.warned")) == 1


def test_what_was_asked_and_not_answered_is_still_warned_of(cast, browse):
    raised_with_video(cast.lambeth)
    assert run(actions.warn(today())) == 1
    browse("claire").post(f"{HOME}/1/answer", {"outcome": "kept", "version": "1"})
    assert run(actions.warn(today() + timedelta(days=2))) == 0


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        (Stage.IN_TRIAGE, 1),
        (Stage.SAFEGUARDING_HOLD, 1),
        (Stage.PAUSED, 1),
        (Stage.LINKED, 1),
        (Stage.CLOSED, 0),
        (Stage.NOT_TAKEN_FORWARD, 0),
        (Stage.WITHDRAWN, 0),
    ],
)
def test_only_open_concerns_are_warned_of(cast, stage, told):
    concern = concern_of(raised(cast.lambeth, **wished(**QUIET)))
    move(concern, stage=stage.value)
    assert run(actions.warn(today())) == told


@pytest.mark.parametrize("days", [11, 31, -1, -40])
def test_neither_early_nor_late(cast, days):
    raised(cast.lambeth, **wished(**QUIET, happened=left(days)))
    assert run(actions.warn(today())) == 0


def test_praise_is_not_warned_of(cast):
    raised(cast.lambeth, **wished(wants=["praise"]))
    assert run(actions.warn(today())) == 0


def test_a_day_that_was_corrected_is_warned_of_anew(cast):
    concern = concern_of(raised(cast.lambeth, **wished(**QUIET, happened=left(4))))
    run(actions.warn(today()))
    move(concern, happened=today() - timedelta(days=31 - 5))
    assert run(actions.warn(today())) == 1


def test_without_a_secretariat_it_waits_for_one(cast):
    raised(cast.lambeth, **wished(**QUIET))
    grace = cast.seats["grace"].id

    async def seat_until(day):
        async with write_tx():
            await Seat.update({Seat.until: day}).where(Seat.id == grace)

    run(seat_until(today() - timedelta(days=1)))
    assert run(actions.warn(today())) == 0
    assert events("video.warned") == []
    run(seat_until(None))
    assert run(actions.warn(today())) == 1


def test_each_panel_is_told_of_its_own(cast):
    raised(cast.hackney, **wished(**QUIET))
    run(actions.warn(today()))
    assert [letter.to.address for letter in letters("video.warned")] == []
