"""A seat's life: begun, made active, on leave and back, restricted and released, a further term."""

from datetime import date
from uuid import UUID

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import advance, amend
from scrutiny.membership.actions import end_now, must_be_held
from scrutiny.membership.queries import roles_held, seat_on
from scrutiny.membership.rules import Reason, clash
from scrutiny.membership.standing import letters
from scrutiny.membership.standing.queries import missing, notice, own_seat
from scrutiny.membership.standing.rules import (
    MOVES,
    Kind,
    in_words,
    resignation_problem,
    term_problem,
)
from scrutiny.membership.standing.tables import SeatNotice
from scrutiny.people.actions import end_other_sessions
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.policy import ACTIVE, ON_LEAVE, ONBOARDING
from scrutiny.record.actions import record


async def appoint(
    panel: Panel,
    person: Person,
    role: str,
    *,
    since: date,
    until: date | None,
    route: str,
    represents: str,
    by: Seat,
    onboarding: bool,
) -> Seat:
    """Give somebody a seat, and tell them. Inside write_tx().

    Raises NotNow when they hold it already or sit on the other side of the table.
    """
    if why := clash(role, await roles_held(panel.id, person.id, since)):
        raise NotNow(why)
    seat = Seat(
        panel=panel,
        person=person,
        role=role,
        since=since,
        until=until,
        route=route,
        represents=represents.strip(),
        stage=ONBOARDING if onboarding else ACTIVE,
    )
    await Seat.insert(seat)
    await end_other_sessions(person)  # one begun with a letter alone never carries into a seat
    await record("seat.taken", seat, by=by, public=True, role=role, stage=seat.stage)
    await letters.tell_of_seat(seat)
    return seat


async def activate(seat: Seat, by: Seat) -> None:
    """Inside write_tx(). Raises NotNow with what is still missing, and Stale."""
    if lacks := await missing(by.panel, seat.person.id):
        raise NotNow(f"Still missing: {', '.join(in_words(lacks)).lower()}.")
    await advance(seat, MOVES, "activated")
    await record("seat.activated", seat, by=by, public=True)
    await letters.tell_holder(seat, "active")


async def _held(seat: UUID, seen: int, by: Seat) -> Seat:
    """Somebody else's seat as it was seen. Raises Missing, and NotNow for one's own or a past."""
    found = await seat_on(by.panel, seat)
    await must_be_held(found, by)
    found.version = seen
    return found


@writes
async def make_active(seat: UUID, seen: int, *, by: Seat) -> None:
    await activate(await _held(seat, seen, by), by)


@writes
async def give_leave(seat: UUID, seen: int, *, since: date, until: date | None, by: Seat) -> None:
    """Leave for somebody else, from today or a later day. Raises NotNow, Stale and Missing."""
    held = await _held(seat, seen, by)
    await _begin_leave(held, since, until, by)
    await letters.tell_holder(held, "leave")


@writes
async def take_leave(seat: UUID, seen: int, *, since: date, until: date | None, by: Seat) -> None:
    """Leave from one's own seat, which needs nobody's consent; who runs the panel is told."""
    mine = await _own(seat, seen, by)
    await _begin_leave(mine, since, until, mine)
    await letters.tell_convenors(mine, "leave")


async def _own(seat: UUID, seen: int, by: Seat) -> Seat:
    """One of one's own seats, as it was seen. Raises Missing for anybody else's."""
    found = await own_seat(by.person, by.panel, seat)
    found.version = seen
    return found


async def _begin_leave(seat: Seat, since: date, until: date | None, by: Seat) -> None:
    if await notice(seat.id) is not None:
        raise NotNow("A leave or a restriction is noted for this seat already.")
    if seat.stage != ACTIVE:
        raise NotNow("Only an active seat can be left for a time.")
    if since <= today():
        await advance(seat, MOVES, "given_leave")
    else:
        await amend(seat)
    await _note(seat, Kind.LEAVE, by, since=since, until=until)
    facts = {"since": since.isoformat(), "until": until and until.isoformat()}
    await record("seat.leave", seat, by=by, public=True, **facts)


