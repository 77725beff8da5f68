"""A meeting is called off, with a reason that everybody may read."""

import pytest
from conftest import run
from icalendar import Calendar

from scrutiny.meetings import actions

from .steps import events, home, how_many_letters, letters, meeting, stored

REASON = "The hall has flooded. We meet in June instead."


def test_it_is_cancelled_and_leaves_everybodys_calendar(browse, cast):
    row = run(meeting(cast))

    reply = browse("grace").post(f"{home(row)}/cancellation", {"reason": f" {REASON} "})

    assert (reply.status_code, reply.headers["location"]) == (303, home(row))
    gone = run(stored(row))
    assert (gone.stage, gone.reason, gone.sequence) == ("cancelled", REASON, 1)
    assert run(events())[-1] == ("meeting.cancelled", True)
    written = run(letters("meeting.cancellation"))
    assert len(written) == 6
    subject, text, method, body = written["claire@panel.test"]
    calendar = Calendar.from_ical(body)
    event = calendar.walk("VEVENT")[0]
    assert (subject, method, calendar["METHOD"]) == (
        f"Panel meeting on {row.date:%-d %B %Y}: cancelled",
        "CANCEL",
        "CANCEL",
    )
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (
        f"{row.id}@panel.test",
        1,
        "CANCELLED",
    )
    assert event["ATTENDEE"] == "mailto:claire@panel.test"
    assert REASON not in text


def test_a_proposal_is_dropped_without_a_letter_or_a_public_word(browse, cast):
    row = run(meeting(cast, "proposed"))
    browse("grace").post(f"{home(row)}/cancellation", {"reason": REASON})
    assert run(stored(row)).stage == "cancelled"
    assert run(events())[-1] == ("meeting.cancelled", False)
    assert run(how_many_letters()) == 0
    assert "Spring meeting" not in browse().get("/lambeth/meetings").text


@pytest.mark.parametrize(
    ("reason", "said"),
    [(" ", "Say why, in words that everybody may read."), ("x" * 301, "300 characters at most.")],
)
def test_a_reason_is_asked_for(browse, cast, reason, said):
    row = run(meeting(cast))
    reply = browse("grace").post(f"{home(row)}/cancellation", {"reason": reason})
    assert reply.status_code == 422
    assert said in reply.text and reason in reply.text
    assert run(stored(row)).stage == "scheduled"


def test_it_warns_that_this_cannot_be_undone(browse, cast):
    row = run(meeting(cast))
    assert "This cannot be undone." in browse("amara").get(f"{home(row)}/cancellation").text


def test_who_may_not(browse, cast):
    row = run(meeting(cast))
    for name, status in (("bilal", 403), ("claire", 403), ("dev", 404)):
        reply = browse(name).post(f"{home(row)}/cancellation", {"reason": REASON})
        assert reply.status_code == status
    assert browse().get(f"{home(row)}/cancellation").status_code == 303  # to sign in
    assert run(stored(row)).stage == "scheduled"


@pytest.mark.parametrize("stage", ["in_session", "held"])
def test_what_has_begun_is_not_cancelled(browse, cast, stage):
    row = run(meeting(cast, stage))
    assert browse("grace").post(f"{home(row)}/cancellation", {"reason": REASON}).status_code == 409
    assert run(stored(row)).stage == stage
    assert "no longer be cancelled" in browse("grace").get(f"{home(row)}/cancellation").text


def test_cancelling_twice_is_once(browse, cast):
    row = run(meeting(cast))
    for status in (303, 409):
        reply = browse("grace").post(f"{home(row)}/cancellation", {"reason": REASON})
        assert reply.status_code == status
    assert run(how_many_letters()) == 12
    assert [what for what, _ in run(events())].count("meeting.cancelled") == 1


def test_whoever_looked_at_an_older_meeting_is_told(cast):
    row = run(meeting(cast))
    run(actions.cancel(row, REASON, by=cast.seats["grace"]))
    with pytest.raises(actions.Stale):
        run(actions.cancel(row, "Another reason", by=cast.seats["amara"]))
    assert run(stored(row)).reason == REASON
