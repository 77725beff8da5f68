"""By order of law: published words go from this site, and a page that says so stays."""

from scrutiny.agendas.tables import Item
from scrutiny.kit.db import scrub, writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import advance, step
from scrutiny.kit.words import many_lines
from scrutiny.ledger.actions import withdraw as enter_tombstone
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import queries
from scrutiny.minutes.document import address
from scrutiny.minutes.editions import meeting_of
from scrutiny.minutes.rules import MOVES, Stage, said
from scrutiny.minutes.tables import Minutes, Version
from scrutiny.people.actions import once
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record
from scrutiny.room.tables import NoteVersion

EMPTY = "{}"
REPLACED = "Redacted: replaced by edition {}."


async def withdraw(
    meeting: Meeting, edition: int, why: str, *, by: Seat, form_key: str = ""
) -> None:
    """Erase one published edition: its words, its PDF, and the versions that led to it.

    `why` is public and names nobody. Raises NotNow unless the edition is published.
    """
    await _withdraw(meeting, edition, why, by, form_key)
    await scrub()


@writes
async def _withdraw(meeting: Meeting, edition: int, why: str, by: Seat, form_key: str) -> None:
    held = await meeting_of(meeting.id)
    await once(form_key, address(by.panel, held, edition=edition))
    found = await queries.edition_of(held, edition)
    if found is None:
        raise NotNow("Only what was published can be withdrawn.")
    step(MOVES, found.stage, "withdrawn")
    await _take_away(found, held, many_lines(why).strip(), by)


async def take_earlier_away(final: Minutes, meeting: Meeting, by: Seat) -> None:
    """Erase every edition before one that replaces them, with what led to any of them.

    Inside the transaction that publishes `final`; the caller scrubs when that is over. Notes on
    the items as they were saved before go too: only what the new edition says is left.
    """
    earlier = (Minutes.meeting == meeting.id) & (Minutes.edition < final.edition)
    found = Minutes.objects().where(earlier & (Minutes.stage == Stage.PUBLISHED))
    for one in await found.order_by(Minutes.edition):
        await _take_away(one, meeting, REPLACED.format(final.edition), by)
    await Version.delete().where(
        (Version.minutes == final.id) & (Version.document != final.document)
    )
    items = Item.select(Item.id).where(Item.meeting == meeting.id)
    await NoteVersion.delete().where(NoteVersion.item.is_in(items))


async def _take_away(found: Minutes, held: Meeting, reason: str, by: Seat) -> None:
    marks = {".pdf": found.sha256, ".json": found.approved_hash}
    gone = {"pdf": b"", "document": EMPTY, "shown": "", "correction": "", "items": "[]"}
    await advance(found, MOVES, "withdrawn", withdrawal=reason, **gone)
    await Version.delete().where(Version.minutes == found.id)
    facts = {"meeting": held.date, "edition": found.edition}
    await record("minutes.withdrawn", found, by=by, public=True, **facts)
    title = f"Minutes of the meeting of {said(held.date)}, edition {found.edition}"
    for ending, mark in marks.items():
        place = address(by.panel, held, ending, found.edition)
        await enter_tombstone(by.panel, f"{title}, withdrawn", place, reason, mark)
