"""What is done for files on every round: those without a row go, those not scanned are scanned."""

import asyncio
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from scrutiny.concerns import parts
from scrutiny.concerns.evidence import shelf
from scrutiny.concerns.evidence.scanning import Unscanned, is_harmful
from scrutiny.concerns.evidence.sealed import read
from scrutiny.kit.db import rows, write_sql, write_tx
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.seal import unlock
from scrutiny.kit.settings import settings

BATCH = 500
WAITING = """
SELECT evidence.id, evidence.concern, evidence.locked_key FROM evidence
JOIN concern ON concern.id = evidence.concern
WHERE evidence.state = 'quarantined' AND evidence.why = 'unscanned' ORDER BY evidence.id LIMIT 100
"""
JUDGED = "UPDATE evidence SET state = {}, why = {} WHERE id = {} AND why = 'unscanned'"


async def sweep(_: date) -> int:
    """Take off the disk what no row knows and nobody is writing; returns how many files.

    What was erased leaves such files, and so does a crash: nothing can open them any more.
    """
    found, count = await asyncio.to_thread(list, shelf.lying()), 0
    for start in range(0, len(found), BATCH):
        some = found[start : start + BATCH]
        known = await _known({file for file, _ in some})
        for file, path in some:
            lost = file not in known or path.suffix == ".part"
            if lost and shelf.is_left(path):
                path.unlink(missing_ok=True)
                count += 1
    return count


async def _known(files: set[UUID]) -> set[UUID]:
    found = await rows("SELECT id FROM evidence WHERE id IN ({})", tuple(files))
    return {row["id"] for row in found}


async def scan_again(_: date) -> int:
    """Scan what had to wait because no scanner answered; returns how many may now be opened.

    Only the clean copy can still be opened here, and only once its concern was sent. It is what
    triage would open; the original stays sealed.
    """
    where, count = settings().clamd, 0
    for row in await rows(WAITING) if where else ():
        try:
            harmful = await asyncio.to_thread(is_harmful, where, await _pieces(row))
        except (Unscanned, Unreadable):
            continue
        async with write_tx():
            verdict = ("quarantined", "harmful") if harmful else ("clean", "")
            await write_sql(JUDGED, *verdict, row["id"])
        count += not harmful
    return count


async def _pieces(row: dict) -> Iterator[bytes]:
    file, key = row["id"], await parts.key_of(row["concern"])
    clean_key = unlock(key, bytes(row["locked_key"]), shelf.key_context(file))
    return read(shelf.place(file, shelf.CLEAN), clean_key, shelf.context(file, shelf.CLEAN))
