"""WHAT a resident may still do with a concern, and how its thread is put in order."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from scrutiny.concerns.rules import AGREED_TO, GONE, LOOKED, Stage
from scrutiny.kit.words import N_, Sentence, sentence
from scrutiny.stops.disparity import SMALL

RESIDENT, PANEL = "resident", "panel"
KINDS = {
    "added": N_("Something more"),
    "corrected": N_("A correction"),
    "question": N_("A question to you"),
    "answer": N_("The answer"),
    "reply": N_("A reply"),
    "outcome": N_("What became of it"),
    "message": N_("A message to you"),
}
WRITES = {
    "answer": N_("It answers the question"),
    "added": N_("It is something more"),
    "corrected": N_("It corrects what I wrote"),
}
"""What a resident may add, and how they say which it is."""
MOST_TURNS = 200
MOST_GRIDS = 50
"""So that no page, and no outbox, grows without an end. What is there can always be read."""

PUBLISHED = N_(
    "The panel has published a recommendation that came out of this. It can no longer be taken "
    "back, but you can still change what may be done with it."
)
HELD = N_("The law needs it until {day} at the latest. Then it is erased.")
TAKEN_BACK = N_("You have taken it back. Nobody works on it, and nobody on the panel can read it.")
FULL = N_("This thread is full. Please raise a new concern and say that it goes with this one.")
CLOSED = N_("It is closed, so nothing can be added. You can raise a new concern.")
NOT_ASKED = N_("Nobody is waiting for an answer now. Choose what your text is.")
NOTHING_OFFERED = N_("Nobody has offered to pass it on as a complaint.")
CHANGED = N_("This was changed a moment ago, here or in another window. Please look again.")


COMPLAINT = {
    "offered": N_("We can pass it on as a complaint, if you want."),
    "declined": N_("You said no. Nothing was passed on."),
    "consented": N_("You said yes. It has not been sent yet."),
    "sent": N_("It was sent."),
    "receipt_recorded": N_("It was sent, and they have it."),
    "outcome_known": N_("They have answered the complaint."),
}
"""How each stage of a hand-off is said to the resident."""


class Happened(Protocol):
    """A line of the trail: concerns.queries.Step."""

    by: str
    day: date
    words: str
    address: str
    what: str
    turn: int
    role: str


class Said(Protocol):
    """A turn of the thread."""

    number: int
    day: date
    by: str
    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """One line of what the resident reads: something that happened, or something that was said."""

    by: str
    day: date
    words: str  # ours, to be translated
    address: str = ""
    text: str = ""  # typed
    role: str = ""  # of whoever did it, where the resident is told that


@dataclass(frozen=True)
class Look:
    """One look at who they are: by whom, why, and who agreed."""

    day: date
    words: str
    role: str
    agreed: str


def looks(steps: Iterable[Happened]) -> list[Look]:
    """Every look there was, oldest first."""
    found, agreed = [], ""
    for step in steps:
        if step.what == AGREED_TO:
            agreed = step.role
        elif step.what == LOOKED:
            found.append(Look(step.day, step.words, step.role, agreed))
    return found


def is_open(stage: str) -> bool:
    """Whether the resident may still write."""
    return stage not in GONE and stage != Stage.CLOSED


def kinds(stage: str) -> dict[str, str]:
    """What the resident may add now."""
    if not is_open(stage):
        return {}
    asked = stage == Stage.NEEDS_INFO
    return {kind: words for kind, words in WRITES.items() if asked or kind != "answer"}


def in_order(steps: Iterable[Happened], turns: Iterable[Said]) -> list[Line]:
    """Both in the order of the record, which needs no hour: what was said stands where the record
    names its turn, as one line with what was done. What the record does not name stands by its
    number and its day.
    """
    waiting, lines = deque(turns), []
    for step in steps:
        while waiting and (waiting[0].number < step.turn or waiting[0].day < step.day):
            lines.append(_said(waiting.popleft()))
        if not waiting or waiting[0].number != step.turn:
            lines.append(Line(step.by, step.day, step.words, step.address, role=step.role))
        elif step.by == RESIDENT:
            lines.append(_said(waiting.popleft()))
        else:
            text = waiting.popleft().text
            text = "" if text == step.words else text  # triage found nothing to add
            lines.append(Line(step.by, step.day, step.words, step.address, text))
    return lines + [_said(turn) for turn in waiting]


def _said(turn: Said) -> Line:
    return Line(turn.by, turn.day, KINDS[turn.kind], text=turn.text)


@dataclass(frozen=True)
class Change:
    """What one saving of the consent grid changed."""

    day: date
    given: list[str]
    taken: list[str]


def changes(rows: Iterable[Mapping[str, Any]]) -> list[Change]:
    """What changed with each version of the grid, oldest first; rows come by version."""
    versions: dict[int, tuple[date, set[str]]] = {}
    for row in rows:
        day, given = versions.setdefault(row["version"], (row["day"], set()))
        if row["given"]:
            given.add(row["cell"])
    found, before = [], set()
    for day, given in versions.values():
        found.append(Change(day, sorted(given - before), sorted(before - given)))
        before = given
    return found


def others_too(size: int) -> Sentence | str:
    """How many people said this; nothing for one alone, and no number below five."""
    if size < 2:
        return ""
    if size < SMALL:
        return N_("Others told us about this too.")
    return sentence(N_("{n} people told us about this."), n=size)
