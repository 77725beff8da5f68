"""Reads about notes: what somebody began with, and what waits to be put together."""

from uuid import UUID

from scrutiny.agendas.tables import Item
from scrutiny.room.tables import NoteVersion


async def version(item: UUID, number: int) -> NoteVersion | None:
    """The notes as they were at this version of the item: those saved last up to then."""
    saved = (NoteVersion.item == item) & NoteVersion.waiting.eq(False)
    upto = (NoteVersion.number > 0) & (NoteVersion.number <= number)
    found = NoteVersion.objects().where(saved & upto)
    newest = found.order_by(NoteVersion.number, ascending=False)
    return await newest.order_by(NoteVersion.id, ascending=False).first()


async def waiting(item: Item) -> list[NoteVersion]:
    """What was typed over the same lines as somebody else's, and is in no notes yet."""
    mine = (NoteVersion.item == item.id) & NoteVersion.waiting.eq(True)
    joined = (NoteVersion.by, NoteVersion.by.person)
    return await NoteVersion.objects(*joined).where(mine).order_by(NoteVersion.at)
