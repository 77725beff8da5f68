"""Composition: nobody on a panel can be picked out of its figures, from one round or from two."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny.composition import rules
from scrutiny.concerns.equality.rules import UNSAID
from scrutiny.stops.rules import GROUPS

panels = st.fixed_dictionaries({group: st.integers(0, 12) for group in GROUPS})
codes = st.sampled_from(list(rules.QUESTIONS["ethnicity"].answers))


@given(panels)
def test_no_small_count_is_ever_shown(counts):
    for group, figure in rules.published([counts]).items():
        assert figure is None or figure == 0 or figure >= 5
        assert figure is None or figure == counts[group]


@settings(max_examples=25, deadline=None)
@given(st.fixed_dictionaries({group: st.integers(0, 7) for group in GROUPS}))
def test_nothing_left_out_can_be_worked_out_even_from_the_total(counts):
    """Every count left out could be another, with the same total and the same figures shown."""
    shown = rules.published([counts])
    hidden = [group for group in GROUPS if shown.get(group, 0) is None]
    could_be: dict[str, set[int]] = {group: set() for group in hidden}
    swapped = [dict(zip(hidden, v, strict=True)) for v in permutations(map(counts.get, hidden))]
    moved = [
        {one: counts[one] + 1, other: counts[other] - 1} for one, other in permutations(hidden, 2)
    ]
    for change in [*swapped, *moved]:
        other = counts | change
        if rules.published([other]) == shown:
            for group in hidden:
                could_be[group].add(other[group])
    assert all(len(values) > 1 for values in could_be.values())


@given(panels, st.lists(st.integers(-4, 4), min_size=5, max_size=5))
def test_a_second_round_that_differs_little_shows_nothing_new(counts, moves):
    later = {group: max(0, counts[group] + move) for group, move in zip(GROUPS, moves, strict=True)}
    if sum(counts.values()) >= rules.AT_LEAST:
        assert rules.published([counts, later]) == rules.published([counts])


@given(panels, codes)
def test_one_who_comes_is_not_seen_to_come(counts, code):
    joined = dict(counts)
    joined[rules.LETTERS[code[0]]] += 1
    if sum(counts.values()) >= rules.AT_LEAST:
        assert rules.published([counts, joined]) == rules.published([counts])


@given(st.lists(panels, max_size=6))
def test_what_is_shown_is_never_five_away_from_the_truth(rounds):
    kept = rules.settled(rounds)
    enough = [counts for counts in rounds if sum(counts.values()) >= rules.AT_LEAST]
    for group, figure in kept.items():
        assert abs(figure - enough[-1][group]) < 5


def test_too_few_answers_show_nothing():
    few = dict.fromkeys(GROUPS, 0) | {"Black": 9}
    assert rules.published([few]) == {}


@given(st.dictionaries(codes, st.integers(1, 9)), st.integers(0, 9))
def test_every_code_falls_in_one_group_and_not_said_in_none(counts, unsaid):
    found = rules.grouped("ethnicity", counts | {UNSAID: unsaid})
    assert sum(found.values()) == sum(counts.values())


def test_shares_of_the_panel_are_shown_only_with_all_their_counts():
    hidden = {"Asian": None, "Black": None, "Mixed": 0, "White": 7, "Other": 0}
    assert [one.panel for one in rules.shares(hidden, {}, {})] == [None] * 5
    whole = {"Asian": 5, "Black": 10, "Mixed": 0, "White": 5, "Other": 0}
    found = rules.shares(whole, {"Black": 250, "White": 750}, {"Black": 4, "White": 200})
    assert [one.panel for one in found] == [25, 50, 0, 25, 0]
    assert [one.residents for one in found] == [0, 25, 0, 75, 0]
    assert found[1].searched is None


@pytest.mark.parametrize("given_", [{}, {"age": "x"}, {"ethnicity": "Z9", "colour": "blue"}])
def test_only_what_was_offered_is_counted(given_):
    assert set(rules.countable(given_)) == set(rules.QUESTIONS)
    assert set(rules.countable(given_).values()) == {UNSAID}


def test_rounds_are_half_a_year_apart():
    day = date(2026, 3, 2)
    assert rules.may_open(None, day)
    assert not rules.may_open(day - timedelta(days=179), day)
    assert rules.may_open(day - timedelta(days=180), day)
