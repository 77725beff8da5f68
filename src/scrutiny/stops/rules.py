"""WHAT one published search record says, the key it goes by, and which months are partial."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite
from statistics import median

from scrutiny.kit.errors import Unreadable

COLUMNS = {
    "Type": "type",
    "Date": "datetime",
    "Part of a policing operation": "operation",
    "Policing operation": "operation_name",
    "Latitude": "latitude",
    "Longitude": "longitude",
    "Gender": "gender",
    "Age range": "age_range",
    "Self-defined ethnicity": "self_defined_ethnicity",
    "Officer-defined ethnicity": "officer_defined_ethnicity",
    "Legislation": "legislation",
    "Object of search": "object_of_search",
    "Outcome": "outcome",
    "Outcome linked to object of search": "outcome_linked_to_object_of_search",
    "Removal of more than just outer clothing": "removal_of_more_than_outer_clothing",
}
"""Column of the CSV that data.police.uk publishes, in its order -> name in its API."""

VEHICLE_ONLY = "Vehicle search"
KINDS = {"Person search", "Person and Vehicle search", VEHICLE_ONLY}
GROUPS = ("Asian", "Black", "Mixed", "White", "Other")
"""The five groups in which officers record the person; an empty one is 'not stated'."""
NOTHING = {"A no further action disposal", "Nothing found - no further action"}
LONGEST = {
    "Gender": 10,
    "Age range": 10,
    "Self-defined ethnicity": 120,
    "Legislation": 120,
    "Object of search": 80,
    "Outcome": 80,
}
FAR_SMALLER = 3
"""A month with less than a third of what the other months have is taken to be incomplete."""
NAMES = (
    re.compile(r"(?P<month>\d{4}-\d{2})-(?P<force>[a-z]+(?:-[a-z]+)*)-stop-and-search\.csv"),
    re.compile(r"api-(?P<force>[a-z]+(?:-[a-z]+)*)-(?P<month>\d{4}-\d{2})\.json"),
)


@dataclass(frozen=True, slots=True)
class Search:
    """One record as published: nothing is guessed, and an empty text means 'not stated'."""

    canonical: str
    happened: datetime
    place: tuple[float, float] | None  # longitude, latitude: rounded by the police
    kind: str
    gender: str
    age_range: str
    self_defined: str
    officer_defined: str
    legislation: str
    object: str
    outcome: str
    linked: bool | None
    more_removed: bool | None


def named(name: str, force: str = "", month: str = "") -> tuple[str, str]:
    """The force and the month of a file, from its name unless they are given.

    Raises Unreadable when the name does not say and nothing is given.
    """
    found = next((m for pattern in NAMES if (m := pattern.fullmatch(name))), None)
    said = found.groupdict() if found else {}
    force, month = force or said.get("force", ""), month or said.get("month", "")
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", force) or len(force) > 60:
        raise Unreadable(
            f"{name}: which police force is this? Name the file as data.police.uk does, "
            "for example 2022-10-metropolitan-stop-and-search.csv, or give --force metropolitan."
        )
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise Unreadable(f"{name}: which month is this? Give it, for example --month 2022-10.")
    return force, month


def search(fields: Sequence[str], force: str, month: str) -> Search:
    """One record from its fifteen fields, in the order of COLUMNS.

    Raises Unreadable with a sentence when a field cannot mean anything.
    """
    said = dict(zip(COLUMNS, (field.strip() for field in fields), strict=True))
    happened = _moment(said["Date"], month)
    place = _place(said["Latitude"], said["Longitude"])
    _check(said)
    said["Date"] = happened.isoformat(timespec="seconds")
    if place:
        said["Longitude"], said["Latitude"] = f"{place[0]:.6f}", f"{place[1]:.6f}"
    return Search(
        canonical=canonical(force, list(said.values())),
        happened=happened,
        place=place,
        kind=said["Type"],
        gender=said["Gender"],
        age_range=said["Age range"],
        self_defined=said["Self-defined ethnicity"],
        officer_defined=said["Officer-defined ethnicity"],
        legislation=said["Legislation"],
        object=said["Object of search"],
        outcome=said["Outcome"],
        linked=_yes_or_no(said, "Outcome linked to object of search"),
        more_removed=_yes_or_no(said, "Removal of more than just outer clothing"),
    )


def canonical(force: str, fields: Sequence[str]) -> str:
    """The record as one line of JSON: the force, then its fifteen fields as texts.

    Spaces round a field are gone, times are in UTC, places have six decimals: a file that was
    opened and saved again, or came through the API, gives the same line.
    """
    return json.dumps([force, *fields], ensure_ascii=False, separators=(",", ":"))


def key_of(line: str, occurrence: int) -> str:
    """SHA-256 of 'line NEWLINE occurrence', counting equal lines of one file from 1.

    Two people of one age searched in one place at one time are two records; nothing else in
    the file tells them apart.
    """
    return hashlib.sha256(f"{line}\n{occurrence}".encode()).hexdigest()


def _moment(text: str, month: str) -> datetime:
    try:
        given = datetime.fromisoformat(text)
        happened = (given if given.tzinfo else given.replace(tzinfo=UTC)).astimezone(UTC)
        near = {f"{happened + timedelta(days=days):%Y-%m}" for days in (-1, 0, 1)}
    except (ValueError, OverflowError):
        raise Unreadable(f"The date {text[:40]!r} cannot be read.") from None
    if month not in near:
        raise Unreadable(f"The date {text[:10]} is not in {month}.")
    return happened


def _place(latitude: str, longitude: str) -> tuple[float, float] | None:
    if not latitude and not longitude:
        return None
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        north = east = float("nan")
    if not (isfinite(north) and isfinite(east) and abs(north) <= 90 and abs(east) <= 180):
        raise Unreadable(f"The place {latitude[:20]!r}, {longitude[:20]!r} is no place on Earth.")
    return east + 0.0, north + 0.0


def _check(said: Mapping[str, str]) -> None:
    if said["Type"] not in KINDS:
        raise Unreadable(f"The type {said['Type'][:40]!r} is not one that the police publish.")
    if said["Officer-defined ethnicity"] not in {"", *GROUPS}:
        group = said["Officer-defined ethnicity"][:40]
        raise Unreadable(f"The officer-defined ethnicity {group!r} is not one of the five.")
    for column, most in LONGEST.items():
        if len(said[column]) > most:
            raise Unreadable(f"{column} is longer than {most} characters.")


def _yes_or_no(said: Mapping[str, str], column: str) -> bool | None:
    known = {"": None, "true": True, "false": False}
    if said[column].lower() not in known:
        raise Unreadable(f"{column} must be True, False or empty, not {said[column][:40]!r}.")
    return known[said[column].lower()]


def led_to_action(outcome: str) -> bool:
    """Any outcome but 'no further action'. It does not say that anything was found."""
    return outcome != "" and outcome not in NOTHING


def partial_months(searches: Mapping[str, int]) -> set[str]:
    """The months of one force that hold far too few records to be whole.

    A month is partial when it has less than a third of the median of the force's other months;
    those found are set aside and the rest is looked at again, so that many partial months
    cannot hide each other. Worked out when read: a month that is published again is whole again.
    """
    whole = dict(searches)
    while True:
        small = {month for month in whole if _is_far_smaller(month, whole)}
        if not small:
            return set(searches) - set(whole)
        whole = {month: count for month, count in whole.items() if month not in small}


def _is_far_smaller(month: str, searches: Mapping[str, int]) -> bool:
    others = [count for other, count in searches.items() if other != month]
    return bool(others) and searches[month] * FAR_SMALLER < median(others)
