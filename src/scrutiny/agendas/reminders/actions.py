"""Reminders of meetings: a week and a day before, with the agenda and the entry for the calendar.

Their keys name the day of the meeting, so that one that moved is reminded of anew.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from scrutiny.agendas.access import Reader, reader_of
from scrutiny.agendas.queries import agenda_of, kept_lines
from scrutiny.agendas.rules import Line, closed_of, lines_of
from scrutiny.agendas.tables import Agenda
from scrutiny.kit.db import rows, write_tx
from scrutiny.kit.ical import invitation
from scrutiny.kit.mail import Mailbox
from scrutiny.letters.actions import Words, write
from scrutiny.meetings.calendar import (
    happening,
    link,
    organiser_of,
    reply_link,
    subject,
    when_and_where,
)
from scrutiny.meetings.queries import invitations
from scrutiny.meetings.rules import Answer, Stage
from scrutiny.meetings.tables import Invitation, Meeting
from scrutiny.record.actions import record

DAYS = (1, 7)
"""Before the meeting; the smaller one first, so that a site that was off sends one letter."""


def due(meeting: date, today: date) -> int | None:
    """Which reminder is due: 1 on the day before and the day itself, 7 in the week before."""
    ahead = (meeting - today).days
    return next((days for days in DAYS if 0 <= ahead <= days), None)


async def remind(today: date) -> int:
    """Write the reminders that are due; returns how many. Going round again writes none."""
    soon = (Meeting.date >= today) & (Meeting.date <= today + timedelta(days=max(DAYS)))
    found = Meeting.objects(Meeting.panel, Meeting.panel.force)
    waiting = await found.where(soon & (Meeting.stage == Stage.SCHEDULED)).order_by(Meeting.date)
    return sum([await _remind(one, due(one.date, today)) for one in waiting])


async def _remind(meeting: Meeting, days: int) -> int:
    """One transaction a meeting: all who have not been told, but those who said no."""
    asked = [one for one in await invitations(meeting) if one.reply != Answer.NO]
    keyed = {_key(meeting, one, days): one for one in asked}
    known = {row["key"] for row in await rows(WRITTEN, tuple(keyed))}
    new = {key: one for key, one in keyed.items() if key not in known}
    if not new:
        return 0
    agenda = await agenda_of(meeting)
    readers = {key: await reader_of(_seat(one, meeting), meeting.panel) for key, one in new.items()}
    async with write_tx():
        for key, one in new.items():
            words = _words(meeting, one, readers[key], agenda)
            await write("meeting.reminder", one.seat.person, words, key=key, panel=meeting.panel)
        await record("meeting.reminded", meeting, panel=meeting.panel, letters=len(new), days=days)
    return len(new)


WRITTEN = "SELECT key FROM letter WHERE key IN ({})"


def _key(meeting: Meeting, asked: Invitation, days: int) -> str:
    when = f"{meeting.date.isoformat()}|{days}"
    return f"meeting.reminder|{meeting.id}|{when}|{asked.seat.person.id}"


def _seat(asked: Invitation, meeting: Meeting):
    asked.seat.panel = meeting.panel
    return asked.seat


def _words(meeting: Meeting, asked: Invitation, reader: Reader, agenda: Agenda | None) -> Words:
    """The agenda as this person may read it: what they take no part in is not in it."""
    panel, person = meeting.panel, asked.seat.person
    parts = [
        f"A reminder: {panel.name} meets.",
        when_and_where(meeting),
        *([] if agenda is None or not agenda.published else [_agenda(agenda, reader)]),
        *([_question(asked)] if asked.reply == Answer.AWAITED else []),
        f"About the meeting:\n{link(panel, meeting)}\n",
    ]
    organiser = organiser_of(asked)
    entry = happening(panel, meeting, organiser=organiser)
    part = invitation(entry, Mailbox(person.name, person.email))
    title = subject(meeting.date, "reminder")
    return Words(title, "\n\n".join(parts), part, sender=organiser.address)


def _question(asked: Invitation) -> str:
    return f"You have not said yet whether you can come:\n{reply_link(asked)}"


def _agenda(agenda: Agenda, reader: Reader) -> str:
    lines = kept_lines(reader, agenda, lines_of(agenda.document))
    closed = sum(closed_of(agenda.document).values())
    more = [f"and {closed} in the closed part"] if closed else []
    return "\n".join(["The agenda:", *_listed(lines), *more])


def _listed(lines: Iterable[Line]) -> Iterable[str]:
    """Letters are read on other people's screens: of a case there is the number and no title."""
    for line in lines:
        title = f"Case {line.case}" if line.case else line.title
        yield f"{'  ' * (line.depth - 1)}{line.number} {title}".rstrip()
