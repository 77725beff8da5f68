"""Reads about seats: who sits, who sat, and how they are named in public."""

from datetime import date
from typing import Any
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing
from scrutiny.membership.rules import shown
from scrutiny.people.queries import current_on, seats_of
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import POLICE, speaks_for_police

PAGE = 50


async def roster(panel: Panel) -> list[dict[str, Any]]:
    """Who sits on this panel today, as the public sees them: name, role and since when."""
    found = await (
        Seat.objects(Seat.person)
        .where((Seat.panel == panel.id) & current_on(today()))
        .order_by(Seat.since, Seat.id)
        .limit(200)
    )
    return [
        {
            "name": shown(seat.person.name, seat.public_name, seat.role),
            "role": role_name(seat.role),
            "since": seat.since,
        }
        for seat in found
    ]


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
    held = (Seat.panel == panel) & current_on(today()) & Seat.role.not_in(list(POLICE))
    return await Seat.objects(Seat.person).where(held).order_by(Seat.id).limit(200)
