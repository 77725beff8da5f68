"""Reads about seats: who sits, who sat, and how they are named in public."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing
from scrutiny.membership.rules import ROUTES, shown
from scrutiny.people.queries import active_on, current_on, seats_of
from scrutiny.people.rules import PublicName, role_name
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import (
    ON_LEAVE,
    ONBOARDING,
    POLICE,
    counts_for_quorum,
    rank_in_the_chair,
    speaks_for_police,
)

PAGE = 50


async def roster(panel: Panel, roles: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """Who sits on this panel today, as the public sees them: under the name that they chose, and
    never with a clearance, a restriction or a reason.

    Whom somebody represents is said beside a full name only, as it could name them. Who holds two
    seats under one name comes once, with both; under two names nothing says that they are one.
    """
    wanted = (Seat.panel == panel.id) & current_on(today()) & (Seat.stage != ONBOARDING)
    if roles is not None:
        wanted &= Seat.role.is_in(list(roles))
    found = Seat.objects(Seat.person).where(wanted).order_by(Seat.since, Seat.id)
    people: dict[tuple[UUID, str], list[Seat]] = {}
    for seat in await found.limit(200):
        name = shown(seat.person.name, seat.public_name, seat.role)
        people.setdefault((seat.person.id, name), []).append(seat)
    return [_in_public(seats) for seats in people.values()]


def _in_public(seats: list[Seat]) -> dict[str, Any]:
    """One line of the roster; an office comes before a seat without one."""
    seat, *others = sorted(seats, key=lambda one: rank_in_the_chair(one.role) is None)
    first, roles = _one_seat(seat), [role_name(one.role) for one in (seat, *others)]
    represents = (one["represents"] for one in map(_one_seat, others))
    first["represents"] = first["represents"] or next(filter(None, represents), "")
    each = [_one_seat(one) for one in (seat, *others)]
    return first | {"role": ", ".join(roles), "roles": roles, "seats": each}


def _one_seat(seat: Seat) -> dict[str, Any]:
    counted = counts_for_quorum(seat.role)
    named = seat.public_name == PublicName.FULL
    return {
        "name": shown(seat.person.name, seat.public_name, seat.role),
        "role": role_name(seat.role),
        "since": seat.since,
        "until": seat.until if counted else None,
        "term": seat.term if counted else None,
        "route": ROUTES.get(seat.route, "") if counted else "",
        "represents": seat.represents if counted and named else "",
        "on_leave": counted and seat.stage == ON_LEAVE,
    }


async def sitting(panel: Panel, after: UUID | None = None) -> list[Seat]:
    """Seats held today or to begin later, in the order in which they were given."""
    ahead = Seat.until.is_null() | (Seat.until >= today())
    wanted = (Seat.panel == panel.id) & ahead
    if after is not None:
        wanted &= Seat.id > after
    return await Seat.objects(Seat.person).where(wanted).order_by(Seat.id).limit(PAGE + 1)


async def ended(panel: Panel, before: UUID | None = None) -> list[Seat]:
    """Seats that are over, the latest given first."""
    wanted = (Seat.panel == panel.id) & (Seat.until < today())
    if before is not None:
        wanted &= Seat.id < before
    found = Seat.objects(Seat.person).where(wanted).order_by(Seat.id, ascending=False)
    return await found.limit(PAGE + 1)


async def seat_on(panel: Panel, seat: UUID) -> Seat:
    """A seat of this panel, past or present. Raises Missing for any other."""
    found = await (
        Seat.objects(Seat.panel, Seat.person)
        .where((Seat.id == seat) & (Seat.panel == panel.id))
        .first()
    )
    if found is None:
        raise Missing("There is no such seat on this panel.")
    return found


async def roles_held(panel: UUID, person: UUID, on: date) -> list[str]:
    """The roles this person has on this panel on that day or after."""
    ahead = Seat.until.is_null() | (Seat.until >= on)
    held = (Seat.panel == panel) & (Seat.person == person) & ahead
    return [row["role"] for row in await Seat.select(Seat.role).where(held)]


async def seats_to_name(person: UUID) -> list[Seat]:
    """This person's seats for which they choose how they are named in public."""
    return [seat for seat in await seats_of(person) if not speaks_for_police(seat.role)]


async def community_seats(panel: UUID) -> list[Seat]:
    """Everybody who sits today and does not speak for the police."""
    held = (Seat.panel == panel) & active_on(today()) & Seat.role.not_in(list(POLICE))
    return await Seat.objects(Seat.person).where(held).order_by(Seat.id).limit(200)
