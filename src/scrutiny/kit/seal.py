"""Encryption at rest: each value has its own key, wrapped by the panel host's key file.

AES-256-GCM twice over (security.md 5): a fresh data key encrypts the text, and the key
named `kid` in the secret file wraps the data key. The context (panel, row, field) is bound in, so a
value copied to another row or column cannot be opened there.
"""

import fcntl
import json
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from scrutiny.kit.errors import Unreadable
from scrutiny.kit.settings import BadSetting, settings

NONCE, WRAPPED = 12, 48
NUMBERED = re.compile(r"k[0-9]{1,6}")


@dataclass(frozen=True)
class Keys:
    current: str
    keys: dict[str, bytes]
    pepper: bytes
    """Keys the hashes of receipts, links, codes and sessions."""


def new_key_file(path: Path) -> None:
    """Write a fresh secret file, readable by its owner alone; never over an old one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = {
        "current": "k1",
        "keys": {"k1": secrets.token_hex(32)},
        "pepper": secrets.token_hex(32),
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(fresh, file)


def read_keys(path: Path) -> Keys:
    """The keys in the secret file. Raises BadSetting with a sentence."""
    try:
        found = json.loads(path.read_text())
        keys = {kid: bytes.fromhex(key) for kid, key in found["keys"].items()}
        pepper = bytes.fromhex(found["pepper"])
        current = found["current"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSetting(
            f"The secret file {path} cannot be read ({type(error).__name__}). "
            "Restore it from your safe copy: what is sealed cannot be opened without it."
        ) from None
    if current not in keys or any(len(key) != 32 for key in keys.values()) or len(pepper) < 32:
        raise BadSetting(f"The secret file {path} is not complete.")
    return Keys(current, keys, pepper)


def keys() -> Keys:
    """The keys, read again whenever the secret file has been replaced by another.

    While it is away those that were read before still hold: a new file would open nothing.
    """
    path = settings().secret_file
    mark = _mark(path)
    if mark is None and _held:
        return next(iter(_held.values()))
    if mark is None:
        new_key_file(path)
        mark = _mark(path)
    if mark not in _held:
        fresh = read_keys(path)
        _held.clear()
        _held[mark] = fresh
    return _held[mark]


_held: dict[tuple[int, int] | None, Keys] = {}
"""Mark of the file -> what was read from it: one entry."""


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def add_key(path: Path) -> str:
    """Put a fresh key at the head of the secret file, the old ones kept; returns its name.

    One at a time, and at once: whoever reads the file meanwhile finds the old one or the new.
    """
    with _alone(path):
        found = json.loads(path.read_text())
        read_keys(path)
        numbers = [int(kid[1:]) for kid in found["keys"] if NUMBERED.fullmatch(kid)]
        kid = f"k{max(numbers, default=0) + 1}"
        found["keys"][kid], found["current"] = secrets.token_hex(32), kid
        _replace(path, found)
    return kid


def drop_key(path: Path, kid: str) -> None:
    """Take an old key out of the secret file. Raises BadSetting for the current or none."""
    with _alone(path):
        found = json.loads(path.read_text())
        if kid == found["current"]:
            raise BadSetting(f"{kid} is the current key. Make a new one first.")
        if found["keys"].pop(kid, None) is None:
            raise BadSetting(f"The secret file has no key {kid}.")
        _replace(path, found)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(path: Path, content: dict[str, Any]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "w") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        os.rename(name, path)
    except BaseException:
        os.unlink(name)
        raise


def new_key() -> bytes:
    return AESGCM.generate_key(256)


def lock(key: bytes, content: bytes, context: str) -> bytes:
    """Encrypt under `key` itself; it opens again only with that key and the same `context`."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, context.encode())


def unlock(key: bytes, blob: bytes, context: str) -> bytes:
    """Raises Unreadable when the key or the context is another."""
    try:
        return AESGCM(key).decrypt(blob[:NONCE], blob[NONCE:], context.encode())
    except (InvalidTag, ValueError):
        raise Unreadable("This cannot be opened: it was sealed for another place.") from None


def wrap(key: bytes, context: str) -> bytes:
    """A key for one thing, encrypted by the host's own; destroying this destroys that thing."""
    ring = keys()
    kid = ring.current.encode()
    context = f"v1|{ring.current}|{context}"
    return bytes([1, len(kid)]) + kid + lock(ring.keys[ring.current], key, context)


def unwrap(blob: bytes, context: str) -> bytes:
    """Raises Unreadable when the host's key is gone or the context is another."""
    try:
        kid_end = 2 + blob[1]
        kid = blob[2:kid_end].decode()
        ours = keys().keys[kid]
    except (IndexError, KeyError, UnicodeDecodeError):
        raise Unreadable("This cannot be opened: its key is gone.") from None
    return unlock(ours, blob[kid_end:], f"v1|{kid}|{context}")


def mark_of(kid: str) -> bytes:
    """With what everything begins that this key of the host's wrapped or sealed."""
    return bytes([1, len(kid)]) + kid.encode()


def wrap_again(blob: bytes, context: str) -> bytes:
    """The same key under the host's current one. Raises Unreadable."""
    return wrap(unwrap(blob, context), context)


def seal_again(blob: bytes, context: str) -> bytes:
    """The same text under the host's current key. Raises Unreadable."""
    return seal(unseal(blob, context), context)


def seal(text: str, context: str) -> bytes:
    """Encrypt `text`; it opens again only under the same `context`."""
    ring = keys()
    aad = f"v1|{ring.current}|{context}".encode()
    data_key, first, second = AESGCM.generate_key(256), os.urandom(NONCE), os.urandom(NONCE)
    wrapped = AESGCM(ring.keys[ring.current]).encrypt(first, data_key, aad)
    sealed = AESGCM(data_key).encrypt(second, text.encode(), aad)
    kid = ring.current.encode()
    return bytes([1, len(kid)]) + kid + first + wrapped + second + sealed


def unseal(blob: bytes, context: str) -> str:
    """Decrypt. Raises Unreadable when the key is gone or the value is not this context's."""
    ring = keys()
    try:
        kid_end = 2 + blob[1]
        kid = blob[2:kid_end].decode()
        aad = f"v1|{kid}|{context}".encode()
        first = blob[kid_end : kid_end + NONCE]
        wrapped = blob[kid_end + NONCE : kid_end + NONCE + WRAPPED]
        second_at = kid_end + NONCE + WRAPPED
        second, sealed = blob[second_at : second_at + NONCE], blob[second_at + NONCE :]
        data_key = AESGCM(ring.keys[kid]).decrypt(first, wrapped, aad)
        return AESGCM(data_key).decrypt(second, sealed, aad).decode()
    except (InvalidTag, KeyError, IndexError, ValueError):
        raise Unreadable("This cannot be opened: it was sealed for another place.") from None
