"""Reads about agendas: what was published, what is on the draft, which cases could be added."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from scrutiny.agendas.rules import Line
from scrutiny.agendas.tables import Agenda, Edition, Item
from scrutiny.cases.queries import not_held
from scrutiny.cases.rules import Stage as CaseStage
from scrutiny.cases.tables import Case
from scrutiny.concerns.rules import Stage as ConcernStage
from scrutiny.kit.errors import Missing
from scrutiny.meetings.queries import visible_to
from scrutiny.meetings.rules import Stage
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.queries import history

MOST_CASES = 100
LAST_NUMBER = 2**31 - 1
LIVE = [Stage.PROPOSED, Stage.SCHEDULED, Stage.IN_SESSION]


async def agenda_of(meeting: Meeting) -> Agenda | None:
    return await Agenda.objects().where(Agenda.meeting == meeting.id).first()


async def edition(seat: Seat | None, panel: Panel, when: date, number: int) -> Edition:
    """The agenda once published at this address, whatever became of the day. Raises Missing."""
    at = (Edition.panel == panel.id) & (Edition.date == when)
    found = await Edition.objects().get(at & (Edition.number == min(number, LAST_NUMBER)))
    if found and await visible_to(seat, panel).where(Meeting.id == found.meeting).first():
        return found
    raise Missing(f"There is no edition {number} of an agenda for {when:%-d %B %Y}.")


async def next_edition(panel: Panel, when: date) -> int:
    return 1 + await Edition.count().where((Edition.panel == panel.id) & (Edition.date == when))


async def items_of(meeting: Meeting) -> list[Item]:
    """The draft in order, each item with its case if it is one. One query."""
    return await _shown(meeting).order_by(Item.position, Item.id)


def _shown(meeting: Meeting):
    """Without those whose concern is held, as somebody may be in danger: they come back with it."""
    concern = Item.case.concern
    there = concern.is_null() | (concern.stage != ConcernStage.SAFEGUARDING_HOLD)
    return Item.objects(Item.case).where((Item.meeting == meeting.id) & there)


async def item(meeting: Meeting, known: UUID) -> Item:
    found = await _shown(meeting).where(Item.id == known).first()
    if found is None:
        raise Missing("This item is not on the agenda.")
    return found


def line(item: Item) -> Line:
    """What the public reads of an item."""
    if is_case(item):
        return Line(item.case.title, item.case.number)
    return Line(item.title)


def lines(items: Sequence[Item]) -> list[Line]:
    return [line(one) for one in items]


def is_case(item: Item) -> bool:
    return item.case is not None and item.case.id is not None


async def asked_at(meeting: Meeting) -> list[dict[str, Any]]:
    """(number, name) of each recommendation that it agreed and that was sent, from the record."""
    found = await history(meeting.id)
    return [json.loads(row["facts"]) for row in found if row["what"] == "meeting.asked"]


async def cases_to_add(panel: Panel) -> list[Case]:
    """The newest cases that wait for a meeting and are on no agenda still ahead."""
    taken = Item.select(Item.case).where(
        Item.case.is_not_null() & (Item.meeting.panel == panel.id) & Item.meeting.stage.is_in(LIVE)
    )
    held = {row["case"] for row in await taken}
    rows = Case.objects().where(
        (Case.panel == panel.id)
        & Case.stage.is_in([CaseStage.PROPOSED, CaseStage.SCHEDULED])
        & not_held()
    )
    if held:
        rows = rows.where(Case.id.not_in(list(held)))
    return await rows.order_by(Case.number, ascending=False).limit(MOST_CASES)


async def is_on_live_agenda(case: Case) -> bool:
    return await Item.exists().where((Item.case == case.id) & Item.meeting.stage.is_in(LIVE))
