"""WHAT counts as a fingerprint, and how the ledger is read by a machine."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

LARGEST = 20_000_000
"""Bytes of a file that can be checked: minutes have some hundred thousand."""
FINGERPRINT = re.compile(r"(?:sha-?256)?[:=]?([0-9a-f]{64})", re.IGNORECASE)
METHOD = (
    "hash is the SHA-256, in hexadecimal, of the UTF-8 text prev|seq|kind|address|sha256; "
    "prev is the hash of the entry before, and 64 noughts for the first. "
    "sha256 is that of exactly the bytes at the address."
)
STATEMENTS = (
    "signature is Ed25519, in hexadecimal, over the statement as JSON with sorted names, no "
    "blanks and ASCII alone; text_sha256 is the SHA-256 of the bytes of salt followed by the "
    "text in UTF-8, with line feeds alone and nothing blank around it."
)
SHOWN = ("seq", "at", "kind", "title", "address", "sha256", "prev", "hash")


def fingerprint_in(typed: str) -> str | None:
    """The SHA-256 that was meant: spaces, colons and capitals make no difference."""
    found = FINGERPRINT.fullmatch(re.sub(r"[\s:]", "", typed))
    return found[1].lower() if found else None


def entry(row: Mapping[str, Any], base: str) -> dict[str, Any]:
    """One entry of the ledger as plain values; `address` stays as it was hashed."""
    return {"panel": row["panel_name"], "url": base + row["address"]} | {
        name: row[name].isoformat() if name == "at" else row[name] for name in SHOWN
    }


def older_than(rows: Sequence[Mapping[str, Any]], page: int) -> int | None:
    """The number before which the next page begins; the numbers have no gaps."""
    return rows[-1]["seq"] if len(rows) == page and rows[-1]["seq"] > 1 else None


def place(before: int) -> int | None:
    """The number before which a page begins, or None for the newest; no entry has a greater."""
    return min(before, 2**31 - 1) if before > 0 else None
