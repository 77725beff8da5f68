"""WHAT a panel's address and code may be."""

import re
from collections.abc import Mapping

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
CODE = re.compile(r"[A-Z]{2,6}\Z")
TAKEN = frozenset(
    {
        *(
            "about",
            "account",
            "api",
            "concerns",
            "demo",
            "desk",
            "healthz",
            "ledger",
            "meetings",
            "minutes",
        ),
        *(
            "news",
            "questions",
            "calendars",
            "seats",
            "sign-in",
            "sign-out",
            "static",
            "verify",
            "search",
        ),
        "transparency",
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
RETENTION = range(1, 366)
"""Days for which a force may say that it keeps video: 28 to 31 with most (domain.md 7.3)."""


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


def retention_problem(days: int) -> str:
    """What is wrong with the days for which a force keeps video that nobody marked."""
    if days in RETENTION:
        return ""
    return f"Video is kept from {RETENTION[0]} to {RETENTION[-1]} days."


def force_problems(changes: Mapping[str, object]) -> list[str]:
    """What is wrong with a force's new name, contact or days, in sentences."""
    found = []
    name = changes.get("name")
    if name is not None and not 0 < len(str(name).strip()) <= LONGEST["force_name"]:
        found.append("The name must be given, in 120 characters at most.")
    if changes.get("contact") == "":
        found.append("The contact must be given: letters to the force go there.")
    if "retention_days" in changes:
        found.append(retention_problem(int(str(changes["retention_days"]))))
    return [words for words in found if words]
