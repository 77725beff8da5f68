"""The file as it was sent: opened by a custodian's key and the concern's own, never by one alone.

What the vault seals is one half of its key. The other is the key of the clean copy, so that erasing
a concern ends its originals too, in every copy of the disk that is older.
"""

import hmac
from collections.abc import Iterator

from nacl.public import PrivateKey

from scrutiny.concerns import parts
from scrutiny.concerns.evidence import sealed, shelf
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vault.rules import open_sealed
from scrutiny.kit.seal import unlock


def whole_key(half: bytes, clean_key: bytes) -> bytes:
    """The key of an original, from what the vault keeps and from the key of its clean copy."""
    return hmac.digest(clean_key, b"original|" + half, "sha256")


async def opened(concern: Concern, file: Evidence, private_key: PrivateKey) -> Iterator[bytes]:
    """The bytes that were sent. Raises Unreadable without the vault's key or the concern's."""
    context = shelf.context(file.id, shelf.ORIGINAL)
    half = open_sealed(private_key, file.sealed_key, context)
    clean_key = unlock(
        await parts.key_of(concern), bytes(file.locked_key), shelf.key_context(file.id)
    )
    place = shelf.place(file.id, shelf.ORIGINAL)
    return sealed.read(place, whole_key(half, clean_key), context)
