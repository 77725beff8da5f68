"""Ids: UUIDs made here, in order of time, so that newer rows have greater ids."""

import os
import threading
import time
import uuid

from piccolo.columns.defaults.uuid import UUID4

_lock = threading.Lock()
_last = 0


def new_id() -> uuid.UUID:
    """A version 7 UUID (RFC 9562): time first, strictly rising in this process, then chance."""
    global _last
    with _lock:
        tick = max(time.time_ns() // 250, _last + 1)
        _last = tick
    millis, below = divmod(tick, 4000)
    rand = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return uuid.UUID(int=(millis << 80) | (7 << 76) | (below << 64) | (2 << 62) | rand)


class NewId(UUID4):
    """The default of every id column: made in Python, whichever the database."""

    sqlite = "null"  # Piccolo's own would write DEFAULT None, which SQLite reads as a text

    def python(self) -> uuid.UUID:
        return new_id()


def known_id(typed: str) -> uuid.UUID | None:
    """The id that somebody sent, or None for anything that is none."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None
