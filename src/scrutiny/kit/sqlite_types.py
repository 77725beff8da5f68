"""How values come back from SQLite: the same Python types as from PostgreSQL, and quickly."""

import sqlite3
import uuid
from datetime import UTC, date, datetime
from functools import lru_cache

from asyncpg.pgproto.pgproto import UUID as DriverUUID
from piccolo.engine import sqlite as piccolo_sqlite


def _moment(value: bytes) -> datetime:
    """Moments are stored as UTC text; SQLite's own current_timestamp leaves the zone out."""
    found = datetime.fromisoformat(value.decode())
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _uuid(value: bytes) -> uuid.UUID:
    return DriverUUID(value.decode())


@lru_cache(maxsize=4_000)  # the same days come again and again
def _date(value: bytes) -> date:
    return date.fromisoformat(value.decode())


def install() -> None:
    """Replace Piccolo's converters by equal, faster ones (they run once for every cell).

    INTEGER needs none: SQLite already gives an int, which Piccolo's goes through Decimal to make.
    UUIDs become the subclass in C that asyncpg returns, so both databases give the same type.
    """
    sqlite3.converters.pop("INTEGER", None)
    sqlite3.register_converter("UUID", _uuid)
    sqlite3.register_converter("DATE", _date)
    sqlite3.register_converter("TIMESTAMPTZ", _moment)
    sqlite3.register_converter("BOOLEAN", b"1".__eq__)
    sqlite3.register_adapter(DriverUUID, str)
    piccolo_sqlite.ADAPTERS[DriverUUID] = str
