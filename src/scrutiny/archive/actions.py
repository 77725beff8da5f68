"""Writes about old minutes: taken in, checked, agreed and published, deleted, withdrawn.

A file is on the shelf before its row is written and taken off after that row is gone, so no row is
without its file; what a crash leaves without a row, rounds.sweep() finds.
"""

from typing import Any
from uuid import UUID

from scrutiny.archive import guarding, queries, shelf
from scrutiny.archive.letters import ask_to_agree, give_back
from scrutiny.archive.reading import Read
from scrutiny.archive.rules import (
    LONGEST_TITLE,
    MOVES,
    OPEN,
    CheckForm,
    canonical,
    day_in,
    may_show_file,
    name_of,
)
from scrutiny.archive.tables import OldMinutes
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import scrub, write_tx, writes
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.kit.ids import new_id
from scrutiny.kit.stages import advance, step
from scrutiny.kit.words import many_lines, one_line
from scrutiny.leaks.actions import lift
from scrutiny.leaks.rules import Finding
from scrutiny.ledger.actions import enter
from scrutiny.people.actions import next_number, once
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record


async def take_in(read: Read, *, by: Seat) -> tuple[OldMinutes, bool]:
    """A draft of what was read, and whether it is new: the same file again is the same draft."""
    try:
        row, new = await _take_in(read, by=by)
    except BaseException:
        read.drop()
        raise
    if not new:
        read.drop()
    return row, new


@writes
async def _take_in(read: Read, *, by: Seat) -> tuple[OldMinutes, bool]:
    before = await queries.same_file(by.panel, read.sent_sha256)
    if before is not None:
        return before, False
    row = OldMinutes(
        id=new_id(), panel=by.panel.id, file=read.file, name=read.name, kind=read.kind,
        sent_sha256=read.sent_sha256, sent_size=read.sent_size, sent_key=read.sent_key,
        sha256=read.sha256, size=read.size, key=read.key, pages=read.pages, found=read.found,
        read=read.words, day=read.day, title=read.title[:LONGEST_TITLE], text=read.text,
        shows="both" if may_show_file(read.found) else "text", imported_by=by.id,
        imported=now(), saved_by=by.id,
    )  # fmt: skip
    await OldMinutes.insert(row)
    facts = {"kind": read.kind, "sha256": read.sent_sha256, "found": read.found}
    await record("archive.imported", row, by=by, **facts)
    return row, True


@writes
async def save(seen: OldMinutes, form: CheckForm, *, by: Seat, offer: bool = False) -> OldMinutes:
    """Keep what somebody made of it; with `offer` a second person is asked to agree.

    Raises Stale when somebody else saved it since.
    """
    row = await _as_seen(seen, by.panel)
    fields = {
        "day": day_in(form.day) if form.day.strip() else None,
        "title": one_line(form.title),
        "text": many_lines(form.text).strip(),
        "shows": form.shows,
        "note": many_lines(form.note).strip(),
    }
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    more: dict[str, Any] = {"saved_by": by.id} if changed else {}
    more |= {"returned": ""} if offer else {}
    await advance(row, MOVES, "offered" if offer else "saved", **fields, **more)
    await record("archive.offered" if offer else "archive.saved", row, by=by, fields=changed)
    if offer:
        row = await queries.waiting(by.panel, row.id)
        await ask_to_agree(by.panel, row)
    return row


@writes
async def give_it_back(seen: OldMinutes, reason: str, *, by: Seat) -> None:
    """The second person does not agree yet, and says what should be put right."""
    row = await _as_seen(seen, by.panel)
    _refuse_own(row, by)
    await advance(row, MOVES, "returned", returned=many_lines(reason).strip())
    await record("archive.returned", row, by=by)
    await give_back(by.panel, await queries.waiting(by.panel, row.id))


async def publish(seen: OldMinutes, *, by: Seat, lifted: str = "", form_key: str = "") -> str:
    """Publish exactly what was seen; returns its address.

    Raises NotNow when the same person made it, or where the leak guard stops it: with a reason,
    `lifted`, it may be published all the same, unless it holds what never is.
    """
    found = await guarding.findings(by.panel, seen)
    if problem := guarding.stops(found, lifted):
        raise NotNow(problem)
    blocking = [one for one in found if one.blocks]
    parts = b"".join(queries.copy_of(seen)) if seen.shows != "text" else b""
    return await _publish(seen, parts, blocking, lifted, by=by, form_key=form_key)


