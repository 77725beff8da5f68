"""What everybody may read of a meeting beside its agenda: its kind, its notice, its place."""

from datetime import date
from typing import Any

from scrutiny.meetings.registration.rules import Door, door
from scrutiny.meetings.rhythm import bank_holiday
from scrutiny.meetings.rules import KINDS, Kind, shows_link
from scrutiny.meetings.tables import Meeting
from scrutiny.meetings.venue.rules import in_words


def about(meeting: Meeting, today: date) -> dict[str, Any]:
    """For the page of a meeting and its part meetings/_about.html. Never the link to join."""
    return {
        "kind": KINDS[meeting.kind] if meeting.kind != Kind.ORDINARY else "",
        "details": in_words(meeting),
        "holiday": bank_holiday(meeting.date),
        "may_join": bool(meeting.online) and shows_link(meeting.stage),
        "registering": door(meeting, today) if meeting.public else Door.NONE,
    }