async def _note(
    seat: Seat, kind: Kind, by: Seat, *, since: date, until: date | None = None, why: str = ""
) -> None:
    more = {"since": since, "until": until, "why": why.strip(), "at": now()}
    await SeatNotice.insert(SeatNotice(seat=seat.id, kind=kind.value, by=by.id, **more))


@writes
async def come_back(seat: UUID, seen: int, *, by: Seat) -> None:
    """From one's own leave, or take back one that is ahead. Raises NotNow, Stale and Missing."""
    mine = await _own(seat, seen, by)
    await end_leave(mine, mine)
    await letters.tell_convenors(mine, "back")


@writes
async def call_back(seat: UUID, seen: int, *, by: Seat) -> None:
    """End somebody else's leave, with their knowledge."""
    held = await _held(seat, seen, by)
    await end_leave(held, by)
    await letters.tell_holder(held, "back")


async def end_leave(seat: Seat, by: Seat | None) -> None:
    """Inside write_tx(). Nobody's deed is one of the daily round."""
    noted = await notice(seat.id)
    if noted is None or noted.kind != Kind.LEAVE:
        raise NotNow("No leave is noted for this seat.")
    if seat.stage == ON_LEAVE:
        await advance(seat, MOVES, "back")
    else:
        await amend(seat)
    await SeatNotice.update({SeatNotice.over: now()}).where(SeatNotice.id == noted.id)
    await record("seat.back", seat, by=by, panel=seat.panel, public=True)


@writes
async def restrict(seat: UUID, seen: int, why: str, *, by: Seat) -> None:
    """Close all but one's own page to somebody, with a reason that they read."""
    held = await _held(seat, seen, by)
    await advance(held, MOVES, "restricted")
    over = (
        (SeatNotice.seat == held.id) & SeatNotice.over.is_null() & (SeatNotice.kind == Kind.LEAVE)
    )
    await SeatNotice.update({SeatNotice.over: now()}).where(over)
    await _note(held, Kind.RESTRICTION, by, since=today(), why=why)
    await record("seat.restricted", held, by=by)
    await letters.tell_holder(held, "restricted")


@writes
async def release(seat: UUID, seen: int, *, by: Seat) -> None:
    """Lift a restriction."""
    held = await _held(seat, seen, by)
    await advance(held, MOVES, "released")
    open_ones = (SeatNotice.seat == held.id) & SeatNotice.over.is_null()
    await SeatNotice.update({SeatNotice.over: now()}).where(open_ones)
    await record("seat.released", held, by=by)
    await letters.tell_holder(held, "active")


@writes
async def reappoint(seat: UUID, seen: int, until: date, *, by: Seat) -> None:
    """A further term for somebody else. Raises NotNow where the panel's rules allow none."""
    held = await _held(seat, seen, by)
    rules = constitution_of(by.panel)
    if why := term_problem(held.role, held.term, held.until, rules, today()):
        raise NotNow(why)
    await amend(held, until=until, term=held.term + 1)
    facts = {"term": held.term, "until": until.isoformat()}
    await record("seat.reappointed", held, by=by, public=True, **facts)
    await letters.tell_holder(held, "term")


@writes
async def resign(seat: UUID, seen: int, *, last_day: date, why: str, by: Seat) -> None:
    """Give up one's own seat. What was given as a reason is for those who run the panel."""
    mine = await _own(seat, seen, by)
    if wrong := resignation_problem(last_day, mine.until, today()):
        raise NotNow(wrong)
    await _note(mine, Kind.RESIGNATION, mine, since=today(), until=last_day, why=why)
    await end_now(mine, by=mine, last_day=last_day, reason=Reason.RESIGNED, out=False)
    await letters.tell_convenors(mine, "resigned")
