"""The one database: how it is opened, read quickly, and written to."""

import asyncio
import functools
import os
import random
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from time import monotonic
from typing import Any, ParamSpec, TypeVar
from urllib.parse import unquote

import asyncpg
import piccolo.table
from piccolo.columns import Column
from piccolo.table import Table

from scrutiny.kit.ids import new_id
from scrutiny.kit.postgres import LazyPostgresEngine
from scrutiny.kit.sqlite import PooledSQLiteEngine

__all__ = [
    "bulk",
    "close_database",
    "database",
    "engine_for",
    "keep",
    "new_id",
    "open_database",
    "rows",
    "scrub",
    "write_sql",
    "write_tx",
    "writes",
]

Database = PooledSQLiteEngine | LazyPostgresEngine
Asked = ParamSpec("Asked")
Given = TypeVar("Given")

TRY_FOR = 10.0  # seconds in which a deed that lost a race may begin again
BATCH = 5_000
ONE = -1  # an argument that is no tuple


def engine_for(url: str) -> Database:
    """The engine for `sqlite:///path` (four slashes for an absolute one) or `postgresql://...`.

    Nothing is opened or connected yet. Raises ValueError for any other address.
    """
    if url.startswith("sqlite:///"):
        return PooledSQLiteEngine(unquote(url.removeprefix("sqlite:///")))
    if url.startswith("postgresql://"):
        return LazyPostgresEngine(url)
    raise ValueError("A database address begins with sqlite:/// or postgresql://.")


@functools.cache
def database() -> Database:
    """The engine that every table uses: DB in the module that PICCOLO_CONF names."""
    engine = import_module(os.environ["PICCOLO_CONF"]).DB
    if not isinstance(engine, PooledSQLiteEngine | LazyPostgresEngine):
        raise RuntimeError("PICCOLO_CONF must name scrutiny.piccolo_conf")
    return engine


# Piccolo's own finder loads its migrations, black among them: half of a start, much of the memory.
piccolo.table.engine_finder = database


async def open_database() -> None:
    """Open the connections that stay open, for the event loop that is running."""
    await database().start_connection_pool()


async def close_database() -> None:
    await database().close_connection_pool()


@asynccontextmanager
async def write_tx() -> AsyncIterator[None]:
    """The only way to write: everything inside is kept, or nothing.

    One at a time, first come first served, so what was read inside is still true at the end.
    Raises RuntimeError inside another: Piccolo would join the two in silence, and an inner
    failure that somebody catches would then keep half a deed.
    """
    engine = database()
    if engine.transaction_exists():
        raise RuntimeError("write_tx() inside another write_tx()")
    async with engine.transaction():
        yield


def writes(deed: Callable[Asked, Awaitable[Given]]) -> Callable[Asked, Awaitable[Given]]:
    """Run the whole of `deed` in one write_tx(), again when the database asks for that.

    A deed that runs twice must read its rows itself: what it was given may already carry the
    changes of the first run.
    """

    @functools.wraps(deed)
    async def run(*args: Asked.args, **kwargs: Asked.kwargs) -> Given:
        ends, pause = monotonic() + TRY_FOR, 0.005
        while True:
            try:
                async with write_tx():
                    return await deed(*args, **kwargs)
            except (sqlite3.OperationalError, asyncpg.PostgresError) as error:
                if not lost_a_race(error) or monotonic() > ends:
                    raise
            pause = min(2 * pause, 0.5)
            await asyncio.sleep(random.uniform(0, pause))

    return run


def lost_a_race(error: Exception) -> bool:
    """Whether the same deed may well succeed at another try: busy, deadlock, serialisation."""
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return getattr(error, "sqlstate", None) in {"40001", "40P01"}


async def scrub() -> None:
    """After something was erased: SQLite's log still holds the old page until it is emptied.

    PostgreSQL's own log and vacuum do this in their own time, and have no switch for it.
    """
    engine = database()
    if engine.engine_type == "sqlite":
        await engine.write("PRAGMA wal_checkpoint(TRUNCATE)")


