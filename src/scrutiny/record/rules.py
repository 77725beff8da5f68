"""How one line of the record is bound to the line before it."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


def canonical(row: Mapping[str, Any]) -> str:
    """The row as JSON: sorted keys, no spaces, times in UTC to the microsecond."""
    plain = {key: _plain(value) for key, value in row.items() if key not in ("id", "prev", "hash")}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def link(prev: str, row: Mapping[str, Any]) -> str:
    """SHA-256 over the previous hash and this row, as hexadecimal."""
    return hashlib.sha256(f"{prev}\n{canonical(row)}".encode()).hexdigest()


def mark(row: Mapping[str, Any], seq: int, prev: str) -> str:
    """The hash that this row has as line `seq`, after a line with the hash `prev`."""
    return link(prev, {**row, "seq": seq})


def end_seal(pepper: bytes, seq: int, hash: str) -> str:
    """Two keyed hashes of the end of the record: of its length, and of its length and last line.

    Whoever can write into the database alone can neither shorten it nor change the last line
    without its showing which of the two was done.
    """
    return length_seal(pepper, seq) + commitment(pepper, seq, hash)[:32]


def length_seal(pepper: bytes, seq: int) -> str:
    return hmac.digest(pepper, f"length of the record|{seq}".encode(), "sha256").hex()[:32]


def commitment(pepper: bytes, seq: int, hash: str) -> str:
    """What a signed head holds of the record: nobody without the key learns anything from it."""
    return hmac.digest(pepper, f"end of the record|{seq}|{hash}".encode(), "sha256").hex()


def first_break(rows: list[Mapping[str, Any]], seq: int, prev: str) -> int | None:
    """The first line that does not follow from the one before, or None if all do."""
    for row in rows:
        seq += 1
        if row["seq"] != seq or row["prev"] != prev or link(prev, row) != row["hash"]:
            return seq
        prev = row["hash"]
    return None
