"""The record: every line bound to the one before, so that no line can be changed or cut."""

import asyncio

import pytest
from conftest import run

from scrutiny.kit.db import close_database, database, open_database, write_tx
from scrutiny.record.actions import record
from scrutiny.record.queries import broken_at, published_count
from scrutiny.record.rules import first_break
from scrutiny.record.tables import Event


@pytest.fixture
def three_lines(cast):
    async def write():
        for number in range(3):
            async with write_tx():
                await record("panel.tried", cast.lambeth, by=cast.seats["amara"], number=number)

    run(write())


def test_a_whole_record_holds(three_lines):
    assert run(broken_at()) == (3, None)


async def change(sql: str) -> None:
    await database()._run_in_new_connection(sql)


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("UPDATE event SET what = 'panel.other' WHERE seq = 2", 2),
        ("UPDATE event SET facts = '{}' WHERE seq = 3", 3),
        ("DELETE FROM event WHERE seq = 2", 2),
        ("DELETE FROM event WHERE seq = 3", 3),
        ("DELETE FROM event", 1),
    ],
    ids=["edited", "facts emptied", "cut from the middle", "cut from the end", "all gone"],
)
def test_a_changed_or_missing_line_is_found(three_lines, sql, line):
    run(change(sql))
    assert run(broken_at())[1] == line


def test_lines_in_another_order_are_found():
    assert first_break([{"seq": 2, "prev": "0" * 64, "hash": ""}], 0, "0" * 64) == 1


def test_nothing_is_recorded_outside_a_transaction(cast):
    with pytest.raises(RuntimeError, match="inside write_tx"):
        run(record("panel.tried", cast.lambeth))


def test_a_deed_that_fails_leaves_no_line(cast):
    async def fail():
        async with write_tx():
            await record("panel.tried", cast.lambeth)
            raise ValueError

    with pytest.raises(ValueError):
        run(fail())
    assert run(broken_at()) == (0, None)


def test_writers_at_once_make_one_chain(cast):
    async def one(number):
        async with write_tx():
            await record("panel.tried", cast.lambeth, number=number)

    async def all_at_once():
        await open_database()
        try:
            await asyncio.gather(*[one(number) for number in range(30)])
            return await broken_at()
        finally:
            await close_database()

    assert run(all_at_once()) == (30, None)
    assert sorted(row["seq"] for row in Event.select(Event.seq).run_sync()) == list(range(1, 31))


def test_only_public_events_make_kept_pages_old(cast):
    async def tell(public):
        async with write_tx():
            await record("panel.tried", cast.lambeth, public=public)
        return await published_count()

    assert [run(tell(public)) for public in (False, True, False, True)] == [0, 1, 1, 2]
