"""Two small tables to try the database with, there for each test of a file that imports them."""

import asyncio

import pytest
from piccolo.columns import JSON, UUID, Boolean, Bytea, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table, create_db_tables, drop_db_tables

from scrutiny.kit.db import database
from scrutiny.kit.ids import NewId


class Tally(Table, tablename="test_tally"):
    id = UUID(primary_key=True, default=NewId())
    name = Varchar(length=40, unique=True)
    number = Integer(default=0)
    at = Timestamptz()
    day = Date(null=True, default=None)
    open = Boolean(default=True)
    facts = JSON(default="{}")
    seal = Bytea(default=b"")
    version = Integer(default=1)


@pytest.fixture(autouse=True)
def tallies():
    """A table of our own, and one whose rule is only checked when a transaction commits."""
    late = "CREATE TABLE test_late (id INTEGER PRIMARY KEY, above INTEGER"
    late += " REFERENCES test_late (id) DEFERRABLE INITIALLY DEFERRED)"
    run(create_db_tables(Tally))
    run(database().run_ddl(late))
    yield
    run(database().run_ddl("DROP TABLE test_late"))
    run(drop_db_tables(Tally))


def run(coroutine):
    return asyncio.run(coroutine)


async def count():
    return await Tally.count()
