"""One's own seat in plain words, for each of the seats somebody has."""

import re
from datetime import timedelta

import pytest

from membership.steps import SEATS, ask_for, asked_of_database, give, put
from scrutiny.kit.clock import today
from scrutiny.people.constitution import Clearing, Deed
from scrutiny.web.dates import long_date

MINE = f"{SEATS}/mine"
RULES = {
    Deed.CLOSED_PART: (Clearing.CONFIDENTIALITY,),
    Deed.VIEWING: (Clearing.VETTING,),
}


def test_it_says_the_term_how_they_came_and_what_is_open(browse, cast):
    ask_for(cast.lambeth, clearances=RULES, before_active=(), most_terms=3)
    ends = today() + timedelta(days=30)
    put(cast.seats["bilal"], until=ends, term=2, route="nominated_org", represents="Brixton Youth")
    give(cast, "bilal", "vetting", expires=today() - timedelta(days=1), level="NPPV2F")
    page = browse("bilal").get(MINE).text
    for words in ("2 of at most 3", "Sent by an organisation", "Brixton Youth", "Ends soon"):
        assert words in page
    assert "NPPV2F" in page and "Lapsed" in page and "To read and sign" in page
    assert page.count("</svg>Closed") == 2 and page.count("</svg>Open") == 1
    for link in ("interests/mine", "needs/mine", "account/calendar", "account/public-name"):
        assert link in page


@pytest.mark.parametrize("stage", ["onboarding", "on_leave", "restricted"])
def test_nothing_is_open_while_the_seat_is_not_active(browse, cast, stage):
    ask_for(cast.lambeth, clearances=RULES, before_active=(Clearing.TRAINING,))
    for kind in Clearing:
        give(cast, "bilal", kind.value)
    assert browse("bilal").get(MINE).text.count("</svg>Open") == 3
    put(cast.seats["bilal"], stage=stage)
    page = browse("bilal").get(MINE).text
    assert page.count("</svg>Closed") == 3 and "</svg>Open" not in page
    assert browse("bilal").get("/lambeth/cases").status_code == 403


def test_nothing_is_open_that_the_role_does_not_reach(browse, cast):
    ask_for(cast.lambeth, clearances={}, before_active=())
    assert browse("sol").get("/lambeth/cases").status_code == 403
    assert browse("sol").get(MINE).text.count("</svg>Closed") == 3


def test_an_officer_reads_of_their_seat_and_of_no_clearances(browse, cast):
    page = browse("claire").get(MINE).text
    assert "Police liaison" in page and "Give up this seat" in page
    assert "Your clearances" not in page and "at most" not in page


def test_strangers_and_those_signed_out_have_none(browse):
    assert browse("dev").get(MINE).status_code == 404
    assert browse().get(MINE).status_code == 303


def test_it_asks_a_fixed_number_of_questions(browse, cast):
    bilal = browse("bilal")
    bilal.get(MINE)
    with asked_of_database() as few:
        bilal.get(MINE)
    for kind in Clearing:
        give(cast, "bilal", kind.value)
    with asked_of_database() as many:
        assert "Wellbeing briefing" in bilal.get(MINE).text
    assert len(many) == len(few)


def test_a_seat_given_up_says_so_and_offers_no_more(browse, cast):
    last = today() + timedelta(days=9)
    form = {"last_day": last.isoformat(), "why": "", "version": "1", "sure": "yes"}
    assert "/leave" in browse("bilal").get(MINE).text
    browse("bilal").post(f"{MINE}/{cast.seats['bilal'].id}/resignation", form)
    page = browse("bilal").get(MINE).text
    assert f"This seat ends on {long_date(last)}" in page
    assert "/resignation" not in page and "/leave" not in page


def test_a_level_of_vetting_is_explained_and_what_runs_out_has_its_day(browse, cast):
    ask_for(cast.lambeth, clearances=RULES, before_active=())
    last = today() + timedelta(days=20)
    give(cast, "bilal", "vetting", expires=last, level="NPPV2A")
    page = " ".join(browse("bilal").get(MINE).text.split())
    assert "non-police personnel vetting" in page
    assert re.search(rf"Runs out</span> ?<br>on {long_date(last)}", page)
