"""One's own seat in plain words, for each of the seats somebody has."""

from datetime import timedelta

from membership.steps import SEATS, ask_for, asked_of_database, give, put
from scrutiny.kit.clock import today
from scrutiny.people.constitution import Clearing, Deed

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