async def rows(sql: str, *args: Any, into: Callable[..., Any] | None = None) -> list[Any]:
    """Run hand-written SQL that only reads: for pages so often asked for that it pays.

    `{}` stands for each argument in turn; a tuple fills the brackets of `IN ({})`. Gives dicts,
    or `into(*columns)` for each row, which is quicker. Columns of tables come back as Piccolo
    gives them (UUID, date, aware datetime in UTC, bool), JSON as text. SQLite cannot know the
    type of an expression: name it in the alias, `max(at) AS "last [TIMESTAMPTZ]"`; the brackets
    are left out of the name on both databases. Send moments as aware datetimes.
    """
    engine, sizes, values = database(), (ONE,) * len(args), args
    if any(isinstance(arg, tuple) for arg in args):
        sizes = tuple(len(arg) if isinstance(arg, tuple) else ONE for arg in args)
        values = [x for arg in args for x in (arg if isinstance(arg, tuple) else (arg,))]
    return await engine.rows(_spoken(sql, engine.engine_type, sizes), values, into)


async def write_sql(sql: str, *args: Any) -> list[dict[str, Any]]:
    """The same for SQL that writes, inside write_tx(): for what every deed does."""
    if not database().transaction_exists():
        raise RuntimeError("write_sql() belongs inside write_tx()")
    return await rows(sql, *args)


async def keep(row: Table, *, unless_there: bool = False) -> None:
    """Insert one row, inside write_tx(): Table.insert() in a fifth of the time.

    JSON must be text already. With `unless_there` a row that breaks a unique constraint is left
    out in silence, otherwise the database's own error is raised.
    """
    sql, names = _insertion(type(row), unless_there)
    values = [row[name] for name in names]
    await write_sql(sql, *[one.id if isinstance(one, Table) else one for one in values])
    row._exists_in_db = True


@functools.cache
def _insertion(table: type[Table], unless_there: bool) -> tuple[str, list[str]]:
    columns = table._meta.columns
    names = ", ".join(f'"{column._meta.db_column_name}"' for column in columns)
    marks = ", ".join(["{}"] * len(columns))
    sql = f'INSERT INTO "{table._meta.tablename}" ({names}) VALUES ({marks})'
    sql += " ON CONFLICT DO NOTHING" if unless_there else ""
    return sql, [column._meta.name for column in columns]


@functools.lru_cache(maxsize=1_000)
def _spoken(sql: str, engine_type: str, sizes: tuple[int, ...]) -> str:
    """The same SQL with the placeholders that this database understands."""
    parts = sql.split("{}")
    if len(sizes) != len(parts) - 1:
        raise ValueError(f"{len(parts) - 1} places for {len(sizes)} arguments: {sql}")
    spoken, used = parts[0], 0
    for size, part in zip(sizes, parts[1:], strict=True):
        count = 1 if size == ONE else size
        marks = [f"${used + n + 1}" if engine_type == "postgres" else "?" for n in range(count)]
        spoken, used = spoken + (", ".join(marks) or "NULL") + part, used + count
    return re.sub(r' \[[A-Z]+\]"', '"', spoken) if engine_type == "postgres" else spoken


async def bulk(
    table: type[Table], columns: Sequence[Column | str], given: Iterable[Sequence[Any]]
) -> int:
    """Insert many rows quickly, inside write_tx(); returns how many.

    `given` has one sequence a row, its values in the order of `columns`, ready for the database:
    no defaults are filled in (ids included) and JSON is text.
    """
    engine, count, batch = database(), 0, []
    names = [
        column if isinstance(column, str) else column._meta.db_column_name for column in columns
    ]
    for row in given:
        batch.append(row)
        if len(batch) == BATCH:
            await engine.bulk(table._meta.tablename, names, batch)
            count, batch = count + BATCH, []
    if batch:
        await engine.bulk(table._meta.tablename, names, batch)
    return count + len(batch)
