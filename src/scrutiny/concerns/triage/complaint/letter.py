"""The letter with which a complaint is handed on: what was said, and who, as far as they agreed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.triage.laid_out import details
from scrutiny.concerns.vocabulary import BANDS, BEHALF, CATEGORIES, WHOSE
from scrutiny.letters.rules import Words
from scrutiny.people.tables import Panel

CONTACTS = {
    "email": "E-mail",
    "phone": "Telephone",
    "safe_times": "Safe times to be reached",
}
ADDED = {
    "added": "they added",
    "corrected": "they corrected what they wrote",
    "answer": "they answered a question of ours",
}


class Turn(Protocol):
    """One turn of the thread: concerns.thread.turns.Turn."""

    day: date
    kind: str
    text: str


@dataclass(frozen=True)
class Told:
    """What the resident said and allows, and for whom it is."""

    reference: str
    answers: Answers
    turns: Sequence[Turn]  # theirs alone
    files: int
    given: Collection[str]  # the cells of consents.CELLS that say yes today
    to: str
    officer: str = ""  # where it need not come from the vault


def going(told: Told, contact: Mapping[str, str]) -> list[str]:
    """Which of name, contact and officer go, of `contact`: what a look has opened."""
    reachable = f"contact.{told.to}" in told.given and any(contact.get(one) for one in CONTACTS)
    goes = {
        "name": f"identity.{told.to}" in told.given and bool(contact.get("name")),
        "contact": reachable,
        "officer": bool(contact.get("officer") or told.officer),
    }
    return [one for one, yes in goes.items() if yes]


def complaint(panel: Panel, told: Told, contact: Mapping[str, str]) -> Words:
    """Of `contact`, what a look has opened, goes only what its resident allows for `told.to`."""
    lines = [
        f"{panel.name} passes on a complaint about {panel.force.name}, as the person who made it "
        "has asked. The panel is not a complaint handler, and has not looked into it.",
        f"Our reference: {told.reference}",
        *_who(panel, told, contact),
        *_what(told, contact),
        *_since(told),
        f"Please tell us that you have it, and the number you gave it, at {panel.contact}.",
    ]
    return Words(f"A complaint, passed on by {panel.name}", "\n\n".join(lines) + "\n")


def _who(panel: Panel, told: Told, contact: Mapping[str, str]) -> list[str]:
    goes, said = going(told, contact), []
    if "name" in goes:
        said.append(f"Name: {contact['name']}")
    elif f"identity.{told.to}" in told.given:
        said.append("The person has told us no name.")
    else:
        said.append("The person does not wish to give their name.")
    if "contact" in goes:
        said += [f"{words}: {contact[one]}" for one, words in CONTACTS.items() if contact.get(one)]
        return ["\n".join(said)]
    through = f"Write to them through the panel, at {panel.contact}, with our reference."
    return ["\n".join(said), f"{through} They read what you write on a page of their own."]


def _what(told: Told, contact: Mapping[str, str]) -> list[str]:
    said = told.answers
    facts = {
        "Kind": CATEGORIES.get(said.category, ""),
        "Whose experience": WHOSE.get(said.whose, ""),
        "On behalf of somebody": BEHALF.get(said.behalf, ""),
        "Day": _day(said),
        "Time of day": BANDS.get(said.band, ""),
        "Place": said.place,
        "Which police": said.force,
        "Officer's shoulder number": contact.get("officer") or told.officer,
        "Search record": said.search_ref,
        "Earlier complaint": said.complaint_ref,
        **{line.question: ", ".join(line.answers) for line in details(said)},
    }
    listed = "\n".join(f"{name}: {words}" for name, words in facts.items() if words)
    return [listed, "What they wrote:", said.words]


def _since(told: Told) -> list[str]:
    since = [f"On {_said(turn.day)} {ADDED[turn.kind]}:\n{turn.text}" for turn in told.turns]
    files = f"They sent us files ({told.files}). These are not enclosed: ask us if you need them."
    return [*since, *([files] if told.files else [])]


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _day(said: Answers) -> str:
    day = said.day()
    if day and said.is_month():
        return f"{day:%B %Y} (they do not know the day)"
    about = " (about)" if said.about else ""
    return f"{_said(day)}{about}" if day else ""
