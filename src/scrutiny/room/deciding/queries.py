"""Reads about what was put to a meeting, for those who see the item it is about."""

from typing import NamedTuple
from uuid import UUID

from scrutiny.agendas.access import Reader
from scrutiny.agendas.queries import items_for
from scrutiny.agendas.tables import Item
from scrutiny.kit.errors import Missing
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Seat
from scrutiny.room.tables import Decision
from scrutiny.voting import queries as voting
from scrutiny.voting.tables import Dissent, Hand, Poll, Voted

NOT_THERE = "There is no such decision."


class Put(NamedTuple):
    """One decision with its item and its vote."""

    decision: Decision
    item: Item
    poll: Poll


async def decision_for(reader: Reader, meeting: Meeting, known: UUID | None) -> Put:
    """Raises Missing when it is not there for this reader, as when its item is not."""
    this = (Decision.id == known) & (Decision.meeting == meeting.id)
    row = await Decision.objects().where(this).first() if known else None
    items = {one.id: one for one in await items_for(reader, meeting)} if row else {}
    if row is None or row.item not in items:
        raise Missing(NOT_THERE)
    return Put(row, items[row.item], await voting.poll(row.poll))


async def put_at(meeting: Meeting) -> list[Decision]:
    """All that was put at this meeting, the first first. One query; a page leaves out what is
    about items that the reader does not see."""
    found = Decision.objects().where(Decision.meeting == meeting.id)
    return await found.order_by(Decision.at, Decision.id)


class Vote(NamedTuple):
    """How a vote stands: who may vote, who has, and what may be shown of it."""

    electors: list[Seat]
    voted: set[UUID]  # persons
    counts: dict[str, int] | None  # None while a secret vote is open
    hands: list[Hand]
    dissents: list[Dissent]


async def vote_of(poll: Poll) -> Vote:
    """A fixed number of queries."""
    ids = voting.electors_of(poll)
    electors = await Seat.objects(Seat.person, Seat.panel).where(Seat.id.is_in(ids)) if ids else []
    return Vote(
        sorted(electors, key=lambda one: one.person.name),
        await _voted(poll),
        await voting.counted(poll),
        await voting.hands(poll),
        await voting.dissents(poll),
    )


async def _voted(poll: Poll) -> set[UUID]:
    """Who has voted, which is no secret; what they chose may be one."""
    found = await Voted.select(Voted.person).where(Voted.poll == poll.id)
    return {row["person"] for row in found}
