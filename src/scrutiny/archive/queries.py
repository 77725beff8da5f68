"""Reads of old minutes: what is published for everybody, what waits for those who check it."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from scrutiny.archive import shelf
from scrutiny.archive.rules import OPEN, SHOWN, Stage, name_of, ref_in
from scrutiny.archive.tables import OldMinutes
from scrutiny.concerns.evidence import sealed
from scrutiny.kit.errors import Missing, Unreadable
from scrutiny.kit.ids import known_id
from scrutiny.kit.seal import unwrap
from scrutiny.kit.words import N_
from scrutiny.people.tables import Panel

PAGE = 50
NOT_THERE = N_("There are no old minutes at this address.")
LISTED = (
    OldMinutes.id,
    OldMinutes.day,
    OldMinutes.number,
    OldMinutes.title,
    OldMinutes.stage,
    OldMinutes.checked,
    OldMinutes.withdrawn,
)
WAITING = (
    OldMinutes.id,
    OldMinutes.name,
    OldMinutes.day,
    OldMinutes.title,
    OldMinutes.stage,
    OldMinutes.found,
    OldMinutes.returned,
    OldMinutes.imported,
)
PEOPLE = (OldMinutes.imported_by, OldMinutes.saved_by, OldMinutes.agreed_by)


async def published(panel: Panel, before: tuple[date, int] | None = None) -> list[dict[str, Any]]:
    """A page of what is published or was withdrawn, newest meeting first, and one row more."""
    found = OldMinutes.select(*LISTED).where(_is_shown(panel))
    if before is not None:
        day, number = before
        same_day = (OldMinutes.day == day) & (OldMinutes.number < number)
        found = found.where((OldMinutes.day < day) | same_day)
    found = found.order_by(OldMinutes.day, OldMinutes.number, ascending=False)
    return await found.limit(PAGE + 1)


def _is_shown(panel: Panel):
    return (OldMinutes.panel == panel.id) & OldMinutes.stage.is_in(list(SHOWN))


async def shown(panel: Panel, ref: str) -> OldMinutes:
    """What stands at an address of the archive, or stood there. Raises Missing."""
    at = ref_in(ref)
    found = None
    if at is not None:
        here = (OldMinutes.day == at[0]) & (OldMinutes.number == at[1])
        found = await OldMinutes.objects(*PEOPLE).where(_is_shown(panel) & here).first()
    if found is None:
        raise Missing(NOT_THERE)
    return found


async def drafts(panel: Panel, after: UUID | None = None) -> list[dict[str, Any]]:
    """A page of what waits to be checked or agreed, oldest first, and one row more."""
    here = (OldMinutes.panel == panel.id) & OldMinutes.stage.is_in(list(OPEN))
    found = OldMinutes.select(*WAITING).where(here)
    if after is not None:
        found = found.where(OldMinutes.id > after)
    return await found.order_by(OldMinutes.id).limit(PAGE + 1)


async def waiting(panel: Panel, typed: str | UUID) -> OldMinutes:
    """One that is not published yet, with the seats that had to do with it. Raises Missing."""
    found = await _one(panel, typed)
    if found is None or found.stage not in OPEN:
        raise Missing(N_("These old minutes are not waiting here any more."))
    return found


async def kept(panel: Panel, typed: str | UUID) -> OldMinutes:
    """One at whatever stage, for those who keep the files. Raises Missing."""
    found = await _one(panel, typed)
    if found is None:
        raise Missing(NOT_THERE)
    return found


async def _one(panel: Panel, typed: str | UUID) -> OldMinutes | None:
    known = known_id(str(typed))
    if known is None:
        return None
    here = (OldMinutes.id == known) & (OldMinutes.panel == panel.id)
    return await OldMinutes.objects(*PEOPLE).where(here).first()


async def same_file(panel: Panel, sha256: str) -> OldMinutes | None:
    """What was made of the same file before, unless it was withdrawn since."""
    here = (OldMinutes.panel == panel.id) & (OldMinutes.sent_sha256 == sha256)
    return await OldMinutes.objects().where(here & (OldMinutes.stage != Stage.WITHDRAWN)).first()


def people_of(row: OldMinutes) -> tuple[UUID, UUID]:
    """Who sent the file, and who wrote what is there now."""
    return row.imported_by.person, row.saved_by.person


def address_of(panel: Panel, row: OldMinutes) -> str:
    """Where it stands, or where it waits."""
    if row.number is None:
        return f"/{panel.slug}/archive/drafts/{row.id}"
    return f"/{panel.slug}/archive/{name_of(row.day, row.number)}"


def document_of(row: OldMinutes) -> dict[str, Any]:
    """What was published, as data."""
    return json.loads(row.document)


def copy_of(row: OldMinutes) -> Iterator[bytes]:
    """The clean copy in pieces. Raises Unreadable where it is not whole."""
    return _file(row, shelf.COPY, row.key, shelf.copy_key(row.file))


def sent_of(row: OldMinutes) -> Iterator[bytes]:
    """The file as it was sent. Raises Unreadable where it was erased or is not whole."""
    if not row.sent_size:
        raise Unreadable(N_("The file that was sent has been erased."))
    return _file(row, shelf.SENT, row.sent_key, shelf.sent_key(row.file))


def _file(row: OldMinutes, part: str, key: bytes, context: str) -> Iterator[bytes]:
    opened = unwrap(bytes(key), context)
    return sealed.read(shelf.place(row.file, part), opened, shelf.context(row.file, part))
