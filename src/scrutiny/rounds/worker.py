"""Goes the round from within a process that stays: each minute what is due to the minute."""

import asyncio
from contextlib import suppress
from itertools import count

from scrutiny.kit.alongside import alongside
from scrutiny.kit.clock import today
from scrutiny.rounds.actions import DEEDS, TO_THE_MINUTE, go_round

EVERY = 60.0
"""Seconds. A letter "ten minutes after the last change" must not come after twenty."""
WHOLE = 10
"""Every tenth time all of it: those deeds are daily."""


async def run(stop: asyncio.Event) -> None:
    """Go round at once, then again and again until `stop` is set."""
    for turn in count():
        if stop.is_set():
            return
        await go_round(today(), TO_THE_MINUTE if turn % WHOLE else DEEDS)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY)


going_round = alongside(run)
