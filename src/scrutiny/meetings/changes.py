"""What was changed of a meeting, told once: ten quiet minutes after the last change of it."""

from datetime import date
from uuid import UUID

from scrutiny.kit.clock import now
from scrutiny.kit.db import rows, writes
from scrutiny.letters.actions import write
from scrutiny.meetings import calendar, queries
from scrutiny.meetings.registration import telling
from scrutiny.meetings.rules import QUIET, Stage
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel
from scrutiny.record.actions import record

DUE = "SELECT id FROM meeting WHERE tell_after <= {} ORDER BY tell_after LIMIT 200"


def put_off(meeting: Meeting) -> dict:
    """The columns that make a change heard of later. Inside the deed that changes it.

    The first change since the last letter raises SEQUENCE, and those that follow go with it, so
    an answer to what was there before is known to be one.
    """
    raised = meeting.sequence + (meeting.tell_after is None)
    return {"sequence": raised, "tell_after": now() + QUIET}


async def tell(meeting: Meeting, panel: Panel) -> int:
    """Write the letters that wait, inside write_tx(); returns how many. Nothing waits: none."""
    if meeting.tell_after is None:
        return 0
    await _keep(meeting, tell_after=None)
    if meeting.stage != Stage.SCHEDULED:
        return 0
    heard = meeting.told_starts
    was = heard if heard and heard != meeting.starts else None
    await _keep(meeting, told_starts=meeting.starts, was=was or meeting.was)
    asked = await queries.invitations(meeting)
    for one in asked:
        person = one.seat.person
        words = calendar.letter_of_change(panel, meeting, one, person, was)
        key = f"meeting.change|{meeting.id}|{meeting.sequence}|{person.id}"
        await write("meeting.change", person, words, key=key, panel=panel)
    await telling.tell_of_change(meeting, panel, was)
    told = {"public": meeting.public, "letters": len(asked)}
    await record("meeting.told", meeting, panel=panel, **told)
    return len(asked)


async def _keep(meeting: Meeting, **columns: object) -> None:
    """Nobody's own change, so its version stays."""
    await Meeting.update(columns).where(Meeting.id == meeting.id)
    for name, value in columns.items():
        setattr(meeting, name, value)


async def tell_due(_: date) -> int:
    """For the round: every meeting that nobody has touched for ten minutes."""
    return sum([await _tell_one(row["id"]) for row in await rows(DUE, now())])


@writes
async def _tell_one(known: UUID) -> int:
    meeting = await Meeting.objects(Meeting.panel).get(Meeting.id == known)
    if meeting is None or meeting.tell_after is None or meeting.tell_after > now():
        return 0
    return await tell(meeting, meeting.panel)
