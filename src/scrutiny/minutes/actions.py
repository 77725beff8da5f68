"""Writes about minutes. Each deed reads its rows itself, as it may run twice (kit.db.writes)."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from scrutiny.agendas.queries import items_of
from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance, amend, step
from scrutiny.kit.words import many_lines
from scrutiny.ledger.actions import enter
from scrutiny.letters.actions import Words, write
from scrutiny.meetings.actions import mark_minuted
from scrutiny.meetings.calendar import NEUTRAL
from scrutiny.meetings.rules import Presence
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Attendance, Meeting
from scrutiny.minutes import queries
from scrutiny.minutes.document import address, document_of, printed
from scrutiny.minutes.gathering import composed
from scrutiny.minutes.rules import (
    LAST_EDITION,
    MOVES,
    Seen,
    Stage,
    compare,
    fingerprint,
    said,
)
from scrutiny.minutes.tables import Minutes
from scrutiny.people.actions import once
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, who_may
from scrutiny.record.actions import record


@writes
async def compile(
    meeting: Meeting, *, by: Seat, seen: Seen | None = None, form_key: str = ""
) -> None:
    """Write the minutes from the meeting's rows, the first time or again; undoes an approval.

    Raises NotNow before the meeting is closed, Stale when the draft is not the one seen.
    """
    held = await _meeting(meeting.id)
    await once(form_key, address(by.panel, held))
    draft = await queries.draft_of(by, held)
    if draft is not None:
        _same(draft, seen)
        await _recompile(draft, held, by, draft.correction)
    elif held.stage == MeetingStage.HELD:
        await _begin(held, by, 1, "")
    else:
        raise NotNow("Minutes are compiled once, after the meeting has been closed.")


async def _begin(meeting: Meeting, by: Seat, edition: int, correction: str) -> None:
    made = await composed(meeting, by.panel, edition, correction)
    made.stage, made.compiled_by = Stage.DRAFTING, by.id
    await Minutes.insert(made)
    # The panel's own page says from that day on that a draft was made, and when.
    told = {"meeting": meeting.date, "edition": edition}
    await record("minutes.compiled", made, by=by, public=meeting.public and edition == 1, **told)
    await _tell("compiled", made, meeting, by.panel, Act.MINUTES_APPROVE, "wait for approval")


async def _recompile(draft: Minutes, meeting: Meeting, by: Seat, correction: str) -> None:
    new = await composed(meeting, by.panel, draft.edition, correction)
    parts = len(compare(document_of(draft), document_of(new)))
    voided = draft.stage == Stage.APPROVED
    await advance(
        draft,
        MOVES,
        "compiled",
        document=new.document,
        items=new.items,
        correction=correction,
        compiled_by=by.id,
        approved_by=None,
        approved=None,
        approved_hash="",
    )
    facts = {"meeting": meeting.date, "edition": draft.edition, "parts": parts}
    await record("minutes.compiled", draft, by=by, **facts, approval_undone=voided)


@writes
async def approve(
    meeting: Meeting, *, by: Seat, seen: Seen | None = None, form_key: str = ""
) -> None:
    """The chair binds the fingerprint of exactly this document.

    Raises NotNow when the same person compiled it, when they take no part in something that it
    is about, or when the meeting's rows differ from it by now.
    """
    draft, held = await _opened(meeting, by, seen, form_key)
    step(MOVES, draft.stage, "approved")
    if draft.compiled_by.person == by.person.id:
        raise NotNow("You compiled these minutes, so somebody else must approve them.")
    if await queries.is_apart(by, draft):
        raise NotNow(
            "You take no part in something that these minutes are about, so somebody else must "
            "approve them."
        )
    await _still_true(draft, held, by)
    mark = fingerprint(draft.document.encode())
    bound = {"approved_by": by.id, "approved": now(), "approved_hash": mark}
    await advance(draft, MOVES, "approved", **bound)
    facts = {"meeting": held.date, "edition": draft.edition, "sha256": mark}
    await record("minutes.approved", draft, by=by, **facts)
    await _tell("approved", draft, held, by.panel, Act.MINUTES_PUBLISH, "can be published")


async def publish(
    meeting: Meeting, *, by: Seat, seen: Seen | None = None, form_key: str = ""
) -> None:
    """Publish what was approved: its bytes, its lines in the ledger, letters to the panel.

    The PDF is made before anything is written. Raises PdfFailed, and then nothing has happened;
    NotNow when the meeting's rows were changed after the approval. Those of a closed meeting
    are filed instead: final in the same way, and read by the panel alone.
    """
    held = await _meeting(meeting.id)
    draft = await queries.draft_of(by, held)
    ready = draft is not None and draft.stage == Stage.APPROVED
    made = await printed(draft, by.panel, held) if ready else b""
    printed_from = Seen(draft.edition, draft.version) if draft else Seen()
    await _publish(held, made, printed_from, by, seen, form_key)


@writes
async def _publish(
    meeting: Meeting, made: bytes, printed_from: Seen, by: Seat, seen: Seen | None, form_key: str
) -> None:
    final, held = await _opened(meeting, by, seen, form_key)
    _same(final, printed_from)
    move = "published" if held.public else "filed"
    step(MOVES, final.stage, move)
    await _still_true(final, held, by)
    digest = fingerprint(made)
    out = now() if held.public else None
    await advance(final, MOVES, move, pdf=made, sha256=digest, published=out)
    if held.stage == MeetingStage.HELD:
        await mark_minuted(held)
    facts = {"meeting": held.date, "edition": final.edition, "sha256": digest}
    await record(f"minutes.{move}", final, by=by, public=held.public, **facts)
    if held.public:
        await _enter(final, held, by.panel)
    words = "have been corrected" if final.edition > 1 else "are ready to read"
    await _tell(move, final, held, by.panel, Act.MINUTES_READ_DRAFT, words)


async def _enter(final: Minutes, meeting: Meeting, panel: Panel) -> None:
    """The PDF, and the data inside it: whoever holds either can find it in the ledger."""
    title = f"Minutes of the meeting of {said(meeting.date)}, edition {final.edition}"
    for kind, more, ending, data in (
        ("minutes", "", ".pdf", final.pdf),
        ("minutes data", ", as data", ".json", final.document.encode()),
    ):
        place = address(panel, meeting, ending, final.edition)
        await enter(panel, kind, title + more, place, data)


@dataclass(frozen=True)
class Correction:
    """What was wrong, and the meeting's rows as they should have been."""

    note: str
    notes: Mapping[UUID, str]  # agenda item -> what was said and agreed
    roll: Mapping[UUID, str]  # seat -> present, apologies or absent


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
    held = await _meeting(meeting.id)
    await once(form_key, address(by.panel, held))
    draft = await queries.draft_of(by, held)
    last = draft or await queries.final(by, held)
    if last is None or (draft is not None and draft.edition == 1):
        raise NotNow("These minutes are not final yet. Mend the notes and compile them again.")
    if last.edition >= LAST_EDITION:
        raise NotNow(f"Minutes have {LAST_EDITION} editions at most.")
    _same(last, seen)
    note = many_lines(correction.note).strip()
    fields = await _rewrite(held, correction)
    if draft is not None:
        await _recompile(draft, held, by, note)
    else:
        await _begin(held, by, last.edition + 1, note)
    await record("minutes.corrected", last, by=by, meeting=held.date, **fields)


