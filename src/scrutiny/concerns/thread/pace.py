"""A pause before every wrong code is answered: slow for who guesses, the same for everybody.

Nobody is counted by address or device. Codes have 115 random bits, so guessing is hopeless in any
case; the pause keeps it from being a cheap way to make us work. It has a budget, as each pause
holds a connection: with too many waiting already, the next is answered at once.
"""

import asyncio

PAUSE = 0.5  # seconds
MOST = 100  # waiting at once

_waiting = 0


async def pause() -> None:
    global _waiting
    if _waiting >= MOST:
        return
    _waiting += 1
    try:
        await asyncio.sleep(PAUSE)
    finally:
        _waiting -= 1
