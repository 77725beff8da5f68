"""Answers are added to counts, and nothing else is kept of them."""

from datetime import date

import pytest
from conftest import run

from scrutiny.concerns.equality.actions import count
from scrutiny.concerns.equality.rules import QUESTIONS
from scrutiny.concerns.equality.tables import EqualityCount
from scrutiny.kit.db import write_tx
from scrutiny.record.tables import Event

DAY = date(2025, 5, 17)


async def counted(panel, answers, day=DAY, times=1):
    for _ in range(times):
        async with write_tx():
            await count(panel, answers, day)


def kept(panel):
    found = run(
        EqualityCount.select()
        .where((EqualityCount.panel == panel.id) & (EqualityCount.people > 0))
        .order_by(EqualityCount.quarter, EqualityCount.question, EqualityCount.answer)
        .run()
    )
    return [(row["quarter"], row["question"], row["answer"], row["people"]) for row in found]


def test_answers_only_add_to_counts_of_their_quarter(cast):
    run(counted(cast.lambeth, {"age": "18_24", "care": "unsaid"}))
    run(counted(cast.lambeth, {"age": "18_24", "ethnicity": "W4"}, date(2025, 6, 30)))
    run(counted(cast.lambeth, {"age": "18_24"}, date(2025, 7, 1)))
    assert kept(cast.lambeth) == [
        (date(2025, 4, 1), "age", "18_24", 2),
        (date(2025, 4, 1), "care", "unsaid", 1),
        (date(2025, 4, 1), "ethnicity", "W4", 1),
        (date(2025, 7, 1), "age", "18_24", 1),
    ]
    assert kept(cast.hackney) == []


def test_nothing_says_whose_answer_it_was(cast):
    before = len(run(Event.select().run()))
    run(counted(cast.lambeth, {"age": "18_24"}))
    assert len(run(Event.select().run())) == before
    names = {column._meta.name for column in EqualityCount._meta.columns}
    assert names == {"id", "panel", "quarter", "question", "answer", "people"}


def test_the_first_answer_of_a_quarter_opens_all_counts_at_once(cast):
    run(counted(cast.lambeth, {"faith": "sikh"}))
    assert len(run(EqualityCount.select().run())) == sum(
        len(one.options) for one in QUESTIONS.values()
    )


def test_what_was_not_offered_is_passed_over(cast):
    run(counted(cast.lambeth, {"age": "older than time", "shoe": "42", "sex": ""}))
    assert kept(cast.lambeth) == []
    assert len(run(EqualityCount.select().run())) == 0


def test_it_belongs_to_a_transaction(cast):
    with pytest.raises(RuntimeError):
        run(count(cast.lambeth, {"age": "18_24"}, DAY))
