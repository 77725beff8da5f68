"""WHAT an entry of the ledger binds, and what the site signs of the whole."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from scrutiny.ledger.merkle import leaf_hash

START = "0" * 64
TERMS, WITHDRAWAL = "terms", "withdrawal"
HEAD = "scrutiny-head 1"
ENTRY = "scrutiny-entry 1"


@dataclass(frozen=True)
class SignedHead:
    """So many entries had this root (both hashes in hexadecimal) when the site signed it."""

    number: int
    size: int
    root: str
    at: datetime
    record: str
    signature: str

    @property
    def message(self) -> bytes:
        return head_message(self.size, self.root, self.at, self.record)

    @property
    def line(self) -> str:
        """One line of ASCII to print, which anybody can hold against the ledger years later."""
        day = self.at.astimezone(UTC).date().isoformat()
        return f"{HEAD} {self.size} {self.root} {day} {self.signature[:16]}"


def moment(at: datetime) -> str:
    """As it is signed: UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def head_message(size: int, root: str, at: datetime, record: str) -> bytes:
    """The bytes that are signed: five lines."""
    return f"{HEAD}\n{size}\n{root}\n{moment(at)}\n{record}\n".encode()


def sealed(salt: str, sha256: str, title: str) -> str:
    """SHA-256 over the bytes of the salt, those of the fingerprint, and the title in UTF-8.

    Once the salt is destroyed nobody can try texts or titles against it (security.md 6).
    """
    known = bytes.fromhex(salt) + bytes.fromhex(sha256) + title.encode()
    return hashlib.sha256(known).hexdigest()


def leaf(entry: Mapping[str, Any]) -> bytes:
    """The leaf of an entry: RFC 6962's hash of seven lines, the last the sealed part."""
    told = (entry[name] for name in ("seq", "at", "panel", "kind", "address", "sealed"))
    lines = (moment(one) if isinstance(one, datetime) else str(one) for one in told)
    return leaf_hash("".join(f"{line}\n" for line in (ENTRY, *lines)).encode())


def link(prev: str, seq: int, kind: str, address: str, bound: str) -> str:
    """SHA-256 over 'prev|seq|kind|address|bound': anybody can work it out by hand."""
    return hashlib.sha256(f"{prev}|{seq}|{kind}|{address}|{bound}".encode()).hexdigest()


def is_whole(entry: Mapping[str, Any]) -> bool:
    """Whether the sealed part is that of this fingerprint and title, as far as they are there."""
    if entry["withdrawn"] is not None:
        return not (entry["salt"] or entry["sha256"] or entry["title"])
    if not entry["sealed"]:
        return not entry["binds"]  # entered before there was a tree, and not taken up yet
    try:
        return entry["sealed"] == sealed(entry["salt"], entry["sha256"], entry["title"])
    except ValueError:
        return False


def mark(entry: Mapping[str, Any], seq: int, prev: str) -> str:
    """The hash that this entry has at that place; an empty one if it does not hold in itself."""
    if not is_whole(entry) or (entry["note"] and not is_noted(entry)):
        return ""
    if entry["withdrawn"] is not None and not entry["binds"]:
        return entry["hash"]  # an early one bound the fingerprint, which is gone; the leaf is left
    bound = leaf({**entry, "seq": seq}).hex() if entry["binds"] else entry["sha256"]
    return link(prev, seq, entry["kind"], entry["address"], bound)


def is_noted(entry: Mapping[str, Any]) -> bool:
    return hashlib.sha256(entry["note"].encode()).hexdigest() == entry["sha256"]


def tombstone(address: str, reason: str, entries: Iterable[int]) -> str:
    """What is published in place of what was withdrawn, as canonical JSON."""
    told = {"v": 1, "address": address, "reason": reason, "withdraws": sorted(entries)}
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def told_by(note: str) -> dict[str, Any]:
    """What a tombstone says; nothing for an entry that is none."""
    return json.loads(note) if note else {}


def thing_of(kind: str, address: str) -> str:
    """What a publication is an edition of: later entries with the same one take its place."""
    place = address.partition("?")[0]
    return re.sub(r"/\d+/published$", "", place) if kind == TERMS else place


def first_break(entries: Iterable[Mapping[str, Any]], after: int = 0, prev: str = START):
    """The first entry that does not follow from the one before, or None if all do."""
    for place, entry in enumerate(entries, start=after + 1):
        if entry["seq"] != place or entry["prev"] != prev:
            return place
        if entry["hash"] != mark(entry, place, prev):
            return place
        prev = entry["hash"]
    return None
