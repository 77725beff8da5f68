"""Bringing the database up to the code: all migrations that are due, or none of them."""

import io
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, redirect_stdout

from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.apps.migrations.tables import Migration

from scrutiny.kit.db import Database, database
from scrutiny.kit.sqlite_migrations import install


class MigrationFailed(Exception):
    """The database could not be brought up to the code; it is as it was before."""


async def migrate() -> list[str]:
    """Apply every migration that is due and return their ids, oldest first.

    All in one transaction that stands in line with every writer: of two processes that start at
    once one migrates and the other finds nothing to do, and a crash leaves nothing half done.
    """
    install()
    with _quietly():
        async with _unhurried(database()) as engine, engine.transaction():
            due = await pending()
            result = await run_forwards("all")
            if not result.success:
                raise MigrationFailed(result.message or "Piccolo does not say why.")
            return due


async def pending() -> list[str]:
    """The ids of the migrations that the code has and the database has not, oldest first."""
    with _quietly():
        finder = BaseMigrationManager()
        ids: list[str] = []
        for name in finder.get_sorted_app_names():
            config = finder.get_app_config(app_name=name)
            ids += finder.get_migration_modules(config.resolved_migrations_folder_path)
    done = await Migration.get_migrations_which_ran() if await Migration.table_exists() else []
    return sorted(set(ids) - set(done))


@asynccontextmanager
async def _unhurried(engine: Database) -> AsyncIterator[Database]:
    """While tables are changed: no time limits, and foreign keys are checked at the end."""
    engine.migrating = True
    try:
        yield engine
    finally:
        engine.migrating = False


@contextmanager
def _quietly() -> Iterator[None]:
    """Piccolo prints as it goes, and puts the migrations' folder first on the path."""
    path = list(sys.path)
    try:
        with redirect_stdout(io.StringIO()):
            yield
    finally:
        sys.path[:] = path
