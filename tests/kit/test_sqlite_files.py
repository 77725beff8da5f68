"""SQLite's file: who may read it, how careful it is, a full disk, and a process that is killed."""

import asyncio
import contextlib
import resource
import sqlite3

import pytest
from databases import another_process

from scrutiny.kit.db import engine_for

CAREFUL = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 30_000,
    "trusted_schema": 0,
    "cell_size_check": 1,
}

WRITER = """
import asyncio, sys
from scrutiny.kit.db import engine_for

async def main():
    engine = engine_for(sys.argv[1])
    await engine.start_connection_pool()
    await engine.run_ddl("CREATE TABLE deed (n INTEGER, half TEXT)")
    for n in range(100_000):
        async with engine.transaction():
            await engine.write("INSERT INTO deed VALUES (?, 'first')", [n])
            await engine.write("INSERT INTO deed VALUES (?, 'second')", [n])
        print(n, flush=True)

asyncio.run(main())
"""

COUNTER = """
import asyncio, sys
from scrutiny.kit.db import engine_for

async def main():
    engine = engine_for(sys.argv[1])
    await engine.start_connection_pool()
    print("ready", flush=True)
    sys.stdin.readline()

    async def add():
        for _ in range(20):
            async with engine.transaction():
                (n,), = (await engine.read("SELECT n FROM counter"))[1]
                await asyncio.sleep(0.001)
                await engine.write("UPDATE counter SET n = ?", [n + 1])

    await asyncio.gather(*[add() for _ in range(5)])

asyncio.run(main())
"""


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/kept/a.sqlite"


@contextlib.asynccontextmanager
async def opened(url):
    engine = engine_for(url)
    await engine.start_connection_pool()
    try:
        yield engine
    finally:
        await engine.close_connection_pool()


def test_only_the_owner_may_read_the_file_or_its_folder(url, tmp_path):
    async def use():
        async with opened(url) as engine:
            await engine.run_ddl("CREATE TABLE t (x)")
            return {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}

    assert asyncio.run(use()) == {
        "kept": 0o700,
        "a.sqlite": 0o600,
        "a.sqlite-wal": 0o600,
        "a.sqlite-shm": 0o600,
    }


def test_every_connection_is_careful_and_readers_cannot_write(url):
    engine = engine_for(url)
    writer, reader = engine.connect(read=False), engine.connect(read=True)
    for connection in (writer, reader):
        assert {p: connection.execute(f"PRAGMA {p}").fetchone()[0] for p in CAREFUL} == CAREFUL
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("CREATE TABLE t (x)")


def test_foreign_keys_are_checked_again_after_a_transaction_without(url):
    async def use():
        async with opened(url) as engine:
            await engine.run_ddl("CREATE TABLE one (id INTEGER PRIMARY KEY)")
            await engine.run_ddl("CREATE TABLE other (one INTEGER REFERENCES one (id))")
            engine.migrating = True
            async with engine.transaction():
                await engine.write("INSERT INTO other VALUES (7)")
            engine.migrating = False
            with pytest.raises(sqlite3.IntegrityError):
                await engine.write("INSERT INTO other VALUES (8)")
            with pytest.raises(sqlite3.IntegrityError):
                async with engine.transaction():
                    await engine.write("INSERT INTO other VALUES (9)")

    asyncio.run(use())


def test_a_statement_is_planned_once_and_not_in_every_transaction(url):
    planned = []

    def look(deed, *_):
        planned.append(deed)
        return sqlite3.SQLITE_OK

    async def use():
        async with opened(url) as engine:
            await engine.run_ddl("CREATE TABLE t (x)")
            engine._pool().writer.connection.set_authorizer(look)
            for _ in range(3):
                async with engine.transaction():
                    await engine.write("INSERT INTO t VALUES ('a')")

    asyncio.run(use())
    assert planned.count(sqlite3.SQLITE_INSERT) == 1


def test_a_full_disk_refuses_the_deed_and_spoils_nothing(url, tmp_path):
    async def use():
        async with opened(url) as engine:
            await engine.run_ddl("CREATE TABLE t (x)")
            await engine.write("INSERT INTO t VALUES ('before')")
            with full_disk(tmp_path / "kept" / "a.sqlite-wal"):
                for _ in range(3):
                    with pytest.raises(sqlite3.OperationalError):
                        async with engine.transaction():
                            await engine.write("INSERT INTO t VALUES (?)", ["x" * 1_000_000])
                    assert not engine.transaction_exists()
            await engine.write("INSERT INTO t VALUES ('after')")
            return (await engine.read("SELECT x FROM t"))[1]

    assert asyncio.run(use()) == [("before",), ("after",)]


@contextlib.contextmanager
def full_disk(path):
    """No file may grow past what this one is now: what a full disk looks like to SQLite."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_a_killed_process_acknowledged_is_there_and_whole(url, tmp_path):
    writer = another_process("-c", WRITER, url)
    said = [int(writer.stdout.readline()) for _ in range(300)]
    writer.kill()
    said += [int(line) for line in writer.stdout.read().split("\n") if line]
    writer.wait()

    kept = sqlite3.connect(tmp_path / "kept" / "a.sqlite")
    found = kept.execute("SELECT n, count(*) FROM deed GROUP BY n ORDER BY n").fetchall()
    assert {halves for _, halves in found} == {2}
    assert {n for n, _ in found} >= set(said) and said[:300] == list(range(300))
    assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_two_processes_that_count_together_lose_nothing(url):
    writer = engine_for(url).connect(read=False)
    writer.execute("CREATE TABLE counter (n INTEGER)")
    writer.execute("INSERT INTO counter VALUES (0)")
    both = [another_process("-c", COUNTER, url) for _ in range(2)]
    assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
    for process in both:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=30)[1] for process in both] == ["", ""]
    assert writer.execute("SELECT n FROM counter").fetchone() == (200,)


def test_quick_reads_stay_on_the_loop_and_slow_ones_leave_it(url):
    async def use():
        async with opened(url) as engine:
            await engine.run_ddl("CREATE TABLE t (x)")
            quick, slow = "SELECT x FROM t", many("SELECT 1", 100_000)
            for _ in range(3):
                await engine.read(quick)
                await engine.read(slow)
            gaps = asyncio.create_task(longest_gap())
            await asyncio.gather(*[engine.read(slow) for _ in range(8)])
            return engine.is_quick(quick), engine.is_quick(slow), await gaps

    here, there, gap = asyncio.run(use())
    assert (here, there) == (True, False)
    assert gap < 0.1


def many(first, times):
    count = f"WITH RECURSIVE c(n) AS ({first} UNION ALL SELECT n + 1 FROM c WHERE n < {times})"
    return f"SELECT ({count} SELECT count(*) FROM c) AS n"


async def longest_gap():
    """How long, in seconds, the event loop was held up at worst."""
    loop, worst = asyncio.get_running_loop(), 0.0
    for _ in range(40):
        began = loop.time()
        await asyncio.sleep(0.001)
        worst = max(worst, loop.time() - began)
    return worst
