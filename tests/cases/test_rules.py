"""The draw, the certificate, and the neutral words a case goes by."""

import hashlib
import json
from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.cases.certificate import (
    Population,
    canonical_bytes,
    certificate,
    check,
    draw,
    population_hash,
)
from scrutiny.cases.rules import MOVES, Stage, drawn_title, short_power
from scrutiny.kit.errors import NotNow, Unreadable
from scrutiny.kit.stages import step

KEYS = st.sets(st.text("0123456789abcdef", min_size=1, max_size=8), min_size=1, max_size=40)


@given(KEYS, st.text(max_size=32), st.integers(0, 50), st.randoms())
def test_the_order_of_the_population_changes_nothing(keys, seed, n, chance):
    mixed = list(keys)
    chance.shuffle(mixed)
    assert draw(mixed, seed, n) == draw(sorted(keys), seed, n)
    assert population_hash(mixed) == population_hash(keys)


@given(KEYS, st.text(max_size=32), st.integers(0, 50))
def test_a_sample_is_part_of_the_population_and_grows_by_adding(keys, seed, n):
    sample = draw(keys, seed, n)
    assert len(sample) == len(set(sample)) == min(n, len(keys))
    assert set(sample) <= keys
    assert draw(keys, seed, n + 1)[: len(sample)] == sample


@given(KEYS, st.text(max_size=32), st.integers(1, 50))
def test_taking_away_what_was_not_drawn_changes_nothing(keys, seed, n):
    sample = draw(keys, seed, n)
    assert draw(sample, seed, n) == sample


def test_every_record_is_drawn_about_as_often():
    keys = [f"{number:064x}" for number in range(40)]
    drawn = Counter(key for seed in range(4_000) for key in draw(keys, f"{seed:032x}", 5))
    assert set(drawn) == set(keys)
    expected = 4_000 * 5 / 40
    chi_squared = sum((count - expected) ** 2 / expected for count in drawn.values())
    assert chi_squared < 80  # 39 degrees of freedom: beyond this one time in 8,000


def test_the_draw_can_be_done_by_hand():
    keys, seed = ["a", "b", "c"], "0" * 32
    lots = {key: hashlib.sha256(f"{seed}:{key}".encode()).hexdigest() for key in keys}
    assert draw(keys, seed, 2) == sorted(keys, key=lots.__getitem__)[:2]
    assert population_hash(["b", "a"]) == hashlib.sha256(b"a\nb").hexdigest()


def made(**changes):
    asked = {
        "panel": {
            "slug": "lambeth",
            "name": "Lambeth Scrutiny Panel",
            "force": "metropolitan",
            "area": "Lambeth",
            "area_code": "E09000022",
        },
        "month": "2022-10",
        "make_seed": lambda: "5" * 32,
        "n": 2,
        "by": "chair",
        "at": datetime(2026, 3, 14, 18, 5, tzinfo=UTC),
        "number": 3,
        "earlier": 1,
    }
    files = [{"name": "october.csv", "sha256": "f" * 64}]
    population = Population(["c", "a", "b"], 4, 7, ["z", "y"], files)
    return certificate(population, **asked | changes)


def test_a_certificate_says_all_that_is_needed():
    found = made()
    method = found.pop("method")
    assert "SHA-256 of 'seed:key' is smallest" in method
    assert found == {
        "kind": "draw certificate",
        "edition": 1,
        "panel": {"slug": "lambeth", "name": "Lambeth Scrutiny Panel"},
        "number": 3,
        "force": "metropolitan",
        "month": "2022-10",
        "area": {"code": "E09000022", "name": "Lambeth"},
        "files": [{"name": "october.csv", "sha256": "f" * 64}],
        "population": {"count": 3, "sha256": population_hash(["a", "b", "c"])},
        "excluded": [
            {"reason": "vehicle_only", "words": "Only a vehicle was searched", "count": 4},
            {
                "reason": "no_place",
                "words": "The record lies in no known area (of the whole force)",
                "count": 7,
            },
            {
                "reason": "already_a_case",
                "words": "It is a case of this panel already",
                "count": 2,
                "keys": ["y", "z"],
            },
        ],
        "seed": "5" * 32,
        "n": 2,
        "sample": draw(["a", "b", "c"], "5" * 32, 2),
        "drawn_by": "chair",
        "at": "2026-03-14T18:05:00Z",
        "earlier_draws": 1,
    }


def test_the_bytes_of_a_certificate_are_always_the_same():
    published = canonical_bytes(made())
    assert canonical_bytes(json.loads(published)) == published
    assert b'"at":"2026' in published and b" :" not in published


@pytest.mark.parametrize("part", ["area", "excluded", "force", "n", "population", "sample", "seed"])
def test_what_lacks_a_part_is_no_certificate(part):
    whole = made()
    check(whole)
    for broken in ({**whole, part: None}, {k: v for k, v in whole.items() if k != part}):
        with pytest.raises(Unreadable, match="not the certificate of a draw"):
            check(broken)


@pytest.mark.parametrize("given_", [None, [], "x", {}, 7])
def test_other_json_is_no_certificate(given_):
    with pytest.raises(Unreadable):
        check(given_)


@pytest.mark.parametrize(
    ("legislation", "short"),
    [
        ("Misuse of Drugs Act 1971 (section 23)", "Misuse of Drugs Act s23"),
        ("Psychoactive Substances Act 2016 (s36(2))", "Psychoactive Substances Act s36(2)"),
        ("Environmental Protection Act 1990 (section 34B )", "Environmental Protection Act s34B"),
        ("Aviation Security Act 1982 (section 27(1))", "Aviation Security Act s27(1)"),
        ("Something else", "Something else"),
        ("", "power not stated"),
    ],
)
def test_powers_have_short_names(legislation, short):
    assert short_power(legislation) == short
    assert drawn_title("2022-10", legislation) == f"Search record 2022-10, {short}"


def test_where_a_case_may_move():
    assert step(MOVES, "proposed", "scheduled") == Stage.SCHEDULED
    assert step(MOVES, "scheduled", "returned") == Stage.PROPOSED
    assert step(MOVES, "scheduled", "concluded") == Stage.CONCLUDED
    for stage, move in [
        ("proposed", "concluded"),
        ("concluded", "removed"),
        ("concluded", "scheduled"),
        ("removed", "scheduled"),
    ]:
        with pytest.raises(NotNow):
            step(MOVES, stage, move)
