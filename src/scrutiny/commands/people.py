"""`scrutiny person`, `panel`, `force`, `sign-in-link`: begin a site before anybody can sign in."""

from collections import defaultdict

import click

from scrutiny.accounts.actions import console_link
from scrutiny.commands.running import keyed, with_database
from scrutiny.kit.clock import today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow, Unreadable
from scrutiny.membership.rules import clash, email_problem, name_problem
from scrutiny.panels.actions import NewPanel, add_panel, change_force, seat_person
from scrutiny.people import queries
from scrutiny.people.actions import add_person
from scrutiny.people.queries import current_on
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Force, Person, Seat
from scrutiny.policy import Role


@click.group()
def person() -> None:
    """Add and list people."""


@person.command()
@click.argument("name")
@click.argument("email")
@click.option("--panel", "slug", help="Seat them on this panel.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default="secretariat")
def add(name: str, email: str, slug: str | None, role: str) -> None:
    """Add a person, and seat them when --panel is given."""
    if wrong := name_problem(name) or email_problem(email):
        raise Unreadable(wrong)
    with_database(_add, name, email, slug, role)
    click.echo(f"Added {name}, {role_name(role).lower()} of {slug}." if slug else f"Added {name}.")


@writes
async def _add(name: str, email: str, slug: str | None, role: str) -> None:
    """Somebody who is here already only gets the seat."""
    panel = await queries.panel(slug) if slug else None
    found = await queries.person_by_email(email)
    if found is None or panel is None:
        found = await add_person(name, email)
    if panel is None:
        return
    held = [seat.role for seat in await queries.seats_of(found.id) if seat.panel.id == panel.id]
    if refused := clash(role, held):
        raise NotNow(refused)
    await seat_person(found, panel, role, since=today())


@person.command("list")
def list_() -> None:
    """Everybody, with the seats they hold today."""
    for row in with_database(_everybody):
        seats = f" - {row['seats']}" if row["seats"] else ""
        click.echo(f"{row['name']} <{row['email']}>{seats}")


async def _everybody() -> list[dict]:
    found = await Person.select(Person.id, Person.name, Person.email).order_by(Person.name)
    seats = defaultdict(list)
    for seat in await Seat.select(Seat.person, Seat.role, Seat.panel.slug.as_alias("slug")).where(
        current_on(today())
    ):
        seats[seat["person"]].append(f"{role_name(seat['role']).lower()} of {seat['slug']}")
    return [{**row, "seats": ", ".join(sorted(seats[row["id"]]))} for row in found]


@click.group()
def panel() -> None:
    """Add a panel."""


@panel.command("add")
@click.argument("slug")
@click.argument("name")
@click.option("--code", required=True, help="Begins its numbers: LAM-R-2026-07.")
@click.option("--area", required=True, help="The borough or district it serves.")
@click.option("--area-code", default="", help="The ONS code of that borough: E09000022.")
@click.option("--force", required=True, help="Its id at data.police.uk: metropolitan.")
@click.option("--force-name", required=True)
@click.option("--force-contact", required=True, help="Where letters to the force go.")
@click.option("--force-complaints", default="", help="Where complaints about it go.")
@click.option(
    "--retention-days", default=31, help="It erases video that nobody marked after these."
)
@click.option("--contact", required=True, help="Where letters to the panel go.")
def panel_add(**given: str) -> None:
    """Add a panel and, if it is new, its force."""
    with_database(add_panel, NewPanel(**given))
    click.echo(f"Added {given['name']} at /{given['slug']}.")


@click.group()
def force() -> None:
    """Where letters to a force go, and how long it keeps its video."""


@force.command("set")
@click.argument("slug")
@click.option("--name", help="As the pages call it.")
@click.option("--contact", help="Where letters to the force go.")
@click.option("--complaints", "complaints_contact", help='Where complaints go; "" for nowhere.')
@click.option("--retention-days", type=int, help="It erases video that nobody marked after these.")
def force_set(slug: str, **changes: str | int | None) -> None:
    """Change what is given of a force, for every panel that looks at it."""
    _tell(with_database(change_force, slug, **changes))


@force.command("list")
def force_list() -> None:
    """Every force, with its addresses and its days."""
    for found in with_database(_forces):
        _tell(found)


async def _forces() -> list[Force]:
    return await Force.objects().order_by(Force.slug)


def _tell(found: Force) -> None:
    complaints = found.complaints_contact or "no address"
    click.echo(f"{found.slug}: {found.name} <{found.contact}>, complaints to {complaints}, "
               f"video kept {found.retention_days} days")  # fmt: skip


@click.command()
@click.argument("email")
def sign_in_link(email: str) -> None:
    """A link to sign this person in, once, for when no letter can reach them."""
    click.echo(with_database(_link, email))
    click.echo("It works once, within ten minutes, in any browser.", err=True)


async def _link(email: str) -> str:
    await keyed()
    found = await queries.person_by_email(email)
    if found is None:
        raise Missing(f"Nobody has the address {email}.")
    return await console_link(found)
