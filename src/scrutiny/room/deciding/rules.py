"""WHAT is put to a meeting, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from scrutiny.kit.words import N_, one_line, sentence
from scrutiny.voting.rules import Result, dissent_problem

LONGEST = 500


class Stage(StrEnum):
    PUT = "put"
    CARRIED = "carried"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


MOVES = {
    (Stage.PUT, "carried"): Stage.CARRIED,
    (Stage.PUT, "lost"): Stage.LOST,
    (Stage.PUT, "withdrawn"): Stage.WITHDRAWN,
}
STANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Stage.PUT: ("acting", N_("Put to the meeting")),
        Stage.CARRIED: ("done", N_("Carried")),
        Stage.LOST: ("no", N_("Not carried")),
        Stage.WITHDRAWN: ("no", N_("Withdrawn")),
    }
)


def outcome(result: str) -> str:
    """The move that a result makes: a tie carries nothing."""
    return "carried" if result == Result.CARRIED else "lost"


@dataclass
class DecisionForm:
    text: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        if not self.text.strip():
            return {"text": N_("Write what is put to the meeting, say: To ask the force to …")}
        if len(one_line(self.text)) > LONGEST:
            words = N_("Make this shorter: {most} characters at most.")
            return {"text": sentence(words, most=LONGEST)}
        return {}


@dataclass
class VoteForm:
    choice: str = ""


@dataclass
class DissentForm:
    dissent: str = ""
    named: str = ""
    form_key: str = ""

    def problems(self) -> dict[str, str]:
        found = {"dissent": dissent_problem(self.dissent)}
        if self.named not in ("yes", "no"):
            found["named"] = N_("Choose whether your name stands with it.")
        return {name: words for name, words in found.items() if words}
