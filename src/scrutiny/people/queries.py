"""Reads about people and their seats; every right is looked up here, in the request itself."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.people.rules import email_key
from scrutiny.people.tables import Force, Panel, Person, Seat, Session


def current_on(day: date):
    return (Seat.since <= day) & (Seat.until.is_null() | (Seat.until >= day))


PANEL = [column._meta.db_column_name for column in Panel.all_columns()]
FORCE = [column._meta.db_column_name for column in Force.all_columns()]
PANEL_BY_SLUG = (
    f"SELECT {', '.join([f'panel.{name}' for name in PANEL] + [f'force.{name}' for name in FORCE])}"
    " FROM panel JOIN force ON force.id = panel.force WHERE panel.slug = {}"
)


async def panel(slug: str) -> Panel:
    """The panel of an address, with its force. SQL, as nearly every page begins with it."""
    found = await rows(PANEL_BY_SLUG, slug, into=_with_force)
    if not found:
        raise Missing("There is no panel at this address.")
    return found[0]


def _with_force(*row: Any) -> Panel:
    force = Force(dict(zip(FORCE, row[len(PANEL) :], strict=True)), _exists_in_db=True)
    panel = Panel(dict(zip(PANEL, row[: len(PANEL)], strict=True)), _exists_in_db=True)
    panel.force = force
    return panel


async def panels() -> list[Panel]:
    return await Panel.objects(Panel.force).order_by(Panel.name)


async def person_by_email(address: str) -> Person | None:
    return await Person.objects().where(Person.email_key == email_key(address)).first()


async def seats_of(person: UUID) -> list[Seat]:
    """Every seat this person holds today, on any panel, with the panel and the person."""
    return await (
        Seat.objects(Seat.panel, Seat.panel.force, Seat.person)
        .where((Seat.person == person) & current_on(today()))
        .order_by(Seat.since)
    )


async def seats_here(person: Person, panel: Panel) -> list[Seat]:
    """The seats this person holds today on this panel: both are known, so nothing is joined."""
    mine = (Seat.person == person.id) & (Seat.panel == panel.id) & current_on(today())
    found = await Seat.objects().where(mine).order_by(Seat.since)
    for seat in found:
        seat.person, seat.panel = person, panel
    return found


async def seats_on(panel: UUID, roles: Iterable[str]) -> list[Seat]:
    """The seats held today on this panel in any of these roles, with the person."""
    return await (
        Seat.objects(Seat.panel, Seat.person)
        .where((Seat.panel == panel) & Seat.role.is_in(list(roles)) & current_on(today()))
        .order_by(Seat.since, Seat.id)
    )


async def session_by_hash(key_hash: str) -> Session | None:
    return await Session.objects(Session.person).where(Session.key_hash == key_hash).first()
