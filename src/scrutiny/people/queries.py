"""Reads about people and their seats; every right is looked up here, in the request itself."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.kit.made import columns, maker
from scrutiny.people.rules import email_key
from scrutiny.people.tables import Force, Panel, Person, Seat, Session
from scrutiny.policy import ACTIVE


def current_on(day: date):
    return (Seat.since <= day) & (Seat.until.is_null() | (Seat.until >= day))


def active_on(day: date):
    """Held on that day and, as of now, neither on leave, restricted nor still to begin."""
    return current_on(day) & (Seat.stage == ACTIVE)


PANEL_BY_SLUG = (
    f"SELECT {columns(Panel)}, {columns(Force)} FROM panel JOIN force ON force.id = panel.force"
    " WHERE panel.slug = {}"
)
SEATS_HERE = (
    f"SELECT {columns(Seat)} FROM seat WHERE person = {{}} AND panel = {{}}"
    " AND since <= {} AND (until IS NULL OR until >= {}) ORDER BY since"
)
SESSION_BY_HASH = (
    f'SELECT {columns(Session)}, {columns(Person)} FROM "session"'
    ' JOIN person ON person.id = "session".person WHERE "session".key_hash = {}'
)
with_force, bare_seat = maker(Panel, force=Force), maker(Seat)
with_person = maker(Session, person=Person)


async def panel(slug: str) -> Panel:
    """The panel of an address, with its force. SQL, as nearly every page begins with it."""
    found = await rows(PANEL_BY_SLUG, slug, into=with_force)
    if not found:
        raise Missing("There is no panel at this address.")
    return found[0]


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
    day = today()
    found = await rows(SEATS_HERE, person.id, panel.id, day, day, into=bare_seat)
    for seat in found:
        seat.person, seat.panel = person, panel
    return found


async def seats_on(panel: UUID, roles: Iterable[str]) -> list[Seat]:
    """The seats held and active today on this panel in any of these roles, with the person."""
    return await (
        Seat.objects(Seat.panel, Seat.person)
        .where((Seat.panel == panel) & Seat.role.is_in(list(roles)) & active_on(today()))
        .order_by(Seat.since, Seat.id)
    )


async def people_on(panel: UUID, roles: Iterable[str]) -> list[Person]:
    """Who holds those seats: each person once, whichever and however many they hold."""
    found = {seat.person.id: seat.person for seat in await seats_on(panel, roles)}
    return list(found.values())


async def session_by_hash(key_hash: str) -> Session | None:
    """The session with its person. SQL, as every page of somebody signed in begins with it."""
    found = await rows(SESSION_BY_HASH, key_hash, into=with_person)
    return found[0] if found else None
