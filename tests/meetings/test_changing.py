"""A meeting is moved or mended before its day; those asked hear of a new time or place."""

import asyncio
from datetime import timedelta

import pytest
from conftest import run
from icalendar import Calendar

from scrutiny.kit.clock import LONDON, today
from scrutiny.meetings import actions

from .steps import (
    answers,
    events,
    facts,
    home,
    how_many_letters,
    later,
    letters,
    meeting,
    plan,
    reply_path,
    stored,
    typed,
)


def test_a_new_day_is_recorded_and_goes_to_everybody_asked(browse, cast):
    row = run(meeting(cast))
    browse().post(run(reply_path(row, cast, "bilal")), {"answer": "yes"})
    day = row.date + timedelta(7)

    reply = browse("grace").post(f"{home(row)}/change", typed(day, starts="19:00"))

    moved = run(stored(row))
    assert (reply.status_code, reply.headers["location"]) == (303, home(moved))
    assert (moved.date, moved.sequence, moved.stage) == (day, 1, "scheduled")
    assert run(events())[-1] == ("meeting.changed", True)
    assert run(facts("meeting.changed")) == {"fields": ["date", "ends", "starts"]}
    assert run(answers(row)) == ["awaited"] * 6  # a yes was to another day
    assert run(letters("meeting.change")) == {}
    assert run(later()) == 6
    written = run(letters("meeting.change"))
    assert len(written) == 6
    subject, text, method, body = written["bilal@panel.test"]
    event = Calendar.from_ical(body).walk("VEVENT")[0]
    title = f"Panel meeting on {day:%-d %B %Y}: changed"
    assert (subject, method) == (title, "REQUEST")
    assert f"It was {row.date:%A %-d %B %Y} at 18:30." in text
    assert (event["UID"], event["SEQUENCE"]) == (f"{row.id}@panel.test", 1)
    assert event["DTSTART"].dt.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") == f"{day} 19:00"
    assert run(reply_path(row, cast, "bilal")) in text


def test_better_words_about_getting_in_write_to_nobody(browse, cast):
    row = run(meeting(cast))
    browse().post(run(reply_path(row, cast, "bilal")), {"answer": "yes"})
    browse("grace").post(f"{home(row)}/change", typed(row.date, access="Lift at the back."))
    saved = run(stored(row))
    assert (saved.access, saved.sequence) == ("Lift at the back.", 0)
    assert run(how_many_letters()) == 6
    assert run(answers(row)) == ["awaited"] * 5 + ["yes"]


def test_a_new_place_is_told_and_answers_stand(browse, cast):
    row = run(meeting(cast))
    browse().post(run(reply_path(row, cast, "bilal")), {"answer": "yes"})
    browse("grace").post(f"{home(row)}/change", typed(row.date, venue="Brixton Library"))
    assert run(stored(row)).sequence == 1
    run(later())
    assert "Brixton Library" in run(letters("meeting.change"))["amara@panel.test"][1]
    assert run(answers(row)) == ["awaited"] * 5 + ["yes"]


def test_the_old_address_leads_to_the_new_day(browse, cast):
    row, grace = run(meeting(cast)), cast.seats["grace"]
    for days in (3, 7):
        seen = run(stored(row))
        run(actions.change(seen, plan(row.date + timedelta(days)), by=grace))
    moved = run(stored(row))
    for who in (browse(), browse("bilal"), browse("owen"), browse("dev")):
        for old in (row.date, row.date + timedelta(3)):
            reply = who.get(f"/lambeth/meetings/{old}")
            assert (reply.status_code, reply.headers["location"]) == (303, home(moved))
        assert who.get(home(moved)).status_code == 200
    reply = browse("grace").get(f"{home(row)}/agenda?from=letter")
    assert reply.headers["location"] == f"{home(moved)}/agenda?from=letter"


def test_what_is_sent_to_the_old_day_is_done_nowhere(browse, cast):
    row, grace = run(meeting(cast)), cast.seats["grace"]
    run(actions.change(row, plan(row.date + timedelta(7)), by=grace))
    reply = browse("grace").post(f"{home(row)}/cancellation", {"reason": "Flooded."})
    assert reply.status_code == 404 and "This has another address now." in reply.text
    assert run(stored(row)).stage == "scheduled"


def test_a_day_taken_again_shows_the_meeting_that_is_on_it(browse, cast):
    row, grace = run(meeting(cast)), cast.seats["grace"]
    run(actions.change(row, plan(row.date + timedelta(7)), by=grace))
    run(meeting(cast, title="Extraordinary meeting"))
    reply = browse().get(home(row))
    assert reply.status_code == 200 and "Extraordinary meeting" in reply.text


