"""Reads of residents' questions: what is published, what waits, and one's own by its code."""

import json
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from scrutiny.agendas.access import Reader
from scrutiny.agendas.questions.rules import PUBLISHED, Stage
from scrutiny.agendas.questions.tables import Question
from scrutiny.agendas.rules import Line, lines_of
from scrutiny.agendas.tables import Agenda
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.kit.seal import keys, unseal
from scrutiny.kit.tokens import clean_receipt, keyed_hash
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel

PAGE = 50
NOT_THERE = "There is no such question."


@dataclass(frozen=True)
class Sent:
    """What a resident sent, as it was sealed."""

    words: str
    name: str
    email: str


class After(NamedTuple):
    """Where a page begins: after the last one of the page before."""

    day: date
    known: UUID


def code_hash(typed: str) -> str:
    """The keyed hash under which a question is found; of what is no code at all, none has it."""
    found = clean_receipt(typed) or f"not a code|{typed}"
    return keyed_hash(keys().pepper, "question", found)


def place(known: UUID) -> str:
    """The context of its seal."""
    return f"question|{known}"


def opened(question: Question) -> Sent:
    """Raises Unreadable when it was sealed for another row."""
    return Sent(**json.loads(unseal(bytes(question.sealed), place(question.id))))


async def by_code(typed: str) -> Question | None:
    """With its meeting and panel. One look, whatever was typed."""
    return await (
        Question.objects(Question.meeting, Question.meeting.panel)
        .where(Question.code_hash == code_hash(typed))
        .first()
    )


async def questions_of(meeting: Meeting) -> list[Question]:
    """Those published, in the order of their numbers: what minutes and pages may show."""
    return await (
        Question.objects()
        .where((Question.meeting == meeting.id) & Question.stage.is_in(list(PUBLISHED)))
        .order_by(Question.number)
    )


async def published_for(reader: Reader, meeting: Meeting) -> list[Question]:
    """The same without those about an item that is gone for this reader."""
    found = await questions_of(meeting)
    return [one for one in found if one.item not in reader.recused]


def visible_to(reader: Reader, panel: Panel):
    """Every question of the panel but those about an item that is gone for this reader."""
    found = Question.objects(Question.meeting).where(Question.meeting.panel == panel.id)
    if reader.recused:
        there = Question.item.is_null() | Question.item.not_in(list(reader.recused))
        found = found.where(there)
    return found


async def waiting(
    reader: Reader, panel: Panel, stage: str, after: After | None = None
) -> list[Question]:
    """One page and one more at this stage, the longest waiting first; a flood's come last."""
    found = visible_to(reader, panel).where(Question.stage == stage)
    if after is not None:
        later = (Question.asked == after.day) & (Question.id > after.known)
        found = found.where((Question.asked > after.day) | later)
    return await found.order_by(Question.asked, Question.id).limit(PAGE + 1)


async def find(reader: Reader, panel: Panel, known: UUID | None) -> Question:
    found = await visible_to(reader, panel).where(Question.id == known).first() if known else None
    if found is None:
        raise Missing(NOT_THERE)
    return found


async def open_lines(meeting: Meeting) -> dict[UUID, Line]:
    """The published lines of an agenda by the item behind each: what can be asked about."""
    found = await Agenda.objects().where(Agenda.meeting == meeting.id).first()
    if found is None or found.published is None:
        return {}
    ids = [UUID(known) for known in json.loads(found.items)]
    lines = lines_of(found.document)
    return dict(zip(ids, lines, strict=True)) if len(ids) == len(lines) else {}


WAITING = """
SELECT question.stage, count(*) AS "there [INTEGER]",
  sum(CASE WHEN question.due < {} THEN 1 ELSE 0 END) AS "late [INTEGER]"
FROM public_question question JOIN meeting ON meeting.id = question.meeting
WHERE meeting.panel = {} AND question.stage IN ('asked', 'accepted') GROUP BY question.stage"""


class Waiting(NamedTuple):
    to_read: int
    to_answer: int
    late: int


async def how_many_wait(panel: Panel, today: date) -> Waiting:
    """For whoever answers them: one query."""
    found = {row["stage"]: row for row in await rows(WAITING, today, panel.id)}
    asked, accepted = found.get(Stage.ASKED), found.get(Stage.ACCEPTED)
    return Waiting(
        int(asked["there"]) if asked else 0,
        int(accepted["there"]) if accepted else 0,
        int(accepted["late"] or 0) if accepted else 0,
    )
