"""The SQLite engine: connections that stay open, one writer at a time, reads that never wait."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from itertools import starmap
from time import thread_time
from typing import Any

from piccolo.engine.sqlite import Atomic, SQLiteEngine, SQLiteTransaction, TransactionType
from piccolo.querystring import QueryString

from scrutiny.kit.sqlite_pool import Pool, connect, open_worker
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

QUICK = 0.002  # seconds; a read known to be quicker runs without changing thread
REMEMBERED = 2_000  # statements whose time is kept
FEW = 50  # rows that go into one statement


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
        self.connection = await self.engine.take(read=False)
        self.checked = not self.engine.migrating
        try:
            await self.do(begin, self.transaction_type.value, self.checked)
        except BaseException:
            # Queued behind a BEGIN that may still succeed after we were cancelled.
            self.connection.last_call(roll_back, self.checked)
            raise
        self.task, self.open = asyncio.current_task(), True
        self.context = self.engine.current_transaction.set(self)
        return self

    async def run(self, sql: str, args: Sequence[Any]) -> Fetched:
        """Run one statement. Once BEGIN has the file no statement waits for anybody, so those
        known to be quick run here too; BEGIN and COMMIT, which may wait, never do."""
        if self.engine.is_quick(sql):
            return self.engine.run_here(self.connection.connection, sql, args)
        seconds, found = await self.do(timed_fetch, sql, args)
        self.engine.remember(sql, seconds)
        return found

    async def do(self, deed: Callable, *args: Any) -> Any:
        return await asyncio.shield(self.connection.call(deed, self.connection.connection, *args))

    async def __aexit__(self, exception_type: Any, exception: Any, traceback: Any) -> bool:
        if self._parent is not None:
            return False
        self.open = False
        ended = exception_type or self._committed or self._rolled_back
        done = self.connection.last_call(roll_back if ended else commit, self.checked)
        self.engine.current_transaction.reset(self.context)
        await asyncio.shield(done)
        return False


class PooledSQLiteEngine(SQLiteEngine):
    """Without the pool (a command, a test) each statement or transaction opens a connection of
    its own, with the same settings."""

    def __init__(self, path: str) -> None:
        install()
        super().__init__(path=path)
        self.migrating = False  # while it is, foreign keys are not checked row by row
        self._pools: dict[asyncio.AbstractEventLoop, Pool] = {}
        self._seconds: dict[str, float] = {}  # how long each statement has taken

    # -- connections ------------------------------------------------------------------------

    def connect(self, *, read: bool) -> sqlite3.Connection:
        return connect(self.connection_kwargs, read=read)

    def _pool(self) -> Pool | None:
        """The pool of the event loop that is running, if it was opened."""
        return self._pools.get(asyncio.get_running_loop())

    async def start_connection_pool(self, **_: Any) -> None:
        if self._pool() is None:
            pool = await Pool.open(self.connection_kwargs)
            self._pools[asyncio.get_running_loop()] = pool

    async def close_connection_pool(self) -> None:
        pool = self._pools.pop(asyncio.get_running_loop(), None)
        if pool is not None:
            await pool.close()

    async def take(self, *, read: bool) -> Worker:
        """A connection for one use, which ends with the worker's `last_call`."""
        pool = self._pool()
        if pool is None:
            return await open_worker(self.connection_kwargs, read=read)
        return await pool.take(read=read)

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
            return await now.run(sql, args)
        pool = self._pool()
        if pool is not None and self.is_quick(sql):
            return self.run_here(pool.inline, sql, args)
        seconds, found = await self._read_in_thread(sql, args)
        self.remember(sql, seconds)
        return found

    def is_quick(self, sql: str) -> bool:
        return self._seconds.get(sql, QUICK) < QUICK

    def run_here(self, connection: sqlite3.Connection, sql: str, args: Sequence[Any]) -> Fetched:
        began = thread_time()
        found = fetch(connection, sql, args)
        self.remember(sql, thread_time() - began)
        return found

    def remember(self, sql: str, seconds: float) -> None:
        if len(self._seconds) >= REMEMBERED:
            self._seconds.clear()
        before = self._seconds.get(sql, seconds)
        self._seconds[sql] = max(seconds, before * 0.9 + seconds * 0.1)

    async def _read_in_thread(self, sql: str, args: Sequence[Any]) -> tuple[float, Fetched]:
        worker = await self.take(read=True)
        done = worker.last_call(timed_fetch, sql, args)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            if not done.done():
                worker.connection.interrupt()
            raise

    async def write(self, sql: str, args: Sequence[Any] = ()) -> Fetched:
        """Run one statement that may write, inside the transaction if there is one."""
        if (now := current(self)) is not None:
            return await now.run(sql, args)
        return await asyncio.shield((await self.take(read=False)).last_call(fetch, sql, args))

    async def rows(self, sql: str, args: Sequence[Any], into: Callable | None) -> list[Any]:
        found = await self.read(sql, args)
        return list(starmap(into, found[1])) if into else as_dicts(found)

    async def bulk(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert many rows inside the transaction that is open."""
        if (now := current(self)) is None:
            raise RuntimeError("bulk() belongs inside write_tx()")
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
        if len(rows) > FEW:
            await now.do(insert_many, sql, rows)
        else:
            more = f", ({marks})" * (len(rows) - 1)
            await now.run(sql + more, [value for row in rows for value in row])

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
