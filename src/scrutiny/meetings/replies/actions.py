"""Record what a calendar answered: an intention, never that somebody came."""

import hashlib
from collections.abc import Iterable

from scrutiny.kit.clock import now
from scrutiny.kit.db import keep, writes
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.ical import Reply
from scrutiny.kit.ical import reply as read_reply
from scrutiny.kit.settings import settings
from scrutiny.kit.tokens import same
from scrutiny.meetings.calendar import reply_mark
from scrutiny.meetings.replies.reading import addresses, calendars, read
from scrutiny.meetings.replies.rules import MEANS, Outcome, is_older, marks_in, meeting_in
from scrutiny.meetings.replies.tables import Received
from scrutiny.meetings.rules import Stage
from scrutiny.meetings.tables import Invitation, Meeting
from scrutiny.people.rules import email_key
from scrutiny.record.actions import record


async def take(raw: bytes, recipients: Iterable[str] = ()) -> Outcome:
    """Take one message: `recipients` are those of its envelope, where they are known.

    The same message again changes nothing. Of the message only its hash and its outcome are kept.
    """
    message = read(raw)
    if message is None:
        return await _settled(raw, Outcome.UNREADABLE)
    there, said = calendars(message), []
    for one in there:
        try:
            said += read_reply(one)
        except Unreadable:
            return await _settled(raw, Outcome.UNREADABLE)
    if not said:
        return await _settled(raw, Outcome.NO_ANSWER)
    marks = marks_in([*recipients, *addresses(message), *(one.organiser for one in said)])
    return await _apply(raw, said[0], marks)


@writes
async def _settled(raw: bytes, outcome: Outcome) -> Outcome:
    return outcome if await _is_new(raw, outcome) else Outcome.AGAIN


async def _is_new(raw: bytes, outcome: Outcome) -> bool:
    digest = hashlib.sha256(raw).hexdigest()
    if await Received.exists().where(Received.digest == digest):
        return False
    await keep(Received(digest=digest, outcome=outcome, at=now()), unless_there=True)
    return True


@writes
async def _apply(raw: bytes, said: Reply, marks: set[str]) -> Outcome:
    asked, outcome = await _judged(said, marks)
    if not await _is_new(raw, outcome):
        return Outcome.AGAIN
    if outcome is Outcome.RECORDED:
        await _record(asked, said)
    return outcome


async def _judged(said: Reply, marks: set[str]) -> tuple[Invitation | None, Outcome]:
    """Whose answer it is, and whether it counts."""
    if said.answer not in MEANS:
        return None, Outcome.NO_ANSWER
    known = meeting_in(said.uid, settings().host)
    meeting = await Meeting.objects(Meeting.panel).get(Meeting.id == known) if known else None
    if meeting is None:
        return None, Outcome.UNKNOWN
    asked = await _invitation(meeting, said.address)
    if asked is None:
        return None, Outcome.NOT_ASKED
    if not any(same(mark, reply_mark(asked)) for mark in marks):
        return asked, Outcome.UNPROVED
    if meeting.stage != Stage.SCHEDULED:
        return asked, Outcome.TOO_LATE
    known_at = asked.replied if asked.reply_by == "link" else asked.reply_stamp
    if is_older(said, meeting.sequence, asked.reply_sequence, known_at):
        return asked, Outcome.OLDER
    asked.meeting = meeting
    return asked, Outcome.RECORDED


async def _invitation(meeting: Meeting, address: str) -> Invitation | None:
    return await (
        Invitation.objects(Invitation.seat, Invitation.seat.person)
        .where(
            (Invitation.meeting == meeting.id)
            & (Invitation.seat.person.email_key == email_key(address))
        )
        .first()
    )


async def _record(asked: Invitation, said: Reply) -> None:
    answer = MEANS[said.answer]
    changes = {
        Invitation.reply: answer,
        Invitation.replied: now(),
        Invitation.reply_by: "mail",
        Invitation.reply_sequence: said.sequence,
        Invitation.reply_stamp: said.stamp,
    }
    await Invitation.update(changes).where(Invitation.id == asked.id)
    about = asked.meeting
    await record(
        "meeting.reply", about, by=asked.seat, panel=about.panel, answer=answer, way="mail"
    )
