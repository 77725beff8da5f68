"""Enter a publication in the public ledger, in the transaction that publishes it."""

import hashlib

from scrutiny.kit.clock import now
from scrutiny.kit.db import database
from scrutiny.ledger.rules import START, link
from scrutiny.ledger.tables import Entry
from scrutiny.people.tables import Panel


async def enter(panel: Panel, kind: str, title: str, address: str, published: bytes) -> Entry:
    """Add an entry with the SHA-256 of exactly the bytes that were published.

    Call it after record(), which makes writers stand in line. Inside write_tx().
    """
    if not database().transaction_exists():
        raise RuntimeError("a publication must be entered inside write_tx()")
    last = await Entry.select().order_by(Entry.seq, ascending=False).first()
    seq, prev = (last["seq"] + 1, last["hash"]) if last else (1, START)
    sha256 = hashlib.sha256(published).hexdigest()
    entry = Entry(
        seq=seq,
        at=now(),
        panel=panel.id,
        kind=kind,
        title=title,
        address=address,
        sha256=sha256,
        prev=prev,
        hash=link(prev, seq, kind, address, sha256),
    )
    await Entry.insert(entry)
    return entry
