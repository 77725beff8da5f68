"""Signed heads as others keep them: in a file of ours, or as the line at the foot of a page."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from scrutiny.kit.errors import Unreadable
from scrutiny.ledger.rules import SignedHead, moment

LINE = re.compile(r"scrutiny-head 1 ([0-9]{1,12}) ([0-9a-f]{64}) (\d{4}-\d\d-\d\d) ([0-9a-f]{16})")
HEX = {"root": 64, "record": 64, "signature": 128}
NO_HEAD = "This is no signed head of ours: neither heads.json, nor a proof, nor a printed line."


class KeptHead(NamedTuple):
    """A head that somebody kept; of a printed one, `signed` is None and the signature a part."""

    size: int
    root: str
    day: str
    signature: str
    signed: SignedHead | None

    @property
    def name(self) -> str:
        return f"the head of {self.day} with {self.size} entries"


def as_plain(head: SignedHead) -> dict[str, Any]:
    """A head as it stands in JSON."""
    told = {"number": head.number, "size": head.size, "root": head.root, "at": moment(head.at)}
    return {**told, "record": head.record, "signature": head.signature, "line": head.line}


def from_plain(told: Mapping[str, Any]) -> SignedHead:
    """Raises Unreadable when it is no head."""
    try:
        at = datetime.strptime(told["at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        size, number = told["size"], told.get("number", 0)
        hashes = [told[name] for name in HEX]
        good = all(re.fullmatch(f"[0-9a-f]{{{HEX[name]}}}", told[name]) for name in HEX)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable(NO_HEAD) from None
    if not good or type(size) is not int or type(number) is not int or size < 0:
        raise Unreadable(NO_HEAD)
    return SignedHead(number, size, hashes[0], at, hashes[1], hashes[2])


def kept_heads(text: str) -> list[KeptHead]:
    """Every head in what somebody kept. Raises Unreadable when there is none."""
    found = [KeptHead(int(one[1]), one[2], one[3], one[4], None) for one in LINE.finditer(text)]
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    if isinstance(told, dict):
        found = [_kept(from_plain(one)) for one in _heads_in(told)]
    if not found:
        raise Unreadable(NO_HEAD)
    return found


def _heads_in(told: Mapping[str, Any]) -> list[Any]:
    if isinstance(told.get("heads"), list):
        return told["heads"]
    return [told["head"]] if isinstance(told.get("head"), dict) else [told]


def _kept(head: SignedHead) -> KeptHead:
    day = head.at.date().isoformat()
    return KeptHead(head.size, head.root, day, head.signature, head)
