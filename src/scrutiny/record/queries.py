"""Reads of the record: what happened to one thing, and whether the chain still holds."""

from typing import Any
from uuid import UUID

from scrutiny.record.rules import START, first_break
from scrutiny.record.tables import Event, Head

PAGE = 1000


async def history(about: UUID, *, public_only: bool = True, most: int = 50) -> list[dict[str, Any]]:
    """What happened to one thing, oldest first."""
    found = Event.select(Event.at, Event.what, Event.facts, Event.seat.role.as_alias("role"))
    found = found.where(Event.about == about)
    if public_only:
        found = found.where(Event.public.eq(True))
    return await found.order_by(Event.seq).limit(most)


async def published_count() -> int:
    """A number that moves whenever something public changes."""
    row = await Head.select(Head.published).where(Head.id == 1).first()
    return row["published"] if row else 0


async def broken_at() -> tuple[int, int | None]:
    """How many lines the record has, and the first that does not follow, if any does not."""
    seq, prev = 0, START
    while rows := await Event.select().where(Event.seq > seq).order_by(Event.seq).limit(PAGE):
        bad = first_break(rows, seq, prev)
        if bad is not None:
            return bad, bad
        seq, prev = rows[-1]["seq"], rows[-1]["hash"]
    head = await Head.select().where(Head.id == 1).first() or {"seq": 0, "hash": START}
    if (head["seq"], head["hash"]) != (seq, prev):
        return seq, seq + 1  # lines were cut off the end
    return seq, None
