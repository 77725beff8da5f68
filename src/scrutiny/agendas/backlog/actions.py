"""Writes of the backlog: proposed, accepted or dropped, parked, and taken onto an agenda."""

from datetime import date
from typing import Any
from uuid import UUID

from scrutiny.agendas import actions as agendas
from scrutiny.agendas import placing
from scrutiny.agendas import queries as items
from scrutiny.agendas.access import case_of, reader_of
from scrutiny.agendas.backlog import queries
from scrutiny.agendas.backlog.rules import MOVES, Stage
from scrutiny.agendas.backlog.tables import Parked
from scrutiny.agendas.tables import Item
from scrutiny.cases.rules import MOVES as CASE_MOVES
from scrutiny.cases.tables import Case
from scrutiny.kit.clock import today
from scrutiny.kit.db import writes
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance
from scrutiny.kit.words import many_lines
from scrutiny.letters.actions import Words, write
from scrutiny.meetings.calendar import address
from scrutiny.meetings.tables import Meeting
from scrutiny.people.actions import once
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record

KEPT = ("kind", "ref", "about", "presenter", "minutes", "part", "closed_reason")


@writes
async def propose(what: dict[str, Any], *, by: Seat, form_key: str = "") -> None:
    """Somebody at the table asks for an item; the convenors answer. `what`: title, why, minutes."""
    row = Parked(panel=by.panel.id, by=by.id, parked=today(), stage=Stage.PROPOSED, **what)
    await Parked.insert(row)
    await record("backlog.proposed", row, by=by)
    await once(form_key, f"/{by.panel.slug}/backlog")


@writes
async def accept(known: UUID, *, by: Seat) -> None:
    """It waits for a meeting from now on, and whoever proposed it is told."""
    row = await _find(known, by)
    await advance(row, MOVES, "accepted")
    await record("backlog.accepted", row, by=by)
    await _tell(row, by.panel)


@writes
async def drop(known: UUID, reason: str, *, by: Seat) -> None:
    """It comes on no agenda. Whoever proposed it reads why. A case waits for a meeting again."""
    row = await _find(known, by)
    await advance(row, MOVES, "dropped", reason=many_lines(reason).strip())
    await record("backlog.dropped", row, by=by)
    await _tell(row, by.panel)


@writes
async def park(seen: Meeting, known: UUID, *, by: Seat, form_key: str = "") -> None:
    """Take an item off an agenda and keep it until a meeting has time for it."""
    meeting = await placing.still_open(seen)
    await once(form_key, f"{address(by.panel, meeting)}/agenda")
    item = await placing.seen(by, meeting, known)
    await agendas.take_off(meeting, item)
    case = item.case if items.is_case(item) else None
    if case is not None and (case.stage, "returned") in CASE_MOVES:
        await advance(case, CASE_MOVES, "returned")
    await _keep(item, meeting.id, case, by)
    await record("agenda.item_parked", meeting, by=by, position=item.position)


async def _keep(item: Item, meeting: UUID, case: Case | None, by: Seat) -> None:
    row = Parked(
        panel=by.panel.id,
        title=item.title,
        case=case.id if case else None,
        item=item.id,
        carried_from=item.carried_from,
        from_meeting=meeting,
        parked=today(),
        stage=Stage.WAITING,
        **{name: getattr(item, name) for name in KEPT},
    )
    await Parked.insert(row)


@writes
async def take(known: UUID, seen: Meeting, *, by: Seat, form_key: str = "") -> None:
    """Put one that waits on an agenda. Who took no part in it takes no part in it there."""
    meeting = await placing.still_open(seen)
    await once(form_key, f"{address(by.panel, meeting)}/agenda")
    row = await _find(known, by)
    await advance(row, MOVES, "placed", placed=meeting.date)
    what = {name: getattr(row, name) for name in (*KEPT, "carried_from")}
    what |= {"id": row.item} if row.item else {}
    if case_of(row) is not None:
        what.pop("kind")
        made = await agendas.place_case(meeting, row.case, by=by, **what)
    else:
        made = await placing.place(meeting, title=row.title, **what)
    await record("agenda.item_added", meeting, by=by, position=made.position, backlog=True)
    await _tell(row, by.panel, meeting.date)


async def _find(known: UUID, by: Seat) -> Parked:
    return await queries.find(await reader_of(by, by.panel), by.panel, known)


async def _tell(row: Parked, panel: Panel, day: date | None = None) -> None:
    """A letter to whoever proposed it, if somebody did: what became of it is on the page."""
    if row.by is None:
        return
    by = await Seat.objects(Seat.person).get(Seat.id == row.by)
    text = (
        f"There is an answer about an agenda item that you proposed to {panel.name}.\n\n"
        f"Sign in to read it:\n{settings().base_url}/{panel.slug}/backlog\n"
    )
    key = f"backlog|{row.id}|{row.version}"
    await write("backlog.answer", by.person, Words("Panel agenda", text), key=key, panel=panel)
