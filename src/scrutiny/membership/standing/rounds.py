"""What the days bring for seats: leave begins and ends, and the end of a term is told ahead."""

from datetime import date
from uuid import UUID

from scrutiny.kit.db import write_tx
from scrutiny.kit.stages import advance
from scrutiny.membership.clearances.rounds import unwritten
from scrutiny.membership.standing import letters
from scrutiny.membership.standing.actions import end_leave
from scrutiny.membership.standing.queries import ending, given_up
from scrutiny.membership.standing.rules import MOVES, Kind, warning
from scrutiny.membership.standing.tables import SeatNotice
from scrutiny.people import queries as people
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import ACTIVE, CHAIRS, ON_LEAVE, Act, who_may
from scrutiny.record.actions import record

MOST = 500
LEAVE = (SeatNotice.kind == Kind.LEAVE) & SeatNotice.over.is_null()


async def move_leave(today: date) -> int:
    """Begin the leave whose first day has come, end the one whose last day is over."""
    begun = await SeatNotice.select(SeatNotice.id).where(
        LEAVE & (SeatNotice.since <= today) & (SeatNotice.seat.stage == ACTIVE)
    ).limit(MOST)  # fmt: skip
    done = await SeatNotice.select(SeatNotice.id).where(
        LEAVE & (SeatNotice.until < today) & (SeatNotice.seat.stage == ON_LEAVE) & _goes_on(today)
    ).limit(MOST)  # fmt: skip
    count = sum([await _begin(row["id"]) for row in begun])
    return count + sum([await _end(row["id"]) for row in done])


def _goes_on(today: date):
    return SeatNotice.seat.until.is_null() | (SeatNotice.seat.until >= today)


async def _seat_of(notice: UUID) -> Seat | None:
    found = (
        await SeatNotice.objects(SeatNotice.seat).where(LEAVE & (SeatNotice.id == notice)).first()
    )
    if found is None:
        return None
    return await Seat.objects(Seat.panel, Seat.person).where(Seat.id == found.seat.id).first()


async def _begin(notice: UUID) -> bool:
    async with write_tx():
        seat = await _seat_of(notice)
        if seat is None or seat.stage != ACTIVE:
            return False
        await advance(seat, MOVES, "given_leave")
        await record("seat.leave_begun", seat, panel=seat.panel, public=True)
    return True


async def _end(notice: UUID) -> bool:
    async with write_tx():
        seat = await _seat_of(notice)
        if seat is None or seat.stage != ON_LEAVE:
            return False
        await end_leave(seat, None)
        await letters.tell_holder(seat, "back")
    return True


async def warn(today: date) -> int:
    """Tell holders and the secretariat 90, 30 and 0 days before a term ends, once each."""
    return sum([await _warn(panel, today) for panel in await people.panels()])


async def _warn(panel: Panel, today: date) -> int:
    due, found = {}, await ending(panel, today)
    over = await given_up([seat.id for seat in found])  # they were told when it was decided
    for seat in found:
        days = warning(seat.until, today)
        told = seat.id in over or seat.role in CHAIRS  # elections tell of those
        if days is not None and not told:
            due[letters.ending_key(seat.id, seat.until, days)] = (seat, days)
    fresh = await unwritten(due)
    if not fresh:
        return 0
    async with write_tx():
        readers = await people.seats_on(panel.id, who_may(Act.SEAT_ACTIVATE))
        for key in fresh:
            seat, days = due[key]
            await letters.warn_of_end(seat, days, readers)
    return len(fresh)
