"""The one clock: time is kept in UTC and shown to people as it is in London."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return datetime.now(LONDON).date()


def london(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)
