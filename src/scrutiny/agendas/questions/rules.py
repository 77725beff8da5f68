"""WHEN a resident's question may move, and by when the panel promises a written answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from scrutiny.agendas.forms import too_long
from scrutiny.kit.mail import ADDRESS
from scrutiny.kit.words import N_, many_lines, one_line
from scrutiny.kit.working_days import add_working_days
from scrutiny.meetings.rules import Stage as MeetingStage

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_NAME, LONGEST_REASON = 2_000, 10_000, 60, 300
DAYS_TO_ANSWER = 20
"""Working days from the day of acceptance: a promise of the panel's, due to nobody by law."""
SOMEBODY = N_("A resident")
ASKED_WHILE = frozenset({MeetingStage.SCHEDULED})


class Stage(StrEnum):
    ASKED = "asked"  # the secretariat has not read it yet
    ACCEPTED = "accepted"  # published, and owed an answer
    REFUSED = "refused"
    ANSWERED = "answered"


MOVES = {
    (Stage.ASKED, "accepted"): Stage.ACCEPTED,
    (Stage.ASKED, "refused"): Stage.REFUSED,
    (Stage.ACCEPTED, "answered"): Stage.ANSWERED,
}
PUBLISHED = (Stage.ACCEPTED, Stage.ANSWERED)
STANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Stage.ASKED: ("wait", N_("Not read yet")),
        Stage.ACCEPTED: ("acting", N_("An answer is being written")),
        Stage.REFUSED: ("no", N_("Not taken")),
        Stage.ANSWERED: ("done", N_("Answered")),
    }
)
LATE = ("late", N_("Answer overdue"))


def may_be_asked(stage: str, public: bool) -> bool:
    """Until the meeting begins, and only of one to which the public may come."""
    return public and stage in ASKED_WHILE


def answer_due(accepted: date) -> date:
    return add_working_days(accepted, DAYS_TO_ANSWER)


def is_overdue(stage: str, due: date | None, today: date) -> bool:
    return stage == Stage.ACCEPTED and due is not None and today > due


def standing(stage: str, due: date | None, today: date) -> tuple[str, str]:
    """(kind of status, words), lateness worked out from the day."""
    return LATE if is_overdue(stage, due, today) else STANDS[stage]


@dataclass
class QuestionForm:
    """`code` is the secret one, made with the page: the same page sent twice is one question."""

    words: str = ""
    name: str = ""
    email: str = ""
    item: str = ""
    code: str = ""
    worked: str = ""

    def problems(self) -> dict[str, str]:
        found = {
            "words": too_long(self.words, LONGEST_QUESTION),
            "name": too_long(self.name, LONGEST_NAME),
            "email": "",
        }
        if not self.words.strip():
            found["words"] = N_("Write your question.")
        if self.email.strip() and not ADDRESS.match(self.email.strip()):
            found["email"] = N_("That is no e-mail address. You can leave it empty.")
        return {name: words for name, words in found.items() if words}


@dataclass
class AcceptanceForm:
    text: str = ""
    nameless: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        if not self.text.strip():
            return {"text": N_("Give the words that everybody will read.")}
        words = too_long(self.text, LONGEST_QUESTION)
        return {"text": words} if words else {}


@dataclass
class RefusalForm:
    reason: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        if not self.reason.strip():
            return {"reason": N_("Say why. Whoever asked reads this.")}
        words = too_long(self.reason, LONGEST_REASON)
        return {"reason": words} if words else {}


@dataclass
class AnswerForm:
    answer: str = ""
    version: str = ""

    def problems(self) -> dict[str, str]:
        if not self.answer.strip():
            return {"answer": N_("Write the answer.")}
        words = too_long(self.answer, LONGEST_ANSWER)
        return {"answer": words} if words else {}


@dataclass
class CodeForm:
    code: str = ""


def shown_as(name: str) -> str:
    return one_line(name) or SOMEBODY


def plain(words: str) -> str:
    return many_lines(words).strip()
