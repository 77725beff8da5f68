"""The SQLite engine: connections that stay open, one writer at a time, reads that never wait."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Sequence
from itertools import starmap
from pathlib import Path
from time import perf_counter
from typing import Any

from piccolo.engine.sqlite import Atomic, SQLiteEngine, SQLiteTransaction, TransactionType
from piccolo.querystring import QueryString

from scrutiny.kit.sqlite_types import install
from scrutiny.kit.sqlite_worker import (
    Fetched,
    Worker,
    as_dicts,
    begin,
    commit,
    fetch,
    insert_many,
    roll_back,
    timed_fetch,
)
from scrutiny.kit.transactions import current, is_open

BUSY_MS = 30_000  # how long to wait for another process that is writing
QUICK = 0.002  # seconds; a read known to be quicker runs without changing thread
READERS = 2
REMEMBERED = 2_000  # statements whose time is kept

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


class WriteTransaction(SQLiteTransaction):
    """A transaction that always gives its connection back, however it ends.

    Piccolo's own keeps the connection when BEGIN fails, and believes itself still open when
    COMMIT fails.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open = False
        if self._parent is not None and not self._parent.open:
            self._parent = None  # inherited by a task that outlived it

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        engine, worker = self.engine, await self.engine.take_writer()
        try:
            await asyncio.shield(
                worker.call(
                    begin, worker.connection, self.transaction_type.value, not engine.migrating
                )
            )
        except BaseException:
            # Queued behind a BEGIN that may still succeed after we were cancelled.
            engine.finish(worker, roll_back)
            raise
        self.connection, self.task, self.open = worker, asyncio.current_task(), True
        self.context = engine.current_transaction.set(self)
        return self

    async def do(self, deed: Callable, *args: Any) -> Any:
        return await asyncio.shield(self.connection.call(deed, self.connection.connection, *args))

    async def __aexit__(self, exception_type: Any, exception: Any, traceback: Any) -> bool:
        if self._parent is not None:
            return False
        self.open = False
        ended = exception_type or self._committed or self._rolled_back
        done = self.engine.finish(self.connection, roll_back if ended else commit)
        self.engine.current_transaction.reset(self.context)
        await asyncio.shield(done)
        return False


