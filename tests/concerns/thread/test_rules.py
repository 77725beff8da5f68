"""The rules of the thread: its order, the grid's history, and small numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.concerns.queries import Step
from scrutiny.concerns.rules import Stage
from scrutiny.concerns.thread.rules import (
    Change,
    Look,
    changes,
    in_order,
    is_open,
    kinds,
    looks,
    others_too,
)
from scrutiny.concerns.thread.turns import Turn

DAY = date(2026, 3, 14)


def step(by, words, day=DAY, what="concern.triaged", turn=0, role=""):
    return Step(by, day, words, "", what, turn, role)


def turn(number, by, text, day=DAY, kind="reply"):
    return Turn(number, day, by, kind, text)


def told(steps, turns):
    return [f"{line.words} {line.text}".strip() for line in in_order(steps, turns)]


def test_what_was_said_stands_with_what_was_done():
    steps = [
        step("panel", "read", turn=1),
        step("resident", "You changed what may be done with it.", what="concern.consented"),
        step("panel", "asked", turn=2),
        step("resident", "You wrote more.", what="concern.added", turn=3),
        step("panel", "linked", what="concern.linked"),
    ]
    turns = [
        turn(1, "panel", "hello"),
        turn(2, "panel", "which?"),
        turn(3, "resident", "this", kind="added"),
    ]
    assert told(steps, turns) == [
        "read hello",
        "You changed what may be done with it.",
        "asked which?",
        "Something more this",
        "linked",
    ]


def test_a_turn_that_only_repeats_its_step_is_left_out():
    assert told([step("panel", "We have it.", turn=1)], [turn(1, "panel", "We have it.")]) == [
        "We have it."
    ]


def test_a_turn_of_a_later_day_does_not_go_with_an_earlier_decision():
    later = DAY + timedelta(days=1)
    steps = [step("panel", "one"), step("panel", "two", day=later, turn=1)]
    assert told(steps, [turn(1, "panel", "reply", day=later)]) == ["one", "two reply"]


@given(st.lists(st.tuples(st.sampled_from(["panel", "resident"]), st.integers(0, 3))))
def test_no_turn_is_ever_lost_or_out_of_order(made):
    days = sorted(extra for _, extra in made)
    turns = [
        turn(n, by, f"t{n}", day=DAY + timedelta(days=day))
        for n, ((by, _), day) in enumerate(zip(made, days, strict=True), 1)
    ]
    steps = [step(one.by, "s", day=one.day, turn=one.number) for one in turns]
    shown = [line.text for line in in_order(steps, turns) if line.text]
    assert shown == [one.text for one in turns]
    days_shown = [line.day for line in in_order(steps, turns)]
    assert days_shown == sorted(days_shown)


def test_a_step_that_said_nothing_takes_no_turn_of_another():
    """A decision without words and a complaint sent on one day: each keeps its own."""
    steps = [step("panel", "taken up"), step("panel", "passed on", turn=1)]
    assert told(steps, [turn(1, "panel", "as you asked")]) == ["taken up", "passed on as you asked"]


def test_a_look_says_by_whom_and_who_agreed():
    steps = [
        step("panel", "asked", what="concern.contact_asked", role="Secretariat"),
        step("panel", "agreed", what="concern.contact_agreed", role="Data protection lead"),
        step("panel", "looked", what="concern.contact_read", role="Secretariat"),
    ]
    assert looks(steps) == [Look(DAY, "looked", "Secretariat", "Data protection lead")]


def test_changes_of_the_grid():
    def rows(version, **cells):
        return [
            {"version": version, "day": DAY, "cell": cell, "given": yes}
            for cell, yes in cells.items()
        ]

    found = [*rows(1, a=True, b=False), *rows(2, a=True, b=True), *rows(3, a=False, b=True)]
    assert changes(found) == [
        Change(DAY, ["a"], []),
        Change(DAY, ["b"], []),
        Change(DAY, [], ["a"]),
    ]
    assert changes([]) == []


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, ""), (1, ""), (2, "Others told us about this too."), (4, "Others told us about this too."),
     (5, "5 people told us about this."), (7, "7 people told us about this.")],
)  # fmt: skip
def test_small_numbers_are_said_as_others(size, said):
    assert others_too(size) == said


@pytest.mark.parametrize("stage", list(Stage))
def test_who_may_still_write(stage):
    ended = {Stage.CLOSED, Stage.WITHDRAWN, Stage.ANONYMISED, Stage.DELETED}
    assert is_open(stage) == (stage not in ended)
    assert ("answer" in kinds(stage)) == (stage == Stage.NEEDS_INFO)
