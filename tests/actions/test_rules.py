"""Actions: what may follow what, whose word counts, and how old one is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.actions import rules
from scrutiny.actions.rules import ActionForm, DecisionForm, ReportForm, Stage

TODAY = date(2026, 3, 2)


def test_only_what_its_owner_reported_is_discharged():
    before = {stage for (stage, move) in rules.MOVES if move == "discharged"}
    assert before == {Stage.REPORTED}


def test_what_is_over_moves_no_more():
    over = {Stage.DISCHARGED, Stage.WITHDRAWN, Stage.CONVERTED}
    assert not over & {stage for stage, _ in rules.MOVES}
    assert set(rules.UNDONE) == set(Stage) - over


def test_it_is_overdue_on_the_day_after_and_not_once_reported():
    due = TODAY - timedelta(days=1)
    assert rules.is_overdue(Stage.OPEN, due, TODAY)
    assert not rules.is_overdue(Stage.OPEN, TODAY, TODAY)
    assert not rules.is_overdue(Stage.REPORTED, due, TODAY)
    assert not rules.is_overdue(Stage.OPEN, None, TODAY)
    assert rules.standing(Stage.OPEN, due, TODAY)[0] == "late"


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_is_said_in_words(stage):
    assert rules.standing(stage, None, TODAY)[1]


@given(st.integers(0, 4000), st.integers(0, 4000))
def test_age_counts_whole_days_and_never_back(lived, later):
    raised = TODAY - timedelta(days=lived)
    assert rules.age(raised, None, TODAY) == lived
    assert rules.age(raised, raised + timedelta(days=later), TODAY) == later
    assert rules.age(TODAY, raised, TODAY) == 0


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "0 days old"), (30, "30 days old"), (31, "4 weeks old"), (182, "26 weeks old"),
     (183, "6 months old"), (730, "24 months old")],
)  # fmt: skip
def test_age_is_said_as_people_say_it(days, words):
    assert str(rules.age_words(days)) == words


def test_it_may_become_a_recommendation_once_two_meetings_left_it():
    assert not rules.may_convert(Stage.OPEN, 1)
    assert rules.may_convert(Stage.OPEN, 2)
    assert not rules.may_convert(Stage.DISCHARGED, 5)


@pytest.mark.parametrize(
    ("person", "side", "police", "convenes", "may"),
    [
        ("amara", "panel", False, False, True),
        ("bilal", "panel", False, False, False),
        ("claire", "police", True, False, True),
        ("claire", "panel", True, False, False),
        ("grace", "other", False, True, True),
    ],
)
def test_who_says_that_it_is_done(person, side, police, convenes, may):
    assert rules.may_report(person, "amara", side, police=police, convenes=convenes) is may


def test_nobody_owns_what_has_no_owner():
    assert not rules.may_report(None, None, "other", police=False, convenes=False)


def test_a_form_says_all_that_is_missing_at_once():
    assert set(ActionForm(due="soon").problems(TODAY)) == {"text", "side", "due"}
    far = (TODAY + timedelta(days=2000)).isoformat()
    assert set(ActionForm(text="a", side="police", due=far).problems(TODAY)) == {"due"}
    assert ActionForm(text="Ask the force", side="police").problems(TODAY) == {}
    assert set(ActionForm(text="a" * 501, side="lpb", owner_role="b" * 121).problems(TODAY)) == {
        "text",
        "owner_role",
    }


def test_nobody_is_given_a_day_that_has_passed():
    passed = TODAY - timedelta(days=1)
    form = ActionForm(text="Ask", side="panel", due=passed.isoformat())
    assert set(form.problems(TODAY)) == {"due"}
    assert form.problems(TODAY, before=passed) == {}  # it stays where it was
    assert set(form.problems(TODAY, before=TODAY)) == {"due"}
    assert ActionForm(text="Ask", side="panel", due=TODAY.isoformat()).problems(TODAY) == {}


def test_an_owner_is_of_a_side():
    assert ActionForm(text="Ask", owner="a seat").problems(TODAY) == {}
    assert set(ActionForm(text="Ask", owner="a seat", side="x").problems(TODAY)) == {"side"}
    sides = {role: rules.side_of(role) for role in ("chair", "police_liaison", "secretariat")}
    assert sides == {"chair": "panel", "police_liaison": "police", "secretariat": "secretariat"}


def test_a_report_needs_words():
    assert ReportForm().problems() and ReportForm(text="x" * 4001).problems()
    assert ReportForm(text="We did it.").problems() == {}


def test_a_refusal_needs_a_reason():
    open_to = frozenset({"discharged", "not_accepted"})
    assert set(DecisionForm("not_accepted").problems(open_to)) == {"text"}
    assert set(DecisionForm("withdrawn", "why").problems(open_to)) == {"verdict"}
    assert DecisionForm("discharged").problems(open_to) == {}