@writes
async def _publish(
    seen: OldMinutes, parts: bytes, found: list[Finding], why: str, *, by: Seat, form_key: str
) -> str:
    row, panel = await _as_seen(seen, by.panel), by.panel
    step(MOVES, row.stage, "published")
    _refuse_own(row, by)
    if row.day is None:
        raise NotNow("Nobody has said yet of which day these minutes are.")
    row.number = await next_number(panel.id, f"archive{row.day.isoformat()}")
    document = canonical(published_document(row, panel))
    if found:
        await lift(found, why, by=by, prepared_by=row.saved_by.person, about=row.id)
    bound = {"number": row.number, "agreed_by": by.id, "agreed": now(), "checked": today()}
    await advance(row, MOVES, "published", document=document, **bound)
    place = queries.address_of(panel, row)
    facts = {"number": row.number, "day": row.day, "shows": row.shows, "lifted": len(found)}
    await record("archive.published", row, by=by, public=True, **facts)
    title = f"Minutes from before this site, of {row.day:%-d %B %Y}"
    await enter(panel, "archive", title, f"{place}.json", document.encode())
    if row.shows != "text":
        await enter(panel, "archive", f"{title}, the file", f"{place}.{row.kind}", parts)
    await once(form_key, place)
    return place


def published_document(row: OldMinutes, panel: Panel) -> dict[str, Any]:
    """What is published, as data."""
    shown = row.shows != "text"
    name = f"{panel.slug}-minutes-{name_of(row.day, row.number)}.{row.kind}"
    file = {"name": name, "sha256": row.sha256, "bytes": row.size} if shown else None
    on = row.redacted.isoformat() if row.redacted else ""
    redacted = {"redacted": {"day": on, "reason": row.redaction}} if on else {}
    return {
        "panel": panel.slug,
        "name": panel.name,
        "day": row.day.isoformat(),
        "number": row.number,
        "title": row.title,
        "text": row.text if row.shows != "file" else "",
        "note": row.note if row.shows == "file" else "",
        "imported": True,
        "checked": (row.checked or today()).isoformat(),
        "file": file,
        **redacted,
    }


async def remove(seen: OldMinutes, *, by: Seat) -> None:
    """Delete what was not published: the row, both files and every word of it."""
    shelf.discard([await _remove(seen, by=by)])
    await scrub()


@writes
async def _remove(seen: OldMinutes, *, by: Seat) -> UUID:
    row = await _as_seen(seen, by.panel)
    if row.stage not in OPEN:
        raise NotNow("These are published. They can be withdrawn, which leaves a note.")
    await OldMinutes.delete().where(OldMinutes.id == row.id)
    await record("archive.deleted", row, by=by, sha256=row.sent_sha256)
    return row.file


async def withdraw(
    seen: OldMinutes, reason: str, *, by: Seat, erase: bool = False, form_key: str = ""
) -> None:
    """Take published ones off the site: a note with the reason stays at their address.

    Words and clean copy are erased; with `erase` the file that was sent is too.
    """
    file = await _withdraw(seen, reason, by=by, erase=erase, form_key=form_key)
    shelf.discard([file], shelf.COPY + (shelf.SENT if erase else ""))
    await scrub()


GONE = {"text": "", "read": "", "note": "", "document": "", "name": "", "key": b""}
"""What goes with the words; the title goes too, as it may be the reason."""


@writes
async def _withdraw(seen: OldMinutes, reason: str, *, by: Seat, erase: bool, form_key: str) -> UUID:
    row, panel = await queries.kept(by.panel, seen.id), by.panel
    row.version = seen.version
    step(MOVES, row.stage, "withdrawn")
    place, why = queries.address_of(panel, row), many_lines(reason).strip()
    document, shown = row.document.encode(), row.shows != "text"
    more = {"sent_key": b"", "sent_size": 0} if erase else {}
    told = {"reason": why, "withdrawn": today(), "title": ""}
    await advance(row, MOVES, "withdrawn", **told, **GONE, **more)
    facts = {"number": row.number, "day": row.day, "erased": erase}
    await record("archive.withdrawn", row, by=by, public=True, **facts)
    await guarding.enter_withdrawal(panel, row, document, shown, place, why)
    await once(form_key, place)
    return row.file


async def note_reading(row: OldMinutes, *, by: Seat) -> None:
    """That somebody opened the file as it was sent: recorded before it goes out."""
    async with write_tx():
        await record("archive.original_read", row, by=by)


async def _as_seen(seen: OldMinutes, panel: Panel) -> OldMinutes:
    """The row as it is now. Raises Stale when it is no longer what was seen."""
    row = await queries.waiting(panel, seen.id)
    if row.version != seen.version:
        raise Stale("Somebody else saved this before you. Your text is kept below.")
    return row


def _refuse_own(row: OldMinutes, by: Seat) -> None:
    if by.person.id in queries.people_of(row):
        raise NotNow("You sent or wrote this yourself, so somebody else must agree to it.")
