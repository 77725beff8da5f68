"""What is done for files of papers and packs on every round: those without a row leave the disk."""

import asyncio
from datetime import date
from uuid import UUID

from scrutiny.agendas.papers import shelf
from scrutiny.kit.db import rows

BATCH = 500
KNOWN = {
    f".{shelf.PAPER}": "SELECT file FROM agenda_paper WHERE file IN ({})"
    " AND stage IN ('tabled', 'late_paper')",
    f".{shelf.PACK}": "SELECT id AS file FROM agenda_pack WHERE id IN ({})",
}


async def sweep(_: date) -> int:
    """Take off the disk what no row knows and nobody is writing; returns how many files."""
    found, count = await asyncio.to_thread(list, shelf.lying()), 0
    for start in range(0, len(found), BATCH):
        some = found[start : start + BATCH]
        known = await _known(some)
        for file, path in some:
            lost = (file, path.suffix) not in known
            if lost and shelf.is_left(path):
                path.unlink(missing_ok=True)
                count += 1
    return count


async def _known(some: list) -> set[tuple[UUID, str]]:
    known = set()
    for suffix, sql in KNOWN.items():
        files = tuple(file for file, path in some if path.suffix == suffix)
        known |= {(row["file"], suffix) for row in await rows(sql, files)} if files else set()
    return known
