"""How one entry of the ledger is bound to the entry before it."""

import hashlib
from collections.abc import Sequence

START = "0" * 64


def link(prev: str, seq: int, kind: str, address: str, sha256: str) -> str:
    """SHA-256 over 'prev|seq|kind|address|sha256': anybody can work it out by hand."""
    return hashlib.sha256(f"{prev}|{seq}|{kind}|{address}|{sha256}".encode()).hexdigest()


def first_break(entries: Sequence[dict]) -> int | None:
    """The first entry that does not follow from the one before, or None if all do."""
    prev = START
    for place, entry in enumerate(entries, start=1):
        mark = link(prev, entry["seq"], entry["kind"], entry["address"], entry["sha256"])
        if entry["seq"] != place or entry["prev"] != prev or entry["hash"] != mark:
            return place
        prev = entry["hash"]
    return None
