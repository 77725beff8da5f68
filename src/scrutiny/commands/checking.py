"""`scrutiny minutes`, `verify`, `verify-statement`, `record`: fetch what is there, and check it."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import click

from scrutiny.commands.running import with_database
from scrutiny.concerns.proof.rules import check
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.ledger.checking import check as check_ledger
from scrutiny.ledger.heads import KeptHead, as_plain, kept_heads
from scrutiny.ledger.proofs import check_inclusion
from scrutiny.ledger.queries import by_hash, newest_head
from scrutiny.minutes.queries import pdf_of
from scrutiny.record.checking import check as check_record
from scrutiny.record.tampering import sentences

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SHOWN = 10
"""Faults that are told one by one."""
MISSING = "The line with which the record ended when that head was signed is not there any more."


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
@click.argument("file", type=FILE)
@click.option("--key", help="The public key, in hexadecimal, from /verify/key.json.")
@click.option("--proof", type=FILE, help="The proof.json of its entry.")
def verify(file: Path, key: str | None, proof: Path | None) -> None:
    """Say whether the ledger knows exactly this file.

    With --key and --proof it needs neither the database nor a network.
    """
    if bool(key) != bool(proof):
        raise click.UsageError("Give both --key and --proof, or neither.")
    if key and proof:
        _verify_apart(file, key, proof)
        return
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    found = with_database(by_hash, digest)
    if found is None:
        raise Missing(f"The ledger has no publication with SHA-256 {digest}.")
    if found["withdrawn"] is not None:
        raise NotNow(
            f"Entry {found['seq']} of the ledger had exactly this file. It was withdrawn: "
            f"entry {found['withdrawn']} says why."
        )
    click.echo(
        f"Entry {found['seq']} of the ledger: {found['title']} ({found['panel_name']}), "
        f"published {found['at']:%-d %B %Y}, at {found['address']}."
    )


def _verify_apart(file: Path, key: str, proof: Path) -> None:
    told = proof.read_text(encoding="utf-8")
    entry, head = check_inclusion(file.read_bytes(), told, key.strip())
    click.echo(
        f"Published: entry {entry['seq']} of the ledger, {entry['title']}, at {entry['address']}. "
        f"Signed with this key on {head.at:%-d %B %Y}, when there were {head.size:,} entries."
    )


@click.command()
@click.argument("file", type=FILE)
@click.option("--text", required=True, type=FILE)
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
@click.option("--head", type=FILE, help="A signed head kept earlier: JSON, or a printed line.")
def record_verify(head: Path | None) -> None:
    """Check every line of the record and of the ledger; name what was done.

    Against every signed head that is kept here, and any that somebody else kept.
    """
    kept = kept_heads(head.read_text(encoding="utf-8")) if head else []
    lines, entries, heads, wrong = with_database(_looked_over, kept)
    if wrong:
        more = f" There are {len(wrong) - SHOWN} more faults." if len(wrong) > SHOWN else ""
        raise NotNow(" ".join(wrong[:SHOWN]) + more)
    click.echo(
        f"All {lines:,} lines of the record follow from one another; so do the {entries:,} entries "
        f"of the ledger, and {heads:,} signed heads hold them."
    )
    if kept:
        click.echo(f"They go on from {'; '.join(one.name for one in kept[:SHOWN])}.")


async def _looked_over(kept: Sequence[KeptHead]) -> tuple[int, int, int, list[str]]:
    ledger = await check_ledger(kept)
    found = await check_record(ledger.promises, sealed=ledger.heads > 0)
    wrong = [*sentences(found.faults, "Line", "the record")]
    wrong += [MISSING for _ in found.missing[:1]]
    wrong += [*sentences(ledger.faults, "Entry", "the ledger"), *ledger.wrong]
    return found.lines, ledger.entries, ledger.heads, wrong


@record.command("heads")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def record_heads(out: Path) -> None:
    """Write the newest signed head to a file, to be kept elsewhere."""
    found = with_database(newest_head)
    if found is None:
        raise Missing("No head has been signed yet: the first is with the first publication.")
    out.write_text(json.dumps({"head": as_plain(found)}, indent=1) + "\n", encoding="utf-8")
    click.echo(f"Wrote {found.line}")
