"""Desks without a database: whose work it is, in what order, in which words."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from scrutiny.desk import rules
from scrutiny.desk.queries import spoken
from scrutiny.desk.rooms import GROUPS, rooms
from scrutiny.desk.rules import Task, Waiting
from scrutiny.desk.work import WORK
from scrutiny.policy import ACTIVE, ON_LEAVE, ONBOARDING, Act, Role

TODAY = date(2026, 5, 14)
ANSWER = Waiting(Act.RECOMMENDATION_ANSWER, "Answer", "answers/{}", "")
REPORT = Waiting(Act.RECOMMENDATION_REPORT, "Report", "r/{}", "", unless=Act.RECOMMENDATION_ANSWER)
LOOK = Waiting(Act.SEAT_MINE, "Look", "mine", "", of=Act.INTERESTS_READ)


@dataclass
class Held:
    role: str
    stage: str = ACTIVE


@pytest.mark.parametrize(
    ("work", "seats", "waits"),
    [
        (ANSWER, [Held(Role.APPROVER)], True),
        (ANSWER, [Held(Role.CHAIR)], False),
        (ANSWER, [Held(Role.CHAIR), Held(Role.APPROVER)], True),
        (ANSWER, [Held(Role.APPROVER, ON_LEAVE)], False),
        (REPORT, [Held(Role.LIAISON)], True),
        (REPORT, [Held(Role.LIAISON), Held(Role.APPROVER)], False),
        (LOOK, [Held(Role.MEMBER, ONBOARDING)], True),
        (LOOK, [Held(Role.LIAISON)], False),
        (LOOK, [], False),
    ],
)
def test_whose_it_is(work, seats, waits):
    assert rules.waits_for(seats, work) is waits


def test_words_come_from_the_code_and_the_number_and_are_cut_where_they_are_long():
    work = Waiting(
        Act.SEAT_MINE, "", "{}", "", said="{key}: {words}, {more}", names={"dbs": "A check"}
    )
    assert rules.in_words(work, 7, "dbs", "Bilal") == "7: A check, Bilal"
    assert [rules.in_words(work, 1, n) for n in (1, 2)] == ["1 person", "2 people"]
    long = rules.in_words(work, 7, "word " * 100)
    assert len(long) == rules.LONGEST and long.endswith("w…")


def task(days: int | None) -> Task:
    return Task("", "", None, None if days is None else TODAY + timedelta(days=days))


def test_what_is_latest_comes_first_and_what_has_no_day_last():
    groups = [
        ("no day", [task(None), task(None)]),
        ("soon", [task(None), task(3)]),
        ("late", [task(40), task(-1), task(-9)]),
        ("also no day", [task(None)]),
    ]
    ordered = rules.urgent_first(groups)
    assert [title for title, _ in ordered] == ["late", "soon", "no day", "also no day"]
    assert ordered[0][1] == [task(-9), task(-1), task(40)]
    assert rules.counted(groups, TODAY) == (2, 1)


@pytest.mark.parametrize(
    ("days", "late", "soon"),
    [(-1, True, False), (0, False, True), (7, False, True), (8,) + 2 * (False,)],
)
def test_the_last_day_itself_is_in_time_and_a_week_is_soon(days, late, soon):
    due = TODAY + timedelta(days=days)
    assert (rules.is_overdue(due, TODAY), rules.is_soon(due, TODAY)) == (late, soon)
    assert not rules.is_overdue(None, TODAY) and not rules.is_soon(None, TODAY)


def test_a_query_is_bound_by_name_and_ends_at_ten():
    sql, names = spoken("SELECT 1 FROM a WHERE b = {panel} AND c IN ({seats}) AND d = {panel}")
    assert sql == "SELECT 1 FROM a WHERE b = {} AND c IN ({}) AND d = {} LIMIT 10"
    assert names == ("panel", "seats", "panel")


def test_no_kind_of_work_is_there_twice():
    titles = [work.title for work in WORK]
    assert len(titles) == len(set(titles)) > 60


def test_rooms_of_nobody_and_of_somebody_on_leave():
    assert rooms([]) == []
    away = rooms([Held(Role.CHAIR, ON_LEAVE)])
    assert [title for title, _ in away] == ["You", "Members"]
    assert set(away[1][1]) == {"seats", "terms"}


def test_every_room_is_somebodys_and_police_are_not_asked_what_they_need():
    everybody = rooms([Held(role) for role in Role])
    assert sum(len(places) for _, places in everybody) == sum(len(p) for _, p in GROUPS)
    assert set(rooms([Held(Role.LIAISON)])[0][1]) == {"seats/mine"}
