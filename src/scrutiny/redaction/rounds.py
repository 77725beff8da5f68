"""What is done for files of redactions on every round: those without a row leave the disk."""

import asyncio
from datetime import date
from uuid import UUID

from scrutiny.kit.db import rows
from scrutiny.redaction import shelf

BATCH = 500
KNOWN = "SELECT file, original FROM redaction WHERE file IN ({}) OR original IN ({})"


async def sweep(_: date) -> int:
    """Take off the disk what no row knows and nobody is writing; returns how many files."""
    found, count = await asyncio.to_thread(list, shelf.lying()), 0
    for start in range(0, len(found), BATCH):
        some = found[start : start + BATCH]
        known = await _known(tuple(file for file, _ in some))
        for file, path in some:
            if (file not in known or path.suffix == ".part") and shelf.is_left(path):
                path.unlink(missing_ok=True)
                count += 1
    return count


async def _known(files: tuple[UUID, ...]) -> set[UUID]:
    return {one for row in await rows(KNOWN, files, files) for one in row.values() if one}
