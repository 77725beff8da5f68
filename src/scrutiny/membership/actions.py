"""End a seat, and choose how one is named in public."""

from datetime import date
from uuid import UUID

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.stages import amend
from scrutiny.membership import letters
from scrutiny.membership.queries import seat_on, seats_to_name
from scrutiny.membership.rules import Kind, Reason, Stage
from scrutiny.membership.tables import Invite, Proposal
from scrutiny.people.actions import end_other_sessions
from scrutiny.people.tables import Person, Seat
from scrutiny.record.actions import record

OWN = "Nobody ends their own seat alone. Ask somebody else who runs the panel."


async def must_be_held(seat: Seat, by: Seat) -> None:
    """Raises NotNow for a seat that is over, and for one's own."""
    if seat.person.id == by.person.id:
        raise NotNow(OWN)
    if seat.until is not None and seat.until < today():
        raise NotNow("This seat is over already.")


@writes
async def end(seat: UUID, seen: int, *, by: Seat, last_day: date, reason: Reason) -> None:
    """End a seat on a last day. Raises Stale when it was changed since version `seen`."""
    held = await seat_on(by.panel, seat)
    await must_be_held(held, by)
    held.version = seen
    await end_now(held, by=by, last_day=last_day, reason=reason)


async def end_now(
    seat: Seat, *, by: Seat, last_day: date, reason: Reason, out: bool = True
) -> None:
    """Inside write_tx(). Signs the person out everywhere, unless not `out`, and takes back what
    they offered. A removal that nobody decided yet is overtaken by it."""
    await amend(seat, until=last_day)
    if out:
        await end_other_sessions(seat.person)
    offered = (Invite.by == seat.id) & Invite.used.is_null() & Invite.withdrawn.is_null()
    await Invite.update({Invite.withdrawn: now()}).where(offered)
    undecided = (Proposal.seat == seat.id) & (Proposal.stage == Stage.OPEN)
    gone = {Proposal.stage: Stage.OVERTAKEN, Proposal.version: Proposal.version + 1}
    await Proposal.update(gone).where(undecided & (Proposal.kind == Kind.REMOVAL))
    await record(
        "seat.ended",
        seat,
        by=by,
        public=True,
        role=seat.role,
        last_day=last_day.isoformat(),
        reason=reason.value,
    )
    await letters.tell_of_end(seat, by.panel)


@writes
async def choose_name(person: Person, seat: UUID, choice: str) -> None:
    """Be shown by full name, initials or role. Raises Missing when the seat is not one's own."""
    mine = [held for held in await seats_to_name(person.id) if held.id == seat]
    if not mine:
        raise Missing("There is no such seat of yours.")
    if mine[0].public_name == choice:
        return
    await amend(mine[0], public_name=choice)
    await record("seat.named", mine[0], by=mine[0], public=True, choice=choice)
