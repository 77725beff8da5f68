"""`scrutiny person`, `panel` and `sign-in-link`: begin a site before anybody can sign in."""

import click

from scrutiny.accounts.actions import console_link
from scrutiny.commands.running import with_database
from scrutiny.kit.clock import today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing
from scrutiny.panels.actions import NewPanel, add_panel, seat_person
from scrutiny.people import queries
from scrutiny.people.actions import add_person
from scrutiny.people.tables import Person
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
    with_database(_add, name, email, slug, role)
    click.echo(f"Added {name}.")


@writes
async def _add(name: str, email: str, slug: str | None, role: str) -> None:
    added = await add_person(name, email)
    if slug:
        await seat_person(added, await queries.panel(slug), role, since=today())


@person.command("list")
def list_() -> None:
    """Everybody, with how many seats they have."""
    for row in with_database(_everybody):
        click.echo(f"{row['name']} <{row['email']}>")


async def _everybody() -> list[dict]:
    return await Person.select(Person.name, Person.email).order_by(Person.name)


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
@click.option("--contact", required=True, help="Where letters to the panel go.")
def panel_add(**given: str) -> None:
    """Add a panel and, if it is new, its force."""
    with_database(add_panel, NewPanel(**given))
    click.echo(f"Added {given['name']} at /{given['slug']}.")


@click.command()
@click.argument("email")
def sign_in_link(email: str) -> None:
    """A link that signs this person in once, for when letters cannot be sent yet."""
    click.echo(with_database(_link, email))


async def _link(email: str) -> str:
    found = await queries.person_by_email(email)
    if found is None:
        raise Missing(f"Nobody has the address {email}.")
    return await console_link(found)
