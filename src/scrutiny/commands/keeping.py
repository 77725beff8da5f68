"""`scrutiny backup`, `restore`, `export` and `check`: keep it safe, take it away, look it over."""

import asyncio
import json
from pathlib import Path

import click

from scrutiny.commands.copies import back_up, prove, put_back
from scrutiny.commands.deploying import faults, working_faults
from scrutiny.commands.running import with_database
from scrutiny.commands.signing_keys import sentences
from scrutiny.kit.errors import NotNow
from scrutiny.kit.settings import settings
from scrutiny.public.export import published_by

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=FOLDER)
def backup(folder: Path) -> None:
    """Copy the database into FOLDER while it is in use, and prove the copy.

    The keys of concerns lie in a file beside it, for seven days.
    """
    made = back_up(folder)
    click.echo(f"Wrote {made}. Keep the secret file ({settings().secret_file}) somewhere else.")


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--verify", is_flag=True, help="Only prove the newest copy; change nothing.")
def restore(folder: Path, verify: bool) -> None:
    """Put the newest copy in FOLDER in place of a database that is gone."""
    if verify:
        click.echo(prove(folder))
        return
    copy, shut = put_back(folder)
    click.echo(f"Restored {copy}.")
    if shut:
        concerns = "1 concern" if shut == 1 else f"{shut:,} concerns"
        click.echo(f"{concerns} can no longer be opened: the keys are not beside the copy.")


@click.command()
@click.argument("panel")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def export(panel: str, out: Path) -> None:
    """Write everything PANEL has published as one JSON file."""
    found = with_database(published_by, panel)
    out.write_text(json.dumps(found, indent=1, ensure_ascii=False, default=str) + "\n")
    click.echo(f"Wrote {out}.")


@click.command()
@click.option("--deploy", is_flag=True, required=True, help="Look over the settings for real use.")
def check(deploy: bool) -> None:
    """Say what must be mended before residents use this site."""
    found = faults(settings()) + asyncio.run(working_faults())
    for said in sentences():
        click.echo(said)
    for fault in found:
        click.echo(f"- {fault}")
    if found:
        things = "1 thing" if len(found) == 1 else f"{len(found)} things"
        raise NotNow(f"{things} must be mended before residents use this.")
    click.echo("Ready.")
