"""WHEN minutes may move, what the document of a meeting is, and how two of them differ."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from scrutiny.kit import working_days
from scrutiny.meetings.rules import Presence, Turnout, turnout
from scrutiny.people.rules import PublicName, public_name, role_name
from scrutiny.policy import counts_for_quorum, speaks_for_police
from scrutiny.recommendations.rules import reference

DRAFT_WITHIN = 10
"""Working days from the meeting to a draft (domain.md 10.1)."""
LAST_EDITION = 99


class Stage(StrEnum):
    DRAFTING = "drafting"
    APPROVED = "approved"  # the chair bound the fingerprint of exactly this document
    PUBLISHED = "published"
    FILED = "filed"  # of a closed meeting: final, and read by the panel alone


MOVES = {
    (Stage.DRAFTING, "compiled"): Stage.DRAFTING,
    (Stage.APPROVED, "compiled"): Stage.DRAFTING,  # whoever edits undoes the approval
    (Stage.DRAFTING, "approved"): Stage.APPROVED,
    (Stage.APPROVED, "published"): Stage.PUBLISHED,
    (Stage.APPROVED, "filed"): Stage.FILED,
}
OPEN = (Stage.DRAFTING, Stage.APPROVED)
FINAL = (Stage.PUBLISHED, Stage.FILED)


class Sitting(NamedTuple):
    """One person at the meeting, with the name they chose to go by in public."""

    name: str
    choice: str
    role: str
    status: str


class Looked(NamedTuple):
    """A case as the public may know of it: never who, where or when exactly."""

    number: int
    origin: str
    power: str
    month: str


class Discussed(NamedTuple):
    title: str
    notes: str
    case: Looked | None = None


class Agreed(NamedTuple):
    number: int
    issued: date | None
    due: date | None
    title: str
    text: str
    votes_for: int
    votes_against: int
    abstained: int


@dataclass(frozen=True)
class Gathered:
    """Everything that minutes are made of, as plain values. Times are London's, as 18:30."""

    panel: str
    code: str
    force: str
    date: date
    starts: str
    ends: str
    title: str
    venue: str
    public: bool
    needed: int
    sittings: Sequence[Sitting] = ()
    items: Sequence[Discussed] = ()
    agreed: Sequence[Agreed] = ()
    next_date: date | None = None
    next_venue: str = ""
    corrections: Sequence[tuple[int, str]] = field(default=())
    """(edition, what it corrects) of this edition and those before it."""


def document(of: Gathered, edition: int) -> dict[str, Any]:
    """Minutes as data: the one source of the page, the PDF and the file. Days are ISO dates."""
    came = turnout([(one.role, one.status) for one in of.sittings], of.needed)
    return {
        "title": f"Minutes of the meeting of {said(of.date)}",
        "edition": edition,
        "panel": of.panel,
        "code": of.code,
        "force": of.force,
        "meeting": {
            "title": of.title,
            "date": of.date.isoformat(),
            "starts": of.starts,
            "ends": of.ends,
            "venue": of.venue,
            "public": of.public,
        },
        "corrections": [{"edition": number, "note": note} for number, note in of.corrections],
        "present": people(of.sittings, Presence.PRESENT),
        "apologies": people(of.sittings, Presence.APOLOGIES),
        "absent": people(of.sittings, Presence.ABSENT),
        "quorum": quorum_words(came),
        "items": [_item(number, one) for number, one in enumerate(of.items, start=1)],
        "cases": [one.case._asdict() for one in of.items if one.case],
        "recommendations": [_agreed(of.code, one) for one in of.agreed],
        "closed_items": 0,
        "next_meeting": of.next_date and {"date": of.next_date.isoformat(), "venue": of.next_venue},
    }


def _item(number: int, one: Discussed) -> dict[str, Any]:
    case = one.case.number if one.case else None
    return {"number": number, "title": one.title, "case": case, "notes": one.notes}


