"""Who is heard from: counts for the panel, never for the police, never of few."""

import re
from datetime import date

import pytest
from conftest import run

from concerns.equality.test_counting import counted
from scrutiny.concerns.equality import queries
from scrutiny.kit.clock import today

SHOWN = "/lambeth/equality?year=2025"


def cells(html, answer):
    row = re.search(rf'<th scope="row"[^>]*>{answer}</th>(.*?)</tr>', html, re.DOTALL).group(1)
    return re.findall(r"<td[^>]*>(.*?)</td>", row)


@pytest.fixture
def heard(cast):
    """Two periods of one question: April to June, July to September."""
    for answers, day, times in (
        ({"asked": "yes"}, date(2025, 5, 1), 14),
        ({"asked": "no"}, date(2025, 5, 2), 9),
        ({"asked": "unsure"}, date(2025, 5, 3), 2),
        ({"asked": "unsaid"}, date(2025, 5, 3), 3),
        ({"asked": "yes"}, date(2025, 8, 1), 12),
        ({"asked": "no"}, date(2025, 8, 2), 11),
    ):
        run(counted(cast.lambeth, answers, day, times))


@pytest.mark.parametrize("name", ["amara", "bilal", "grace", "hana"])
def test_the_panel_sees_counts_with_the_small_ones_left_out(heard, browse, name):
    html = browse(name).get(SHOWN).text
    assert cells(html, "Yes")[:2] == ["14", "12"]
    assert cells(html, "No")[:2] == ["not shown", "11"]
    assert cells(html, "I do not remember") == ["not shown", "0"]
    assert cells(html, "All who answered") == ["25", "23"]
    assert cells(html, "Prefer not to say") == ["not shown", "0"]
    assert "April to June" in html
    assert html.count("Too few people have answered this") == 7


@pytest.mark.parametrize(
    ("name", "status"), [("claire", 403), ("owen", 403), ("sol", 403), ("dev", 404), ("", 303)]
)
def test_the_police_and_strangers_see_none(heard, browse, name, status):
    answer = browse(name).get(SHOWN)
    assert answer.status_code == status
    assert "I do not remember" not in answer.text


def test_before_anybody_answered_it_says_so(cast, browse):
    page = browse("amara").get("/lambeth/equality")
    assert page.status_code == 200
    assert page.text.count("Too few people have answered this") == 8
    assert "Show the year before" not in page.text


def test_the_years_follow_each_other(heard, browse):
    page = browse("amara").get("/lambeth/equality?year=2026")
    assert (page.status_code == 200) == (today() > date(2026, 4, 1))
    assert "Show the year before" in browse("amara").get("/lambeth/equality").text
    assert "Show the year after" in browse("amara").get("/lambeth/equality?year=2024").text


@pytest.mark.parametrize("year", ["1", "-3", "99999999999999999999", "9999", "soon"])
def test_a_year_that_is_none_is_a_plain_refusal(cast, browse, year):
    assert browse("amara").get(f"/lambeth/equality?year={year}").status_code in (400, 404)


def test_the_other_panel_sees_its_own(heard, cast):
    elsewhere = run(queries.shown_in(cast.hackney, 2025, today()))
    assert not any(elsewhere.values())
