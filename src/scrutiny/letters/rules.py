"""WHAT a letter is, when it is tried again, and when it is given up."""

from dataclasses import dataclass
from datetime import timedelta

from scrutiny.kit.mail import CalendarPart

LEASE = timedelta(minutes=2)
"""A letter taken by a worker that died is taken again after this."""
FIRST_WAIT, LONGEST_WAIT = 30, 3600
GIVE_UP_AFTER = 80
"""Tries: at one an hour more than three days of a silent server."""


PRINT_AT_ONCE = 2
"""Letters with a paper taken at a time: printing them all must take less than the lease."""


@dataclass(frozen=True)
class Paper:
    """The same letter as a PDF to file: printed from its own words at the moment it is sent."""

    name: str  # of the file
    title: str
    publisher: str


@dataclass(frozen=True)
class Words:
    """What a letter says. Subjects are neutral: somebody else may see the screen."""

    subject: str
    text: str
    calendar: CalendarPart | None = None
    paper: Paper | None = None
    sender: str = ""  # an address of its own, where an answer must be known by it
    unsubscribe: str = ""  # the page where one click ends letters of this kind (RFC 8058)


def wait(tries: int) -> timedelta:
    """30 seconds, doubled with each try, one hour at most."""
    return timedelta(seconds=min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(tries - 1, 10)))


def is_hopeless(tries: int) -> bool:
    return tries >= GIVE_UP_AFTER
