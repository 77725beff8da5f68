"""`scrutiny minutes`, `verify`, `verify-statement`, `record`: fetch what is there, and check it."""

import hashlib
from pathlib import Path

import click

from scrutiny.commands.running import with_database
from scrutiny.concerns.proof.rules import check
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


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", required=True, help="The public key, in hexadecimal, from /verify/key.json.")
def verify_statement(file: Path, text: Path, key: str) -> None:
    """Say whether the statement in FILE was signed with KEY and is about this text.

    Needs no database and no network.
    """
    found = check(file.read_text(encoding="utf-8"), text.read_text(encoding="utf-8"), key.strip())
    if not found.signed:
        raise NotNow("It was not signed with this key, or it was changed since.")
    if not found.same_text:
        raise NotNow("It was signed with this key, but this is not the text that was sent.")
    reference, day = found.statement["reference"], f"{found.day:%-d %B %Y}"
    click.echo(f"Signed with this key, and the text is the same: {reference}, {day}.")


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
