"""The public page of figures, and the same figures as a file."""

import csv
import json

import pytest
from conftest import run
from meetings.steps import counted_queries

from stops.steps import HACKNEY, group, import_areas, import_census, import_records, minute, said

URL = "/lambeth/stop-and-search"


@pytest.fixture
def figures(cast, tmp_path):
    """October: 60 searches of Black, 40 of White people; November: far too few."""
    run(import_areas(tmp_path))
    run(import_census(tmp_path))
    run(import_records(tmp_path, [
        *group("Black", 48),
        *group("Black", 12, Outcome="Arrest"),
        *group("White", 40),
        *group("Other", 3),
        *group("", 6),
        *group("Asian", 90, HACKNEY),
        *[said(Type="Vehicle search", Date=minute(at)) for at in range(2)],
    ]))  # fmt: skip
    few = [{**one, "Date": minute(at, "2022-11")} for at, one in enumerate(group("White", 7))]
    run(import_records(tmp_path, few, "2022-11-metropolitan-stop-and-search.csv"))


def rows(reply):
    return list(csv.reader(reply.text.splitlines()))


def test_the_page_says_what_was_found(figures, browse):
    page = browse().get(URL)
    assert page.status_code == 200
    assert "the Metropolitan Police recorded 109 searches of people in Lambeth" in page.text
    assert "Nine in ten led to no further action." in page.text
    assert "November 2022 (part of the month)" in page.text
    assert "Black people were searched 6.0 times as often as White people" in page.text
    assert page.headers["x-published"] == "1"


def test_the_drawing_has_a_title_and_no_style(figures, browse):
    text = browse().get(URL).text
    assert text.count("<svg") >= 4 and text.count("-desc") >= 8
    assert 'aria-labelledby="months-title months-desc"' in text
    assert "style=" not in text
    assert "7*" in text


def test_small_counts_are_not_shown(figures, browse):
    by_group = [row[3:6] for row in rows(browse().get(f"{URL}.csv")) if row[0] == "2022-10"]
    assert by_group == [
        ["Asian", "0", "0"],
        ["Black", "60", "12"],
        ["Mixed", "0", "0"],
        ["White", "40", "0"],
        ["Other", "[c]", "[c]"],
        ["Not stated", "[c]", "[c]"],
        ["All", "109", "12"],
    ]


def test_the_file_marks_partial_months_and_has_its_kind(figures, browse):
    reply = browse().get(f"{URL}.csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert {(row[0], row[6]) for row in rows(reply)[1:]} == {("2022-11", "yes"), ("2022-10", "no")}


def test_the_boundaries_are_public(figures, browse):
    found = json.loads(browse().get(f"{URL}/boundaries.geojson").content)
    codes = [one["properties"]["LAD22CD"] for one in found["features"]]
    assert codes == ["E09000012", "E09000022"]


def test_nothing_yet_is_said_in_words(cast, browse):
    page = browse().get(URL)
    assert page.status_code == 200
    assert "We have no search records for Lambeth yet." in page.text
    assert len(rows(browse().get(f"{URL}.csv"))) == 1


def test_without_a_census_there_are_counts_and_no_rates(cast, browse, tmp_path):
    run(import_areas(tmp_path))
    run(import_records(tmp_path, group("Black", 30)))
    text = browse().get(URL).text
    assert "Census counts have not been read yet" in text
    assert "recorded 30 searches of people" in text


def test_only_partial_months_give_no_finding(cast, browse, tmp_path):
    run(import_areas(tmp_path))
    run(import_records(tmp_path, group("Black", 200, HACKNEY)))
    few = [{**one, "Date": minute(at, "2022-11")} for at, one in enumerate(group("White", 7))]
    run(import_records(tmp_path, few, "2022-11-metropolitan-stop-and-search.csv"))
    text = browse().get(URL).text
    assert "so we draw nothing from them yet" in text
    assert "led to no further action" not in text


def test_an_unknown_panel_is_not_found(cast, browse):
    assert browse().get("/atlantis/stop-and-search").status_code == 404


def test_the_page_asks_as_much_of_many_records_as_of_few(cast, browse, monkeypatch, tmp_path):
    run(import_areas(tmp_path))
    run(import_records(tmp_path, group("Black", 1)))
    with counted_queries(monkeypatch) as few:
        assert browse().get(URL).status_code == 200
    for at in range(1, 10):
        name = f"2021-0{at}-metropolitan-stop-and-search.csv"
        dated = [{**one, "Date": minute(0, f"2021-0{at}")} for one in group("White", 30)]
        run(import_records(tmp_path, dated, name))
    with counted_queries(monkeypatch) as many:
        assert browse().get(URL).status_code == 200
    assert len(many) == len(few)
    assert not [asked for asked in many if '"stop"' in asked or "FROM stop " in asked]
