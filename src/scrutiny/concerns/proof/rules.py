"""WHAT a proof of submission says, how it is signed, and how anybody checks one.

The statement binds a day and a panel to a salted hash of the words: it tells nothing of them, and
whoever holds both can show that they belong together. Signed with Ed25519 over canonical JSON.
docs/verifying-a-statement.md says the same for those who check without us.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from scrutiny.kit.errors import Unreadable
from scrutiny.kit.site_key import is_signed, public_hex, public_key
from scrutiny.kit.words import N_, many_lines

VERSION = 1
FIELDS = {"v": int, "panel": str, "reference": str, "day": str, "text_sha256": str, "salt": str}
LONGEST = 4_000
"""Characters of a statement: those of ours have some five hundred."""
NO_STATEMENT = N_("This is not a statement of ours. Paste all of it, from { to }.")


@dataclass(frozen=True)
class Checked:
    """What a check found. `same_text` is None when no words were given."""

    signed: bool
    same_text: bool | None
    statement: dict[str, Any]

    @property
    def day(self) -> date:
        return date.fromisoformat(self.statement["day"])


def plain(text: str) -> str:
    """The words as they are hashed: plain line breaks, nothing blank around them."""
    return many_lines(text).strip()


def text_hash(salt: str, text: str) -> str:
    """SHA-256, in hexadecimal, of the bytes of the salt followed by the words in UTF-8."""
    return hashlib.sha256(bytes.fromhex(salt) + plain(text).encode()).hexdigest()


def canonical(statement: dict[str, Any]) -> bytes:
    """The bytes that are signed: JSON with sorted names, no blanks, and ASCII alone."""
    return json.dumps(statement, sort_keys=True, separators=(",", ":")).encode()


def made(panel: str, reference: str, day: date, text: str, salt: bytes) -> dict[str, Any]:
    """The statement itself. `panel` is its slug."""
    return {
        "v": VERSION,
        "panel": panel,
        "reference": reference,
        "day": day.isoformat(),
        "text_sha256": text_hash(salt.hex(), text),
        "salt": salt.hex(),
    }


def signed(statement: dict[str, Any], key: Ed25519PrivateKey) -> str:
    """The statement with its signature, as the text that the resident keeps."""
    signature = key.sign(canonical(statement)).hex()
    whole = {"statement": statement, "signature": signature, "key": public_hex(key)}
    return json.dumps(whole, indent=1)


def check(pasted: str, text: str, key: str) -> Checked:
    """Check a pasted statement against the words and the public key, in hexadecimal.

    No words, no answer about them. The key that stands in the statement itself proves nothing and
    is not looked at. Raises Unreadable when it is no statement, ValueError when `key` is no key.
    """
    public = public_key(key)
    statement, signature = _read(pasted)
    same = text_hash(statement["salt"], text) == statement["text_sha256"] if text.strip() else None
    return Checked(is_signed(canonical(statement), signature, public), same, statement)


def _read(pasted: str) -> tuple[dict[str, Any], bytes]:
    try:
        if len(pasted) > LONGEST:
            raise ValueError
        whole = json.loads(pasted)
        statement = {name: whole["statement"][name] for name in FIELDS}
        signature = bytes.fromhex(whole["signature"])
        bytes.fromhex(statement["salt"])
        date.fromisoformat(statement["day"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unreadable(NO_STATEMENT) from None
    right = all(type(statement[name]) is kind for name, kind in FIELDS.items())
    if not right or set(whole["statement"]) != set(FIELDS) or statement["v"] != VERSION:
        raise Unreadable(NO_STATEMENT)
    return statement, signature
