"""Changes made within ten minutes of each other are one letter; SEQUENCE rises once for it."""

from datetime import timedelta

from conftest import run
from icalendar import Calendar

from scrutiny.kit.clock import today
from scrutiny.letters.tables import Letter
from scrutiny.meetings import actions
from scrutiny.meetings.tables import Invitation, Meeting
from scrutiny.people.tables import Seat
from scrutiny.rounds.actions import go_round

from .steps import (
    answers,
    events,
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


def changed(row: Meeting, cast, **what) -> Meeting:
    seen = run(stored(row))
    return run(
        actions.change(seen, plan(what.pop("date", row.date), **what), by=cast.seats["grace"])
    )


def sequence(written: dict, name: str) -> int:
    return Calendar.from_ical(written[f"{name}@panel.test"][3]).walk("VEVENT")[0]["SEQUENCE"]


def test_a_draft_sends_no_mail_however_often_it_changes(browse, cast):
    row = run(meeting(cast, "proposed"))
    for venue in ("Library", "School", "Chapel"):
        browse("grace").post(f"{home(row)}/change", typed(row.date, venue=venue))
    assert run(later()) == 0
    assert run(how_many_letters()) == 0
    assert run(stored(row)).tell_after is None
    browse("grace").post(f"{home(row)}/invitations")
    assert run(how_many_letters()) == 6
    assert "Chapel" in run(letters("meeting.invitation"))["bilal@panel.test"][1]


def test_three_edits_are_one_letter_that_says_the_last(cast):
    row = run(meeting(cast))
    changed(row, cast, venue="Library")
    changed(row, cast, venue="School")
    changed(row, cast, venue="School", date=row.date + timedelta(1))

    assert run(later(9)) == 0
    assert run(letters("meeting.change")) == {}
    assert run(later()) == 6

    written = run(letters("meeting.change"))
    assert "School" in written["bilal@panel.test"][1]
    assert "Library" not in written["bilal@panel.test"][1]
    assert sequence(written, "bilal") == run(stored(row)).sequence == 1
    assert run(how_many_letters()) == 12
    assert run(events())[-1] == ("meeting.told", False)
    assert (run(later()), run(how_many_letters())) == (0, 12)  # twice is once


def test_the_next_batch_raises_it_again_and_keeps_the_uid(cast):
    row = run(meeting(cast))
    changed(row, cast, venue="Library")
    run(later())
    changed(row, cast, venue="School")
    run(later())
    written = run(letters("meeting.change"))
    entry = Calendar.from_ical(written["amara@panel.test"][3]).walk("VEVENT")[0]
    assert (entry["SEQUENCE"], entry["UID"]) == (2, f"{row.id}@panel.test")


def test_the_round_of_every_ten_minutes_does_it(cast):
    row = run(meeting(cast))
    changed(row, cast, venue="Library")

    async def quiet():
        quietly = {Meeting.tell_after: (await stored(row)).tell_after - timedelta(minutes=10)}
        await Meeting.update(quietly).where(Meeting.id == row.id)
        return await go_round(today())

    assert run(quiet()) == []
    assert len(run(letters("meeting.change"))) == 6


def test_a_cancellation_goes_at_once_and_the_change_is_never_told(cast):
    row = run(meeting(cast))
    changed(row, cast, venue="Library")
    run(actions.cancel(run(stored(row)), "Flooded.", by=cast.seats["grace"]))
    assert run(later()) == 0
    assert run(letters("meeting.change")) == {}
    gone = run(letters("meeting.cancellation"))
    assert (len(gone), sequence(gone, "bilal"), run(stored(row)).sequence) == (6, 2, 2)


def test_whoever_is_asked_meanwhile_is_asked_to_what_all_have_been_told(cast):
    row = run(meeting(cast))
    changed(row, cast, date=row.date + timedelta(1))
    run(_forget_invitation(row, cast))
    run(actions.invite(run(stored(row)), by=cast.seats["grace"]))
    assert len(run(letters("meeting.change"))) == 5
    assert sequence(run(letters("meeting.invitation")), "bilal") == 1
    assert run(later()) == 0


async def _forget_invitation(row: Meeting, cast) -> None:
    await Invitation.delete().where(Invitation.seat == cast.seats["bilal"].id)
    await Letter.delete().where(
        Letter.key == f"meeting.invitation|{row.id}|{cast.people['bilal'].id}"
    )


def test_what_waits_is_told_before_the_meeting_opens(cast):
    row = run(meeting(cast, days=0))
    changed(row, cast, venue="Library")
    run(actions.open_session(run(stored(row)), by=cast.seats["grace"]))
    assert len(run(letters("meeting.change"))) == 6


def test_an_answer_given_meanwhile_is_to_the_new_time_and_stands(browse, cast):
    row = run(meeting(cast))
    changed(row, cast, date=row.date + timedelta(1))
    browse().post(run(reply_path(row, cast, "bilal")), {"answer": "yes"})
    run(later())
    assert run(answers(row)) == ["awaited"] * 5 + ["yes"]


def test_nobody_on_leave_is_told_anything(cast):
    row = run(meeting(cast, "proposed"))

    async def leave(name: str) -> None:
        await Seat.update({Seat.stage: "on_leave"}).where(Seat.id == cast.seats[name].id)

    run(leave("chidi"))
    run(actions.invite(row, by=cast.seats["grace"]))
    run(leave("bilal"))
    changed(row, cast, venue="Library")
    run(later())
    assert "chidi@panel.test" not in run(letters("meeting.invitation"))
    assert set(run(letters("meeting.change"))) & {"chidi@panel.test", "bilal@panel.test"} == set()
    assert len(run(letters("meeting.change"))) == 4
