"""WHAT counts as a fingerprint, how a publication stands, and how machines read the ledger."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

LARGEST = 20_000_000
"""Bytes of a file that can be checked: minutes have some hundred thousand."""
FINGERPRINT = re.compile(r"(?:sha-?256)?[:=]?([0-9a-f]{64})", re.IGNORECASE)
METHOD = (
    "hash is the SHA-256, in hexadecimal, of the UTF-8 text prev|seq|kind|address|leaf (of entries "
    "that bind 0, prev|seq|kind|address|sha256); prev is the hash of the entry before, and 64 "
    "noughts for the first. leaf is the Merkle leaf (RFC 6962) of seven lines, each ended by a "
    "line feed: scrutiny-entry 1, seq, at, panel, kind, address, sealed. sealed is the SHA-256 of "
    "the bytes of salt, those of sha256, and the title in UTF-8. sha256 is that of exactly the "
    "bytes at the address. Of what was withdrawn only sealed is left."
)
STATEMENTS = (
    "signature is Ed25519, in hexadecimal, over the statement as JSON with sorted names, no "
    "blanks and ASCII alone; text_sha256 is the SHA-256 of the bytes of salt followed by the "
    "text in UTF-8, with line feeds alone and nothing blank around it."
)
SHOWN = ("binds", "prev", "hash", "withdrawn")
EDITION = re.compile(r"[?&]edition=([0-9]{1,6})")


def fingerprint_in(typed: str) -> str | None:
    """The SHA-256 that was meant: spaces, colons and capitals make no difference."""
    found = FINGERPRINT.fullmatch(re.sub(r"[\s:]", "", typed))
    return found[1].lower() if found else None


def entry(row: Mapping[str, Any], plain: Mapping[str, Any], base: str) -> dict[str, Any]:
    """One entry of the ledger as plain values; `address` stays as it was hashed."""
    told = {"panel_name": row["panel_name"], "url": base + row["address"]}
    return {**plain, **told, **{name: row[name] for name in SHOWN}}


def older_than(rows: Sequence[Mapping[str, Any]], page: int) -> int | None:
    """The number before which the next page begins; the numbers have no gaps."""
    return rows[-1]["seq"] if len(rows) == page and rows[-1]["seq"] > 1 else None


def place(before: int) -> int | None:
    """The number before which a page begins, or None for the newest; no entry has a greater."""
    return min(before, 2**31 - 1) if before > 0 else None


def is_corrected(kind: str) -> bool:
    """Whether what takes its place corrects it; other things are replaced."""
    return kind.startswith("minutes")


def editions(old: str, new: str) -> tuple[int, int] | None:
    """(edition, newest edition), where both addresses say which they are."""
    found = EDITION.search(old), EDITION.search(new)
    return (int(found[0][1]), int(found[1][1])) if found[0] and found[1] else None


def changes_at(kind: str, address: str) -> str:
    """Where it can be read what the newest one changed, from the newest one's address."""
    place = address.partition("?")[0]
    if kind == "terms":
        return place.removesuffix("/published") + "/changes"
    if kind == "agenda":
        return place.removesuffix("/agenda.json")
    return re.sub(r"\.(?:pdf|json|docx)$", "", place) if is_corrected(kind) else place
