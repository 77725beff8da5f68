"""WHEN minutes may move, what the document of a meeting is, and how two of them differ."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.kit.errors import Missing
from scrutiny.meetings.rules import CAME, Presence, turnout
from scrutiny.minutes import parts
from scrutiny.minutes.parts import Gathered

LAST_EDITION = 99


class Stage(StrEnum):
    DRAFTING = "drafting"
    CHAIR_REVIEW = "chair_review"
    CIRCULATED = "circulated"  # everybody at the table may suggest corrections
    APPROVED = "approved"  # at a meeting or in writing: the fingerprint of exactly this document
    CLEARED = "cleared"  # a second person read exactly these bytes as the public will
    RELEASING = "releasing"  # goes out when the hold is over, and can be called back until then
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"  # by order of law: a page that says so stays
    FILED = "filed"  # of a closed meeting: final, and read by the panel alone


S = Stage
MOVES = {
    (S.DRAFTING, "compiled"): S.DRAFTING,
    (S.CHAIR_REVIEW, "compiled"): S.CHAIR_REVIEW,
    (S.CIRCULATED, "compiled"): S.CIRCULATED,
    (S.APPROVED, "compiled"): S.CIRCULATED,  # whoever edits undoes the approval
    (S.CLEARED, "compiled"): S.CIRCULATED,
    (S.DRAFTING, "sent"): S.CHAIR_REVIEW,
    (S.CHAIR_REVIEW, "given_back"): S.DRAFTING,
    (S.CHAIR_REVIEW, "circulated"): S.CIRCULATED,
    (S.CIRCULATED, "approved"): S.APPROVED,
    (S.APPROVED, "cleared"): S.CLEARED,
    (S.APPROVED, "filed"): S.FILED,
    (S.CLEARED, "released"): S.RELEASING,
    (S.RELEASING, "called_back"): S.CLEARED,
    (S.RELEASING, "published"): S.PUBLISHED,
    (S.PUBLISHED, "withdrawn"): S.WITHDRAWN,
}
"""The states of domain.md 6.7. A draft shown to the public is a copy kept beside the row."""
OPEN = (S.DRAFTING, S.CHAIR_REVIEW, S.CIRCULATED, S.APPROVED, S.CLEARED, S.RELEASING)
FINAL = (S.PUBLISHED, S.WITHDRAWN, S.FILED)
SEEN_BY_THE_TABLE = (S.CIRCULATED, S.APPROVED, S.CLEARED, S.RELEASING)
SEEN_BY_CLEARERS = (S.APPROVED, S.CLEARED, S.RELEASING)
VOIDED = (S.APPROVED, S.CLEARED)

ACCURACY_WINDOW = 5
"""Working days for suggestions before a meeting may approve what was circulated to it."""
IN_WRITING_AFTER = 10
"""Working days after circulation (domain.md 6.7) from which signatures approve instead."""
SIGNATURES = 3
"""Whoever chairs and two members."""


def document(of: Gathered, edition: int) -> dict[str, Any]:
    """Minutes as data: the one source of the page, the PDF and the file. Days are ISO dates.

    Nothing of a closed item is in it but how many there were and why.
    """
    came = turnout([(one.role, one.status) for one in of.sittings], of.needed)
    return {
        "schema": parts.SCHEMA,
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
        "chair": parts.chair(of.sittings),
        "present": parts.people(of.sittings, *CAME),
        "apologies": parts.people(of.sittings, Presence.APOLOGIES),
        "absent": parts.people(of.sittings, Presence.ABSENT),
        "quorum": parts.quorum_words(came, of.quorate),
        "items": [parts.item(str(at), one) for at, one in enumerate(of.items, start=1)],
        "actions": [parts.action(one) for one in of.raised],
        "questions": [one._asdict() for one in of.asked],
        "cases": [one.case._asdict() for one in of.items if one.case],
        "recommendations": [parts.agreed(of.code, one) for one in of.agreed],
        "closed": [{"reason": why, "items": n} for why, n in sorted(of.closed.items())],
        "closed_items": sum(of.closed.values()),
        "next_meeting": of.next_date and {"date": of.next_date.isoformat(), "venue": of.next_venue},
    }


class Gone(NamedTuple):
    """What is not there for somebody who takes no part in it."""

    items: frozenset[UUID] = frozenset()
    recommendations: frozenset[int] = frozenset()
    questions: frozenset[int] = frozenset()


def without(document: Mapping[str, Any], ids: Sequence[UUID], gone: Gone) -> dict[str, Any]:
    """The document as far as it is there for this reader; `ids`: the item behind each of its own.

    Raises Missing when it is not known which items they are.
    """
    items = document["items"]
    if len(ids) != len(items):
        raise Missing("These minutes are about something in which you take no part.")
    left = [one for one, known in zip(items, ids, strict=True) if known not in gone.items]
    cases = {one["case"] for one in left}
    asked, questions = document["recommendations"], document.get("questions", [])
    return {
        **document,
        "items": left,
        "cases": [one for one in document["cases"] if one["number"] in cases],
        "recommendations": [one for one in asked if one["number"] not in gone.recommendations],
        "questions": [one for one in questions if one["number"] not in gone.questions],
    }


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
    "chair": "Who took the chair",
    "present": "Who was there",
    "apologies": "Who sent apologies",
    "absent": "Who was absent",
    "quorum": "Whether there was a quorum",
    "actions": "What else is to be done",
    "questions": "What residents asked",
    "recommendations": "What was agreed to ask of the police",
    "closed": "What was taken in closed session",
    "corrections": "What is corrected",
}
LASTING = {
    "recommendations": ("number", "title", "text", "for", "against", "abstained"),
    "questions": ("number", "name", "text"),
}
BLANK_ITEM = {"section": False, "declarations": [], "decisions": [], "actions": []}
HOURS = ("starts", "ends")
BLANK_PERSON = {"how": ""}
"""What the first minutes did not have."""


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What differs between two documents of one meeting, in words, as a reader goes down the page.

    Later days, such as by when an answer is asked for or when the panel meets next, come by
    themselves and are no edit; nor is a part that minutes did not have yet when the old one
    was written.
    """
    told = {part: words for part, words in PARTS.items() if part in old and part in new}
    found = [words for part, words in told.items() if _fixed(old, part) != _fixed(new, part)]
    before, after = _items(old), _items(new)
    for number in sorted(before.keys() | after.keys(), key=in_order):
        if before.get(number) != after.get(number):
            item = after.get(number) or before[number]
            found.append(f"Item {number}: {item['title']}")
    if old["cases"] != new["cases"] and not any(one.startswith("Item") for one in found):
        found.append("Cases looked at")
    return found


def in_order(number: str) -> list[int]:
    """1.2 before 1.10."""
    return [int(part) for part in number.split(".")]


def _items(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """By number, which the first minutes had as 1 and later ones have as "1"."""
    found = [{**BLANK_ITEM, **one, "number": str(one["number"])} for one in document["items"]]
    return {one["number"]: one for one in found}


def _fixed(document: Mapping[str, Any], part: str) -> Any:
    if part == "meeting":  # its hours come from the room, which the first minutes did not ask
        return {name: told for name, told in document[part].items() if name not in HOURS}
    if part == "quorum":
        return document[part].partition(parts.FOR_A_TIME)[0]
    if part == "present":
        return [{**BLANK_PERSON, **one} for one in document[part]]
    if part not in LASTING:
        return document[part]
    return [[one[name] for name in LASTING[part]] for one in document[part]]


def unnoted(document: Mapping[str, Any]) -> list[str]:
    """The items on which nothing was written down."""
    return [
        one["title"]
        for one in document["items"]
        if not one["notes"].strip() and not one.get("section")
    ]
