"""Meetings as calendars see them, on both sides of the changes of the clocks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from scrutiny.kit.clock import LONDON
from scrutiny.kit.ical import Happening, cancellation, feed, invitation
from scrutiny.kit.mail import Mailbox

GRACE = Mailbox("Lambeth scrutiny panel", "panel@scrutiny.example.org")
BILAL = Mailbox('Bilal; "Sián", O’Neill: the ŵ', "bilal@example.org")
MADE = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 18, tzinfo=LONDON)
WINTER = datetime(2026, 12, 1, 18, tzinfo=LONDON)
URL = "https://scrutiny.example.org/lambeth/meetings.ics"


def a_meeting(starts=SUMMER, **changes):
    row = {
        "uid": f"{starts:%Y%m%d}@scrutiny.example.org",
        "sequence": 0,
        "stamp": MADE,
        "created": MADE,
        "title": "Panel meeting",
        "starts": starts,
        "ends": starts + timedelta(hours=2),
        "place": "Town Hall, Brixton",
        "url": "https://scrutiny.example.org/lambeth/meetings/2026-07-01",
        "note": "Bring your pass; doors open at 5.30 pm.",
        "organiser": GRACE,
    }
    return Happening(**row | changes)


def made_of(meeting):
    return {
        "invitation": invitation(meeting, BILAL).body,
        "update": invitation(replace(meeting, sequence=1, ends=meeting.ends), BILAL).body,
        "cancellation": cancellation(replace(meeting, sequence=2), BILAL).body,
        "feed": feed([meeting, replace(meeting, uid="x@y.z", cancelled=True)], "Lambeth", URL),
    }


def read_back(body):
    calendar = Calendar.from_ical(body)
    return calendar, calendar.walk("VEVENT")[0]
