"""Reads about who takes no part in what at a meeting."""

from typing import NamedTuple
from uuid import UUID

from scrutiny.kit.errors import Missing
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.interests.tables import Recusal
from scrutiny.people.tables import Seat


class Out(NamedTuple):
    """Somebody who takes no part in an item."""

    id: UUID
    item: UUID
    person: UUID
    name: str
    sentence: str


async def out_at(meeting: Meeting) -> list[Out]:
    """Every recusal from an item of this meeting that stands, in order of time. One query."""
    standing = (Recusal.meeting == meeting.id) & (Recusal.kind == "item")
    found = Recusal.objects(Recusal.person).where(standing & Recusal.lifted.is_null())
    return [
        Out(one.id, one.about, one.person.id, one.person.name, one.sentence)
        for one in await found.order_by(Recusal.at, Recusal.id)
    ]


async def out_of(meeting: Meeting, known: UUID | None, seat: Seat) -> Out:
    """One of them, for somebody else than the person. Raises Missing."""
    found = next((one for one in await out_at(meeting) if one.id == known), None)
    if found is None or found.person == seat.person.id:
        raise Missing("Nobody takes no part for this reason.")
    return found