def test_the_way_on_is_for_those_who_may_see_the_meeting(browse, cast):
    row, grace = run(meeting(cast, public=False)), cast.seats["grace"]
    day = row.date + timedelta(7)
    run(actions.change(row, plan(day, public=False), by=grace))
    assert browse().get(home(row)).status_code == 404
    assert browse("dev").get(home(row)).status_code == 404
    assert browse("bilal").get(home(row)).status_code == 303
    run(actions.change(run(stored(row)), plan(day), by=grace))  # open now, but not on that day
    assert browse().get(home(row)).status_code == 404
    assert browse().get(f"/hackney/meetings/{row.date}").status_code == 404


def test_a_proposal_changes_quietly(browse, cast):
    row = run(meeting(cast, "proposed"))
    browse("grace").post(f"{home(row)}/change", typed(row.date + timedelta(1)))
    assert run(stored(row)).sequence == 0
    assert run(events())[-1] == ("meeting.changed", False)
    assert run(how_many_letters()) == 0


def test_the_page_holds_what_is_there(browse, cast):
    row = run(meeting(cast))
    page = browse("grace").get(f"{home(row)}/change").text
    for words in ('value="Spring meeting"', 'value="18:30"', f'value="{row.date}"', "checked"):
        assert words in page


def test_it_asks_for_what_is_missing_and_keeps_the_rest(browse, cast):
    row = run(meeting(cast))
    wrong = typed(row.date, title=" ", venue="Brixton Library")
    reply = browse("grace").post(f"{home(row)}/change", wrong)
    assert reply.status_code == 422
    assert "Give the meeting a name." in reply.text
    assert 'value="Brixton Library"' in reply.text
    assert run(stored(row)).version == row.version


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not(browse, cast, method):
    row = run(meeting(cast))
    for name, status in (("bilal", 403), ("owen", 403), ("dev", 404)):
        assert getattr(browse(name), method)(f"{home(row)}/change").status_code == status
    assert browse("ruth").post(f"/hackney/meetings/{row.date}/change", {}).status_code == 404


@pytest.mark.parametrize("stage", ["in_session", "held"])
def test_what_has_begun_cannot_be_moved(browse, cast, stage):
    row = run(meeting(cast, stage))
    reply = browse("grace").post(f"{home(row)}/change", typed(today() + timedelta(5)))
    assert reply.status_code == 409
    assert run(stored(row)).date == row.date
    assert "can no longer be changed" in browse("grace").get(f"{home(row)}/change").text


def test_a_day_that_is_taken_is_refused_with_the_words_kept(browse, cast):
    row, other = run(meeting(cast)), run(meeting(cast, days=40))
    reply = browse("grace").post(f"{home(row)}/change", typed(other.date, venue="Brixton Library"))
    assert reply.status_code == 409
    assert "There is already a meeting on" in reply.text
    assert 'value="Brixton Library"' in reply.text
    assert run(stored(row)).date == row.date


def test_the_second_of_two_is_told_and_keeps_their_own_words(browse, cast):
    """Grace and Amara open the form; Grace moves the day, and with it the address."""
    row = run(meeting(cast))
    seen = {"meeting": str(row.id), "version": str(row.version)}
    first = typed(row.date + timedelta(3), venue="Brixton Library", **seen)
    second = typed(row.date + timedelta(5), venue="Assembly Hall", **seen)

    assert browse("grace").post(f"{home(row)}/change", first).status_code == 303
    reply = browse("amara").post(f"{home(row)}/change", second)

    assert reply.status_code == 409
    assert "Somebody else saved this before you" in reply.text
    assert 'value="Assembly Hall"' in reply.text and "Brixton Library" in reply.text
    saved = run(stored(row))
    assert (saved.venue, saved.date) == ("Brixton Library", row.date + timedelta(3))
    assert f'action="{home(saved)}/change"' in reply.text
    again = second | {"version": str(saved.version)}
    assert browse("amara").post(f"{home(saved)}/change", again).status_code == 303
    assert run(stored(row)).venue == "Assembly Hall"


def test_two_at_the_same_moment_keep_the_first(cast):
    row = run(meeting(cast))

    async def both():
        deeds = (
            actions.change(row, plan(row.date + timedelta(days)), by=cast.seats[name])
            for name, days in (("grace", 1), ("amara", 2))
        )
        return await asyncio.gather(*deeds, return_exceptions=True)

    kinds = sorted(type(one).__name__ for one in run(both()))
    assert kinds == ["Meeting", "Stale"]
    assert run(stored(row)).sequence == 1
    run(later())
    assert run(how_many_letters()) == 12
