"""Changes made within ten minutes of each other are one letter; SEQUENCE rises once for it."""

from datetime import timedelta

from conftest import run
from icalendar import Calendar

from scrutiny.kit.clock import LONDON, today
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
    assert run(events())[-1] == ("meeting.told", True)
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


def day_words(day) -> str:
    return f"{day:%A %-d %B %Y} at 18:30"


def test_who_was_told_nothing_yet_is_told_of_the_day_they_know(cast):
    """Moved, and put off before the letter of the move went: nobody ever heard of the new day."""
    row = run(meeting(cast))
    moved = changed(row, cast, date=row.date + timedelta(7))
    run(actions.postpone(run(stored(row)), "The hall is flooded.", by=cast.seats["grace"]))
    subject, text, method, body = run(letters("meeting.postponement"))["bilal@panel.test"]
    assert day_words(row.date) in text and day_words(moved.date) not in text
    assert subject == f"Panel meeting on {row.date:%-d %B %Y}: postponed"
    entry = Calendar.from_ical(body).walk("VEVENT")[0]
    assert (method, entry["DTSTART"].dt) == ("CANCEL", row.starts.astimezone(LONDON))
    assert entry["DTEND"].dt == row.ends.astimezone(LONDON)


def test_a_letter_of_change_says_what_it_was_and_so_does_the_page(browse, cast):
    row = run(meeting(cast))
    moved = changed(row, cast, date=row.date + timedelta(7))
    assert "it was to be" not in browse().get(home(moved)).text  # nobody heard of it yet
    run(later())
    text = run(letters("meeting.change"))["bilal@panel.test"][1]
    assert f"It was {day_words(row.date)}." in text
    was = f"it was to be on {row.date:%-d %B %Y} at 18:30"
    assert was in browse().get(home(moved)).text

    again = changed(moved, cast, date=row.date + timedelta(14))
    run(later())
    text = run(letters("meeting.change"))["bilal@panel.test"][1]
    assert f"It was {day_words(moved.date)}." in text and day_words(row.date) not in text
    assert f"on {moved.date:%-d %B %Y} at 18:30" in browse().get(home(again)).text


def test_a_new_place_alone_says_no_other_time(cast):
    row = run(meeting(cast))
    changed(row, cast, venue="Library")
    run(later())
    assert "It was" not in run(letters("meeting.change"))["bilal@panel.test"][1]
    assert run(stored(row)).was is None


def test_a_postponed_meeting_that_gets_a_new_day_says_the_old_one(cast):
    row = run(meeting(cast))
    run(actions.postpone(run(stored(row)), "The hall is flooded.", by=cast.seats["grace"]))
    changed(row, cast, date=row.date + timedelta(28))
    run(later())
    assert f"It was {day_words(row.date)}." in run(letters("meeting.change"))["amara@panel.test"][1]
