"""The databases under test: SQLite, or PostgreSQL with SCRUTINY_TEST_DATABASE=postgres.

A pytest plugin, to be imported before the settings are read. PostgreSQL runs from Debian's own
binaries in a private cluster without a network address, started once a run; each xdist worker has
a database of its own. Tables are made once and emptied before each test that asks for `tables`.
"""

import asyncio
import atexit
import functools
import os
import pwd
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from piccolo.table import create_db_tables, sort_table_classes

from scrutiny.kit.db import close_database, database, open_database
from scrutiny.kit.sqlite_migrations import install
from scrutiny.piccolo_app import APP_CONFIG, BY_HAND

CLUSTER = "SCRUTINY_TEST_CLUSTER"  # where xdist's workers find the cluster of the first process
MEMORY = "/dev/shm"
UNSAFE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


def on_postgres() -> bool:
    return os.environ.get("SCRUTINY_TEST_DATABASE") == "postgres"


def choose() -> str:
    """The address of the database for this process."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    if not on_postgres():
        memory = MEMORY if os.access(MEMORY, os.W_OK) else None  # where writing through is free
        folder = tempfile.mkdtemp(prefix="scrutiny-test-", dir=memory)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return f"sqlite:///{folder}/{worker}.sqlite"
    if CLUSTER not in os.environ:
        folder = start_cluster()
        atexit.register(stop_cluster, folder)
        os.environ[CLUSTER] = str(folder)
    asyncio.run(create_database(worker))
    return address(worker)


def address(name: str) -> str:
    return f"postgresql://scrutiny@/{name}?host={os.environ[CLUSTER]}"


def as_postgres(program: str, *args: str) -> list[str]:
    """The command line for one of PostgreSQL's programs, which refuse to run as root."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parts[-2]))
    found = shutil.which(program, path=str(folders[-1]) if folders else None)
    if found is None:
        pytest.exit("SCRUTINY_TEST_DATABASE=postgres needs Debian's package postgresql.", 4)
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    return [*(user if os.getuid() == 0 else []), found, *args]


def start_cluster() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="scrutiny-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, *[pwd.getpwnam("postgres").pw_uid] * 2)
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        as_postgres(
            "initdb", "-D", str(folder), "-A", "trust", "-U", "scrutiny", "--no-sync",
            "--encoding=UTF8", "--locale=C.UTF-8",
        ),
        **quiet,
    )  # fmt: skip
    options = f"-c listen_addresses= -k {folder} {UNSAFE}"
    log = str(folder / "log")
    subprocess.run(
        as_postgres("pg_ctl", "-D", str(folder), "-l", log, "-w", "-o", options, "start"), **quiet
    )
    return folder


def stop_cluster(folder: Path) -> None:
    stop = as_postgres("pg_ctl", "-D", str(folder), "-m", "immediate", "stop")
    subprocess.run(stop, stdout=subprocess.DEVNULL, cwd="/")
    shutil.rmtree(folder, ignore_errors=True)


async def create_database(name: str) -> None:
    connection = await asyncpg.connect(address("postgres"))
    await connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()


os.environ["SCRUTINY_DATABASE_URL"] = choose()  # now: the settings are read only once


def another_process(*args: str, **settings: str) -> subprocess.Popen:
    """Python in a process of its own, with our modules, these settings, and pipes to speak by."""
    here = Path(__file__).parent
    paths = os.pathsep.join([str(here.parent / "src"), str(here)])
    env = os.environ | {"PYTHONPATH": paths} | settings
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, *args], env=env, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )


def bytes_of(path: Path) -> bytes:
    """What a file holds, read by another process.

    Whoever opens and closes a file of SQLite drops every lock that the whole process has on it:
    the next process to come then takes the log away from under us.
    """
    return subprocess.run(["cat", str(path)], check=True, stdout=subprocess.PIPE).stdout


# -- emptying ---------------------------------------------------------------------------------


def children_first() -> list[str]:
    return [
        table._meta.tablename for table in reversed(sort_table_classes(APP_CONFIG.table_classes))
    ]


def emptier_of_sqlite() -> Callable[[], None]:
    """A connection that stays open, which also spares every last one its checkpoint."""
    kept = sqlite3.connect(database().path, isolation_level=None, check_same_thread=False)
    kept.execute("PRAGMA synchronous = OFF")
    deletes = "".join(f'DELETE FROM "{name}";' for name in children_first())

    def empty() -> None:
        kept.executescript(f"BEGIN IMMEDIATE; {deletes} COMMIT;")

    return empty


def emptier_of_postgres() -> Callable[[], None]:
    """A connection that stays open, on an event loop of its own in another thread."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    deletes = "".join(f'DELETE FROM "{name}";' for name in children_first())

    def wait(work: Awaitable[Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(30)

    kept = wait(asyncpg.connect(os.environ["SCRUTINY_DATABASE_URL"]))

    def empty() -> None:
        if left := wait(kept.fetch(LEFT_BEHIND)):
            warnings.warn(f"{len(left)} writers of an earlier test were ended", stacklevel=2)
        wait(kept.execute(deletes))

    return empty


LEFT_BEHIND = """
SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
AND pid <> pg_backend_pid()
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
"""Whoever stands in the writers' line between two tests belongs to an event loop that has ended:
its socket closes when the garbage is collected, which the next writer cannot wait for."""


async def make_tables() -> None:
    await create_db_tables(*APP_CONFIG.table_classes)
    for sql in BY_HAND:
        await database().run_ddl(sql)


@pytest.fixture(scope="session")
def empty_tables() -> Callable[[], None]:
    """Makes the tables as the models say, and gives the function that empties them."""
    install()
    asyncio.run(make_tables())
    return emptier_of_postgres() if on_postgres() else emptier_of_sqlite()


@pytest.fixture
def tables(empty_tables: Callable[[], None]) -> None:
    """Every table is there and empty."""
    empty_tables()


def opened(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an async test in an event loop of its own, with the database open."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        async def whole() -> None:
            await open_database()
            try:
                await test(*args, **kwargs)
            finally:
                await close_database()

        asyncio.run(whole())

    return run
