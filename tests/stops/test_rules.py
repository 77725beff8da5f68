"""What one record says, its key, and which months are partial."""

import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.kit.errors import Unreadable
from scrutiny.stops.rules import key_of, led_to_action, named, partial_months, search
from stops.steps import DRUGS, NOTHING, said


def read(**changes):
    return search(list(said(**changes).values()), "metropolitan", "2022-10")


def test_a_record_is_read_as_published():
    found = read(**{"Outcome linked to object of search": "True"})
    assert found.happened == datetime(2022, 10, 14, 18, 5, tzinfo=UTC)
    assert found.place == (-0.12, 51.45)
    assert (found.kind, found.gender, found.age_range) == ("Person search", "Male", "18-24")
    assert (found.officer_defined, found.legislation) == ("Black", DRUGS)
    assert (found.outcome, found.linked, found.more_removed) == (NOTHING, True, False)


def test_what_is_not_stated_stays_not_stated():
    found = read(
        place=None,
        **{"Gender": "", "Officer-defined ethnicity": "", "Outcome": "", "Legislation": ""},
    )
    assert found.place is None and found.linked is None
    assert (found.gender, found.officer_defined, found.outcome) == ("", "", "")


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("Type", "Dog search", "The type 'Dog search' is not one"),
        ("Date", "yesterday", "The date 'yesterday' cannot be read."),
        ("Date", "9999-12-31T23:59:00-23:59", "cannot be read"),
        ("Date", "2022-08-14T18:05:00+00:00", "The date 2022-08-14 is not in 2022-10."),
        ("Latitude", "91", "no place on Earth"),
        ("Latitude", "nan", "no place on Earth"),
        ("Latitude", "", "no place on Earth"),
        ("Longitude", "-0.12W", "no place on Earth"),
        ("Officer-defined ethnicity", "Martian", "'Martian' is not one of the five"),
        ("Removal of more than just outer clothing", "perhaps", "must be True, False or empty"),
        ("Outcome", "x" * 81, "Outcome is longer than 80 characters."),
    ],
)
def test_what_cannot_mean_anything_is_refused_in_a_sentence(column, value, why):
    with pytest.raises(Unreadable) as refused:
        read(**{column: value})
    assert why in str(refused.value)


@pytest.mark.parametrize("day", ["2022-09-30T23:30:00+00:00", "2022-11-01T00:10:00+00:00"])
def test_the_month_of_the_file_counts_round_midnight(day):
    assert read(Date=day).happened


@pytest.mark.parametrize(
    "changes",
    [
        {"Latitude": "51.45", "Longitude": " -0.12 "},
        {"Date": "2022-10-14T19:05:00+01:00"},
        {"Date": "2022-10-14T18:05:00"},
        {"Gender": " Male "},
    ],
)
def test_a_file_saved_again_gives_the_same_line(changes):
    assert read(**changes).canonical == read().canonical


def test_the_key_can_be_worked_out_by_hand():
    line = (
        '["metropolitan","Person search","2022-10-14T18:05:00+00:00","False","","51.450000",'
        '"-0.120000","Male","18-24","Other ethnic group - Not stated","Black",'
        f'"{DRUGS}","Controlled drugs","{NOTHING}","","False"]'
    )
    assert read().canonical == line
    assert key_of(line, 2) == hashlib.sha256(f"{line}\n2".encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2022-10-city-of-london-stop-and-search.csv", ("city-of-london", "2022-10")),
        ("api-metropolitan-2024-10.json", ("metropolitan", "2024-10")),
    ],
)
def test_a_file_name_says_force_and_month(name, found):
    assert named(name) == found


def test_what_a_name_does_not_say_can_be_given():
    assert named("october.csv", "essex", "2023-01") == ("essex", "2023-01")
    with pytest.raises(Unreadable, match="which police force"):
        named("october.csv", month="2023-01")
    with pytest.raises(Unreadable, match="which month"):
        named("october.csv", force="essex")
    with pytest.raises(Unreadable, match="which month"):
        named("2022-13-essex-stop-and-search.csv")


@pytest.mark.parametrize(
    ("outcome", "acted"),
    [("Arrest", True), (NOTHING, False), ("Nothing found - no further action", False), ("", False)],
)
def test_no_further_action_is_no_action_and_silence_is_neither(outcome, acted):
    assert led_to_action(outcome) is acted


@pytest.mark.parametrize(
    ("counts", "partial"),
    [
        ({}, set()),
        ({"2022-10": 7}, set()),
        ({"2022-06": 383, "2022-09": 11487, "2022-10": 13219, "2022-11": 672},
         {"2022-06", "2022-11"}),
        ({"2022-06": 109, "2022-09": 132, "2022-10": 119, "2022-11": 103}, set()),
        ({"a": 383, "b": 11487, "c": 13219, "d": 672, "e": 3400}, {"a", "d", "e"}),
        ({"a": 6000, "b": 9000, "c": 13000}, set()),
    ],
)  # fmt: skip
def test_a_month_far_smaller_than_the_others_is_partial(counts, partial):
    assert partial_months(counts) == partial


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(0, 10**6), min_size=1))
def test_the_largest_month_is_never_partial(counts):
    assert max(counts, key=counts.get) not in partial_months(counts)
