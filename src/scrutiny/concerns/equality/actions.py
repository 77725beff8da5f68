"""Counting who is heard from."""

from collections.abc import Mapping
from datetime import date
from uuid import uuid4

from scrutiny.concerns.equality.rules import QUESTIONS, countable, quarter_of
from scrutiny.concerns.equality.tables import EqualityCount
from scrutiny.kit.db import keep, write_sql
from scrutiny.people.tables import Panel

ONE_MORE = """
UPDATE equality_count SET people = people + 1
WHERE panel = {} AND quarter = {} AND question = {} AND answer = {} RETURNING id
"""


async def count(panel: Panel, answers: Mapping[str, str], day: date) -> None:
    """Add one to each answer (question -> answer), inside write_tx().

    What was not asked, or was answered with nothing that was offered, is passed over. There is no
    record of it and no way back: nothing stored says whose answer it was.
    """
    quarter = quarter_of(day)
    for question, answer in countable(answers).items():
        if not await write_sql(ONE_MORE, panel.id, quarter, question, answer):
            await _begin(panel, quarter)
            await write_sql(ONE_MORE, panel.id, quarter, question, answer)


async def _begin(panel: Panel, quarter: date) -> None:
    """All counts of a quarter at once, at nought: their order in the file then tells nothing."""
    for question, asked in QUESTIONS.items():
        for answer in asked.options:
            row = EqualityCount(
                id=uuid4(), panel=panel.id, quarter=quarter, question=question, answer=answer
            )
            await keep(row, unless_there=True)
