"""What the form of a correction asks: what was wrong, and the rows as they should have been."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from scrutiny.agendas.rules import LONGEST_NOTES
from scrutiny.agendas.tables import Item
from scrutiny.kit.words import many_lines
from scrutiny.meetings.rules import read_roll
from scrutiny.minutes.actions import Correction
from scrutiny.minutes.queries import Sitter
from scrutiny.minutes.rules import OPEN
from scrutiny.minutes.tables import Minutes

LONGEST_NOTE = 2_000


@dataclass
class CorrectionForm:
    note: str = ""
    notes: dict[UUID, str] = field(default_factory=dict)  # agenda item -> words
    roll: dict[UUID, str] = field(default_factory=dict)  # seat -> present, apologies or absent
    replaces: str = ""  # yes: the earlier editions go away when this one is published
    seen: str = ""
    form_key: str = ""
    wrong_roll: dict[str, str] = field(default_factory=dict)

    def problems(self) -> dict[str, str]:
        found = {}
        if not self.note.strip():
            found["note"] = "Say what was wrong and what is right, in words that everybody reads."
        if len(many_lines(self.note)) > LONGEST_NOTE:
            found["note"] = f"Make this shorter: {LONGEST_NOTE:,} characters at most."
        for item, words in self.notes.items():
            if len(many_lines(words)) > LONGEST_NOTES:
                found[f"notes-{item}"] = f"Make this shorter: {LONGEST_NOTES:,} characters at most."
        return found | self.wrong_roll

    def correction(self) -> Correction:
        return Correction(self.note, self.notes, self.roll, self.replaces == "yes")


def typed(
    data: Mapping[str, object], items: Sequence[Item], roll: Sequence[Sitter]
) -> CorrectionForm:
    """What was sent. A field that was not sent leaves things as they are."""
    chosen, wrong = read_roll(
        {f"seat-{one.seat}": one.status for one in roll} | dict(data),
        {one.seat: one.name for one in roll},
    )
    return CorrectionForm(
        note=str(data.get("note", "")),
        notes={one.id: str(data.get(f"notes-{one.id}", one.notes)) for one in items},
        roll=chosen,
        replaces=str(data.get("replaces", "")),
        seen=str(data.get("seen", "")),
        form_key=str(data.get("form_key", "")),
        wrong_roll=wrong,
    )


def stored(last: Minutes, items: Sequence[Item], roll: Sequence[Sitter]) -> CorrectionForm:
    """The form filled in with how things stand."""
    return CorrectionForm(
        note=last.correction if last.stage in OPEN else "",
        notes={one.id: one.notes for one in items},
        roll={one.seat: one.status for one in roll},
        replaces="yes" if last.stage in OPEN and last.replaces else "",
        seen=f"{last.edition}.{last.version}",
    )
