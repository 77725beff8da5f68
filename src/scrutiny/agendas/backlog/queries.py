"""Reads of the backlog: each reader sees what they could see if it stood on an agenda."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from scrutiny.agendas.access import Reader, case_of, reads_closed
from scrutiny.agendas.backlog.rules import Stage
from scrutiny.agendas.backlog.tables import Parked
from scrutiny.agendas.outline import OPEN
from scrutiny.kit.errors import Missing
from scrutiny.meetings.rules import AHEAD
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, may

PAGE = 50
NOT_THERE = "This item is not in the backlog."
MOST_MINE = 20
MOST_MEETINGS = 20
TO_PLACE = [Stage.WAITING, Stage.PROPOSED]


class After(NamedTuple):
    """Where a page begins: after the last one of the page before."""

    day: date
    known: UUID


def visible_to(reader: Reader, panel: Panel):
    """Without what they take no part in; what is closed, or a case, for those who read such."""
    seat = reader.seat
    found = Parked.objects(Parked.case).where(Parked.panel == panel.id)
    if not reads_closed(reader):
        found = found.where(Parked.part == OPEN)
    if seat is None or not may(seat.role, Act.CASES_READ, seat.stage):
        found = found.where(Parked.case.is_null())
    if reader.recused:
        gone = list(reader.recused)
        for column in (Parked.case, Parked.about, Parked.item, Parked.carried_from):
            found = found.where(column.is_null() | column.not_in(gone))
    return found


async def waiting(
    reader: Reader, panel: Panel, stage: str, after: After | None = None, most: int = PAGE
) -> list[Parked]:
    """One page and one more of those at this stage, the longest waiting first."""
    found = visible_to(reader, panel).where(Parked.stage == stage)
    if after is not None:
        later = (Parked.parked == after.day) & (Parked.id > after.known)
        found = found.where((Parked.parked > after.day) | later)
    return await found.order_by(Parked.parked, Parked.id).limit(most + 1)


async def mine(seat: Seat) -> list[Parked]:
    """What this person proposed, and what became of it, newest first."""
    found = Parked.objects().where(
        (Parked.panel == seat.panel.id) & (Parked.by.person == seat.person)
    )
    return await found.order_by(Parked.parked, ascending=False).limit(MOST_MINE)


async def find(reader: Reader, panel: Panel, known: UUID) -> Parked:
    found = await visible_to(reader, panel).where(Parked.id == known).first()
    if found is None:
        raise Missing(NOT_THERE)
    return found


def title_of(parked: Parked) -> str:
    return parked.case.title if case_of(parked) is not None else parked.title


async def to_place(reader: Reader, panel: Panel) -> list[Parked]:
    """What may be taken onto an agenda, the longest waiting first; at most one page."""
    return (await waiting(reader, panel, Stage.WAITING))[:PAGE]


async def agendas_ahead(panel: Panel) -> list[Meeting]:
    """The meetings that may still take an item, soonest first."""
    stages = [*AHEAD, MeetingStage.IN_SESSION]
    rows = Meeting.objects().where((Meeting.panel == panel.id) & Meeting.stage.is_in(stages))
    return await rows.order_by(Meeting.date).limit(MOST_MEETINGS)
