"""Letters to members of the public who registered, as far as they gave an address."""

from datetime import date, datetime

from scrutiny.kit.clock import today
from scrutiny.kit.ical import cancellation, invitation
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.settings import settings
from scrutiny.letters.actions import Words, write
from scrutiny.meetings.calendar import (
    address,
    changed_to,
    happening,
    known_start,
    off,
    subject,
    when_and_where,
)
from scrutiny.meetings.registration.queries import entry_of
from scrutiny.meetings.registration.rules import Stage
from scrutiny.meetings.registration.tables import Registration
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel

OFF = {
    MeetingStage.CANCELLED: "is cancelled",
    MeetingStage.POSTPONED: "is postponed. Your place is kept, and we write when it has a new day",
}
CLOSED = "is not open to the public any more, so your place is gone"


def mark_of(meeting: Meeting, row: Registration | None = None) -> str:
    """How the keys of all their letters begin."""
    return f"registration|{meeting.id}|" + (f"{row.id}|" if row else "")


async def tell_place(row: Registration, meeting: Meeting, panel: Panel, code: str = "") -> None:
    """They have a place, at once or moved up from the waiting list. Inside write_tx()."""
    text = (
        f"You have a place at the meeting of {panel.name}.\n\n{when_and_where(meeting)}\n\n"
        f"{_giving_up(meeting, panel, code)}"
    )
    await _write(row, meeting, panel, "place", text, "REQUEST")


async def tell_waiting(row: Registration, meeting: Meeting, panel: Panel, code: str) -> None:
    """Every place is taken; they move up when somebody gives up. Inside write_tx()."""
    text = (
        f"You are on the waiting list for the meeting of {panel.name}.\n\n"
        f"{when_and_where(meeting)}\n\nWe write to you when there is a place.\n\n"
        f"{_giving_up(meeting, panel, code)}"
    )
    await _write(row, meeting, panel, "waiting", text)


async def tell_of_change(meeting: Meeting, panel: Panel, was: datetime | None = None) -> None:
    """The meeting was moved, postponed, cancelled or closed to the public. Inside write_tx()."""
    coming = [Stage.REGISTERED, Stage.WAITING]
    here = (Registration.meeting == meeting.id) & Registration.stage.is_in(coming)
    for row in await Registration.objects().where(here).order_by(Registration.number):
        over = OFF.get(meeting.stage, "" if meeting.public else CLOSED)
        if over:
            day = known_start(meeting)
            text = f"The meeting of {panel.name} on {day:%A %-d %B %Y} {over}.\n"
        else:
            text = f"{changed_to(panel, meeting, was)}{_giving_up(meeting, panel)}"
        part = ("CANCEL" if over else "REQUEST") if row.stage == Stage.REGISTERED else ""
        about = known_start(meeting).date() if over else None
        await _write(row, meeting, panel, "change", text, part, about)


def _giving_up(meeting: Meeting, panel: Panel, code: str = "") -> str:
    path = f"{settings().base_url}{address(panel, meeting)}/registration/return"
    yours = f"Your code is {code}\n\n" if code else ""
    return f"{yours}If you cannot come, please give up your place with your code:\n{path}\n"


async def _write(
    row: Registration,
    meeting: Meeting,
    panel: Panel,
    what: str,
    text: str,
    part: str = "",
    about: date | None = None,
) -> None:
    entry = entry_of(row)
    if not entry.email:
        return
    to, calendar = Mailbox(entry.name, entry.email), None
    if part == "REQUEST":
        calendar = invitation(happening(panel, meeting), to)
    elif part:
        calendar = cancellation(off(happening(panel, meeting), meeting), to)
    key = f"{mark_of(meeting, row)}{what}|{meeting.sequence}"
    words = Words(subject(about or meeting.date), text, calendar)
    await write(f"registration.{what}", to, words, key=key, panel=panel, day=today())
