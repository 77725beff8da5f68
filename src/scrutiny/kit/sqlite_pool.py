"""The SQLite connections that stay open for one event loop: one writes, a few read."""

import asyncio
import os
import sqlite3
from pathlib import Path
from typing import Any

from scrutiny.kit.sqlite_worker import Worker

BUSY_MS = 30_000  # how long to wait for another process that is writing
READERS = 2  # more would mostly wait for one another

PRAGMAS = (
    f"busy_timeout = {BUSY_MS}",
    "foreign_keys = ON",
    "synchronous = FULL",  # what was acknowledged survives a power cut
    "secure_delete = ON",  # what was erased leaves no trace in the file
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "recursive_triggers = ON",
    "temp_store = MEMORY",
    "cache_size = -16384",
)


def connect(settings: dict[str, Any], *, read: bool) -> sqlite3.Connection:
    """Open the file, made first if missing, for its owner alone to read."""
    path = Path(settings["database"])
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(**settings, check_same_thread=False, cached_statements=512)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = WAL").close()
    connection.execute(f"PRAGMA query_only = {'ON' if read else 'OFF'}").close()
    return connection


async def open_worker(settings: dict[str, Any], *, read: bool) -> Worker:
    return await Worker(lambda: connect(settings, read=read)).open()


class Pool:
    def __init__(self, writer: Worker, readers: list[Worker], inline: sqlite3.Connection) -> None:
        self.writer, self.readers, self.inline = writer, readers, inline
        self._free = list(readers)
        self._may_read = asyncio.Semaphore(len(readers))
        self._may_write = asyncio.Lock()  # fair: first come, first served
        for worker in (writer, *readers):
            worker.give_back = self._give_back

    @classmethod
    async def open(cls, settings: dict[str, Any]) -> "Pool":
        writer = await open_worker(settings, read=False)
        readers = [await open_worker(settings, read=True) for _ in range(READERS)]
        return cls(writer, readers, connect(settings, read=True))

    async def close(self) -> None:
        """Close everything, once whoever is writing has finished."""
        async with self._may_write:
            self.inline.close()
            for reader in self.readers:
                await reader.close()
            await self.writer.execute("PRAGMA optimize")
            await self.writer.close()

    async def take(self, *, read: bool) -> Worker:
        if read:
            await self._may_read.acquire()
            return self._free.pop()
        await self._may_write.acquire()
        return self.writer

    def _give_back(self, worker: Worker) -> None:
        if worker is self.writer:
            self._may_write.release()
        else:
            self._free.append(worker)
            self._may_read.release()
