"""What a report counts: the same numbers as the pages, and each the length of its own list."""

import json
from datetime import UTC, datetime

import pytest
from cast import seat_everybody
from conftest import run
from meetings.steps import counted_queries

from reports import steps
from reports.steps import HOME, YEAR
from scrutiny.composition import queries as composition
from scrutiny.composition.rules import published
from scrutiny.concerns.video import queries as video
from scrutiny.kit.clock import as_of, today
from scrutiny.meetings.figures import queries as attendance
from scrutiny.membership.standing.queries import vacant
from scrutiny.people.queries import panel
from scrutiny.recommendations.figures import figures
from scrutiny.reports import rules
from scrutiny.reports.gathering import composed

LAST_EVENING = datetime(YEAR.until.year, 12, 31, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def year(empty_tables):
    """Read only: the year as it was, and its document as it was counted in January."""
    empty_tables()
    cast = run(seat_everybody())
    run(steps.happen(cast))
    run(steps.begun(cast))
    return run(steps.document())


@pytest.fixture(scope="module")
def lambeth(year):
    return run(panel("lambeth"))


def told(document):
    return {one["name"]: one["number"] for one in rules.figures(document)}


def test_every_figure(year):
    assert told(year) == {
        "members": 3,
        "joined": 1,
        "left": 0,
        "vacancies": 9,
        "held": 2,
        "cancelled": 1,
        "inquorate": 1,
        "agendas-in-time": 0,
        "agendas-late": 2,
        "minutes-in-time": 0,
        "minutes-late": 2,
        "draws": 1,
        "drawn": 2,
        "cases": 2,
        "cases-drawn": 1,
        "cases-raised": 1,
        "concerns": 14,
        "asked": 3,
        "answered-in-time": 1,
        "answered-late": 1,
        "lapsed": 1,
        "verified": 1,
        "rejected": 1,
        "actions": 1,
        "actions-done": 0,
        "actions-overdue": 1,
        "questions": 1,
        "questions-answered": 1,
        "questions-overdue": 0,
        "terms": 1,
    }


def test_every_figure_is_the_length_of_the_list_that_it_leads_to(year):
    for figure in rules.figures(year):
        if figure["name"] != "concerns":
            rows = year["lists"][figure["of"]]["rows"]
            assert figure["number"] == rules.number_of(rows, figure), figure["name"]


def test_names_of_figures_and_keys_of_rows_are_unique(year):
    names = [one["name"] for one in rules.figures(year)]
    assert len(names) == len(set(names))
    for listed in year["lists"].values():
        keys = [row["key"] for row in listed["rows"]]
        assert len(keys) == len(set(keys))
        columns = {column["key"] for column in listed["columns"]}
        assert all(columns <= row.keys() for row in listed["rows"])


def test_recommendations_are_those_of_the_register(year, lambeth):
    with as_of(steps.AFTER):
        live = run(figures(today(), lambeth))
    found = told(year)
    assert found["asked"] == live.asked
    assert found["answered-in-time"] + found["answered-late"] == live.answered
    assert found["lapsed"] == live.late
    assert found["verified"] == live.done


def test_attendance_and_vacancies_are_those_of_the_page_at_the_years_end(year, lambeth):
    with as_of(LAST_EVENING):
        page = run(attendance.attendance_of_members(lambeth))
        empty = run(vacant(lambeth))
    rows = {row["name"]: row for row in year["lists"]["members"]["rows"]}
    assert {(one.name, one.role, one.held, one.came, one.apologies) for one in page} == {
        (row["name"], row["role"], row["held"], row["came"], row["apologies"])
        for row in rows.values()
    }
    assert told(year)["vacancies"] == empty
    assert rows["Chidi Eze"]["held"] == 1
    assert rows["Amara Okafor"]["came"] == 2


def test_composition_and_video_are_as_they_are_published(year, lambeth):
    counts = run(composition.counts(lambeth))
    shown = published(counts["ethnicity"])
    rows = year["lists"]["composition"]["rows"]
    assert {row["key"]: row["members"] for row in rows} == {
        f"ethnicity.{answer}": count for answer, count in shown.items()
    }
    assert shown["Asian"] == 6
    outcomes = run(video.figures(lambeth, today())).counts
    assert {row["key"]: row["requests"] for row in year["lists"]["video"]["rows"]} == outcomes


def test_concerns_are_counted_only_by_consent_and_small_ones_left_out(year):
    themes = {row["key"]: row["concerns"] for row in year["lists"]["themes"]["rows"]}
    assert themes == {"stop_and_search": 7, "custody": None, "protest": None}


def test_what_is_behind_closed_doors_is_nowhere(year):
    words = json.dumps(year)
    for secret in ("Closed doors", "Whisper", "Nadia", "The year after"):
        assert secret not in words
    assert "Send the figures" in words


def test_as_many_queries_for_a_full_year_as_for_an_empty_one(year, lambeth, monkeypatch):
    def asked(name):
        with counted_queries(monkeypatch) as found:
            run(composed(lambeth, rules.year_named(name), 1, [], {}))
        return len(found)

    assert asked(YEAR.name) == asked("2011")


def test_each_number_of_the_page_leads_to_its_list(year, site, browse_once):
    grace = browse_once("grace")
    page = grace.get(f"{HOME}/draft").text
    for figure in rules.figures(year):
        address = f"{HOME}/draft/figures/{figure['name']}"
        assert f'href="{address}"' in page
        shown = grace.get(address)
        assert shown.status_code == 200
        rows = rules.counted(year["lists"][figure["of"]]["rows"], figure)
        body = shown.text.split("<main", 1)[1].split("</main>")[0]
        assert body.count('<th scope="row"') == len(rows), figure["name"]
        if figure["name"] != "concerns" and not figure["sum"]:
            assert f"{len(rows)} in the report." in body
    assert grace.get(f"{HOME}/draft/figures/nonsense").status_code == 404
