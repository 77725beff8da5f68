"""The desk: what waits for whom today, and nothing of anybody else's."""

from datetime import timedelta

import pytest

from scrutiny.kit.clock import today
from scrutiny.recommendations.tables import Recommendation


@pytest.fixture
def asked(cast):
    def ask(panel="lambeth", **changes):
        row = {
            "panel": getattr(cast, panel).id,
            "number": 1,
            "title": "Wear cameras",
            "drafted_by": cast.seats["bilal"].id,
            "stage": "issued",
            "issued": today() - timedelta(days=60),
            "due": today() - timedelta(days=4),
        }
        Recommendation.insert(Recommendation(**row | changes)).run_sync()

    return ask


def test_the_approver_sees_what_to_answer_and_how_late_it_is(browse, asked):
    asked()
    page = browse("owen").get("/desk").text
    assert 'href="/lambeth/recommendations/1/answer"' in page
    assert "4 days late" in page


def test_it_does_not_wait_for_those_who_may_not_answer(browse, asked):
    asked()
    for name in ("amara", "bilal", "grace", "claire"):
        assert "/recommendations/1/answer" not in browse(name).get("/desk").text


def test_nothing_of_another_panel_is_on_it(browse, asked):
    asked(panel="hackney")
    assert "Wear cameras" not in browse("owen").get("/desk").text


def test_drafts_wait_for_the_chair(browse, asked):
    asked(stage="drafting", issued=None, due=None)
    assert "Drafts to put to the vote" in browse("amara").get("/desk").text
    assert "Drafts to put to the vote" not in browse("bilal").get("/desk").text


def test_a_desk_with_nothing_on_it_says_so(browse):
    assert "Nothing waits for you here" in browse("bilal").get("/desk").text


def test_ten_of_a_kind_at_most_are_listed(browse, asked):
    for number in range(1, 31):
        asked(number=number, title=f"Ask {number}")
    assert browse("owen").get("/desk").text.count("/answer") == 10
