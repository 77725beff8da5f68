"""What is acknowledged is kept, what fails leaves nothing, and no writer is turned away."""

import asyncio
import threading

import pytest
from databases import on_postgres, opened
from piccolo.engine.exceptions import TransactionError
from tallies import Tally, count, run, tallies  # noqa: F401

from scrutiny.kit.db import database, engine_for, rows, write_tx, writes
from scrutiny.kit.errors import Stale
from scrutiny.kit.stages import amend


async def add_one(name="t"):
    """Read, think, write: what loses updates when two do it at once."""
    async with write_tx():
        now = await Tally.objects().get(Tally.name == name)
        await asyncio.sleep(0)
        await Tally.update({Tally.number: now.number + 1}).where(Tally.id == now.id)


@opened
async def test_a_failure_inside_leaves_nothing():
    with pytest.raises(ZeroDivisionError):
        async with write_tx():
            await Tally(name="a").save()
            1 / 0  # noqa: B018
    assert await count() == 0
    assert not database().transaction_exists()


@opened
async def test_write_tx_refuses_to_nest_and_the_outer_one_goes_on():
    async with write_tx():
        await Tally(name="a").save()
        with pytest.raises(RuntimeError, match="inside another"):
            async with write_tx():
                pass
        await Tally(name="b").save()
    assert await count() == 2


@opened
async def test_twenty_increments_at_once_are_all_kept():
    await Tally(name="t").save()
    await asyncio.gather(*[add_one() for _ in range(20)])
    assert (await Tally.objects().first()).number == 20


@opened
async def test_fifty_writers_at_once_are_all_served():
    async def one(n):
        async with write_tx():
            await Tally(name=f"w{n}").save()
            await Tally.update({Tally.number: n}).where(Tally.name == f"w{n}")

    await asyncio.gather(*[one(n) for n in range(50)])
    found = await rows("SELECT number FROM test_tally ORDER BY number", into=int)
    assert found == list(range(50))


@opened
async def test_while_many_wait_to_write_others_can_read():
    hold = asyncio.Event()

    async def holder():
        async with write_tx():
            await hold.wait()

    holding = asyncio.create_task(holder())
    waiting = [asyncio.create_task(add_then_count(f"w{n}")) for n in range(30)]
    await asyncio.sleep(0.1)
    assert await asyncio.wait_for(count(), 5) == 0
    assert not any(task.done() for task in waiting)
    hold.set()
    await holding
    assert max(await asyncio.gather(*waiting)) == 30


@opened
async def test_readers_see_what_is_committed_and_nothing_else():
    wrote, looked = asyncio.Event(), asyncio.Event()

    async def writer():
        async with write_tx():
            await Tally(name="a").save()
            assert await count() == 1  # its own
            wrote.set()
            await looked.wait()

    writing = asyncio.create_task(writer())
    await wrote.wait()
    assert await count() == 0
    looked.set()
    await writing
    assert await count() == 1


@opened
async def test_whoever_saves_second_is_told():
    await Tally(name="a").save()
    first, second = await Tally.objects().first(), await Tally.objects().first()
    await amend(first, number=1)
    with pytest.raises(Stale):
        await amend(second, number=2)
    assert (first.version, await Tally.select(Tally.number, Tally.version)) == (
        2,
        [{"number": 1, "version": 2}],
    )


@opened
async def test_a_commit_that_fails_leaves_nothing_and_costs_no_connection():
    for n in range(15):  # more than the pool has
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            async with write_tx():
                await Tally(name=f"a{n}").save()
                await database().run_ddl("INSERT INTO test_late VALUES (1, 99)")
        assert not database().transaction_exists()
    await asyncio.wait_for(add_then_count("b"), 5)
    assert await rows("SELECT name FROM test_tally", into=str) == ["b"]


async def add_then_count(name):
    async with write_tx():
        await Tally(name=name).save()
    return await count()


@opened
async def test_cancelling_leaves_whole_deeds_and_a_free_writer():
    async def deed(n):
        async with write_tx():
            await Tally(name=f"{n} begun").save()
            await asyncio.sleep(0.0005 * (n % 5))
            await Tally(name=f"{n} done").save()

    tasks = [asyncio.create_task(deed(n)) for n in range(120)]
    for task in tasks[::2]:
        await asyncio.sleep(0.0007)
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    kept = sum(end is None for end in ended)
    stopped = sum(isinstance(end, asyncio.CancelledError) for end in ended)
    names = await rows("SELECT name FROM test_tally", into=str)

    assert kept + stopped == 120 and stopped > 0
    begun, done = ({n for n in names if n.endswith(end)} for end in ("begun", "done"))
    assert len(begun) == len(done) >= kept  # a commit may finish after nobody waits for it
    assert await asyncio.wait_for(add_then_count("after"), 5) == len(names) + 1


@opened
async def test_a_slow_read_can_be_cancelled_and_holds_nobody_up():
    slow = "SELECT pg_sleep(30)"
    if not on_postgres():
        slow = "SELECT (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c"
        slow += " WHERE n < 900000000) SELECT count(*) FROM c)"
    for _ in range(12):
        reading = asyncio.create_task(rows(slow))
        await asyncio.sleep(0.02)
        assert await count() == 0
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
    assert await asyncio.wait_for(add_then_count("a"), 5) == 1


@opened
async def test_a_transaction_belongs_to_one_task():
    async with write_tx():
        with pytest.raises(TransactionError):
            await asyncio.create_task(count())
    assert await count() == 0


@opened
async def test_a_task_that_outlives_a_transaction_writes_on_its_own():
    over = asyncio.Event()

    async def later():
        await over.wait()
        return await add_then_count("b")

    async with write_tx():
        left = asyncio.create_task(later())
        await Tally(name="a").save()
    over.set()
    assert await left == 2


def test_another_event_loop_gets_connections_of_its_own():
    @opened
    async def test():
        other = threading.Thread(target=lambda: run(add_then_count("from a thread")))
        async with write_tx():
            await Tally(name="a").save()
            other.start()
            await asyncio.sleep(0.1)
            assert await count() == 1  # the other one waits in line
        await asyncio.to_thread(other.join)
        assert await count() == 2

    test()


@opened
async def test_a_deed_that_lost_a_race_begins_again():
    await Tally(name="t").save()
    tries = []

    @writes
    async def deed():
        tries.append(1)
        now = await Tally.objects().first()
        await Tally.update({Tally.number: now.number + 1}).where(Tally.id == now.id)
        if on_postgres() and len(tries) == 1:
            await database().run_ddl("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
        return now.number

    if on_postgres():
        assert await deed() == 0
    else:
        assert await while_another_process_writes(deed) == 0
    assert len(tries) >= (2 if on_postgres() else 1)
    assert (await Tally.objects().first()).number == 1


async def while_another_process_writes(deed):
    """Another connection holds the file; ours is made impatient, so it is turned away at once."""
    await database().run_ddl("PRAGMA busy_timeout = 5")
    other = engine_for(f"sqlite:///{database().path}").connect(read=False)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Exception, match="locked"):
        await add_one("t")
    asyncio.get_running_loop().call_later(0.2, other.close)
    return await deed()


@opened
async def test_other_failures_are_not_tried_again():
    tries = []

    @writes
    async def deed():
        tries.append(1)
        await Tally(name="same").save()
        await Tally(name="same").save()

    with pytest.raises(Exception, match=r"(?i)unique"):
        await deed()
    assert (tries, await count()) == ([1], 0)


def test_other_addresses_are_refused():
    with pytest.raises(ValueError, match="begins with"):
        engine_for("mysql://localhost/x")
