"""`scrutiny minutes`, `verify` and `record`: fetch what was published, and check it."""

import hashlib
from pathlib import Path

import click

from scrutiny.commands.running import with_database
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.ledger.queries import broken_at as ledger_broken_at
from scrutiny.ledger.queries import by_hash
from scrutiny.minutes.queries import pdf_of
from scrutiny.record.queries import broken_at


@click.group()
def minutes() -> None:
    """Published minutes."""


@minutes.command()
@click.argument("ref")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def pdf(ref: str, out: Path) -> None:
    """Write the published PDF of REF, for example lambeth/2026-05-14."""
    found = with_database(pdf_of, ref)
    out.write_bytes(found)
    click.echo(f"Wrote {len(found):,} bytes, SHA-256 {hashlib.sha256(found).hexdigest()}.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Say whether the ledger knows exactly this file."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    found = with_database(by_hash, digest)
    if found is None:
        raise Missing(f"The ledger has no publication with SHA-256 {digest}.")
    click.echo(
        f"Entry {found['seq']} of the ledger: {found['title']} ({found['panel_name']}), "
        f"published {found['at']:%-d %B %Y}, at {found['address']}."
    )


@click.group()
def record() -> None:
    """The record of everything that happened."""


@record.command("verify")
def record_verify() -> None:
    """Check every line of the record and of the ledger against the line before it."""
    lines, bad = with_database(broken_at)
    if bad is not None:
        raise NotNow(f"The record does not hold from line {bad}: it was changed or cut.")
    entry = with_database(ledger_broken_at)
    if entry is not None:
        raise NotNow(f"The ledger does not hold from entry {entry}.")
    click.echo(f"All {lines:,} lines of the record follow from one another; so does the ledger.")
