"""What the forms of editing carry: the words on each item, and with which version they began."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from scrutiny.agendas.rules import LONGEST_NOTES
from scrutiny.agendas.tables import Item
from scrutiny.kit.words import N_, Sentence, many_lines, sentence
from scrutiny.meetings.plan import seen_version
from scrutiny.minutes.editing.actions import Typed

TOO_LONG = N_("Make this shorter: {most:,} characters at most.")


def too_long(text: str) -> Sentence | None:
    if len(many_lines(text)) <= LONGEST_NOTES:
        return None
    return sentence(TOO_LONG, most=LONGEST_NOTES)


@dataclass
class EditForm:
    notes: dict[UUID, str] = field(default_factory=dict)  # agenda item -> words
    began: dict[UUID, int] = field(default_factory=dict)  # agenda item -> its version
    voids: str = ""
    preview: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        found = {f"notes-{item}": too_long(words) for item, words in self.notes.items()}
        return {name: said for name, said in found.items() if said}

    def typed(self) -> dict[UUID, Typed]:
        return {item: Typed(words, self.began[item]) for item, words in self.notes.items()}


@dataclass
class KeepForm:
    text: str = ""
    version: str = ""


@dataclass
class RestoreForm:
    seen: str = ""
    voids: str = ""
    form_key: str = ""


def sent(data: Mapping[str, object], items: Sequence[Item]) -> EditForm:
    """What was sent. An item that was not sent is left as it is."""
    there = [one for one in items if f"notes-{one.id}" in data]
    return EditForm(
        notes={one.id: str(data[f"notes-{one.id}"]) for one in there},
        began={one.id: seen_version(data.get(f"version-{one.id}"), one.version) for one in there},
        voids=str(data.get("voids", "")),
        preview=str(data.get("preview", "")),
        form_key=str(data.get("form_key", "")),
    )


def stored(items: Sequence[Item]) -> EditForm:
    """The form filled in with how things stand."""
    return EditForm({one.id: one.notes for one in items}, {one.id: one.version for one in items})
