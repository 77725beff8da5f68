"""What a meeting did not come to goes to the next one, which may be called for it."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.agendas import actions as agendas
from scrutiny.agendas import placing, queries
from scrutiny.agendas.access import reader_of, seen_by
from scrutiny.agendas.items.actions import copied
from scrutiny.agendas.outline import OPEN, in_order, parent_of
from scrutiny.agendas.rules import LEFT_OVER_AT, Kind, Place, is_left_over, place_for_carried
from scrutiny.agendas.tables import Item
from scrutiny.cases.rules import MOVES as CASE_MOVES
from scrutiny.cases.rules import Stage as CaseStage
from scrutiny.kit.db import rows, writes
from scrutiny.kit.errors import NotNow
from scrutiny.meetings.calendar import address
from scrutiny.meetings.proposing import next_plan
from scrutiny.meetings.tables import Meeting
from scrutiny.people.actions import once
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record

DECIDED = "SELECT DISTINCT item FROM decision WHERE meeting = {} AND stage <> 'withdrawn'"
OPEN_ACTIONS = """
SELECT 1 FROM action WHERE panel = {} AND stage IN ('open', 'in_progress', 'reported_done') LIMIT 1
"""
ACTION_LOG = "Actions from earlier meetings"


class Carried(NamedTuple):
    """To which meeting how many items came, and how many of those left over stood there before:
    of those that whoever carries them over may see."""

    to: Meeting
    new: int
    stood: int


def told_at(panel: Panel, carried: Carried) -> str:
    """The page of the agenda to which it came, which says what came."""
    at = f"{address(panel, carried.to)}/agenda"
    return f"{at}?carried={carried.new}&stood={carried.stood}"


@writes
async def hold_next(seen: Meeting, panel: Panel, *, by: Seat, form_key: str = "") -> Carried:
    """The next meeting gets what was left over; where none is called yet, it is called.

    It comes on the next free day of the panel's own rhythm, and nobody is asked yet. Raises NotNow
    while this one is still ahead or under way.
    """
    meeting = await placing.now_of(seen)
    if meeting.stage not in LEFT_OVER_AT:
        raise NotNow("What is left over is known once the meeting is over or called off.")
    to = await queries.next_ahead(panel, meeting)
    if to is None:
        to = await agendas.begin(panel, await next_plan(panel, meeting.date), by=by)
    carried = await carry_over(meeting, to, by=by)
    await once(form_key, told_at(panel, carried))
    return carried


async def carry_over(meeting: Meeting, to: Meeting, *, by: Seat) -> Carried:
    """Put on the next agenda what this meeting did not come to, before any other business.

    Inside write_tx(). What stands there already, by its case, its link or its title, is not put
    there twice; a section comes along with what was left of it. Open actions bring an item for the
    action log. Notes stay where they were taken.
    """
    there, next_items = await placing.every(meeting), await placing.every(to)
    decided = {row["item"] for row in await rows(DECIDED, meeting.id)}
    left = [item for item in there if is_left_over(item, decided)]
    new = [item for item in left if not _stands_on(next_items, item)]
    made: dict[UUID, Item] = {}
    count, reader = 0, await reader_of(by, by.panel)
    for item in new:
        if not queries.is_case(item) or await _may_carry(item):
            await _carry(item, to, await _above(there, item, to, made), made, by)
            count += 1
    if await _needs_log(next_items, new, by.panel):
        await placing.place(to, await _before_the_end(to), title=ACTION_LOG, kind=Kind.ACTION)
        count += 1
    await record("agenda.carried_over", meeting, by=by, to=to.date, items=count)
    mine, came = {item.id for item in seen_by(reader, left)}, {item.id for item in new}
    hidden = sum(item.id in made and item.id not in mine for item in new)
    return Carried(to, count - hidden, len(mine - came))


async def _carry(
    item: Item, to: Meeting, under: Item | None, made: dict[UUID, Item], by: Seat
) -> None:
    case = item.case if queries.is_case(item) else None
    if case is not None:
        await agendas.schedule(case, to, by=by)
    same: dict[str, Any] = copied(item) | {"case": case.id if case else None}
    open_top = under is None and item.part == OPEN
    where = await _before_the_end(to) if open_top else Place(under)
    made[item.id] = await placing.place(to, where, **same)


async def _before_the_end(to: Meeting) -> Place:
    return place_for_carried(in_order(await placing.every(to)))


def _stands_on(items: Sequence[Item], item: Item) -> bool:
    """Whether the next agenda has it already."""
    return any(_is_the_same(one, item) for one in items)


def _is_the_same(one: Item, item: Item) -> bool:
    if queries.is_case(item):
        return queries.is_case(one) and one.case.id == item.case.id
    if item.about is not None:
        return one.about == item.about
    return one.title.casefold() == item.title.casefold()


async def _may_carry(item: Item) -> bool:
    """A case that was concluded, or waits on another agenda, is not carried over."""
    waits = item.case.stage == CaseStage.SCHEDULED or (item.case.stage, "scheduled") in CASE_MOVES
    return waits and not await queries.is_on_live_agenda(item.case.id)


async def _above(
    there: Sequence[Item], item: Item, to: Meeting, made: dict[UUID, Item]
) -> Item | None:
    """What it stands under on the next agenda: the same section, found there or carried along."""
    known = parent_of(item)
    above = next((one for one in there if one.id == known), None)
    if above is None:
        return None
    if above.id not in made:
        on_next = await placing.every(to)
        same = [one for one in on_next if (one.kind, one.title) == (above.kind, above.title)]
        if not same:
            higher = await _above(there, above, to, made)
            where = Place(higher) if higher else await _before_the_end(to)
            same = [await placing.place(to, where, **copied(above))]
        made[above.id] = same[0]
    return made[above.id]


async def _needs_log(on_next: Sequence[Item], new: Sequence[Item], panel: Panel) -> bool:
    log = [one for one in (*on_next, *new) if one.kind == Kind.ACTION and one.ref is None]
    return not log and bool(await rows(OPEN_ACTIONS, panel.id))
