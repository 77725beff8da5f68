"""Rounds: everybody is asked, each counted once, and nothing leads from an answer to anybody."""

from datetime import timedelta

import pytest
from conftest import run

from scrutiny.composition import actions
from scrutiny.composition.tables import Answered, Count, Round
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.letters.tables import Letter
from scrutiny.record.tables import Event

HOME = "/lambeth/composition"
SAID = {"ethnicity": "B1", "age": "25_34", "sex": "woman", "disability": "unsaid"}


def rows(table):
    async def look():
        return await table.select()

    return run(look())


@pytest.fixture
def opened(cast):
    return run(actions.open_round(by=cast.seats["hana"]))


def test_every_member_is_asked_once(cast, browse):
    assert browse("hana").post(f"{HOME}/rounds").status_code == 303
    letters = [row for row in rows(Letter) if row["kind"] == "composition.opened"]
    assert len(letters) == 3  # Amara, Bilal, Chidi
    assert browse("hana").post(f"{HOME}/rounds").status_code == 409


def test_answers_are_counted_and_not_kept(cast, browse, opened):
    events = len(rows(Event))
    assert browse("bilal").post(f"{HOME}/mine", SAID).status_code == 303
    assert browse("amara").post(f"{HOME}/mine", SAID).status_code == 303
    found = {(row["question"], row["answer"]): row["count"] for row in rows(Count)}
    assert found == {(name, answer): 2 for name, answer in SAID.items()}
    assert len(rows(Event)) == events
    assert "were counted" in browse("bilal").get(f"{HOME}/mine").text


def test_nobody_is_counted_twice(cast, browse, opened):
    for _ in range(2):
        assert browse("bilal").post(f"{HOME}/mine", SAID).status_code == 303
    assert {row["count"] for row in rows(Count)} == {1}


@pytest.mark.parametrize("reader", ["grace", "claire", "sol"])
def test_only_members_are_counted(cast, browse, opened, reader):
    assert browse(reader).post(f"{HOME}/mine", SAID).status_code == 409
    assert rows(Count) == []


@pytest.mark.parametrize("reader", ["amara", "bilal", "claire", "sol"])
def test_only_custodians_open_a_round(cast, browse, reader):
    assert browse(reader).get(f"{HOME}/rounds").status_code == 403
    assert browse(reader).post(f"{HOME}/rounds").status_code == 403


def test_nothing_is_shown_while_it_is_open_nor_of_few(cast, browse, opened):
    browse("bilal").post(f"{HOME}/mine", SAID)
    assert "There are no figures yet" in browse().get(HOME).text
    run(actions.close_over(today() + timedelta(days=29)))
    assert "There are no figures yet" in browse().get(HOME).text


def test_it_closes_by_itself_and_forgets_who_answered(cast, browse, opened):
    browse("bilal").post(f"{HOME}/mine", SAID)
    for ahead, closed in ((28, 0), (29, 1), (30, 0)):
        assert run(actions.close_over(today() + timedelta(days=ahead))) == closed
    assert rows(Answered) == [] and rows(Round)[0]["stage"] == "closed"
    assert browse("chidi").post(f"{HOME}/mine", SAID).status_code == 409


def test_enough_answers_are_shown_beside_the_people_searched(cast, browse, opened):
    run(fill(opened, {"B1": 7, "W1": 6}))
    run(actions.close_over(today() + timedelta(days=29)))
    page = browse().get(HOME).text
    assert "54 %" in page and "46 %" in page
    assert "the census counts are not loaded" in page  # once, and no column of nothing
    assert "not shown</td>" not in page and "no months of searches" in page


async def fill(opened, counts):
    async with write_tx():
        for answer, count in counts.items():
            row = Count(round=opened.id, question="ethnicity", answer=answer, count=count)
            await Count.insert(row)


def test_the_next_round_waits_half_a_year(cast, browse, opened):
    run(actions.close_over(today() + timedelta(days=29)))
    answer = browse("hana").post(f"{HOME}/rounds")
    assert answer.status_code == 409 and "half a year" in answer.text
