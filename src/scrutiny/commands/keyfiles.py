"""The keys of concerns, kept beside a copy and not in it: so that what is erased stays erased.

A file of keys lives for seven days; the copy beside it may be kept for as long as it is of use.
"""

import asyncio
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg

LIVES = timedelta(days=7)
STAMP = "%Y%m%dT%H%M%SZ"
TABLE = "concern_key"
NAMED = re.compile(r"scrutiny-(\d{8}T\d{6}Z)\.(?:keys|keys\.part|part)")
"""A copy that was cut short leaves its parts behind, and there are keys in them."""
SHUT = """
SELECT count(*) FROM concern WHERE length(sealed_words) > 0
AND NOT EXISTS (SELECT 1 FROM concern_key WHERE concern_key.id = concern.id)"""
"""Concerns whose words are there and whose key is not."""


def take_out(copy: Path, apart: Path) -> None:
    """Move the keys from a copy of SQLite's into a file of their own, without a trace left."""
    with closing(sqlite3.connect(copy)) as opened:
        if not _is_there(opened):
            return
        opened.execute("ATTACH ? AS apart", (str(apart),))
        with opened:
            opened.execute(f"CREATE TABLE apart.{TABLE} AS SELECT * FROM main.{TABLE}")
            opened.execute(f"DELETE FROM main.{TABLE}")
        opened.execute("DETACH apart")
        opened.execute("VACUUM")


def put_in(copy: Path, apart: Path) -> None:
    with closing(sqlite3.connect(copy)) as opened:
        opened.execute("ATTACH ? AS apart", (str(apart),))
        with opened:
            opened.execute(f"INSERT OR IGNORE INTO main.{TABLE} SELECT * FROM apart.{TABLE}")


def _is_there(opened: sqlite3.Connection) -> bool:
    """A database from before concerns had keys has no such table."""
    return bool(opened.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchone())


def shut_in(database: Path) -> int:
    """How many concerns can no longer be opened."""
    with closing(sqlite3.connect(database)) as opened:
        return opened.execute(SHUT).fetchone()[0] if _is_there(opened) else 0


def is_there_in(url: str) -> bool:
    return asyncio.run(_ask(url, f"SELECT to_regclass('{TABLE}') IS NOT NULL"))


def shut_in_postgres(url: str) -> int:
    return asyncio.run(_ask(url, SHUT)) if is_there_in(url) else 0


async def _ask(url: str, sql: str) -> bool | int:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


def forget_old(folder: Path, moment: datetime) -> int:
    """Remove the files of keys that are too old, by their names; returns how many."""
    old = [path for path in folder.iterdir() if _is_old(path.name, moment)]
    for path in old:
        path.unlink()
    return len(old)


def _is_old(name: str, moment: datetime) -> bool:
    found = NAMED.fullmatch(name)
    made = found and datetime.strptime(found[1], STAMP).replace(tzinfo=UTC)
    return made is not None and moment - made > LIVES
