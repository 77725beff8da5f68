"""Writes about redactions: prepared, offered with their result, given back, carried out."""

import asyncio
import hashlib
from uuid import UUID

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import scrub, write_tx, writes
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.kit.ids import new_id
from scrutiny.kit.stages import advance
from scrutiny.kit.words import many_lines
from scrutiny.people.actions import once
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record
from scrutiny.redaction import putting, queries, shelf, subjects
from scrutiny.redaction.cutting import Refusal, Wanted, made_anew
from scrutiny.redaction.letters import tell
from scrutiny.redaction.matching import cut, is_in
from scrutiny.redaction.putting import Placed
from scrutiny.redaction.rules import (
    MOVES,
    RedactionForm,
    boxes_in,
    said,
    stands_for,
    stored,
    without_box,
    words_in,
)
from scrutiny.redaction.subjects import PAPER, Subject
from scrutiny.redaction.tables import Redaction

STALE = "Somebody else changed this redaction a moment ago. Your own entries are kept below."
NO_RESULT = {"file": None, "key": b"", "size": 0, "pages": 0, "sha256": ""}


async def save(
    subject: Subject, seen: int, form: RedactionForm, pages: int, *, by: Seat
) -> Redaction:
    """Keep what is to be taken out; `seen` is the version looked at, 0 where there was none.

    A result that was made before is thrown away. Raises Stale.
    """
    row, old = await _save(subject, seen, form, pages, by=by)
    shelf.discard([old])
    return row


@writes
async def _save(
    subject: Subject, seen: int, form: RedactionForm, pages: int, *, by: Seat
) -> tuple[Redaction, UUID | None]:
    row = await queries.open_of(subject)
    if (row.version if row else 0) != seen:
        raise Stale(STALE)
    old = row.file if row else None
    if row is None:
        row = Redaction(
            id=new_id(), panel=by.panel.id, kind=subject.kind, about=subject.id,
            source=subject.sha256, reason=form.reason, prepared_by=by.id, prepared=now(),
        )  # fmt: skip
        await Redaction.insert(row)
    boxes = without_box(boxes_in(row.boxes), form.gone)
    if (box := form.box(pages)) is not None and box not in boxes:
        boxes = [*boxes, box]
    fields = {
        "words": queries.sealed_words(row.id, "\n".join(words_in(form.words))),
        "boxes": stored(boxes), "reason": form.reason, "keep": form.original == "keep",
        "source": subject.sha256, "prepared_by": by.id, "prepared": now(),
    }  # fmt: skip
    await advance(row, MOVES, "saved", **fields, **NO_RESULT)
    await record("redaction.saved", row, by=by, kind=row.kind, boxes=len(boxes), reason=row.reason)
    return row, old


async def offer(subject: Subject, *, by: Seat) -> None:
    """Make the result, and ask a second person to agree to exactly that. Raises Refusal, NotNow."""
    row = await queries.open_of(subject)
    if row is None:
        raise NotNow("Say first what is to be taken out.")
    wanted, made, pages = queries.wanted(row), b"", 0
    _must_leave_nothing(subject, wanted)
    if subject.has_pages:
        made, pages = await _made(subject, wanted, by)
    file, key = await asyncio.to_thread(shelf.keep, made) if made else (None, b"")
    digest = hashlib.sha256(made).hexdigest() if made else ""
    result = {"file": file, "key": key, "size": len(made), "pages": pages, "sha256": digest}
    try:
        await _offer(subject, row.version, result, by=by)
    except BaseException:
        shelf.discard([file])
        raise


async def _made(subject: Subject, wanted: Wanted, by: Seat) -> tuple[bytes, int]:
    title = cut(subject.title, wanted.words, stands_for(wanted.reason))
    content = await subjects.content_of(subject)
    note = said(today(), wanted.reason)
    made, _found, pages = await made_anew(content, wanted, title, by.panel.name, note)
    return made, pages


def _must_leave_nothing(subject: Subject, wanted: Wanted) -> None:
    """What stands beside the file is words too."""
    boxed = stands_for(wanted.reason)
    for text in (subject.title, subject.words):
        if is_in(cut(text, wanted.words, boxed), wanted.words):
            raise Refusal("left")