class PooledSQLiteEngine(SQLiteEngine):
    """One connection that writes and a few that read. Without the pool (a command, a test) each
    statement or transaction opens a connection of its own, with the same settings."""

    def __init__(self, path: str) -> None:
        install()
        super().__init__(path=path)
        self.migrating = False  # while it is, foreign keys are not checked row by row
        self._loop: asyncio.AbstractEventLoop | None = None
        self._writer: Worker | None = None
        self._free: list[Worker] = []
        self._seconds: dict[str, float] = {}  # how long each statement that only reads has taken

    # -- connections ------------------------------------------------------------------------

    def connect(self, *, read: bool) -> sqlite3.Connection:
        """Open the file, made first if missing, readable by its owner alone."""
        path = Path(self.path)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(
            **self.connection_kwargs, check_same_thread=False, cached_statements=512
        )
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            connection.execute("PRAGMA journal_mode = WAL").close()
        connection.execute(f"PRAGMA query_only = {'ON' if read else 'OFF'}").close()
        return connection

    def _for_writing(self) -> sqlite3.Connection:
        return self.connect(read=False)

    def _for_reading(self) -> sqlite3.Connection:
        return self.connect(read=True)

    async def start_connection_pool(self, **_: Any) -> None:
        if self.pooled:
            return
        self._writer = await Worker(self._for_writing).open()
        self._readers = [await Worker(self._for_reading).open() for _ in range(READERS)]
        self._free = list(self._readers)
        self._inline = self._for_reading()
        self._may_read = asyncio.Semaphore(READERS)
        self._may_write = asyncio.Lock()
        self._loop = asyncio.get_running_loop()

    async def close_connection_pool(self) -> None:
        if not self.pooled or self._writer is None:
            return
        async with self._may_write:
            self._loop = None
            self._inline.close()
            for reader in self._readers:
                await reader.close()
            await self._writer.execute("PRAGMA optimize")
            await self._writer.close()

    @property
    def pooled(self) -> bool:
        """Whether the pool is open and belongs to the event loop that is running."""
        return self._loop is not None and asyncio.get_running_loop() is self._loop

    async def take_writer(self) -> Worker:
        if not self.pooled:
            return await Worker(self._for_writing, kept=False).open()
        await self._may_write.acquire()
        return self._writer

    async def _take_reader(self) -> Worker:
        if not self.pooled:
            return await Worker(self._for_reading, kept=False).open()
        await self._may_read.acquire()
        return self._free.pop()

    def _give_back(self, worker: Worker) -> None:
        if worker is self._writer:
            self._may_write.release()
        elif worker.kept:
            self._free.append(worker)
            self._may_read.release()

    def finish(self, worker: Worker, do: Any, *args: Any) -> asyncio.Future:
        """The last call on a connection that was taken: it is given back when the call has run,
        whether or not anybody still waits."""

        def ended(future: asyncio.Future) -> None:
            self._give_back(worker)
            if not future.cancelled():
                future.exception()  # looked at, so that asyncio does not complain

        done = worker.last(do, *args)
        done.add_done_callback(ended)
        return done

    # -- statements -------------------------------------------------------------------------

    def transaction_exists(self) -> bool:
        return is_open(self)

    async def read(self, sql: str, args: Sequence[Any] = ()) -> Fetched:
        """Run a statement that only reads, inside the transaction if there is one.

        A statement that has so far been quick runs here, on the event loop's own thread: changing
        threads costs more than the read. A new or slow one goes to a reader's thread, and one
        slow run is enough to send it back there.
        """
        if (now := current(self)) is not None:
            return await now.do(fetch, sql, args)
        if self.runs_here(sql):
            began = perf_counter()
            found = fetch(self._inline, sql, args)
            seconds = perf_counter() - began
        else:
            seconds, found = await self._read_in_thread(sql, args)
        self._remember(sql, seconds)
        return found

    def runs_here(self, sql: str) -> bool:
        return self._seconds.get(sql, QUICK) < QUICK and self.pooled

    async def _read_in_thread(self, sql: str, args: Sequence[Any]) -> tuple[float, Fetched]:
        worker = await self._take_reader()
        done = self.finish(worker, timed_fetch, sql, args)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            if not done.done():
                worker.connection.interrupt()
            raise

    def _remember(self, sql: str, seconds: float) -> None:
        if len(self._seconds) >= REMEMBERED:
            self._seconds.clear()
        before = self._seconds.get(sql, seconds)
        self._seconds[sql] = max(seconds, before * 0.9 + seconds * 0.1)

    async def write(self, sql: str, args: Sequence[Any] = ()) -> Fetched:
        """Run one statement that may write, inside the transaction if there is one."""
        if (now := current(self)) is not None:
            return await now.do(fetch, sql, args)
        return await asyncio.shield(self.finish(await self.take_writer(), fetch, sql, args))

    async def rows(self, sql: str, args: Sequence[Any], into: Callable | None) -> list[Any]:
        found = await self.read(sql, args)
        return list(starmap(into, found[1])) if into else as_dicts(found)

    async def bulk(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert many rows inside the transaction that is open."""
        if (now := current(self)) is None:
            raise RuntimeError("bulk() belongs inside write_tx()")
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
        await now.do(insert_many, sql, rows)

    # -- what Piccolo calls -----------------------------------------------------------------

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[dict]:
        sql, args = querystring.compile_string(engine_type="sqlite")
        run = self.read if sql.lstrip()[:6].upper() == "SELECT" else self.write
        return as_dicts(await run(sql, args))

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> list[dict]:
        return as_dicts(await self.write(ddl))

    async def batch(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError("Page by key instead: Piccolo's batches swallow exceptions.")

    def transaction(
        self,
        transaction_type: TransactionType = TransactionType.immediate,
        allow_nested: bool = True,
    ) -> WriteTransaction:
        return WriteTransaction(self, transaction_type, allow_nested)

    def atomic(self, transaction_type: TransactionType = TransactionType.immediate) -> Atomic:
        return Atomic(engine=self, transaction_type=transaction_type)
