"""WHEN an action may move, who says that it is done, and how its age is told (domain.md 6.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from scrutiny.kit.words import N_, many_lines, one_line, sentence
from scrutiny.people.rules import role_name
from scrutiny.policy import Role, counts_for_quorum, speaks_for_police

LONGEST_TEXT, LONGEST_ROLE, LONGEST_REPORT = 500, 120, 4000
FARTHEST = timedelta(days=1096)
ENOUGH = 2
"""Carried over so often, an action is offered to be made a recommendation."""


class Stage(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    REPORTED = "reported_done"  # its owner says so; the meeting has not looked yet
    DISCHARGED = "discharged"
    WITHDRAWN = "withdrawn"
    CONVERTED = "converted_to_recommendation"


MOVES = {
    (Stage.OPEN, "started"): Stage.IN_PROGRESS,
    (Stage.OPEN, "reported"): Stage.REPORTED,
    (Stage.IN_PROGRESS, "reported"): Stage.REPORTED,
    (Stage.REPORTED, "discharged"): Stage.DISCHARGED,
    (Stage.REPORTED, "not_accepted"): Stage.IN_PROGRESS,
    (Stage.OPEN, "withdrawn"): Stage.WITHDRAWN,
    (Stage.IN_PROGRESS, "withdrawn"): Stage.WITHDRAWN,
    (Stage.OPEN, "converted"): Stage.CONVERTED,
    (Stage.IN_PROGRESS, "converted"): Stage.CONVERTED,
    (Stage.REPORTED, "converted"): Stage.CONVERTED,
}
UNDONE = (Stage.OPEN, Stage.IN_PROGRESS, Stage.REPORTED)
STANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Stage.OPEN: ("wait", N_("Open")),
        Stage.IN_PROGRESS: ("acting", N_("Under way")),
        Stage.REPORTED: ("acting", N_("Reported done, not checked yet")),
        Stage.DISCHARGED: ("done", N_("Done: the meeting agreed")),
        Stage.WITHDRAWN: ("no", N_("Withdrawn")),
        Stage.CONVERTED: ("no", N_("Became a recommendation")),
    }
)
LATE = ("late", N_("Overdue"))
SIDES: Mapping[str, str] = MappingProxyType(
    {
        "panel": N_("The panel"),
        "police": N_("The police"),
        "lpb": N_("The local policing body"),
        "secretariat": N_("The secretariat"),
        "other": N_("Somebody else"),
    }
)
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "raised": N_("Raised"),
        "note": N_("News"),
        "changed": N_("Changed"),
        "reported": N_("Reported done"),
        "not_accepted": N_("The meeting did not accept that it is done"),
        "carried": N_("Carried over"),
        "discharged": N_("The meeting agreed that it is done"),
        "withdrawn": N_("Withdrawn"),
        "converted": N_("Became a recommendation"),
    }
)


def is_overdue(stage: str, due: date | None, today: date) -> bool:
    return stage in UNDONE and stage != Stage.REPORTED and due is not None and due < today


def standing(stage: str, due: date | None, today: date) -> tuple[str, str]:
    """(kind of badge, words): how it stands today."""
    return LATE if is_overdue(stage, due, today) else STANDS[stage]


def age(raised: date, ended: date | None, today: date) -> int:
    """Whole days from the meeting that raised it until it ended, or until today."""
    return max(0, ((ended or today) - raised).days)


def age_words(days: int) -> str:
    """In days up to a month, in weeks up to half a year, in months from then on."""
    if days < 31:
        return sentence(N_("{n} days old"), n=days)
    if days < 183:
        return sentence(N_("{n} weeks old"), n=days // 7)
    return sentence(N_("{n} months old"), n=days * 12 // 365)


def may_convert(stage: str, carried: int) -> bool:
    """Whether it was left open so often that it is offered to become a recommendation."""
    return carried >= ENOUGH and (stage, "converted") in MOVES


def may_report(person: object, owner: object, side: str, *, police: bool, convenes: bool) -> bool:
    """Its owner; any officer for what the police promised; whoever runs the panel, as told."""
    return convenes or (owner is not None and person == owner) or (side == "police" and police)


def spoken_owner(typed: str) -> str:
    """Whose it is, in words: the code of one of our own roles, as a file may have it, is spelt
    out; anything else stands as it was typed."""
    return role_name(typed) if typed in set(Role) else typed


def text_problem(typed: str) -> str:
    if not typed.strip():
        return N_("Say what is to be done.")
    if len(one_line(typed)) > LONGEST_TEXT:
        return sentence(N_("Make this shorter: {n} characters at most."), n=LONGEST_TEXT)
    return ""


def day_of(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def due_problem(typed: str, today: date, before: date | None = None) -> str:
    """By when it is to be done may be left open; a day that has passed may stay on a change, as
    `before`, but nobody is given one."""
    if not typed.strip():
        return ""
    found = day_of(typed)
    if found is None:
        return N_("Enter the day by when, for example 2026-03-14, or leave it empty.")
    if not today - FARTHEST <= found <= today + FARTHEST:
        return N_("That day is more than three years away.")
    if found < today and found != before:
        return N_("That day has passed. Choose today or a later day, or leave it empty.")
    return ""


def side_of(role: str) -> str:
    """Whose it is to do, from the seat of whoever does it."""
    if speaks_for_police(role):
        return "police"
    return "panel" if counts_for_quorum(role) else "secretariat"


@dataclass
class ActionForm:
    """What is to be done, by whom and by when. `owner` is a seat, or empty with a side alone."""

    text: str = ""
    side: str = ""
    owner: str = ""
    owner_role: str = ""
    due: str = ""
    meeting: str = ""
    version: str = ""
    form_key: str = ""

    def problems(self, today: date, before: date | None = None) -> dict[str, str]:
        """`before`: the day it was due, where one is changed."""
        found = {"text": text_problem(self.text), "due": due_problem(self.due, today, before)}
        told = self.side in SIDES or (self.owner and not self.side)  # an owner is of a side
        found["side"] = "" if told else N_("Choose whose it is to do, or who does it.")
        if len(self.owner_role) > LONGEST_ROLE:
            found["owner_role"] = sentence(
                N_("Make this shorter: {n} characters at most."), n=LONGEST_ROLE
            )
        return {name: words for name, words in found.items() if words}


@dataclass
class ReportForm:
    text: str = ""
    done: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        if not self.text.strip():
            return {"text": N_("Say what was done, so that the meeting can judge it.")}
        if len(many_lines(self.text)) > LONGEST_REPORT:
            words = N_("Make this shorter: {n} characters at most.")
            return {"text": sentence(words, n=LONGEST_REPORT)}
        return {}


@dataclass
class DecisionForm:
    verdict: str = ""
    text: str = ""
    version: str = ""

    def problems(self, open_to: frozenset[str]) -> dict[str, str]:
        found = {}
        if self.verdict not in open_to:
            found["verdict"] = N_("Choose what the meeting agreed.")
        if self.verdict in ("not_accepted", "withdrawn") and not self.text.strip():
            found["text"] = N_("Say why, in words that everybody may read.")
        if len(many_lines(self.text)) > LONGEST_REPORT:
            words = N_("Make this shorter: {n} characters at most.")
            found["text"] = sentence(words, n=LONGEST_REPORT)
        return found
