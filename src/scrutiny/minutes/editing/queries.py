"""Reads of the versions of minutes as far as they are there for a reader, and of notes aside."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.agendas.access import OPEN, reader_of
from scrutiny.agendas.queries import items_of
from scrutiny.agendas.tables import Item
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.kit.made import fresh
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes.document import document_of
from scrutiny.minutes.editing.rules import Restoring, restoring, what_changed
from scrutiny.minutes.queries import as_read, gone_for, visible_to
from scrutiny.minutes.rules import Gone, fingerprint, without
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Seat
from scrutiny.room.tables import NoteVersion

PAGE = 50
LAST = 2**31 - 1


class Kept(NamedTuple):
    """One version, and who saved it."""

    number: int
    how: str
    at: datetime
    by: str
    document: str
    items: str

    @property
    def ids(self) -> list[UUID]:
        return [UUID(known) for known in json.loads(self.items)]


class Listed(NamedTuple):
    """One line of the list; `changed` is None where it is not there for the reader."""

    kept: Kept
    changed: list[str] | None


class Apart(NamedTuple):
    """What is not there for a reader: in the meeting as it is now, and in whatever it was."""

    gone: Gone
    recused: frozenset[UUID]


async def edition_of(seat: Seat, meeting: Meeting, edition: int = 0) -> Minutes:
    """The newest edition, or the one asked for. Raises Missing."""
    found = visible_to(seat, meeting)
    if edition:
        found = found.where(Minutes.edition == max(0, min(edition, LAST)))
    one = await found.order_by(Minutes.edition, ascending=False).first()
    if one is None:
        raise Missing("There are no such minutes.")
    return one


KEPT = """
SELECT version.number, version.how, version.at, person.name, version.document, version.items
FROM minutes_version version JOIN seat ON seat.id = version."by"
JOIN person ON person.id = seat.person"""
OLDER = f"""{KEPT}
WHERE version.minutes = {{}} AND version.number < {{}} ORDER BY version.number DESC LIMIT {{}}"""
ONE = f"{KEPT} WHERE version.minutes = {{}} AND version.number IN ({{}})"


async def listed(seat: Seat, minutes: Minutes, before: int = 0) -> tuple[list[Listed], int]:
    """One page, newest first, and the number before which the next begins, or nought."""
    upto = before if 0 < before < LAST else LAST
    found = await rows(OLDER, minutes.id, upto, PAGE + 1, into=Kept)
    apart = await apart_from(seat, minutes)
    read = [read_as(one, apart) for one in found]
    page = []
    for at, one in enumerate(found[:PAGE]):
        old = read[at + 1] if at + 1 < len(found) else None
        hidden = read[at] is None or (old is None and at + 1 < len(found))
        page.append(Listed(one, None if hidden else what_changed(old, read[at])))
    return page, page[-1].kept.number if len(found) > PAGE else 0


async def versions(minutes: Minutes, *numbers: int) -> list[Kept]:
    """These versions in the order asked for. Raises Missing."""
    wanted = tuple(max(0, min(number, LAST)) for number in numbers)
    found = {one.number: one for one in await rows(ONE, minutes.id, wanted, into=Kept)}
    for number in wanted:
        if number not in found:
            raise Missing(f"There is no version {number} of these minutes.")
    return [found[number] for number in wanted]


async def newest(minutes: Minutes) -> int:
    found = await rows(NEWEST, minutes.id)
    return found[0]["number"] if found else 0


NEWEST = "SELECT number FROM minutes_version WHERE minutes = {} ORDER BY number DESC LIMIT 1"


async def apart_from(seat: Seat, minutes: Minutes) -> Apart:
    reader = await reader_of(seat, seat.panel)
    return Apart(await gone_for(seat, minutes), reader.recused)


def read_as(kept: Kept, apart: Apart) -> dict[str, Any] | None:
    """The document as far as it is there for this reader; None where nothing of it is.

    An item that has since left the agenda is gone for whoever took no part in it, too.
    """
    document, ids = json.loads(kept.document), kept.ids
    items = (apart.gone.items | apart.recused) & set(ids) if ids else apart.gone.items
    gone = apart.gone._replace(items=items)
    if not any(gone):
        return document
    try:
        return without(document, ids, gone)
    except Missing:
        return None


async def read_by(seat: Seat, minutes: Minutes, *found: Kept) -> list[dict[str, Any]]:
    """The documents of these versions as this reader may see them. Raises Missing."""
    apart = await apart_from(seat, minutes)
    read = [read_as(one, apart) for one in found]
    if None in read:
        raise Missing("This version is about something in which you take no part.")
    return [one for one in read if one is not None]


def as_it_was(minutes: Minutes, kept: Kept) -> Minutes:
    """The minutes as this version had them: approved only if these are the words that were."""
    if minutes.approved_hash == fingerprint(kept.document.encode()):
        return minutes
    same = {"panel": minutes.panel, "meeting": minutes.meeting, "edition": minutes.edition}
    made = fresh(Minutes, **same, compiled_by=minutes.compiled_by, document=kept.document)
    made.items = kept.items
    return made


async def restoring_of(seat: Seat, draft: Minutes, meeting: Meeting, kept: Kept) -> Restoring:
    """What it would give back of what is there for them. Raises Missing."""
    apart = await apart_from(seat, draft)
    read = read_as(kept, apart)
    if read is None:
        raise Missing("This version is about something in which you take no part.")
    there = [known for known in kept.ids if known not in apart.gone.items | apart.recused]
    now = {one.id: one.notes for one in await items_of(meeting) if one.part == OPEN}
    mine = now.keys() - apart.recused
    return restoring(read, there, now, mine, await as_read(seat, draft))


async def waiting_on(items: Iterable[Item]) -> dict[UUID, list[NoteVersion]]:
    """By item: what was typed over the same lines as somebody else's, and is in no notes yet."""
    ids = [one.id for one in items]
    aside = NoteVersion.item.is_in(ids) & NoteVersion.waiting.eq(True)
    joined = (NoteVersion.by, NoteVersion.by.person)
    found: dict[UUID, list[NoteVersion]] = {}
    if ids:
        for one in await NoteVersion.objects(*joined).where(aside).order_by(NoteVersion.at):
            found.setdefault(one.item, []).append(one)
    return found


def is_behind(draft: Minutes, items: Iterable[Item]) -> bool:
    """Whether notes were saved that are not in the draft yet."""
    ids = json.loads(draft.items)
    told = {
        known: one["notes"] for known, one in zip(ids, document_of(draft)["items"], strict=False)
    }
    return any(told.get(str(one.id), one.notes) != one.notes for one in items)
