"""Reads about who takes no part in what at a meeting."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from scrutiny.agendas.tables import Item
from scrutiny.kit.errors import Missing
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.interests.tables import Recusal
from scrutiny.people.tables import Seat
from scrutiny.room.declaring.rules import in_the_room


class Out(NamedTuple):
    """Somebody who takes no part in an item."""

    id: UUID
    item: UUID
    person: UUID
    name: str
    sentence: str
    how: str


async def out_at(meeting: Meeting) -> list[Out]:
    """Every recusal from an item of this meeting that stands, in order of time. One query."""
    standing = (Recusal.meeting == meeting.id) & (Recusal.kind == "item")
    found = Recusal.objects(Recusal.person).where(standing & Recusal.lifted.is_null())
    return [
        Out(one.id, one.about, one.person.id, one.person.name, one.sentence, one.how)
        for one in await found.order_by(Recusal.at, Recusal.id)
    ]


def as_it_goes(found: Iterable[Out], items: Iterable[Item]) -> list[Out]:
    """What the minutes will say of those whose item is over; of the others what they do now."""
    over = {item.id for item in items if item.ended}
    return [
        one if one.item in over else one._replace(sentence=in_the_room(one.sentence, one.how))
        for one in found
    ]


async def out_of(meeting: Meeting, known: UUID | None, seat: Seat) -> Out:
    """One of them, for somebody else than the person. Raises Missing."""
    found = next((one for one in await out_at(meeting) if one.id == known), None)
    if found is None or found.person == seat.person.id:
        raise Missing("Nobody takes no part for this reason.")
    return found
