"""Encryption at rest: each value has its own key, wrapped by the panel host's key file.

AES-256-GCM twice over (security.md 5): a fresh data key encrypts the text, and the key
named `kid` in the secret file wraps the data key. The context (panel, row, field) is bound in, so a
value copied to another row or column cannot be opened there.
"""

import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from scrutiny.kit.errors import Unreadable
from scrutiny.kit.settings import BadSetting, settings

NONCE, WRAPPED = 12, 48


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


@cache
def keys() -> Keys:
    path = settings().secret_file
    if not path.exists():
        new_key_file(path)
    return read_keys(path)


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
