"""Reads about agendas: what was published, what is on the draft, which cases could be added."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.agendas import outline
from scrutiny.agendas.access import Reader, seen_by
from scrutiny.agendas.outline import CLOSED, OPEN, Entry
from scrutiny.agendas.rules import Kind, Line, counted, line_of
from scrutiny.agendas.tables import Agenda, Edition, Item
from scrutiny.cases.queries import not_held
from scrutiny.cases.rules import Stage as CaseStage
from scrutiny.cases.tables import Case
from scrutiny.concerns.rules import Stage as ConcernStage
from scrutiny.concerns.tables import Cluster
from scrutiny.concerns.triage.rules import SMALL
from scrutiny.kit.errors import Missing
from scrutiny.meetings.queries import visible_to
from scrutiny.meetings.rules import AHEAD, Stage
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.queries import history

MOST_CASES = 100
LAST_NUMBER = 2**31 - 1
LIVE = [Stage.PROPOSED, Stage.SCHEDULED, Stage.IN_SESSION]
NOT_THERE = "This item is not on the agenda."


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
    """The whole draft in its order, each item with its case if it is one. One query.

    Nothing of it goes to a page as it is: items_for() leaves out what the reader may not see.
    """
    return outline.in_order(await _shown(meeting).order_by(Item.position, Item.id))


async def items_for(reader: Reader, meeting: Meeting) -> list[Item]:
    """The draft as far as it is there for this reader. One query."""
    return seen_by(reader, await items_of(meeting))


def _shown(meeting: Meeting):
    """Without those whose concern is held, as somebody may be in danger: they come back with it."""
    concern = Item.case.concern
    there = concern.is_null() | (concern.stage != ConcernStage.SAFEGUARDING_HOLD)
    return Item.objects(Item.case).where((Item.meeting == meeting.id) & there)


async def item(meeting: Meeting, known: UUID) -> Item:
    found = await _shown(meeting).where(Item.id == known).first()
    if found is None:
        raise Missing(NOT_THERE)
    return found


async def item_for(reader: Reader, meeting: Meeting, known: UUID) -> Item:
    """The item, if it is there for this reader. Raises Missing."""
    [*found] = seen_by(reader, [await item(meeting, known)])
    if not found:
        raise Missing(NOT_THERE)
    return found[0]


def line(item: Item) -> Line:
    """The words of one item, wherever it stands."""
    return line_of(Entry(item, "", 1, item.minutes, None, first=True, last=True))


def lines(items: Sequence[Item]) -> list[Line]:
    return [line(one) for one in items]


def is_case(item: Item) -> bool:
    return item.case is not None and item.case.id is not None


class Draft(NamedTuple):
    """What would be published of these items: the open lines and why how many are closed."""

    lines: list[Line]
    ids: list[UUID]
    closed: dict[str, int]
    voices: dict[UUID, int]


async def draft_of(items: Sequence[Item]) -> Draft:
    """One query more when residents' themes are among them."""
    voices = await voices_of(items)
    entries = [one for one in outline.laid_out(items) if one.item.part == OPEN]
    return Draft(
        [line_of(one, voices) for one in entries],
        [one.item.id for one in entries],
        counted(item for item in items if item.part == CLOSED),
        voices,
    )


async def voices_of(items: Iterable[Item]) -> dict[UUID, int]:
    """How many people raised each theme; those that fewer than five raised are left out."""
    themes = [item.about for item in items if item.kind == Kind.THEME and item.about]
    if not themes:
        return {}
    found = Cluster.select(Cluster.id, Cluster.size).where(Cluster.id.is_in(themes))
    return {row["id"]: row["size"] for row in await found if row["size"] >= SMALL}


def kept_lines(reader: Reader, kept: Agenda | Edition, lines: Sequence[Line]) -> list[Line]:
    """Published lines without those of items that are gone for this reader."""
    ids = [UUID(known) for known in json.loads(kept.items)]
    if len(ids) != len(lines):  # published before this was kept
        return list(lines)
    return [one for one, known in zip(lines, ids, strict=True) if known not in reader.recused]


async def asked_at(meeting: Meeting) -> list[dict[str, Any]]:
    """(number, name) of each recommendation that it agreed and that was sent, from the record."""
    found = await history(meeting.id)
    return [json.loads(row["facts"]) for row in found if row["what"] == "meeting.asked"]


async def cases_to_add(panel: Panel, reader: Reader) -> list[Case]:
    """The newest cases that wait for a meeting and are on no agenda still ahead."""
    taken = Item.select(Item.case).where(
        Item.case.is_not_null() & (Item.meeting.panel == panel.id) & Item.meeting.stage.is_in(LIVE)
    )
    away = {row["case"] for row in await taken} | reader.recused
    rows = Case.objects().where(
        (Case.panel == panel.id)
        & Case.stage.is_in([CaseStage.PROPOSED, CaseStage.SCHEDULED])
        & not_held()
    )
    if away:
        rows = rows.where(Case.id.not_in(list(away)))
    return await rows.order_by(Case.number, ascending=False).limit(MOST_CASES)


async def is_on_live_agenda(case: UUID) -> bool:
    return await Item.exists().where((Item.case == case) & Item.meeting.stage.is_in(LIVE))


async def next_ahead(panel: Panel, after: Meeting) -> Meeting | None:
    """The meeting that comes next after this one and is still to be held."""
    return await (
        Meeting.objects()
        .where(
            (Meeting.panel == panel.id)
            & (Meeting.date > after.date)
            & Meeting.stage.is_in(list(AHEAD))
        )
        .order_by(Meeting.date)
        .first()
    )
