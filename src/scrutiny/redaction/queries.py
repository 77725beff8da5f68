"""Reads of redactions: those that wait, the one of a subject, what is to be taken out."""

from typing import Any
from uuid import UUID

from scrutiny.kit.errors import Missing
from scrutiny.kit.ids import known_id
from scrutiny.kit.seal import seal, unseal
from scrutiny.kit.words import N_
from scrutiny.people.tables import Panel
from scrutiny.redaction.cutting import Wanted
from scrutiny.redaction.rules import OPEN, Stage, boxes_in, words_in
from scrutiny.redaction.subjects import Subject
from scrutiny.redaction.tables import Redaction

PAGE = 50
PEOPLE = (Redaction.prepared_by, Redaction.agreed_by)
LISTED = (Redaction.id, Redaction.kind, Redaction.about, Redaction.stage, Redaction.reason,
          Redaction.returned, Redaction.done, Redaction.original, Redaction.prepared)  # fmt: skip
NOT_THERE = N_("This redaction is not here any more.")


async def listed(panel: Panel, before: UUID | None = None) -> list[dict[str, Any]]:
    """A page of them, newest first, and one row more."""
    found = Redaction.select(*LISTED).where(Redaction.panel == panel.id)
    if before is not None:
        found = found.where(Redaction.id < before)
    return await found.order_by(Redaction.id, ascending=False).limit(PAGE + 1)


async def open_of(subject: Subject) -> Redaction | None:
    """The one of this subject that is not done."""
    mine = (Redaction.about == subject.id) & Redaction.stage.is_in(list(OPEN))
    return await Redaction.objects(*PEOPLE).where(mine).first()


async def offered(subject: Subject) -> Redaction:
    """Raises Missing where nobody is asked to agree."""
    found = await open_of(subject)
    if found is None or found.stage != Stage.OFFERED:
        raise Missing(NOT_THERE)
    return found


async def done(panel: Panel, typed: str) -> Redaction:
    """One that was carried out, by its own id. Raises Missing."""
    known = known_id(typed)
    mine = (Redaction.id == known) & (Redaction.panel == panel.id)
    found = await Redaction.objects().where(mine).first() if known else None
    if found is None or found.stage != Stage.DONE:
        raise Missing(NOT_THERE)
    return found


def sealed_words(known: UUID, typed: str) -> bytes:
    return seal(typed, f"redaction|{known}")


def words_of(row: Redaction) -> str:
    """What is to be taken out, a line each; nothing once it is done."""
    return unseal(bytes(row.words), f"redaction|{row.id}") if row.words else ""


def wanted(row: Redaction) -> Wanted:
    return Wanted(words_in(words_of(row)), boxes_in(row.boxes), row.reason)
