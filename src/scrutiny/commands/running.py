"""What commands share: run something with the database open, once its tables are there."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from scrutiny.kit.db import close_database, open_database
from scrutiny.kit.errors import NotNow
from scrutiny.kit.migrating import pending


async def ready() -> None:
    """Raises NotNow when the database has not been migrated to this version."""
    if waiting := await pending():
        raise NotNow(
            f"The database is {len(waiting)} migrations behind. Run `scrutiny migrate` first."
        )


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