def _agreed(code: str, one: Agreed) -> dict[str, Any]:
    return {
        "reference": reference(code, one.number, one.issued),
        "number": one.number,
        "title": one.title,
        "text": one.text,
        "for": one.votes_for,
        "against": one.votes_against,
        "abstained": one.abstained,
        "due": one.due and one.due.isoformat(),
    }


def people(sittings: Sequence[Sitting], status: str) -> list[dict[str, str]]:
    """Those with this status: the community first, then who runs the panel, the police last."""
    order = {"community": 0, "panel": 1, "police": 2}
    found = [
        {"name": _name(one), "role": role_name(one.role), "capacity": capacity(one.role)}
        for one in sittings
        if one.status == status
    ]
    return sorted(found, key=lambda one: (order[one["capacity"]], one["role"], one["name"]))


def _name(one: Sitting) -> str:
    """Police go by what they are, whatever was chosen for them."""
    choice = PublicName.ROLE if speaks_for_police(one.role) else one.choice
    return public_name(one.name, choice, one.role)


def capacity(role: str) -> str:
    if counts_for_quorum(role):
        return "community"
    return "police" if speaks_for_police(role) else "panel"


def quorum_words(came: Turnout) -> str:
    one = came.community == 1
    there = f"{came.community} community {'member was' if one else 'members were'}"
    if came.quorate:
        return f"{there} in the room and at least {came.needed} had to be, so there was a quorum."
    return (
        f"{there} in the room and at least {came.needed} had to be, so there was no quorum. "
        "The meeting could talk, but it could not agree anything."
    )


def said(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def canonical(document: Mapping[str, Any]) -> str:
    """The document as JSON: sorted keys, no spaces, UTF-8. The same minutes, the same text."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(data: bytes) -> str:
    """SHA-256 in hexadecimal: of the canonical document, or of a PDF."""
    return hashlib.sha256(data).hexdigest()


class Seen(NamedTuple):
    """Which edition somebody looked at, and how often it had been saved; nought for none."""

    edition: int = 0
    version: int = 0


def seen_in(typed: str) -> Seen:
    """What a form carries, as "2.5". Anything else is an edition that nobody has seen."""
    edition, _, version = typed.partition(".")
    numbers = [part for part in (edition, version) if part.isascii() and part.isdecimal()]
    return Seen(int(edition[:9]), int(version[:9])) if len(numbers) == 2 else Seen(-1, -1)


PARTS = {
    "meeting": "When and where it was",
    "present": "Who was there",
    "apologies": "Who sent apologies",
    "absent": "Who was absent",
    "quorum": "Whether there was a quorum",
    "recommendations": "What was agreed to ask of the police",
    "corrections": "What is corrected",
}


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What differs between two documents of one meeting, in words, as a reader goes down the page.

    Later days, such as by when an answer is asked for or when the panel meets next, come by
    themselves and are no edit.
    """
    found = [words for part, words in PARTS.items() if _fixed(old, part) != _fixed(new, part)]
    before, after = ({one["number"]: one for one in doc["items"]} for doc in (old, new))
    for number in sorted(before.keys() | after.keys()):
        if before.get(number) != after.get(number):
            item = after.get(number) or before[number]
            found.append(f"Item {number}: {item['title']}")
    if old["cases"] != new["cases"] and not any(one.startswith("Item") for one in found):
        found.append("Cases looked at")
    return found


def _fixed(document: Mapping[str, Any], part: str) -> Any:
    if part != "recommendations":
        return document[part]
    lasting = ("number", "title", "text", "for", "against", "abstained")
    return [[one[name] for name in lasting] for one in document[part]]


def unnoted(document: Mapping[str, Any]) -> list[str]:
    """The items on which nothing was written down."""
    return [one["title"] for one in document["items"] if not one["notes"].strip()]


def draft_due(held: date) -> date:
    """The last of ten working days after the meeting, its own day not counted."""
    return working_days.add_working_days(held, DRAFT_WITHIN)
