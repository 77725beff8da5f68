"""`scrutiny migrate` and `scrutiny demo`: make the tables, and fill them to try things out."""

import asyncio

import click

from scrutiny.commands.running import UNUSABLE, keyed, waiting_migrations, with_database
from scrutiny.demo.filling import fill
from scrutiny.kit import pdf
from scrutiny.kit.errors import NotNow
from scrutiny.kit.migrating import MigrationFailed
from scrutiny.kit.migrating import migrate as run_migrations
from scrutiny.kit.seal import keys
from scrutiny.people.tables import Person


@click.command()
def migrate() -> None:
    """Bring the database to this version; safe to run again."""
    done = asyncio.run(_migrate())
    count = "1 migration" if len(done) == 1 else f"{len(done)} migrations"
    click.echo(f"Ran {count}." if done else "The database is up to date.")


async def _migrate() -> list[str]:
    await waiting_migrations()
    try:
        done = await run_migrations()
    except (MigrationFailed, *UNUSABLE) as why:
        raise NotNow(f"The database could not be migrated, and is as it was: {why}") from None
    if not await Person.exists():
        keys()
    return done


@click.command()
def demo() -> None:
    """Fill an empty database with two invented panels and a year of their work."""
    with_database(_fill)
    click.echo("The demo panels are ready. Set SCRUTINY_DEMO=1 to sign in as any of the cast.")


async def _fill() -> None:
    await keyed()
    try:
        await fill()
    except pdf.PdfFailed as why:
        raise NotNow(
            f"The demo's minutes could not be printed: {why} It was not filled to the end: "
            "remove its database and begin again."
        ) from None
    finally:
        await pdf.close()
