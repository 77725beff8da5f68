"""Save notes on an item: what two people typed at once is put together, and nothing is lost."""

from dataclasses import dataclass

from scrutiny.agendas.access import reader_of
from scrutiny.agendas.queries import item_for
from scrutiny.agendas.rules import LONGEST_NOTES, NOTED_WHILE
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.stages import amend
from scrutiny.kit.words import many_lines
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record
from scrutiny.room.notes.queries import version, waiting
from scrutiny.room.notes.rules import Merged, merged
from scrutiny.room.tables import NoteVersion

NOT_NOTED = "Notes are taken once a meeting has been opened, until it has minutes."
TOO_LONG = "Together with what others wrote this is too long. Shorten it, then save again."


@dataclass(frozen=True)
class Outcome:
    """What became of a save; `saved` is False where both changed the same lines."""

    saved: bool
    item: Item
    merged: Merged


@writes
async def save(seen: Item, began_with: int, text: str, *, by: Seat) -> Outcome:
    """Save what was typed into the notes as they were at version `began_with` of the item.

    Whatever others saved since is kept as well. Where both changed the same lines nothing is
    saved over them: the typed text is kept beside the notes until the two are put together.
    """
    meeting = await Meeting.objects().get(Meeting.id == seen.meeting)
    if meeting is None:
        raise Missing("This meeting is no longer here.")
    if meeting.stage not in NOTED_WHILE:
        raise NotNow(NOT_NOTED)
    item = await item_for(await reader_of(by, by.panel), meeting, seen.id)
    return await put_together(item, meeting, began_with, text, by)


async def put_together(
    item: Item, meeting: Meeting, began_with: int, text: str, by: Seat
) -> Outcome:
    """As save() does it, inside the write_tx() of whoever asks for it."""
    typed = many_lines(text).strip()
    await _keep_what_is_there(item)
    base = await version(item.id, began_with)
    found = merged(base.text if base else "", item.notes, typed)
    if found.clashes:
        await _set_aside(item, began_with, typed, by)
        return Outcome(False, item, found)
    if len(found.text) > LONGEST_NOTES:
        raise NotNow(TOO_LONG)
    await _write(item, typed, found.text, by)
    await _settle(item, by)
    await record("agenda.noted", item, by=by, meeting=meeting.date, version=item.version)
    return Outcome(True, item, found)


async def _keep_what_is_there(item: Item) -> None:
    """As a version of its own, where it came to be by another way than here."""
    there = await version(item.id, item.version)
    if there is None or there.text != item.notes:
        await _add(item, item.notes, item.version, None)


async def _write(item: Item, typed: str, text: str, by: Seat) -> None:
    if text != typed:
        # Whoever goes on typing began with their own words, not with what was made of them:
        # the version before the newest one is what they sent.
        await amend(item)
        await _add(item, typed, item.version, by)
    await amend(item, notes=text)
    await _add(item, text, item.version, by)


async def _set_aside(item: Item, began_with: int, typed: str, by: Seat) -> None:
    mine = (NoteVersion.item == item.id) & NoteVersion.waiting.eq(True)
    await NoteVersion.delete().where(mine & (NoteVersion.by == by.id) & (NoteVersion.text == typed))
    row = {"number": began_with, "text": typed, "by": by.id, "at": now(), "waiting": True}
    await NoteVersion.insert(NoteVersion(item=item.id, **row))


async def _settle(item: Item, by: Seat) -> None:
    """They saved again, having seen both: what they typed before is no longer waiting."""
    for one in await waiting(item):
        if one.by.id == by.id:
            done = {NoteVersion.waiting: False, NoteVersion.number: 0}
            await NoteVersion.update(done).where(NoteVersion.id == one.id)


async def _add(item: Item, text: str, number: int, by: Seat | None) -> None:
    row = {"number": number, "text": text, "by": by.id if by else None, "at": now()}
    await NoteVersion.insert(NoteVersion(item=item.id, **row))
