"""WHEN a seat counts, how long a session lasts, and how a name is shown in public."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from scrutiny.kit.words import N_

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
"""A page view does not write to the database more often than this."""


class PublicName(StrEnum):
    FULL = "full"
    INITIALS = "initials"
    ROLE = "role"


def is_current(since: date, until: date | None, today: date) -> bool:
    return since <= today and (until is None or today <= until)


def is_alive(begun: datetime, seen: datetime, now: datetime) -> bool:
    """Thirty minutes without a page, or twelve hours in all, end a session (security.md R12)."""
    return now - seen <= IDLE and now - begun <= ABSOLUTE


def public_name(name: str, choice: str, role: str) -> str:
    """How a member appears in what is published: they choose, and police go by role."""
    if choice == PublicName.FULL:
        return name
    if choice == PublicName.INITIALS:
        return " ".join(f"{part[0]}." for part in name.split())
    return role_name(role)


def role_name(role: str) -> str:
    return role.replace("_", " ").capitalize()


ROLE_NAMES = (
    *(N_("Chair"), N_("Vice chair"), N_("Member"), N_("Secretariat")),
    N_("Safeguarding lead"),
    *(N_("Data protection lead"), N_("Police liaison"), N_("Police approver")),
)
"""What role_name() can say, written out so that it can be translated."""


def email_key(address: str) -> str:
    """The form in which addresses are compared: trimmed and casefolded."""
    return address.strip().casefold()
