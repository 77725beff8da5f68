"""`scrutiny migrate` and `scrutiny demo`: make the tables, and fill them to try things out."""

import asyncio

import click

from scrutiny.commands.running import with_database
from scrutiny.demo.filling import fill
from scrutiny.kit import pdf
from scrutiny.kit.migrating import migrate as run_migrations


@click.command()
def migrate() -> None:
    """Bring the database to this version; safe to run again."""
    done = asyncio.run(run_migrations())
    click.echo(f"Ran {len(done)} migrations." if done else "The database is up to date.")


@click.command()
def demo() -> None:
    """Fill an empty database with two invented panels and a year of their work."""
    with_database(_fill)
    click.echo("The demo panels are ready. Set SCRUTINY_DEMO=1 to sign in as any of the cast.")


async def _fill() -> None:
    try:
        await fill()
    finally:
        await pdf.close()
