"""The PostgreSQL engine: connects when asked, never at import, and always returns connections."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import starmap
from typing import Any
from weakref import WeakKeyDictionary

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString

from scrutiny.kit.transactions import current, is_open

GiveBack = Callable[[], Awaitable[None]]

WRITERS = 7_260_341  # our own number among the server's advisory locks

SESSION = {
    "application_name": "scrutiny",
    "jit": "off",  # costs more than our queries do
    "lock_timeout": "30s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "120s",
    "timezone": "UTC",
}
UNLIMITED = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"


class WriteTransaction(PostgresTransaction):
    """A transaction that stands in line with all others, as on SQLite, and always gives its
    connection back: Piccolo's own keeps it when COMMIT fails, until the pool is empty.

    Every deed adds to one chain of records, so two writers would collide in any case: a queue
    is quicker than making one of them begin again, and what a deed reads stays true until it
    has written.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open = False
        if self._parent is not None and not self._parent.open:
            self._parent = None  # inherited by a task that outlived it

    async def __aenter__(self) -> PostgresTransaction:
        if self._parent is not None:
            return self._parent
        self.connection, self._give_back = await self.engine.take_writer()
        try:
            await self.begin()
        except BaseException:
            await asyncio.shield(self._end(undo=True))
            raise
        self.task, self.open = asyncio.current_task(), True
        self.context = self.engine.current_transaction.set(self)
        return self

    async def begin(self) -> None:
        limits = UNLIMITED if self.engine.migrating else ""
        await self.connection.execute(f"BEGIN; {limits} SELECT pg_advisory_xact_lock({WRITERS})")

    async def commit(self) -> None:
        await self.connection.execute("COMMIT")
        self._committed = True

    async def rollback(self) -> None:
        await self.connection.execute("ROLLBACK")
        self._rolled_back = True

    async def _end(self, *, undo: bool) -> None:
        try:
            if not undo:
                await self.commit()
            elif self.connection.is_in_transaction():
                await self.rollback()
        finally:
            await self._give_back()

    async def __aexit__(self, exception_type: Any, exception: Any, traceback: Any) -> bool:
        if self._parent is not None:
            return False
        self.open = False
        self.engine.current_transaction.reset(self.context)
        undo = exception_type is not None or self._committed or self._rolled_back
        # In a task of its own, so that being cancelled now neither stops it nor loses it.
        await asyncio.shield(self._end(undo=undo))
        return False


async def _leave_as_it_is(connection: asyncpg.Connection) -> None:
    """Nothing here changes a session's settings, so each return needs no round trip to reset."""


class LazyPostgresEngine(PostgresEngine):
    def __init__(self, url: str) -> None:
        super().__init__(
            config={"dsn": url, "server_settings": SESSION, "statement_cache_size": 512}
        )
        self.migrating = False  # while it is, nothing is hurried
        self._pools: dict[asyncio.AbstractEventLoop, asyncpg.Pool] = {}
        self._turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock]
        self._turns = WeakKeyDictionary()

    async def check_version(self) -> None:
        """Piccolo connects here, when the engine is made; we do not."""

    async def prep_database(self) -> None:
        """Piccolo connects here too, to create extensions; we need none."""

    # -- connections ------------------------------------------------------------------------

    def _pool(self) -> asyncpg.Pool | None:
        """The pool of the event loop that is running, if it was opened."""
        return self._pools.get(asyncio.get_running_loop())

    async def start_connection_pool(self, **settings: Any) -> None:
        if self._pool() is None:
            sizes = {"min_size": 1, "max_size": 10} | settings
            pool = await asyncpg.create_pool(**self.config, **sizes, reset=_leave_as_it_is)
            self._pools[asyncio.get_running_loop()] = pool

    async def close_connection_pool(self) -> None:
        pool = self._pools.pop(asyncio.get_running_loop(), None)
        if pool is not None:
            await pool.close()

    async def take(self) -> tuple[asyncpg.Connection, GiveBack]:
        """A connection for one use, and how to give it back."""
        pool = self._pool()
        if pool is None:
            connection = await self.get_new_connection()
            return connection, connection.close
        connection = await pool.acquire()
        return connection, partial(pool.release, connection)

    async def take_writer(self) -> tuple[asyncpg.Connection, GiveBack]:
        """The same for a transaction. Those of one process wait for each other before they take
        a connection, so that however many write, connections are left to read with."""
        turn = self._turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())
        await turn.acquire()
        try:
            connection, give_back = await self.take()
        except BaseException:
            turn.release()
            raise

        async def end() -> None:
            try:
                await give_back()
            finally:
                turn.release()

        return connection, end

    # -- statements -------------------------------------------------------------------------

    def transaction_exists(self) -> bool:
        return is_open(self)

    async def fetch(self, sql: str, args: Sequence[Any] = ()) -> list[asyncpg.Record]:
        """Run one statement, inside the transaction if there is one."""
        if (now := current(self)) is not None:
            return await now.connection.fetch(sql, *args)
        connection, give_back = await self.take()
        try:
            return await connection.fetch(sql, *args)
        finally:
            await asyncio.shield(give_back())

    async def rows(self, sql: str, args: Sequence[Any], into: Callable | None) -> list[Any]:
        found = await self.fetch(sql, args)
        return list(starmap(into, found)) if into else [dict(row) for row in found]

    async def bulk(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert many rows inside the transaction that is open, by COPY."""
        if (now := current(self)) is None:
            raise RuntimeError("bulk() belongs inside write_tx()")
        await now.connection.copy_records_to_table(table, records=rows, columns=list(columns))

    # -- what Piccolo calls -----------------------------------------------------------------

    async def run_querystring(
        self, querystring: QueryString, in_pool: bool = True
    ) -> list[asyncpg.Record]:
        return await self.fetch(*querystring.compile_string(engine_type="postgres"))

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> list[asyncpg.Record]:
        return await self.fetch(ddl)

    async def batch(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError("Page by key instead: Piccolo's batches swallow exceptions.")

    def transaction(self, allow_nested: bool = True) -> WriteTransaction:
        return WriteTransaction(self, allow_nested)
