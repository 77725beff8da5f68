"""`scrutiny import` and `scrutiny draw`: read published files, and draw a sample again."""

import json
from pathlib import Path

import click

from scrutiny.cases.redraw import redraw
from scrutiny.commands.running import with_database
from scrutiny.stops import imports

FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.group("import")
def import_() -> None:
    """Read published files: stop and search records, census counts, boundaries."""
