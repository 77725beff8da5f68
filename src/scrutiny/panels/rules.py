"""WHAT a panel's address and code may be."""

import re
from collections.abc import Mapping

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
CODE = re.compile(r"[A-Z]{2,6}\Z")
TAKEN = frozenset(
    {
        *("about", "account", "api", "concerns", "demo", "desk", "healthz", "ledger", "meetings"),
        *("news", "seats", "sign-in", "sign-out", "static", "verify", "search", "transparency"),
    }
)
"""First words of addresses that are not panels."""
LONGEST = {
    "area": 120,
    "area_code": 9,
    "force": 60,
    "force_name": 120,
    "local_policing_body": 120,
}
"""Characters that a panel's other fields may have."""


def problems(slug: str, code: str, name: str) -> list[str]:
    """What is wrong with a new panel's names, in sentences."""
    found = []
    if not SLUG.match(slug) or len(slug) > 60:
        found.append("The address must be small letters, digits and single dashes: lambeth.")
    if slug in TAKEN:
        found.append(f"The address {slug} is used by the site itself.")
    if not CODE.match(code):
        found.append("The code must be two to six capital letters: LAM.")
    if not name.strip() or len(name) > 120:
        found.append("The name must be given, in 120 characters at most.")
    return found


def too_long(given: Mapping[str, object]) -> list[str]:
    """The fields that have more than LONGEST allows, in sentences."""
    return [
        f"The {name.replace('_', ' ')} must have {most} characters at most."
        for name, most in LONGEST.items()
        if len(str(given[name])) > most
    ]
