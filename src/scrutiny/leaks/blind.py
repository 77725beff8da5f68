"""Blind marks: what is known, as hashes that only this host can make, and only for one panel."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from scrutiny.kit.seal import keys
from scrutiny.leaks.names import keys_of as name_keys
from scrutiny.leaks.numbers import collars_in, phones_in, receipt_keys, runs
from scrutiny.leaks.places import mail_key, written_mails
from scrutiny.leaks.plain import plain, tokens
from scrutiny.leaks.recognised import keys_in
from scrutiny.leaks.spots import KINDS, kind_of

SIZE = 10  # bytes: two of a million marks are alike once in 10^12 panels
HEAD = 2
CODES = {kind: code for code, kind in enumerate(dict.fromkeys(KINDS.values()))}
MOST = 400
"""Marks of one writing: a list of names is no story."""
LONG_NAME = 60


def secret_of(panel: UUID) -> bytes:
    return hmac.digest(keys().pepper, b"leaks|" + panel.bytes, "sha256")


def blinded(secret: bytes, key: str) -> bytes:
    return hashlib.blake2b(key.encode(), key=secret, digest_size=SIZE).digest()


def packed(secret: bytes, known: Iterable[str]) -> bytes:
    """Kind, length and hash of each, in the order of their hashes: their place tells nothing."""
    made = sorted((blinded(secret, key), kind_of(key), len(key) - 2) for key in known)
    return b"".join(bytes([CODES[kind], min(length, 255)]) + mark for mark, kind, length in made)


def unpacked(blob: bytes) -> Iterator[bytes]:
    return (blob[at + HEAD : at + HEAD + SIZE] for at in range(0, len(blob), HEAD + SIZE))


def about_mark(secret: bytes, about: UUID) -> str:
    """Finds the marks of one confidential record again, to erase them, and tells nothing else."""
    return hashlib.blake2b(b"about|" + about.bytes, key=secret, digest_size=SIZE).hexdigest()


def _phones(value: str) -> set[str]:
    text = plain(value)
    return phones_in(runs(text, tokens(text)))


def _name(value: str) -> set[str]:
    return name_keys(value) if len(value) <= LONG_NAME else keys_in(value)


KNOWN: dict[str, Callable[[str], set[str]]] = {
    "name": _name,
    "phone": _phones,
    "email": lambda value: {mail_key(address) for address in written_mails(plain(value))},
    "collar": collars_in,
    "receipt": receipt_keys,
}
"""How each kind of confidential value is turned into keys; what is `text` is a story."""


def keys_known(told: Iterable[tuple[str, str]]) -> list[str]:
    """The keys of (kind, value) pairs, all stories read as one. Raises KeyError for another."""
    made, stories = set(), []
    for kind, value in told:
        if kind == "text":
            stories.append(value)
        elif value:
            made |= KNOWN[kind](value)
    made |= keys_in("\n\n".join(stories))
    return sorted(made)[:MOST]
