"""Which years there are, when a report is due, and how figures are counted and compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.stages import step
from scrutiny.reports import rules
from scrutiny.reports.parts import Sat, members, places, themes, total
from scrutiny.reports.rules import year_named

ODD = ("2025-27", "25", "2025-2026", "２０２５", "1999", "2025-26.pdf", "new", "")


def test_a_calendar_year_and_april_to_march():
    assert year_named("2025")[1:] == (date(2025, 1, 1), date(2025, 12, 31))
    assert year_named("2025-26")[1:] == (date(2025, 4, 1), date(2026, 3, 31))
    assert year_named("2099-00")[1:] == (date(2099, 4, 1), date(2100, 3, 31))
    assert year_named("2025-26").words == "2025-26 (April to March)"


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_year_is_not_there(name):
    with pytest.raises(Missing):
        year_named(name)


@pytest.mark.parametrize(
    ("ended", "due"),
    [
        (date(2025, 12, 31), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 6, 30)),
        (date(2027, 12, 31), date(2028, 3, 31)),
    ],
)
def test_due_three_months_after_the_year(ended, due):
    assert rules.due(ended) == due
    assert rules.due_after(ended.replace(year=ended.year - 1)) == due


def test_the_first_one_is_due_after_the_year_in_which_a_panel_first_met():
    assert rules.due_first(date(2025, 5, 14)) == date(2026, 3, 31)


@given(st.dates(date(2010, 1, 1), date(2090, 1, 1)))
def test_only_years_that_are_over_are_offered_newest_first(today):
    offered = rules.offered(today)
    assert len(offered) == 2 * rules.OFFERED
    assert all(rules.is_over(year, today) for year in offered)
    ends = [year.until for year in offered]
    assert ends == sorted(ends, reverse=True)
    assert (today - ends[0]).days <= 275


def test_years_that_share_a_day_overlap():
    first = year_named("2025")
    assert rules.overlap(first.since, first.until, year_named("2024-25"))
    assert rules.overlap(first.since, first.until, year_named("2025-26"))
    assert not rules.overlap(first.since, first.until, year_named("2026-27"))
    assert not rules.overlap(first.since, first.until, year_named("2026"))


@pytest.mark.parametrize("move", ["compiled", "written"])
def test_whoever_edits_undoes_the_approval_and_what_is_published_stays(move):
    assert step(rules.MOVES, "approved", move) == "drafting"
    with pytest.raises(NotNow):
        step(rules.MOVES, "published", move)


ROWS = st.lists(
    st.fixed_dictionaries(
        {"key": st.uuids().map(str), "kind": st.sampled_from("abc"), "n": st.integers(0, 9)}
    ),
    max_size=20,
)


@given(ROWS, st.sets(st.sampled_from("abc")))
def test_a_figure_is_the_number_of_the_rows_that_it_lists(rows, wanted):
    figure = {"where": {"kind": sorted(wanted)}, "sum": ""}
    assert rules.number_of(rows, figure) == len(rules.counted(rows, figure))
    assert {row["kind"] for row in rules.counted(rows, figure)} <= wanted
    every = {"where": {}, "sum": "n"}
    assert rules.number_of(rows, every) == sum(row["n"] for row in rows)


def report(rows, **more):
    figure = {"name": "asked", "words": "Asked", "of": "list", "where": {}, "sum": "", **more}
    figure["number"] = rules.number_of(rows, figure)
    lists = {"list": {"title": "The asked", "rows": rows}}
    return {"sections": [{"figures": [figure]}], "lists": lists, "words": {}}


def test_what_changed_is_told_in_words():
    old, new = report([{"key": "1"}]), report([{"key": "1"}, {"key": "2"}])
    assert rules.compare(old, new) == ["Asked: 1, now 2", "The list: The asked"]
    assert rules.compare(old, old) == []


def test_without_what_is_gone_the_figures_count_what_is_left():
    whole = report([{"key": "1"}, {"key": "2"}])
    left = rules.without(whole, {"list": frozenset({"2"})})
    assert left["lists"]["list"]["rows"] == [{"key": "1"}]
    assert rules.figures(left)[0]["number"] == 1
    assert rules.figures(whole)[0]["number"] == 2
    assert rules.without(whole, {}) == whole


def test_small_numbers_of_concerns_are_left_out():
    words = {name: name.upper() for name in "abcd"}
    rows = themes({"a": 9, "b": 3, "c": 6}, words)
    assert [(row["theme"], row["concerns"]) for row in rows] == [
        ("A", 9),
        ("B", None),
        ("C", None),
    ]
    assert [total(counts) for counts in ([], [0], [4], [2, 3])] == [0, 0, None, 5]


YEAR = year_named("2025")


def sat(person, since, until=None, role="member", name="Ann Bee"):
    return Sat(person, name, "full", role, since, until)


def test_members_are_there_once_and_whoever_changes_seats_never_left():
    seats = [
        sat(1, date(2024, 1, 1), date(2024, 12, 31)),
        sat(1, date(2025, 1, 1), role="chair"),
        sat(2, date(2025, 2, 1), date(2025, 6, 30), name="Cee Dee"),
        sat(3, date(2023, 1, 1), date(2024, 12, 31), name="Gone Before"),
    ]
    rows = members(seats, {1: (4, 3, 1)}, YEAR)
    told = [(row["name"], row["role"], row["sat"], row["joined"], row["held"]) for row in rows]
    assert told == [("Ann Bee", "Chair", "yes", "no", 4), ("Cee Dee", "Member", "no", "yes", 0)]
    assert [(row["since"], row["until"]) for row in rows] == [
        ("2024-01", ""),
        ("2025-02", "2025-06"),
    ]


def test_places_that_nobody_held():
    stands = [row["stands"] for row in places(3, 2)]
    assert stands == ["Held", "Held", "Vacant"]
    assert [row["stands"] for row in places(1, 2)] == ["Held", "Held"]


def test_words_too_long_are_asked_for_again():
    long = {"foreword": "x" * 20_001, "learned": "", "doing": "", "thanks": ""}
    assert rules.wording_problems(long) == {
        "foreword": "Make this shorter: 20,000 characters at most."
    }
    assert rules.wording_problems(dict.fromkeys(long, "")) == {}
    assert rules.note_problem(" ") and rules.note_problem("x" * 2001)
    assert rules.note_problem("Bilal's name.") == ""
