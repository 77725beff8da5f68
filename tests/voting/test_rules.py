"""How a result is reached from counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.voting import rules
from scrutiny.voting.rules import Result

CONSENSUS, SHOW, SECRET = "consensus", "show_of_hands", "secret"


def counts(for_it: int, against: int, abstained: int = 0) -> dict[str, int]:
    return {"for": for_it, "against": against, "abstain": abstained}


@pytest.mark.parametrize(
    ("method", "majority", "given", "wanted"),
    [
        (CONSENSUS, "simple", counts(3, 0), Result.CARRIED),
        (CONSENSUS, "simple", counts(3, 0, 2), Result.CARRIED),
        (CONSENSUS, "simple", counts(9, 1), Result.LOST),
        (CONSENSUS, "two_thirds", counts(9, 1), Result.LOST),
        (CONSENSUS, "simple", counts(0, 0, 5), Result.LOST),
        (SHOW, "simple", counts(3, 2), Result.CARRIED),
        (SHOW, "simple", counts(2, 3), Result.LOST),
        (SHOW, "simple", counts(2, 2), Result.TIED),
        (SHOW, "simple", counts(1, 0, 9), Result.CARRIED),
        (SHOW, "simple", counts(0, 0), Result.LOST),
        (SECRET, "two_thirds", counts(4, 2), Result.CARRIED),
        (SECRET, "two_thirds", counts(3, 2), Result.LOST),
        (SECRET, "two_thirds", counts(2, 2), Result.LOST),
        (SECRET, "two_thirds", counts(2, 1, 9), Result.CARRIED),
        (SECRET, "two_thirds", counts(0, 0, 1), Result.LOST),
        (SECRET, "simple", {"a": 3, "b": 2, "abstain": 9}, "a"),
        (SECRET, "two_thirds", {"a": 3, "b": 2}, "a"),
        (SECRET, "simple", {"a": 2, "b": 2, "c": 1}, Result.TIED),
        (SECRET, "simple", {"a": 0, "b": 0, "abstain": 4}, Result.LOST),
    ],
)
def test_results(method, majority, given, wanted):
    assert rules.result(method, majority, given, quorate=True) == wanted
    assert rules.result(method, majority, given, quorate=False) == Result.NO_QUORUM


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.sampled_from([SHOW, SECRET]))
def test_more_votes_for_never_make_it_lose(for_it, against, abstained, method):
    for majority in ("simple", "two_thirds"):
        now = rules.result(method, majority, counts(for_it, against, abstained), quorate=True)
        more = rules.result(method, majority, counts(for_it + 1, against, abstained), quorate=True)
        order = [Result.LOST, Result.TIED, Result.CARRIED]
        assert order.index(more) >= order.index(now)


@given(st.integers(0, 40), st.integers(0, 40))
def test_what_two_thirds_carry_a_simple_majority_carries(for_it, against):
    strict = rules.result(SHOW, "two_thirds", counts(for_it, against), quorate=True)
    if strict == Result.CARRIED:
        simple = rules.result(SHOW, "simple", counts(for_it, against), quorate=True)
        assert simple == Result.CARRIED


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), min_size=2))
def test_whoever_is_chosen_has_more_votes_than_anybody_else(votes):
    result = rules.result(SECRET, "simple", votes, quorate=True)
    if result in votes:
        assert all(votes[result] > n for key, n in votes.items() if key != result)
    elif result == Result.TIED:
        assert len(rules.leaders(votes)) > 1
    else:
        assert set(votes.values()) == {0}


def test_words_of_each_method():
    assert rules.usual_choices(CONSENSUS)["against"] == "I object"
    assert rules.usual_choices(SECRET)["against"] == "Against"
    assert rules.is_for_or_against(rules.usual_choices(SHOW))
    assert not rules.is_for_or_against({"a": "Amara", "abstain": "I abstain"})


@pytest.mark.parametrize("typed", ["", "  ", "x" * 3001])
def test_dissent_must_be_words(typed):
    assert rules.dissent_problem(typed)
    assert not rules.dissent_problem("I think that the force should answer first.")
