"""`scrutiny import` and `scrutiny draw`: read published files, and draw a sample again."""

import json
from collections.abc import Callable
from pathlib import Path

import click

from scrutiny.cases.redraw import redraw
from scrutiny.commands.running import with_database
from scrutiny.kit.errors import NotNow, Unreadable
from scrutiny.stops import imports

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FILES = click.argument("files", nargs=-1, required=True, type=FILE)


@click.group("import")
def import_() -> None:
    """Read published files: stop and search records, boundaries, census counts."""


@import_.command()
@FILES
@click.option("--force", default="", help="The force, where the file's name does not say it.")
@click.option("--month", default="", help="2022-10, where the file's name does not say it.")
def stops(files: tuple[Path, ...], force: str, month: str) -> None:
    """Stop and search records: CSV or JSON as data.police.uk publishes them."""
    _read_all(files, imports.import_stops, force=force, month=month)


@import_.command()
@FILES
def areas(files: tuple[Path, ...]) -> None:
    """Boundaries as GeoJSON: each search is placed in its borough."""
    _read_all(files, imports.import_areas)


@import_.command()
@FILES
def census(files: tuple[Path, ...]) -> None:
    """How many people live where, by ethnic group (Census 2021, CSV)."""
    _read_all(files, imports.import_census)


def _read_all(files: tuple[Path, ...], read: Callable, **options: str) -> None:
    unread = with_database(_each, files, read, **options)
    if unread:
        raise NotNow(f"{unread} of {len(files)} files could not be read. The rest is kept.")


async def _each(files: tuple[Path, ...], read: Callable, **options: str) -> int:
    """One file that cannot be read does not stop the others."""
    unread = 0
    for path in files:
        try:
            report = await read(path, **options)
        except Unreadable as why:
            click.echo(f"{path.name}: {why}", err=True)
            unread += 1
        else:
            click.echo("\n".join(report.lines))
    return unread


@click.group()
def draw() -> None:
    """Random samples."""


@draw.command()
@click.argument("certificate", type=FILE)
@FILES
def verify(certificate: Path, files: tuple[Path, ...]) -> None:
    """Draw CERTIFICATE's sample again from the published FILES and compare."""
    try:
        told = json.loads(certificate.read_bytes())
    except ValueError:
        raise Unreadable(f"{certificate.name} is not JSON.") from None
    again = redraw(told, list(files))
    if again != told["sample"]:
        raise NotNow("The sample is not the same: these files do not give this certificate.")
    click.echo(f"The same {len(again)} records came out.")
