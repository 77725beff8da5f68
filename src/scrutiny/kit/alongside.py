"""What goes on beside the pages of a web process, from its start to its end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import Context
from typing import Any


def alongside(
    run: Callable[[asyncio.Event], Awaitable[None]],
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """A lifespan: `run` as a task in a context of its own, told to stop by its event."""

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        stop = asyncio.Event()
        task = asyncio.create_task(run(stop), context=Context())
        try:
            yield
        finally:
            stop.set()
            await task

    return lifespan
