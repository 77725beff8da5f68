"""The one clock: time is kept in UTC and shown to people as it is in London."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    return _told.get() or datetime.now(UTC)


def today() -> date:
    return now().astimezone(LONDON).date()


def london(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """What runs inside takes place at `moment`: how the demo comes by a year of history."""
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)


def midnight(day: date) -> datetime:
    """The moment at which the day begins in London, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
