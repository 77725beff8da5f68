"""Compile minutes from the meeting's rows, and correct what is final by a further edition.

Each deed about minutes reads its rows itself, as it may run twice (kit.db.writes).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from scrutiny.agendas.queries import items_of
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import advance, amend
from scrutiny.kit.words import many_lines
from scrutiny.meetings.rules import Presence
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Attendance, Meeting
from scrutiny.minutes import queries
from scrutiny.minutes.document import address, document_of
from scrutiny.minutes.editions import keep_version, meeting_of, must_be_seen
from scrutiny.minutes.gathering import composed
from scrutiny.minutes.rules import LAST_EDITION, MOVES, VOIDED, Seen, Stage, compare
from scrutiny.minutes.tables import Minutes
from scrutiny.people.actions import once
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record

NOTHING_BOUND = {
    "approved_by": None,
    "approved": None,
    "approved_at": None,
    "approved_hash": "",
    "cleared_by": None,
    "cleared": None,
    "pdf": b"",
    "sha256": "",
}
"""Any edit voids what was approved and cleared (R45)."""


@writes
async def compile(
    meeting: Meeting, *, by: Seat, seen: Seen | None = None, form_key: str = ""
) -> None:
    """Write the minutes from the meeting's rows, the first time or again; undoes an approval.

    Raises NotNow before the meeting is closed, Stale when the draft is not the one seen.
    """
    held = await meeting_of(meeting.id)
    await once(form_key, address(by.panel, held))
    draft = await queries.draft_of(by, held)
    if draft is not None:
        must_be_seen(draft, seen)
        await recompile(draft, held, by, draft.correction)
    elif held.stage == MeetingStage.HELD:
        await _begin(held, by, 1, "")
    else:
        raise NotNow("Minutes are compiled once, after the meeting has been closed.")


async def _begin(
    meeting: Meeting, by: Seat, edition: int, correction: str, replaces: bool = False
) -> None:
    made = await composed(meeting, by.panel, edition, correction, replaces)
    made.stage, made.compiled_by = Stage.DRAFTING, by.id
    await Minutes.insert(made)
    # The panel's own page says from that day on that a draft was made, and when.
    told = {"meeting": meeting.date, "edition": edition}
    await record("minutes.compiled", made, by=by, public=meeting.public and edition == 1, **told)
    await keep_version(made, "compiled", by)


async def recompile(
    draft: Minutes, meeting: Meeting, by: Seat, correction: str, how: str = "compiled"
) -> None:
    """Write the draft anew from the meeting's rows as they are now, and keep it as a version."""
    new = await composed(meeting, by.panel, draft.edition, correction, draft.replaces)
    parts = len(compare(document_of(draft), document_of(new)))
    voided = draft.stage in VOIDED
    words = {"document": new.document, "items": new.items, "correction": correction}
    words["replaces"] = draft.replaces
    await advance(draft, MOVES, "compiled", **words, compiled_by=by.id, **NOTHING_BOUND)
    await keep_version(draft, how, by)
    facts = {"meeting": meeting.date, "edition": draft.edition, "parts": parts}
    await record(f"minutes.{how}", draft, by=by, **facts, approval_undone=voided)


@dataclass(frozen=True)
class Correction:
    """What was wrong, and the meeting's rows as they should have been."""

    note: str
    notes: Mapping[UUID, str]  # agenda item -> what was said and agreed
    roll: Mapping[UUID, str]  # seat -> present, apologies or absent
    replaces: bool = False  # the earlier editions must not be read any more


@writes
async def correct(
    meeting: Meeting,
    correction: Correction,
    *,
    by: Seat,
    seen: Seen | None = None,
    form_key: str = "",
) -> None:
    """Begin a further edition, or write the one begun anew. What is published stays as it is."""
    held = await meeting_of(meeting.id)
    await once(form_key, address(by.panel, held))
    draft = await queries.draft_of(by, held)
    last = draft or await queries.final(by, held)
    if last is None or (draft is not None and draft.edition == 1):
        raise NotNow("These minutes are not final yet. Mend the notes and compile them again.")
    if last.edition >= LAST_EDITION:
        raise NotNow(f"Minutes have {LAST_EDITION} editions at most.")
    must_be_seen(last, seen)
    note = many_lines(correction.note).strip()
    fields = await rewrite(held, correction)
    if draft is not None:
        draft.replaces = correction.replaces
        await recompile(draft, held, by, note)
    else:
        await _begin(held, by, last.edition + 1, note, correction.replaces)
    more = {"replaces": True} if correction.replaces else {}
    await record("minutes.corrected", last, by=by, meeting=held.date, **fields, **more)


async def rewrite(meeting: Meeting, correction: Correction) -> dict[str, int]:
    """Save what differs; gives how many items and how many people that were."""
    items = people = 0
    for item in await items_of(meeting):
        notes = many_lines(correction.notes.get(item.id, item.notes)).strip()
        if notes != item.notes:
            await amend(item, notes=notes)
            items += 1
    for one in await Attendance.objects().where(Attendance.meeting == meeting.id):
        status = correction.roll.get(one.seat, one.status)
        if status != one.status:
            left = one.left if status == Presence.LEFT_EARLY else None
            mended = {Attendance.status: status, Attendance.left: left}
            await Attendance.update(mended).where(Attendance.id == one.id)
            people += 1
    return {"items": items, "people": people}
