"""WHEN a letter to sign in still counts, how often one may ask, and where one may go after."""

import re
from datetime import datetime, timedelta

from scrutiny.kit.mail import ADDRESS

LIVES = timedelta(minutes=10)
WRONG_CODES = 5
AT_ONCE = 3
"""Letters to one address that go out without waiting."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=5)
REMEMBERED = timedelta(days=1)
HOME = "/desk"
OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]{0,299}\Z")
"""One slash, then printable ASCII without spaces or backslashes (security.md P21)."""


def is_open(asked: datetime, used: datetime | None, tries: int, now: datetime) -> bool:
    return used is None and tries < WRONG_CODES and now < asked + LIVES


def next_letter(asked: list[datetime]) -> datetime | None:
    """When this address may ask again; `asked` holds when it asked within the last day.

    A delay that doubles and never a lock: nobody can shut somebody else out for long.
    """
    if len(asked) < AT_ONCE:
        return None
    doubled = FIRST_WAIT * 2 ** min(len(asked) - AT_ONCE, 10)
    return max(asked) + min(doubled, LONGEST_WAIT)


def own_path(given: str) -> str:
    """Where to go after signing in: a page of this site, or the desk."""
    return given if OWN_PATH.match(given) else HOME


def is_address(typed: str) -> bool:
    return ADDRESS.match(typed.strip()) is not None


def digits(typed: str) -> str | None:
    """Six ASCII digits, also when typed with a space between; anything else is None."""
    tidy = typed.replace(" ", "")
    return tidy if re.fullmatch(r"[0-9]{6}", tidy, re.ASCII) else None
