"""Who may apply, how a choice is made, how long things are kept, and what counts may be shown."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.kit.stages import open_moves
from scrutiny.kit.suppression import SMALL
from scrutiny.membership.recruitment.choosing.forms import OutcomeForm, RefusalForm
from scrutiny.membership.recruitment.equality import answered
from scrutiny.membership.recruitment.rules import (
    MOVES,
    STANDS,
    Scored,
    Sent,
    Stage,
    is_kept_too_long,
    is_open,
    may_confirm,
    months_later,
    not_eligible,
    points_problem,
    police_options,
    ranked,
    reasons_at,
    sees_scores,
)
from scrutiny.people.constitution import Eligibility
from scrutiny.people.equality import QUESTIONS, UNSAID

DAY = date(2026, 3, 31)
FITS = Sent(age="yes", connection="yes", police="never")
OLD, LAX = Eligibility(least_age=18), Eligibility(years_since_police=0)
ALONE = Eligibility(other_panels=False)


@pytest.mark.parametrize(
    ("changes", "rule", "said"),
    [
        ({}, Eligibility(), ""),
        ({"age": "no"}, OLD, "an age of 18 or more"),
        ({"connection": "no"}, OLD, "live, work or study in the area"),
        ({"police": "now"}, LAX, "Nobody who works for the police"),
        ({"police": "recent"}, OLD, "3 years since service"),
        ({"police": "recent"}, LAX, ""),
        ({"police": "past"}, OLD, ""),
        ({"other_panels": "yes"}, ALONE, "another panel about policing"),
        ({"other_panels": "yes"}, OLD, ""),
        ({"other_panels": "no"}, ALONE, ""),
    ],
)
def test_who_is_not_eligible_is_told_in_a_sentence(changes, rule, said):
    found = not_eligible(Sent(**{**FITS.__dict__, **changes}), rule)
    assert len(found) == bool(said) and said in "".join(found)


def test_nobody_is_asked_how_long_ago_where_it_does_not_matter():
    assert set(police_options(OLD)) == {"never", "past", "recent", "now"}
    assert set(police_options(LAX)) == {"never", "past", "now"}


@pytest.mark.parametrize(
    ("stage", "days", "open_now"),
    [("draft", 0, False), ("published", -1, False), ("published", 0, True),
     ("published", 9, True), ("published", 10, False), ("closed", 0, False)],
)  # fmt: skip
def test_applications_are_taken_from_the_first_day_to_the_last(stage, days, open_now):
    closes = DAY + timedelta(days=9)
    assert is_open(stage, DAY, closes, DAY + timedelta(days=days)) is open_now


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [(DAY, 6, date(2026, 9, 30)), (date(2026, 8, 31), 6, date(2027, 2, 28)),
     (date(2024, 2, 29), 12, date(2025, 2, 28)), (date(2026, 12, 1), 1, date(2027, 1, 1))],
)  # fmt: skip
def test_months_end_with_the_month(day, months, after):
    assert months_later(day, months) == after


@pytest.mark.parametrize(
    ("stage", "on", "due"),
    [("not_selected", date(2026, 9, 29), False), ("not_selected", date(2026, 9, 30), True),
     ("declined", date(2026, 9, 30), True), ("reserve", date(2026, 9, 30), False),
     ("reserve", date(2027, 3, 31), True), ("accepted", date(2030, 1, 1), False)],
)  # fmt: skip
def test_six_months_or_twelve_on_the_reserve_list(stage, on, due):
    assert is_kept_too_long(stage, DAY, on) is due
    assert is_kept_too_long(stage, None, on) is False


def test_every_stage_has_words_and_who_is_seated_or_out_stays_so():
    assert set(STANDS) == set(Stage)
    for stage in (Stage.NOT_SELECTED, Stage.ACCEPTED, Stage.DECLINED, Stage.WITHDRAWN):
        assert open_moves(MOVES, stage) == []


@pytest.mark.parametrize(
    ("reader", "scored", "sees"),
    [("a", set(), False), ("a", {"b"}, False), ("a", {"a"}, True), ("b", {"a"}, False),
     ("c", {"a"}, False), ("c", {"a", "b"}, True)],
)  # fmt: skip
def test_nobody_sees_what_others_gave_before_giving_their_own(reader, scored, sees):
    assert sees_scores(reader, ["a", "b"], scored) is sees


def test_whoever_does_not_score_waits_for_two():
    assert not sees_scores("c", ["a"], {"a"}) and not sees_scores("c", [], set())


def test_the_highest_mean_comes_first_then_the_narrower_spread():
    scored = {
        1: Scored(2, 2, (5, 5)),
        2: Scored(2, 2, (7, 8)),
        3: Scored(2, 1),
        4: Scored(2, 2, (2, 8)),
    }
    assert ranked(scored) == [2, 1, 4]
    assert scored[2].mean == Fraction(15, 2) and scored[4].spread == 6
    assert [scored[n].is_complete for n in scored] == [True, True, False, True]
    assert not Scored(1, 1, (4,)).is_complete


@pytest.mark.parametrize(
    ("first", "second", "both", "may"),
    [(("a", True), ("b", False), True, True), (("a", True), ("b", True), True, False),
     (("a", False), ("b", False), True, False), (("a", True), ("a", False), True, False),
     (("a", True), ("b", True), False, True), (("a", True), ("a", True), False, False)],
)  # fmt: skip
def test_one_of_each_side_decides_or_any_two_where_a_side_is_missing(first, second, both, may):
    assert may_confirm(first, second, both) is may


@pytest.mark.parametrize(("typed", "fits"), [("0", True), ("4", True), ("5", False), ("", False)])
def test_points_go_from_0_to_4(typed, fits):
    assert (points_problem(typed) == "") is fits


@given(st.lists(st.integers(0, 40), min_size=5, max_size=5), st.integers(0, 9))
def test_counts_of_one_to_four_are_never_shown_nor_to_be_worked_out(counts, unsaid):
    asked = QUESTIONS["age"]
    found = answered(asked, {**dict(zip(asked.answers, counts, strict=True)), UNSAID: unsaid})
    if found is None:
        return
    hidden = [name for name, count in found.counts.items() if count is None]
    assert all(count is None or count == 0 or count >= SMALL for count in found.counts.values())
    assert len(hidden) != 1 and (found.unsaid is None) == (0 < unsaid < SMALL)


@pytest.mark.parametrize(
    "counts", [(0, 0, 0, 0, 0), (3, 0, 0, 0, 0), (9, 0, 0, 0, 0), (9, 2, 0, 0, 0)]
)
def test_nothing_is_shown_of_few_or_where_all_said_the_same(counts):
    asked = QUESTIONS["age"]
    assert answered(asked, dict(zip(asked.answers, counts, strict=True))) is None


def test_nobody_misses_an_interview_before_there_is_one():
    assert "no_show" not in reasons_at(Stage.APPLIED)
    assert "no_show" in reasons_at(Stage.SHORTLISTED)
    sent = {"reason": "no_show", "feedback": "More."}
    assert "reason" in RefusalForm(**sent).problems()
    assert OutcomeForm(**sent, move="not_selected").problems() == {}
