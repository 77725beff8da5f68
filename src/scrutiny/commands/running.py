"""What commands share: run something with the database open, once its tables are there."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

from scrutiny.kit.db import close_database, open_database
from scrutiny.kit.errors import NotNow
from scrutiny.kit.seal import keys
from scrutiny.kit.settings import BadSetting, settings
from scrutiny.kit.waiting import waiting
from scrutiny.people.tables import Person

UNUSABLE = (sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError)


async def ready() -> None:
    """Raises NotNow when the database has not been migrated to this version."""
    if behind := await waiting_migrations():
        count = "1 migration" if len(behind) == 1 else f"{len(behind)} migrations"
        raise NotNow(f"The database is {count} behind. Run `scrutiny migrate` first.")


async def waiting_migrations() -> list[str]:
    """The migrations still to be run. Raises NotNow when there is no database to ask."""
    try:
        return await waiting()
    except UNUSABLE as why:
        raise NotNow(unusable(why)) from None


def unusable(why: Exception) -> str:
    """A sentence for a database that does not open; never its address, which holds a password."""
    said = " ".join(str(why).split()).rstrip(".") or type(why).__name__
    return f"The database that SCRUTINY_DATABASE_URL names cannot be used: {said}."


async def keyed() -> None:
    """Read the secret file, and make it when nobody is in the database yet.

    Raises BadSetting when it is gone: a new one would open nothing that the old one sealed.
    """
    path = settings().secret_file
    if not path.exists() and await Person.exists():
        raise BadSetting(
            f"The secret file {path} is missing, and this database needs it. "
            "Restore it from your safe copy, or set SCRUTINY_SECRET_FILE to where it is."
        )
    try:
        keys()
    except OSError as why:
        raise BadSetting(f"The secret file {path} cannot be made: {why.strerror}.") from None


def with_database(deed: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
    """Run `deed` in an event loop of its own with the connections open."""
    return asyncio.run(_with_database(deed, *args, **kwargs))


async def _with_database(deed: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
    await ready()
    await open_database()
    try:
        return await deed(*args, **kwargs)
    finally:
        await close_database()
