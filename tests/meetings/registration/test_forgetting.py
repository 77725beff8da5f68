"""The day after the meeting nothing personal is left; how many they were stays."""

from datetime import timedelta

import pytest
from conftest import run

from meetings.steps import events, facts, home, letters, stored
from scrutiny.kit.clock import as_of, now, today
from scrutiny.letters.tables import Letter
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.registration import queries
from scrutiny.meetings.registration.forgetting import forget
from scrutiny.meetings.registration.tables import Registration
from scrutiny.meetings.tables import Meeting
from scrutiny.rounds.actions import go_round

from .steps import door, enter, open_meeting, standings


async def after(row: Meeting, days: int = 1) -> int:
    day = row.date + timedelta(days)
    with as_of(now() + (day - today())):
        return await forget(day)


async def sealed() -> list:
    rows = await Registration.select(Registration.sealed)
    return [row["sealed"] for row in rows if row["sealed"] is not None]


async def left_in_outbox() -> int:
    return await Letter.count().where(Letter.kind.like("registration.%"))


def test_names_addresses_needs_and_codes_go_and_the_count_stays(browse, cast):
    row = run(open_meeting(cast, places=1))
    code = run(enter(cast, row, "Ann", email="ann@example.org", needs="Large print."))
    run(enter(cast, row, "Ben"))
    assert run(after(row, 0)) == 0  # on the day itself they are still expected
    assert len(run(sealed())) == 2

    assert run(after(row)) == 2

    assert run(sealed()) == [] and run(letters("registration.place")) == {}
    assert run(standings(row)) == [(1, "registered", ""), (2, "waiting", "")]
    counted = run(queries.counted(row))
    assert (counted.taken, counted.waiting) == (1, 1)
    assert run(events())[-1] == ("registration.forgotten", False)
    assert run(facts("registration.forgotten")) == {"people": 2}
    assert browse().post(f"{door(row)}/return", {"code": code}).status_code == 422
    page = browse("grace").get(f"{home(row)}/registrations").text
    assert "Erased after the meeting" in page and "Ann" not in page
    assert run(after(row, 2)) == 0  # twice is once
    assert run(events()).count(("registration.forgotten", False)) == 1


def test_a_cancelled_meeting_forgets_and_a_postponed_one_keeps_for_ninety_days(cast):
    gone, off = run(open_meeting(cast)), run(open_meeting(cast, days=40))
    for row in (gone, off):
        run(enter(cast, row, "Ann"))
    run(meetings.cancel(run(stored(gone)), "Flood.", by=cast.seats["grace"]))
    run(meetings.postpone(run(stored(off)), "Flood.", by=cast.seats["grace"]))
    assert run(after(gone)) == 1
    assert run(after(off, 90)) == 0
    assert run(after(off, 91)) == 1


@pytest.mark.parametrize("state", ["sent", "failed"])
def test_letters_that_went_are_forgotten_the_next_day(cast, state):
    row = run(open_meeting(cast))
    run(enter(cast, row, "Ann", email="ann@example.org"))

    async def send() -> None:
        await Letter.update({Letter.state: state}).where(Letter.kind == "registration.place")

    run(send())

    async def tomorrow() -> int:
        return await forget(today() + timedelta(1))

    assert run(tomorrow()) == 0
    assert run(left_in_outbox()) == 0
    assert len(run(sealed())) == 1


def test_the_round_does_it(cast):
    row = run(open_meeting(cast, days=0))
    run(enter(cast, row, "Ann"))

    async def next_day() -> list[str]:
        with as_of(now() + timedelta(1)):
            return await go_round(today())

    assert run(next_day()) == []
    assert run(sealed()) == []
