"""Days and times as the reader's language writes them."""

from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_datetime

from scrutiny.kit.clock import london
from scrutiny.web.visit import visit


def _locale() -> str:
    return "en_GB" if visit().locale == "en" else visit().locale


def long_date(day: date) -> str:
    return _long_date(day, _locale())


@lru_cache(maxsize=4_000)
def _long_date(day: date, locale: str) -> str:
    """Kept: a list says fifty days, and Babel takes its time over each."""
    return format_date(day, "d MMMM y", locale=locale)


def month_year(day: date | str) -> str:
    """A month in words, from a day or from '2022-10'."""
    first = date.fromisoformat(f"{day}-01") if isinstance(day, str) else day
    return format_date(first, "MMMM y", locale=_locale())


def clock_time(moment: Any) -> str:
    return format_datetime(london(moment), "HH:mm", locale=_locale())
