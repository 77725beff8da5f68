"""Moves, lateness, the four public words, votes: all without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import open_moves, step
from scrutiny.recommendations import rules
from scrutiny.recommendations.rules import MOVES, ROLL_UP, Stage, Standing

DUE = date(2026, 3, 29)  # clocks go forward that night
TODAY = date(2026, 4, 10)


@pytest.mark.parametrize(
    ("stage", "today", "late"),
    [
        ("issued", date(2026, 3, 29), 0),
        ("issued", date(2026, 3, 30), 1),
        ("issued", date(2026, 4, 21), 23),
        ("responded", date(2026, 4, 21), 0),
        ("drafting", date(2026, 4, 21), 0),
    ],
)
def test_an_answer_is_late_only_after_its_day_and_only_while_awaited(stage, today, late):
    assert rules.days_late(stage, DUE, today) == late
    assert rules.is_late(stage, DUE, today) is (late > 0)


def test_without_a_day_nothing_is_late():
    assert rules.days_late("issued", None, TODAY) == 0


def test_the_road_from_a_draft_to_the_end():
    stage = "drafting"
    for move in ("agreed", "issued", "answered", "reported", "verified"):
        stage = step(MOVES, stage, move)
    assert stage == "closed_implemented"


@pytest.mark.parametrize("stage", ["closed_implemented", "closed_not_accepted"])
def test_what_is_closed_stays_closed(stage):
    assert open_moves(MOVES, stage) == []
    with pytest.raises(NotNow):
        step(MOVES, stage, "withdrawn")


@pytest.mark.parametrize(
    ("stage", "move"),
    [
        ("drafting", "issued"),
        ("agreed", "answered"),
        ("issued", "reported"),
        ("issued", "verified"),
    ],
)
def test_no_step_is_left_out(stage, move):
    assert (stage, move) not in MOVES


@pytest.mark.parametrize(
    ("stage", "answer_type", "where", "word"),
    [
        ("issued", "", "late", "no reply"),
        ("responded", "accepted_in_full", "acting", "waiting"),
        ("responded", "needs_clarification", "asked_back", "waiting"),
        ("responded", "rejected", "rejected", "rejected"),
        ("responded", "not_for_us", "rejected", "rejected"),
        ("evidence_submitted", "rejected", "reported", "waiting"),
        ("closed_implemented", "accepted_in_full", "implemented", "implemented"),
        ("closed_implemented", "accepted_in_part", "partly", "partly"),
        ("closed_not_accepted", "rejected", "rejected", "rejected"),
        ("closed_not_accepted", "accepted_in_full", "unmet", "rejected"),
        ("withdrawn_by_panel", "", "withdrawn", "withdrawn"),
    ],
)
def test_where_it_stands_and_the_word_for_the_public(stage, answer_type, where, word):
    assert rules.standing(stage, answer_type, DUE, TODAY) == where
    assert ROLL_UP[where] == word


def test_it_is_not_late_on_its_own_day():
    assert rules.standing("issued", "", DUE, DUE) == Standing.WAITING


@given(st.sampled_from(Stage), st.sampled_from(["", *rules.ANSWERS]), st.integers(-90, 90))
def test_every_standing_has_a_thread_and_a_word_once_it_is_public(stage, answer_type, days):
    where = rules.standing(stage, answer_type, DUE, DUE + timedelta(days))
    assert len(rules.thread(where, TODAY)) == 4
    assert (where in ROLL_UP) is (stage not in ("drafting", "agreed"))


@pytest.mark.parametrize(
    ("number", "issued", "said"),
    [
        (7, date(2026, 11, 22), "LAM-R-2026-07"),
        (112, date(2027, 1, 1), "LAM-R-2027-112"),
        (7, None, "LAM-R-07"),
    ],
)
def test_a_reference_is_said_with_the_year_of_issue(number, issued, said):
    assert rules.reference("LAM", number, issued) == said


def test_the_day_asked_for_is_printed_with_its_working():
    due, working = rules.answer_due(date(2026, 3, 1), 56)
    assert due == date(2026, 4, 26)
    assert working == (
        "56 days after 1 March 2026, the day of issue not counted, is 26 April 2026. "
        "This is the day the panel asks for, not one that the law sets."
    )


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 400))
def test_the_day_asked_for_is_so_many_days_after(issued, days):
    assert rules.answer_due(issued, days)[0] == issued + timedelta(days)


@pytest.mark.parametrize(
    ("votes", "present", "problem"),
    [
        ((2, 1, 0), 3, None),
        ((1, 0, 0), 3, None),
        ((2, 1, 1), 3, "votes_for"),
        ((1, 1, 1), 3, "votes_for"),
        ((0, 0, 0), 3, "votes_for"),
        ((None, 0, 0), 3, "votes_for"),
        ((2, -1, 0), 3, "votes_against"),
    ],
)
def test_a_vote_carries_with_more_for_than_against_by_people_in_the_room(votes, present, problem):
    cast = dict(zip(("votes_for", "votes_against", "abstained"), votes, strict=True))
    assert list(rules.vote_problems(cast, present)) == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("stage", "endings"),
    [
        ("drafting", ["withdrawn"]),
        ("issued", ["withdrawn"]),
        ("responded", ["verified", "not_accepted", "withdrawn"]),
        ("withdrawn_by_panel", []),
    ],
)
def test_how_it_may_end_depends_on_where_it_is(stage, endings):
    assert rules.endings(stage) == endings


def test_only_a_refusal_refuses():
    assert [kind for kind in rules.ANSWERS if rules.refuses(kind)] == ["rejected", "not_for_us"]
    assert not rules.refuses("")
