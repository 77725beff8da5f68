"""Reminders: a week and a day before, once each, moved with the meeting, and never too much."""

from datetime import date, timedelta

import icalendar
import pytest
from conftest import run
from meetings import steps

from agendas import steps as agendas
from scrutiny.agendas import actions as agenda
from scrutiny.agendas.reminders.actions import due, remind
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import write_tx
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.tables import Invitation, Meeting
from scrutiny.membership.interests.tables import Recusal


def written() -> dict:
    return run(steps.letters("meeting.reminder"))


def before(meeting: Meeting, days: int) -> date:
    return meeting.date - timedelta(days=days)


def test_a_week_and_a_day_before_and_once_each(cast):
    meeting = run(steps.meeting(cast))
    sent = [run(remind(before(meeting, days))) for days in (8, 7, 7, 6, 2, 1, 1, 0)]
    assert sent == [0, 6, 0, 0, 0, 6, 0, 0]


@pytest.mark.parametrize(
    ("ahead", "which"), [(8, None), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)]
)
def test_which_one_is_due(ahead, which):
    assert due(date(2026, 3, 10), date(2026, 3, 10) - timedelta(days=ahead)) == which


def test_it_brings_the_agenda_and_the_entry_for_the_calendar(cast):
    meeting = run(agendas.meeting(cast))
    run(agenda.add_item(meeting, "Searches in October", by=cast.seats["grace"]))
    run(agenda.publish(run(steps.stored(meeting)), by=cast.seats["grace"]))
    run(remind(before(meeting, 7)))
    subject, text, method, body = written()["bilal@panel.test"]
    assert subject == f"Panel meeting on {meeting.date:%-d %B %Y}: reminder"
    assert method == "REQUEST"
    assert "Searches in October" in text and "have not said yet" in text
    entry = next(iter(icalendar.Calendar.from_ical(body).walk("VEVENT")))
    assert str(entry["UID"]).startswith(str(meeting.id)) and entry["SEQUENCE"] == 0


def test_who_said_no_is_left_alone(cast):
    meeting = run(steps.meeting(cast))
    run(say_no(meeting, cast.seats["bilal"]))
    run(remind(before(meeting, 7)))
    assert "bilal@panel.test" not in written() and len(written()) == 5


async def say_no(meeting, seat) -> None:
    async with write_tx():
        mine = (Invitation.meeting == meeting.id) & (Invitation.seat == seat.id)
        await Invitation.update({Invitation.reply: "no"}).where(mine)


def test_one_that_moved_is_reminded_of_anew(cast):
    meeting = run(steps.meeting(cast))
    run(remind(before(meeting, 7)))
    later = meeting.date + timedelta(days=14)
    moved = run(meetings.change(run(steps.stored(meeting)), steps.plan(later),
                                by=cast.seats["grace"]))  # fmt: skip
    assert run(remind(before(meeting, 6))) == 0
    assert run(remind(before(moved, 7))) == 6


@pytest.mark.parametrize("stage", ["proposed", "cancelled", "postponed", "in_session"])
def test_nobody_is_reminded_of_what_is_not_coming(cast, stage):
    meeting = run(steps.meeting(cast))
    run(set_stage(meeting, stage))
    assert run(remind(before(meeting, 1))) == 0


async def set_stage(meeting, stage) -> None:
    async with write_tx():
        await Meeting.update({Meeting.stage: stage}).where(Meeting.id == meeting.id)


@pytest.mark.parametrize("who", ["bilal", "amara"])
def test_whoever_takes_no_part_in_an_item_does_not_read_of_it(cast, who):
    meeting = run(agendas.meeting(cast))
    run(agenda.add_item(meeting, "The stop on Tulse Hill", by=cast.seats["grace"]))
    run(agenda.publish(run(steps.stored(meeting)), by=cast.seats["grace"]))
    run(recuse(cast, who))
    run(remind(before(meeting, 7)))
    assert "Tulse Hill" not in written()[f"{who}@panel.test"][1]
    assert "Tulse Hill" in written()["chidi@panel.test"][1]


async def recuse(cast, who) -> None:
    item = await Item.objects().where(Item.title == "The stop on Tulse Hill").first()
    async with write_tx():
        facts = {"about": item.id, "kind": "item", "how": "left_room", "sentence": "x"}
        gone = Recusal(panel=cast.lambeth.id, person=cast.people[who].id, at=now(), **facts)
        await Recusal.insert(gone)


def test_a_closed_meeting_says_neither_where_nor_what(cast):
    meeting = run(steps.meeting(cast, public=False, venue="Kennington station"))
    run(remind(before(meeting, 1)))
    for subject, text, _, body in written().values():
        assert "Kennington" not in subject + text + body.decode()
    assert today() < meeting.date
