"""Reads of the public ledger."""

from typing import Any

from scrutiny.ledger.rules import first_break
from scrutiny.ledger.tables import Entry

PAGE = 50


async def entries(before: int | None = None) -> list[dict[str, Any]]:
    """A page of the ledger, newest first; `before` is the last number already shown."""
    found = Entry.select(*Entry.all_columns(), Entry.panel.name.as_alias("panel_name"))
    if before is not None:
        found = found.where(Entry.seq < before)
    return await found.order_by(Entry.seq, ascending=False).limit(PAGE)


async def by_hash(sha256: str) -> dict[str, Any] | None:
    """The entry whose published bytes had this SHA-256, if there is one."""
    return await (
        Entry.select(*Entry.all_columns(), Entry.panel.name.as_alias("panel_name"))
        .where(Entry.sha256 == sha256)
        .order_by(Entry.seq, ascending=False)
        .first()
    )


async def broken_at() -> int | None:
    return first_break(await Entry.select().order_by(Entry.seq))
