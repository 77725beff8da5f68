"""One SQLite connection in the care of one long-lived thread."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from queue import SimpleQueue
from threading import Thread
from time import thread_time
from typing import Any

Fetched = tuple[list[str], list[tuple]]  # the columns' names, and the rows
Job = tuple[asyncio.AbstractEventLoop, asyncio.Future, Callable, tuple]


def fetch(connection: sqlite3.Connection, sql: str, args: Sequence[Any] = ()) -> Fetched:
    """Run one statement to its end, so that no read is left open on the connection."""
    cursor = connection.execute(sql, args)
    try:
        found = cursor.fetchall()
        return ([column[0] for column in cursor.description] if found else []), found
    finally:
        cursor.close()


def as_dicts(fetched: Fetched) -> list[dict[str, Any]]:
    names, found = fetched
    return [dict(zip(names, row, strict=True)) for row in found]


def timed_fetch(
    connection: sqlite3.Connection, sql: str, args: Sequence[Any] = ()
) -> tuple[float, Fetched]:
    """The same, with the seconds of work it took: waiting for the other threads is not counted."""
    began = thread_time()
    found = fetch(connection, sql, args)
    return thread_time() - began, found


def begin(connection: sqlite3.Connection, kind: str, foreign_keys: bool) -> None:
    if not foreign_keys:
        connection.execute("PRAGMA foreign_keys = OFF")  # ignored once inside a transaction
    connection.execute(f"BEGIN {kind}")


def commit(connection: sqlite3.Connection, foreign_keys: bool) -> None:
    """Commit; if that fails (a full disk, say), leave no transaction behind."""
    try:
        connection.execute("COMMIT")
    finally:
        roll_back(connection, foreign_keys)


def roll_back(connection: sqlite3.Connection, foreign_keys: bool) -> None:
    """Undo what is still open. After a full disk SQLite may already have undone it.

    `foreign_keys` as they were given to begin(). They are switched on again only where they were
    off: to switch makes SQLite forget how it planned every statement of the connection.
    """
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    if not foreign_keys:
        connection.execute("PRAGMA foreign_keys = ON")


def insert_many(connection: sqlite3.Connection, sql: str, rows: Iterable[Sequence[Any]]) -> None:
    connection.executemany(sql, rows).close()


def _settle(future: asyncio.Future, result: Any, error: BaseException | None) -> None:
    if future.done():  # whoever asked was cancelled and has gone
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)


class Worker:
    """Runs what it is given, in the order given, in its own thread. `execute` is the part that
    Piccolo's savepoints call."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self.connection: sqlite3.Connection
        self.give_back: Callable[[Worker], None] | None = None  # none: opened for a single use
        self._connect = connect
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = Thread(target=self._run, daemon=True, name="sqlite")
        self._thread.start()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            loop, future, do, args = job
            result, error = None, None
            try:
                result = do(*args)
            except BaseException as caught:
                error = caught
            with contextlib.suppress(RuntimeError):  # the loop closed while the statement ran
                loop.call_soon_threadsafe(_settle, future, result, error)
            del job, future, result, error, args

    def call(self, do: Callable, *args: Any) -> asyncio.Future:
        """Queue one call; the future settles when it has run, cancelled or not."""
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self._jobs.put((loop, future, do, args))
        return future

    def last_call(self, do: Callable, *args: Any) -> asyncio.Future:
        """Queue the last call of one use, `do(connection, *args)`.

        When it has run the connection is given back, or closed if it was opened for this use,
        whether or not anybody still waits.
        """
        if self.give_back is None:
            done = self.call(self._do_and_close, do, args)
            self._jobs.put(None)
        else:
            done = self.call(do, self.connection, *args)
        done.add_done_callback(self._ended)
        return done

    def _ended(self, done: asyncio.Future) -> None:
        if self.give_back is not None:
            self.give_back(self)
        if not done.cancelled():
            done.exception()  # looked at, so that asyncio does not complain

    def _do_and_close(self, do: Callable, args: tuple) -> Any:
        try:
            return do(self.connection, *args)
        finally:
            self.connection.close()

    async def open(self) -> "Worker":
        try:
            self.connection = await asyncio.shield(self.call(self._connect))
        except BaseException:
            self._jobs.put(None)
            raise
        return self

    async def close(self) -> None:
        try:
            await asyncio.shield(self.call(self.connection.close))
        finally:
            self._jobs.put(None)

    async def execute(self, sql: str, args: Sequence[Any] = ()) -> list[dict[str, Any]]:
        return as_dicts(await asyncio.shield(self.call(fetch, self.connection, sql, args)))
