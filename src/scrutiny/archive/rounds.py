"""What is done for files of old minutes on every round: those without a row leave the disk."""

import asyncio
from datetime import date

from scrutiny.archive import shelf
from scrutiny.kit.db import rows

BATCH = 500
KNOWN = "SELECT file, stage, sent_size FROM archive_minutes WHERE file IN ({})"


async def sweep(_: date) -> int:
    """Take off the disk what no row knows and nobody is writing; returns how many files."""
    found, count = await asyncio.to_thread(list, shelf.lying()), 0
    for start in range(0, len(found), BATCH):
        some = found[start : start + BATCH]
        known = {row["file"]: row for row in await rows(KNOWN, tuple(file for file, _ in some))}
        for file, path in some:
            if not _belongs(known.get(file), path.suffix) and shelf.is_left(path):
                path.unlink(missing_ok=True)
                count += 1
    return count


def _belongs(row: dict | None, suffix: str) -> bool:
    """The copy of what was withdrawn is erased, and the file that was sent where that was asked."""
    if row is None or suffix == ".part":
        return False
    if suffix == f".{shelf.COPY}":
        return row["stage"] != "withdrawn"
    return row["sent_size"] > 0
