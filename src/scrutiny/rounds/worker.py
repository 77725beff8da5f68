"""Goes the round every ten minutes, from within a process that stays."""

import asyncio
from contextlib import suppress

from scrutiny.kit.alongside import alongside
from scrutiny.kit.clock import today
from scrutiny.rounds.actions import go_round

EVERY = 600.0
"""Seconds. The deeds are daily, but what opens for thirty minutes must close soon after them."""


async def run(stop: asyncio.Event) -> None:
    """Go round at once, then again and again until `stop` is set."""
    while not stop.is_set():
        await go_round(today())
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY)


going_round = alongside(run)
