"""Concerns that somebody began and never sent: erased fourteen days after they last wrote."""

from datetime import date, timedelta
from uuid import UUID

from scrutiny.concerns.erasing import clear_away
from scrutiny.concerns.evidence import actions as evidence
from scrutiny.kit.db import rows, write_sql, write_tx

KEPT_FOR = timedelta(days=14)
BATCH = 100
UNTOUCHED = "SELECT id FROM draft WHERE touched <= {} ORDER BY touched LIMIT {}"
ERASE = "DELETE FROM draft WHERE id = {} AND touched <= {} RETURNING id"


async def erase_drafts(today: date) -> int:
    """Erase what nobody touched for fourteen days, with its files; returns how many drafts.

    One touched on the 1st is erased on the 15th. Its code opens nothing afterwards. It leaves no
    line in the record, as it left none when it was begun.
    """
    until, count = today - KEPT_FOR, 0
    while found := await rows(UNTOUCHED, until, BATCH):
        files: list[UUID] = []
        count += sum([await _erase(row["id"], until, files) for row in found])
        await clear_away(files)
    return count


async def _erase(draft: UUID, until: date, files: list[UUID]) -> bool:
    """Unless somebody came back to it a moment ago; `files` gets those that must leave the disk."""
    async with write_tx():
        if not await write_sql(ERASE, draft, until):
            return False
        gone = await evidence.erase_draft(draft)
    files.extend(gone)
    return True
