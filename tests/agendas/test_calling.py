"""A meeting is called, with the panel's standing items on its agenda."""

import asyncio
from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import events, home, how_many_letters, plan, typed

from scrutiny.agendas import actions
from scrutiny.kit.clock import today
from scrutiny.meetings.tables import Meeting

from .steps import STANDING, meeting, titles

HOME = "/lambeth/meetings"
DAY = today() + timedelta(21)


async def all_meetings() -> list[Meeting]:
    return await Meeting.objects().order_by(Meeting.date)


def test_it_is_called_and_recorded_and_nobody_is_asked_yet(browse):
    reply = browse("grace").post(f"{HOME}/new", typed(DAY))

    assert (reply.status_code, reply.headers["location"]) == (303, f"{HOME}/{DAY}")
    [row] = run(all_meetings())
    assert (row.date, row.stage, row.title, row.quorum, row.public, row.sequence) == (
        DAY,
        "proposed",
        "Spring meeting",
        2,
        True,
        0,
    )
    assert run(titles(row)) == STANDING
    assert run(events()) == [("meeting.called", False)]
    assert run(how_many_letters()) == 0


def test_the_form_comes_filled_with_the_usual(browse):
    page = browse("amara").get(f"{HOME}/new").text
    assert 'value="18:30"' in page and 'name="form_key"' in page and "checked" in page


def test_it_asks_for_what_is_missing_and_keeps_the_rest(browse):
    reply = browse("grace").post(f"{HOME}/new", typed(today() - timedelta(1), venue="Library"))
    assert reply.status_code == 422
    assert "That day has passed." in reply.text and 'value="Library"' in reply.text
    assert run(all_meetings()) == []


def next_last_sunday(month: int):
    """The next day on which the clocks change in that month."""
    days = (today() + timedelta(n) for n in range(1, 400))
    return next(d for d in days if d.month == month and d.day > 24 and d.isoweekday() == 7)


@pytest.mark.parametrize("month", [3, 10])
def test_a_time_when_the_clocks_change_is_refused(browse, month):
    day = next_last_sunday(month)
    reply = browse("grace").post(f"{HOME}/new", typed(day, starts="01:30"))
    assert reply.status_code == 422
    assert "The clocks change at 01:30" in reply.text
    assert browse("grace").post(f"{HOME}/new", typed(day, starts="02:30")).status_code == 303


def test_who_may_not(browse):
    for name, status in (("bilal", 403), ("claire", 403), ("dev", 404), ("ruth", 404)):
        assert browse(name).get(f"{HOME}/new").status_code == status
        assert browse(name).post(f"{HOME}/new", typed(DAY)).status_code == status
    assert browse().post(f"{HOME}/new", typed(DAY)).status_code == 403
    assert run(all_meetings()) == []


def test_a_day_that_is_taken_is_refused_with_the_words_kept(browse, cast):
    run(meeting(cast))
    reply = browse("grace").post(f"{HOME}/new", typed(DAY, venue="Library", form_key="k" * 32))
    assert reply.status_code == 409
    assert "There is already a meeting on" in reply.text
    assert 'value="Library"' in reply.text and 'value="' + "k" * 32 in reply.text
    assert len(run(all_meetings())) == 1


def test_another_panel_may_meet_on_the_same_day(browse, cast):
    run(meeting(cast))
    assert browse("ruth").post("/hackney/meetings/new", typed(DAY)).status_code == 303


def test_the_same_form_twice_calls_one_meeting(browse):
    form = typed(DAY, form_key="the-form-that-was-sent-twice")
    for _ in range(2):
        reply = browse("grace").post(f"{HOME}/new", form)
        assert (reply.status_code, reply.headers["location"]) == (303, f"{HOME}/{DAY}")
    assert len(run(all_meetings())) == 1
    assert run(events()) == [("meeting.called", False)]


def test_two_who_call_at_the_same_moment_call_one(cast):
    async def both():
        deeds = (
            actions.call(cast.lambeth, plan(DAY), by=cast.seats[name])
            for name in ("grace", "amara")
        )
        return await asyncio.gather(*deeds, return_exceptions=True)

    assert sorted(type(one).__name__ for one in run(both())) == ["Meeting", "NotNow"]
    [row] = run(all_meetings())
    assert run(titles(row)) == STANDING


def test_what_a_convenor_types_is_never_markup(browse):
    sharp = typed(DAY, title="<script>alert(1)</script>", venue='"><img src=x>', access="{{ 7*7 }}")
    browse("grace").post(f"{HOME}/new", sharp)
    page = browse("grace").get(f"{HOME}/{DAY}").text
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "{{ 7*7 }}" in page
    assert home(run(all_meetings())[0]) == f"{HOME}/{DAY}"
