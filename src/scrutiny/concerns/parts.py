"""The sealed parts of a concern: each under the concern's own key, bound to its place.

Destroying the one key erases every part at once, in every copy of the database that has not also
copied the key.
"""

import hmac
from uuid import UUID

from piccolo.table import Table

from scrutiny.concerns.rules import GONE
from scrutiny.concerns.tables import Concern, ConcernKey
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.seal import keys, lock, new_key, unlock, unwrap, wrap
from scrutiny.kit.tokens import clean_receipt
from scrutiny.people.tables import Panel


def context(concern: Concern, part: str) -> str:
    """What a seal is bound to: the words of one concern cannot be opened as another's."""
    panel = concern.panel.id if isinstance(concern.panel, Panel) else concern.panel
    return f"concern|{panel}|{concern.id}|{part}"


def words_of(concern: Concern) -> str:
    """The part that holds the answers: bound to the receipt, so that no other receipt opens it."""
    return f"words|{concern.receipt_hash}"


def fresh_key(of: Table) -> tuple[bytes, ConcernKey]:
    """A new key for a concern or for what outlives it, and the row that keeps it."""
    key = new_key()
    return key, ConcernKey(id=of.id, wrapped=wrap(key, f"concern key|{of.id}"))


async def key_of(concern: Concern | UUID) -> bytes:
    """Raises Unreadable once the key has been destroyed, and for what its resident took back.

    By its id alone the key of that too, while the law keeps it: to seal it again, never to read it.
    """
    if isinstance(concern, Concern) and concern.stage in GONE:
        raise Unreadable("This has been erased.")
    known = concern.id if isinstance(concern, Concern) else concern
    found = await rows("SELECT wrapped FROM concern_key WHERE id = {}", known)
    if not found:
        raise Unreadable("This has been erased.")
    return unwrap(bytes(found[0]["wrapped"]), f"concern key|{known}")


async def keys_of(known: list[UUID]) -> dict[UUID, bytes]:
    """The keys of many, in one question; those that were destroyed are left out."""
    sql = "SELECT id, wrapped FROM concern_key WHERE id IN ({})"
    found = await rows(sql, tuple(known)) if known else []
    return {row["id"]: unwrap(bytes(row["wrapped"]), f"concern key|{row['id']}") for row in found}


def close(key: bytes, concern: Concern, part: str, content: str | bytes) -> bytes:
    content = content.encode() if isinstance(content, str) else content
    return lock(key, content, context(concern, part))


def opened(key: bytes, concern: Concern, part: str, blob: bytes) -> bytes:
    """Raises Unreadable when it was closed for another place."""
    return unlock(key, bytes(blob), context(concern, part))


def draft_key(code: str) -> bytes:
    """The key of a draft, made from its code: whoever lacks the code cannot open it, nor can we."""
    meant = clean_receipt(code) or code
    return hmac.digest(keys().pepper, f"draft|{meant}".encode(), "sha256")


def draft_context(draft: UUID) -> str:
    return f"draft|{draft}|answers"
