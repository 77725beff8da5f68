"""A meeting is put off with a reason, and later given a new day: the same entry in calendars."""

from datetime import timedelta

import pytest
from conftest import run
from icalendar import Calendar

from scrutiny.kit.clock import LONDON
from scrutiny.meetings import actions

from .steps import (
    answers,
    events,
    home,
    how_many_letters,
    later,
    letters,
    meeting,
    reply_path,
    stored,
    typed,
)


def entry(written: dict, name: str = "bilal"):
    return Calendar.from_ical(written[f"{name}@panel.test"][3]).walk("VEVENT")[0]


def put_off(browse, row, reason="The hall is flooded."):
    return browse("grace").post(f"{home(row)}/postponement", {"reason": reason})


def test_it_leaves_calendars_and_the_public_reads_why(browse, cast):
    row = run(meeting(cast))
    browse().post(run(reply_path(row, cast, "bilal")), {"answer": "yes"})

    assert put_off(browse, row).headers["location"] == home(row)

    saved = run(stored(row))
    assert (saved.stage, saved.sequence, saved.reason) == ("postponed", 1, "The hall is flooded.")
    assert run(events())[-1] == ("meeting.postponed", True)
    assert run(answers(row)) == ["awaited"] * 6
    written = run(letters("meeting.postponement"))
    subject, text, method, _ = written["bilal@panel.test"]
    title = f"Panel meeting on {row.date:%-d %B %Y}: postponed"
    assert (len(written), subject, method) == (6, title, "CANCEL")
    assert "is postponed." in text and "flooded" not in text
    assert (entry(written)["SEQUENCE"], entry(written)["UID"]) == (1, f"{row.id}@panel.test")
    page = browse().get(home(row)).text
    assert "This meeting is postponed" in page and "The hall is flooded." in page
    assert "Postponed" in browse().get("/lambeth/meetings").text
    feed = Calendar.from_ical(browse().get("/lambeth/meetings.ics").content).walk("VEVENT")[0]
    assert feed["STATUS"] == "CANCELLED"
    assert "postponed" in browse().get(run(reply_path(row, cast, "bilal"))).text


def test_its_new_day_keeps_the_uid_and_raises_sequence(browse, cast):
    row = run(meeting(cast))
    put_off(browse, row)
    day = row.date + timedelta(14)

    reply = browse("grace").post(f"{home(row)}/change", typed(day))

    moved = run(stored(row))
    assert reply.headers["location"] == home(moved)
    assert (moved.stage, moved.date, moved.sequence, moved.reason) == ("scheduled", day, 2, "")
    assert run(events())[-1] == ("meeting.rescheduled", True)
    assert run(later()) == 6
    again = entry(run(letters("meeting.change")))
    assert (again["UID"], again["SEQUENCE"]) == (f"{row.id}@panel.test", 2)
    assert again["DTSTART"].dt.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") == f"{day} 18:30"
    assert again["STATUS"] == "CONFIRMED"
    assert browse().get(home(row)).headers["location"] == home(moved)
    browse().post(run(reply_path(row, cast, "bilal")), {"answer": "yes"})
    assert run(answers(row)) == ["awaited"] * 5 + ["yes"]


def test_it_may_come_back_to_its_own_day(browse, cast):
    row = run(meeting(cast))
    put_off(browse, row)
    assert browse("grace").post(f"{home(row)}/change", typed(row.date)).status_code == 303
    assert run(stored(row)).stage == "scheduled"
    assert run(later()) == 6


def test_a_change_that_was_waiting_is_never_told(browse, cast):
    row = run(meeting(cast))
    browse("grace").post(f"{home(row)}/change", typed(row.date, venue="Library"))
    put_off(browse, row)
    assert run(later()) == 0
    assert run(letters("meeting.change")) == {}
    assert entry(run(letters("meeting.postponement")))["SEQUENCE"] == 2


def test_what_is_postponed_may_still_be_cancelled(browse, cast):
    row = run(meeting(cast))
    put_off(browse, row)
    browse("grace").post(f"{home(row)}/cancellation", {"reason": "No hall anywhere."})
    assert (run(stored(row)).stage, run(stored(row)).sequence) == ("cancelled", 2)
    assert run(how_many_letters()) == 18


def test_nobody_answers_or_is_asked_meanwhile(browse, cast):
    row = run(meeting(cast))
    put_off(browse, row)
    reply = browse().post(run(reply_path(row, cast, "bilal")), {"answer": "yes"})
    assert reply.status_code == 409
    assert browse("grace").post(f"{home(row)}/invitations").status_code == 409
    assert browse("grace").post(f"{home(row)}/session").status_code == 409
    assert "Give it a new day first." in browse("grace").get(f"{home(row)}/session").text


def test_it_asks_for_a_reason_and_keeps_it_short(browse, cast):
    row = run(meeting(cast))
    for reason, said in ((" ", "Say why"), ("x" * 301, "Make this shorter")):
        reply = put_off(browse, row, reason)
        assert reply.status_code == 422 and said in reply.text
    assert run(stored(row)).stage == "scheduled"


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not(browse, cast, method):
    row = run(meeting(cast))
    for name, status in (("bilal", 403), ("owen", 403), ("dev", 404)):
        assert getattr(browse(name), method)(f"{home(row)}/postponement").status_code == status


@pytest.mark.parametrize("stage", ["proposed", "in_session", "held"])
def test_only_what_people_were_asked_to_is_postponed(browse, cast, stage):
    row = run(meeting(cast, stage))
    assert put_off(browse, row).status_code == 409
    assert "can be postponed" in browse("grace").get(f"{home(row)}/postponement").text
    assert run(stored(row)).stage == stage


def test_the_second_of_two_is_told(cast):
    row = run(meeting(cast))
    run(actions.postpone(row, "Flood.", by=cast.seats["grace"]))
    with pytest.raises(Exception, match="Somebody else changed this meeting"):
        run(actions.postpone(row, "Fire.", by=cast.seats["amara"]))
    assert run(stored(row)).reason == "Flood."