@writes
async def _offer(subject: Subject, seen: int, result: dict, *, by: Seat) -> None:
    row = await queries.open_of(subject)
    if row is None or row.version != seen:
        raise Stale(STALE)
    await advance(row, MOVES, "offered", returned="", prepared_by=by.id, **result)
    facts = {"kind": row.kind, "sha256": row.sha256, "pages": row.pages}
    await record("redaction.offered", row, by=by, **facts)
    await tell("offered", by.panel, row, by.person.id)


async def drop(subject: Subject, seen: int, *, by: Seat) -> None:
    """Nothing is taken out after all: the draft and its result are erased."""
    shelf.discard([await _drop(subject, seen, by=by)])
    await scrub()


@writes
async def _drop(subject: Subject, seen: int, *, by: Seat) -> UUID | None:
    row = await queries.open_of(subject)
    if row is None or row.version != seen:
        raise Stale(STALE)
    await Redaction.delete().where(Redaction.id == row.id)
    await record("redaction.dropped", row, by=by, kind=row.kind)
    return row.file


async def give_back(subject: Subject, seen: int, why: str, *, by: Seat) -> None:
    """The second person does not agree yet, and says what should be put right."""
    shelf.discard([await _give_back(subject, seen, why, by=by)])


@writes
async def _give_back(subject: Subject, seen: int, why: str, *, by: Seat) -> UUID | None:
    row = await _as_seen(subject, seen, by)
    old = row.file
    await advance(row, MOVES, "returned", returned=many_lines(why).strip(), **NO_RESULT)
    await record("redaction.returned", row, by=by)
    await tell("returned", by.panel, row, by.person.id)
    return old


async def agree(subject: Subject, seen: int, *, by: Seat, form_key: str = "") -> None:
    """Put exactly what was offered in the place of what was published, for good.

    Raises NotNow when the same person prepared it, or the file was changed since; Stale.
    """
    row = await queries.offered(subject)
    made = await asyncio.to_thread(shelf.bytes_of, row.file, row.key) if row.file else b""
    sent = await putting.sent_file(subject) if row.keep else b""
    new = await asyncio.to_thread(putting.placed, subject, made, sent)
    kept: tuple[UUID | None, bytes] = (None, b"")
    try:
        if row.keep and subject.kind == PAPER:
            kept = await asyncio.to_thread(shelf.keep, await subjects.content_of(subject))
        packs = await _agree(subject, seen, new, made, kept, by=by, form_key=form_key)
    except BaseException:
        new.drop()
        shelf.discard([kept[0]])
        raise
    putting.clear_away(subject, packs)
    shelf.discard([row.file])
    await scrub()
    if packs:
        await putting.ask_for_packs(subject, by)


@writes
async def _agree(
    seen_subject: Subject, seen: int, new: Placed, made: bytes, kept: tuple[UUID | None, bytes],
    *, by: Seat, form_key: str,
) -> list[UUID]:  # fmt: skip
    await once(form_key, f"/{by.panel.slug}/redactions")
    subject = await subjects.find(by, by.panel, seen_subject.ref)
    row = await _as_seen(subject, seen, by)
    if row.source != subject.sha256 or subject.row.file != seen_subject.row.file:
        raise NotNow("The file was replaced after this was prepared. It must be prepared again.")
    words, packs = queries.wanted(row).words, []
    if subject.kind == PAPER:
        packs = await putting.put_paper(subject, row, words, new, made, by)
    else:
        await putting.put_old(subject, row, words, new, made, by)
    done = {"agreed_by": by.id, "done": today(), "words": b"", "original": kept[0]}
    result = {"file": None, "key": b"", "original_key": kept[1]}
    await advance(row, MOVES, "agreed", **done, **result)
    await record("redaction.agreed", row, by=by, kind=row.kind, kept=row.keep, reason=row.reason)
    return packs


async def _as_seen(subject: Subject, seen: int, by: Seat) -> Redaction:
    row = await queries.offered(subject)
    if row.version != seen:
        raise Stale("This redaction was changed a moment ago. Please look again.")
    if row.prepared_by.person == by.person.id:
        raise NotNow("You prepared this yourself, so somebody else must agree to it.")
    return row


async def note_reading(row: Redaction, *, by: Seat) -> None:
    """That somebody opened the file as it was: recorded before it goes out."""
    async with write_tx():
        await record("redaction.original_read", row, by=by)
