"""Counts of one to four beside what the law protects."""

import pytest

from scrutiny.leaks.small import small_numbers


def said(given) -> list[str]:
    return [one.shown for one in small_numbers([("page", given)])]


@pytest.mark.parametrize(
    "text",
    [
        "Of the searches, 3 were of Black boys.",
        "Two disabled residents were searched.",
        "There were 4 young Asian women among them.",
        "One Muslim woman complained.",
        "Black: 2, White: 40",
        "Pregnant (1)",
        "**3** girls were strip searched",
        "three under-18s",
    ],
)
def test_a_small_count_of_people_is_found(text):
    found = small_numbers([("page", text)])
    assert found
    assert all((one.kind, one.blocks, one.liftable) == ("count", True, True) for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Of 90 searches 31 were of Black people.",
        "Item 3 was deferred.",
        "The panel met 4 times about searches of women.",
        "Black people were 3.4 times as likely to be searched.",
        "2 % of those searched were Asian.",
        "On 3 May 2026 the White Paper was noted.",
        "LAM-R-2026-03 asks about children.",
        "Recommendation 12 is about girls.",
    ],
)
def test_other_figures_are_left_alone(text):
    assert said(text) == []


def test_a_table_shows_no_small_cell():
    table = [["", "Black", "Asian", "White"], ["Searched", "12", "3", "40"]]
    assert said(table) == ["Searched, Asian: 3"]


def test_beside_a_total_as_many_more_are_left_out_as_it_takes():
    table = [["", "Black", "Asian", "White", "Total"], ["Searched", "12", "3", "40", "55"]]
    assert said(table) == ["Searched, Black: 12", "Searched, Asian: 3"]


def test_one_left_out_beside_a_total_is_given_back():
    table = [["", "Black", "Asian", "White", "Total"], ["Searched", "12", "–", "40", "55"]]
    assert said(table) == ["Searched, Asian: what is left out follows from the total"]
    table[1][1] = "–"
    assert said(table) == []


def test_a_table_on_its_side_is_read_too():
    table = [["Group", "People"], ["Women", "2"], ["Men", "30"]]
    assert said(table) == ["Women, People: 2"]


def test_a_table_about_other_things_is_left_alone():
    assert said([["Item", "Votes"], ["4", "3"]]) == []
    assert said([]) == []