async def _rewrite(meeting: Meeting, correction: Correction) -> dict[str, int]:
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


# -- what the deeds share -------------------------------------------------------------------------


async def _meeting(known: UUID) -> Meeting:
    found = await Meeting.objects().get(Meeting.id == known)
    if found is None:
        raise Missing("This meeting is no longer here.")
    return found


async def _opened(
    meeting: Meeting, by: Seat, seen: Seen | None, form_key: str
) -> tuple[Minutes, Meeting]:
    """The edition that is being prepared, as it is now, and its meeting."""
    held = await _meeting(meeting.id)
    await once(form_key, address(by.panel, held))
    draft = await queries.draft_of(by, held)
    if draft is None:
        raise NotNow("No edition of these minutes is being prepared now.")
    _same(draft, seen)
    return draft, held


def _same(row: Minutes, seen: Seen | None) -> None:
    if seen is not None and seen != (row.edition, row.version):
        raise Stale("Somebody else changed these minutes a moment ago. Please look again.")


async def _still_true(draft: Minutes, meeting: Meeting, by: Seat) -> None:
    """Raises NotNow when the notes, or who came, were changed after the minutes were compiled."""
    new = await composed(meeting, by.panel, draft.edition, draft.correction)
    if compare(document_of(draft), document_of(new)):
        changed = compare(await queries.as_read(by, draft), await queries.as_read(by, new))
        raise NotNow(
            "Something was changed after these minutes were compiled, so they must be compiled "
            f"and approved again: {'; '.join(changed) or 'an item in which you take no part'}."
        )


async def _tell(
    deed: str, minutes: Minutes, meeting: Meeting, panel: Panel, act: Act, words: str
) -> None:
    """A neutral letter with a link to everybody who may do `act`."""
    path = address(panel, meeting)
    if deed != "published":
        path = f"/sign-in?next={quote(path)}"
    day = said(meeting.date)
    text = f"The minutes of the meeting of {panel.name} on {day} {words}.\n\n"
    letter = Words(f"{NEUTRAL}: minutes", f"{text}Read them here:\n{settings().base_url}{path}\n")
    for seat in await seats_on(panel.id, who_may(act)):
        key = f"minutes.{deed}|{minutes.id}|{seat.person.id}"
        await write(f"minutes.{deed}", seat.person, letter, key=key, panel=panel)
