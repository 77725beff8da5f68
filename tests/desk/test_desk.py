"""The desk: what waits for whom today, and nothing of anybody else's."""

from datetime import timedelta

import pytest
from cases.steps import send_concern
from conftest import run
from meetings.steps import meeting
from membership.steps import ask_for, put

from scrutiny.concerns.tables import Concern
from scrutiny.kit.clock import today
from scrutiny.membership.interests.tables import Declaration
from scrutiny.recommendations.tables import Recommendation
from scrutiny.web.dates import long_date


@pytest.fixture
def looked_over(cast):
    """Bilal looked over his entry in the register of interests today."""
    mine = {"panel": cast.lambeth.id, "person": cast.people["bilal"].id}
    Declaration.insert(Declaration(day=today(), none=True, **mine)).run_sync()


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


def test_the_liaison_sees_what_the_force_owes_and_the_approver_sees_it_once(browse, asked):
    asked()
    title = "Asked of your force, waiting for its answer"
    page = browse("claire").get("/desk").text
    assert title in page and 'href="/lambeth/recommendations/1"' in page
    assert title not in browse("owen").get("/desk").text


def test_nothing_of_another_panel_is_on_it(browse, asked):
    asked(panel="hackney")
    assert "Wear cameras" not in browse("owen").get("/desk").text


def test_drafts_wait_for_the_chair(browse, asked):
    asked(stage="drafting", issued=None, due=None)
    assert "Drafts to put to the vote" in browse("amara").get("/desk").text
    assert "Drafts to put to the vote" not in browse("bilal").get("/desk").text


def test_a_desk_with_nothing_on_it_says_so(browse, looked_over):
    assert "Nothing waits for you here" in browse("bilal").get("/desk").text


def test_ten_of_a_kind_at_most_are_listed(browse, asked):
    for number in range(1, 31):
        asked(number=number, title=f"Ask {number}")
    desk = browse("owen").get("/desk").text
    assert desk.count("/answer") == 10
    assert "Only the first 10 are shown" in desk


@pytest.mark.parametrize(
    ("who", "stage", "title"),
    [
        ("amara", "evidence_submitted", "The police say it is done: check it"),
        ("amara", "responded", "Answers to judge"),
        ("claire", "responded", "Accepted: say when it has been done"),
        ("owen", "responded", "Accepted: say when it has been done"),
    ],
)
def test_what_was_answered_waits_for_whoever_comes_next(browse, asked, who, stage, title):
    asked(stage=stage, answer_type="accepted_in_full")
    page = browse(who).get("/desk").text
    assert title in page and 'href="/lambeth/recommendations/1"' in page


def test_a_refusal_leaves_the_police_nothing_to_report(browse, asked):
    asked(stage="responded", answer_type="rejected")
    assert "Accepted" not in browse("owen").get("/desk").text


@pytest.mark.parametrize(
    ("stage", "title"),
    [
        ("submitted", "Concerns to read"),
        ("in_triage", "Concerns to decide on"),
        ("accepted", "Taken up: to be made a case"),
    ],
)
def test_a_concern_waits_until_it_is_settled_and_by_its_kind(browse, cast, stage, title):
    send_concern(cast)
    Concern.update({Concern.stage: stage}, force=True).run_sync()
    page = browse("grace").get("/desk").text
    assert title in page and "Concern 1: A stop and search" in page
    assert title not in browse("amara").get("/desk").text


def test_a_meetings_own_day_is_said_once_on_its_line(browse, cast):
    row = run(meeting(cast))
    line = browse("bilal").get("/desk").text.partition("Say whether you can come")[2]
    line = line.partition("</li>")[0]
    assert line.count(long_date(row.date)) == 1


def test_a_newcomer_reads_what_the_seat_still_waits_for(browse, cast):
    ask_for(cast.lambeth, before_active=("training",), clearances={})
    assert "Before your seat is active" not in browse("bilal").get("/desk").text
    put(cast.seats["bilal"], stage="onboarding")
    page = browse("bilal").get("/desk").text.partition("Before your seat is active")[2]
    assert "Training" in page and "Declaration of interests" in page
