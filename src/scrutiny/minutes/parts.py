"""What minutes are made of, part by part: the meeting's rows as plain values, and as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.meetings.rules import CAME, Mode, Presence, Turnout
from scrutiny.people.rules import PublicName, public_name, role_name
from scrutiny.policy import counts_for_quorum, rank_in_the_chair, speaks_for_police
from scrutiny.recommendations.rules import reference
from scrutiny.voting.rules import METHODS, OUTCOMES

SCHEMA = "scrutiny-minutes-1"
"""What a document of minutes follows: schema-1.json beside this file, published at
/minutes/schema.json. The first minutes do not name it and follow it all the same."""


class Sitting(NamedTuple):
    """One person at the meeting, with the name they chose to go by in public."""

    name: str
    choice: str
    role: str
    status: str
    mode: str = Mode.IN_PERSON
    chosen: int = 0  # 1 for whoever was put in the chair for the day


class Looked(NamedTuple):
    """A case as the public may know of it: never who, where or when exactly."""

    number: int
    origin: str
    power: str
    month: str


class Decided(NamedTuple):
    """What was put to the meeting and what came of it, under which quorum."""

    text: str
    method: str
    result: str
    counts: Mapping[str, int]
    present: int
    needed: int
    dissents: Sequence[tuple[str, str]] = ()  # (name or nothing, their words)


class Raised(NamedTuple):
    """An action; its owner is named by role."""

    number: int
    text: str
    owner: str
    due: date | None = None


class Asked(NamedTuple):
    """A question that a resident put to the meeting."""

    number: int
    name: str
    text: str
    answer: str = ""


class Discussed(NamedTuple):
    title: str
    notes: str
    case: Looked | None = None
    number: str = ""
    section: bool = False
    declared: Sequence[str] = ()
    decided: Sequence[Decided] = ()
    raised: Sequence[Raised] = ()


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
    """Everything that minutes are made of, as plain values. Times are London's, as 18:30: when it
    was held as the room knows it, and as it was planned where the room does not."""

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
    quorate: Sequence[tuple[str, str]] = ()  # from when until when, where the room knows
    sittings: Sequence[Sitting] = ()
    items: Sequence[Discussed] = ()
    ids: Sequence[UUID] = ()
    """The agenda item behind each of `items`: kept beside the document, never in it."""
    raised: Sequence[Raised] = ()  # on no item
    asked: Sequence[Asked] = ()
    closed: Mapping[str, int] = field(default_factory=dict)  # reason in words -> how many items
    agreed: Sequence[Agreed] = ()
    next_date: date | None = None
    next_venue: str = ""
    corrections: Sequence[tuple[int, str]] = field(default=())
    """(edition, what it corrects) of this edition and those before it."""


def item(number: str, one: Discussed) -> dict[str, Any]:
    return {
        "number": one.number or number,
        "title": one.title,
        "section": one.section,
        "case": one.case.number if one.case else None,
        "notes": one.notes,
        "declarations": list(one.declared),
        "decisions": [decision(each) for each in one.decided],
        "actions": [action(each) for each in one.raised],
    }


def decision(one: Decided) -> dict[str, Any]:
    """The result and the way of voting in words, as everything a reader needs is in the data."""
    return {
        "text": one.text,
        "result": OUTCOMES[one.result],
        "method": METHODS[one.method],
        "for": one.counts.get("for", 0),
        "against": one.counts.get("against", 0),
        "abstained": one.counts.get("abstain", 0),
        "present": one.present,
        "needed": one.needed,
        "dissents": [{"name": name, "text": words} for name, words in one.dissents],
    }


def action(one: Raised) -> dict[str, Any]:
    due = one.due and one.due.isoformat()
    return {"number": one.number, "text": one.text, "owner": one.owner, "due": due}


def agreed(code: str, one: Agreed) -> dict[str, Any]:
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


def people(sittings: Sequence[Sitting], *statuses: str) -> list[dict[str, str]]:
    """Those with one of these statuses: the community first, then the panel's office, the police
    last."""
    order = {"community": 0, "panel": 1, "police": 2}
    found = [_person(one) for one in sittings if one.status in statuses]
    return sorted(found, key=lambda one: (order[one["capacity"]], one["role"], one["name"]))


def _person(one: Sitting) -> dict[str, str]:
    who = {"name": _name(one), "role": role_name(one.role), "capacity": capacity(one.role)}
    return who | ({"how": how_they_came(one.status, one.mode)} if one.status in CAME else {})


def _name(one: Sitting) -> str:
    """Police go by what they are, whatever was chosen for them."""
    choice = PublicName.ROLE if speaks_for_police(one.role) else one.choice
    return public_name(one.name, choice, one.role)


def how_they_came(status: str, mode: str) -> str:
    """Nothing for whoever was in the room from beginning to end."""
    when = {Presence.JOINED_LATE: "came late", Presence.LEFT_EARLY: "left early"}.get(status)
    where = {Mode.ONLINE: "online", Mode.PHONE: "by phone"}.get(mode)
    words = ", ".join(one for one in (when, where) if one)
    return words[:1].upper() + words[1:]


def chair(sittings: Sequence[Sitting]) -> str:
    """Of those who came whoever was chosen for the day, else the chair, else who stands in."""
    came = [one for one in sittings if one.status in CAME]
    ranked = [one for one in came if one.chosen or rank_in_the_chair(one.role) is not None]
    first = min(ranked, key=lambda one: (-one.chosen, rank_in_the_chair(one.role)), default=None)
    return _name(first) if first else ""


def capacity(role: str) -> str:
    if counts_for_quorum(role):
        return "community"
    return "police" if speaks_for_police(role) else "panel"


def quorum_words(came: Turnout, quorate: Sequence[tuple[str, str]] = ()) -> str:
    """How it stood at the end, and since when otherwise: `quorate` is while there was one."""
    return f"{_at_the_end(came)}{_for_a_time(came.quorate, quorate)}"


FOR_A_TIME = " For a time there was "


def _for_a_time(at_the_end: bool, quorate: Sequence[tuple[str, str]]) -> str:
    if not at_the_end:
        return f"{FOR_A_TIME}one: {_between(quorate)}." if quorate else ""
    gaps = [(one[1], two[0]) for one, two in pairwise(quorate) if one[1] != two[0]]
    return f"{FOR_A_TIME}none: {_between(gaps)}." if gaps else ""


def _between(spans: Sequence[tuple[str, str]]) -> str:
    return " and ".join(f"from {since} to {until}" for since, until in spans)


def _at_the_end(came: Turnout) -> str:
    one = came.community == 1
    there = f"{came.community} community {'member was' if one else 'members were'}"
    if came.quorate:
        return f"{there} in the room and at least {came.needed} had to be, so there was a quorum."
    return (
        f"{there} in the room and at least {came.needed} had to be, so there was no quorum. "
        "The meeting could talk, but it could not agree anything."
    )
