"""A panel's own signature (PAdES) on what it publishes, where a key is set for it.

The settings name a folder. In it `lambeth.p12` signs for the panel of that name, `site.p12` for
every panel without one, each with the passphrase in a file beside it that ends in .pass. The key
itself is only ever opened by the signer, a process of its own; nothing here imports pyHanko.
"""

import json
import re
from pathlib import Path
from typing import NamedTuple

from scrutiny.kit.apart import NotDone, done
from scrutiny.kit.pressroom import PdfFailed
from scrutiny.kit.settings import settings

SITE = "site"
KEY_FILE = ".p12"
NAMED = re.compile(r"[a-z0-9-]+")


class Key(NamedTuple):
    """Where a key lies: a PKCS#12 file with its certificates, and its passphrase."""

    file: Path
    passphrase: Path


def key_of(panel: str) -> Key | None:
    """The key that signs for a panel, by its short name; None where none is set."""
    folder = settings().signing_keys
    if folder is None:
        return None
    for name in (panel, SITE):
        file = folder / f"{name}{KEY_FILE}"
        if NAMED.fullmatch(name) and file.exists():
            return Key(file, file.with_suffix(".pass"))
    return None


def keys_set() -> list[Key]:
    """All keys that are set, by name."""
    folder = settings().signing_keys
    found = sorted(folder.glob(f"*{KEY_FILE}")) if folder is not None else []
    return [Key(file, file.with_suffix(".pass")) for file in found]


async def signed(pdf: bytes, key: Key, reason: str = "") -> bytes:
    """The PDF with a signature after it: its own bytes are the beginning of the new ones.

    Raises PdfFailed with a sentence when the key cannot be read, or holds no longer.
    """
    about = {"file": str(key.file), "passphrase": str(key.passphrase), "reason": reason}
    try:
        return await done("scrutiny.kit.signer", json.dumps(about).encode() + b"\n" + pdf)
    except NotDone as why:
        raise PdfFailed(f"The document could not be signed. {why}") from why
