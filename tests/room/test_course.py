"""How a meeting went by the clock, from what the room noted, and what minutes say of it."""

from datetime import datetime, time
from uuid import UUID

import pytest
from conftest import run

from scrutiny.kit.clock import LONDON, as_of, today
from scrutiny.meetings import actions as meetings
from scrutiny.minutes import parts
from scrutiny.minutes.gathering import gathered
from scrutiny.minutes.rules import compare, document
from scrutiny.room import actions
from scrutiny.room.rules import hours, spans

from .steps import items, meeting, stored

PLANNED = (
    datetime(2026, 3, 12, 18, 30, tzinfo=LONDON),
    datetime(2026, 3, 12, 20, 30, tzinfo=LONDON),
)
A, B, C = (UUID(int=number) for number in (1, 2, 3))


def at(clock: str, day: int = 12) -> datetime:
    return datetime.combine(PLANNED[0].replace(day=day), time.fromisoformat(clock), LONDON)


@pytest.mark.parametrize(
    ("opened", "closed", "held"),
    [
        (at("18:34"), at("20:12"), (at("18:34"), at("20:12"))),
        (at("18:34"), at("00:05", 13), (at("18:34"), PLANNED[1])),
        (at("18:34"), None, (at("18:34"), PLANNED[1])),
        (at("09:00", 20), at("09:30", 20), None),  # written up later
        (at("21:00"), None, None),
        (None, at("20:12"), None),
    ],
)
def test_when_it_was_held(opened, closed, held):
    assert hours(PLANNED, opened, closed) == held


def test_while_there_was_a_quorum():
    moves = [
        (at("18:30"), A, True), (at("18:31"), B, True), (at("18:31"), B, True),
        (at("19:40"), B, False), (at("19:50"), C, False), (at("20:05"), C, True),
    ]  # fmt: skip
    assert spans(moves, 2, at("20:30")) == [
        (at("18:31"), at("19:40")),
        (at("20:05"), at("20:30")),
    ]
    assert spans(moves, 3, at("20:30")) == []
    assert spans([], 1, at("20:30")) == []


async def evening(cast):
    """Called for 18:30; opened at 18:36 and closed at 20:10, without a quorum for a while."""
    row, grace = await meeting(cast, days=0), cast.seats["grace"]
    day = today()

    def clock(words: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(words), LONDON)

    async def does(words: str, deed, *what) -> None:
        with as_of(clock(words)):
            await deed(await stored(row), *what, by=grace)

    first, second, *_ = await items(row)
    await does("18:36", meetings.open_session)
    for name in ("amara", "bilal", "grace"):
        await does("18:37", actions.arrive, cast.seats[name].id)
    await does("18:40", actions.start, first.id)
    await does("19:05", actions.leave, cast.seats["bilal"].id)
    await does("19:20", actions.arrive, cast.seats["bilal"].id)
    await does("19:30", actions.start, second.id)
    await does("20:10", actions.close)
    return await stored(row)


def test_minutes_have_the_hours_of_the_room_and_the_quorum_that_was_lost(cast):
    row = run(evening(cast))
    found = run(gathered(row, cast.lambeth))
    made = document(found, 1)
    assert (made["meeting"]["starts"], made["meeting"]["ends"]) == ("18:36", "20:10")
    assert made["quorum"].endswith(
        "so there was a quorum. For a time there was none: from 19:05 to 19:20."
    )


def test_older_minutes_with_planned_hours_were_not_edited(cast):
    row = run(evening(cast))
    found = run(gathered(row, cast.lambeth))
    new = document(found, 1)
    came = new["quorum"].partition(" For a time")[0]
    planned = {**new["meeting"], "starts": "18:30", "ends": "20:30"}
    assert compare({**new, "meeting": planned, "quorum": came}, new) == []
    elsewhere = {**planned, "venue": "Library"}
    assert compare({**new, "meeting": elsewhere}, new) == ["When and where it was"]


def test_planned_hours_where_the_room_was_not_used(cast):
    row = run(meeting(cast, "held"))
    made = document(run(gathered(row, cast.lambeth)), 1)
    assert (made["meeting"]["starts"], made["meeting"]["ends"]) == ("18:30", "20:30")
    assert "For a time" not in made["quorum"]


def test_a_quorum_that_ended_early_is_told():
    from_to = [("18:31", "19:40")]
    came = parts.Turnout(community=1, police=0, others=0, apologies=0, absent=0, needed=2)
    said = parts.quorum_words(came, from_to)
    assert said.endswith(" For a time there was one: from 18:31 to 19:40.")
    assert parts.quorum_words(came) + " For a time there was one: from 18:31 to 19:40." == said
    whole = parts.Turnout(community=3, police=0, others=0, apologies=0, absent=0, needed=2)
    assert "For a time" not in parts.quorum_words(whole, from_to)
