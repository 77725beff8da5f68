"""A member signs the version that was shown; new words ask everybody again."""

from datetime import timedelta

import pytest
from conftest import run

from membership.steps import SEATS, ask_for, events, got, latest, letters, put
from scrutiny.kit.clock import today
from scrutiny.membership.clearances.queries import agreement, cleared
from scrutiny.membership.clearances.tables import Agreement, Clearance
from scrutiny.people.constitution import Clearing, Deed

DAY = timedelta(days=1)
SIGN = f"{SEATS}/mine/documents/confidentiality"
WORDS = "/lambeth/documents/confidentiality"
YES = {"agreed": "yes", "number": "1"}
UNTIL = today() + 20 * DAY
NEW = {"text": "## Ours\n\nWe keep it to ourselves.", "sign_by": UNTIL.isoformat(), "number": "1"}


@pytest.fixture
def asks(cast):
    ask_for(cast.lambeth, clearances={Deed.CLOSED_PART: (Clearing.CONFIDENTIALITY,)})


def opened(cast, on=None) -> bool:
    return Deed.CLOSED_PART in run(cleared(cast.lambeth, cast.people["bilal"].id, on))


def held() -> list[tuple]:
    rows = got(Clearance.objects().order_by(Clearance.id))
    return [(row.kind, row.outcome, row.document_version, row.granted, row.expires) for row in rows]


def test_a_member_reads_and_signs_and_it_opens_what_it_is_for(browse, cast, asks):
    page = browse("bilal").get(SIGN).text
    assert "What I keep to myself" in page and 'name="number" value="1"' in page
    assert not opened(cast)
    reply = browse("bilal").post(SIGN, YES)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{SEATS}/mine")
    assert held() == [("confidentiality", "cleared", 1, today(), None)]
    assert events() == ["agreement.signed"]
    assert opened(cast)
    assert "You signed this on" in browse("bilal").get(SIGN).text


def test_signed_twice_is_signed_once(browse, asks):
    for _ in range(2):
        assert browse("bilal").post(SIGN, YES).status_code == 303
    assert len(held()) == 1 and events() == ["agreement.signed"]


def test_without_the_tick_nothing_is_signed(browse, asks):
    reply = browse("bilal").post(SIGN, {"number": "1"})
    assert reply.status_code == 422 and 'id="agreed-error"' in reply.text
    assert held() == []


@pytest.mark.parametrize("kind", ["vetting", "training", "nonsense"])
def test_what_is_no_agreement_is_not_signed(browse, cast, kind):
    path = f"{SEATS}/mine/documents/{kind}"
    assert browse("bilal").get(path).status_code == 404
    assert browse("bilal").post(path, YES).status_code == 404
    assert browse("grace").get(f"/lambeth/documents/{kind}").status_code == 404


def test_new_words_ask_everybody_and_the_old_count_for_a_time(browse, cast, asks):
    browse("bilal").post(SIGN, YES)
    assert "What I keep to myself" in browse("grace").get(WORDS).text
    reply = browse("grace").post(WORDS, NEW)
    assert (reply.status_code, reply.headers["location"]) == (303, "/lambeth/clearances")
    assert events()[-1] == "agreement.rewritten"
    told = [to for to, kind in letters() if kind == "agreement.new"]
    everyone = ("amara", "bilal", "chidi", "grace", "hana", "sol")
    assert sorted(told) == [f"{name}@panel.test" for name in everyone]
    assert f"{UNTIL:%d %B %Y}" in latest("bilal@panel.test")
    assert opened(cast) and opened(cast, UNTIL) and not opened(cast, UNTIL + DAY)
    assert "To read and sign" in browse("bilal").get(f"{SEATS}/mine").text
    page = browse("bilal").get(SIGN).text
    assert "We keep it to ourselves." in page and 'name="number" value="2"' in page

    assert browse("bilal").post(SIGN, YES | {"number": "2"}).status_code == 303
    assert held() == [("confidentiality", "cleared", 2, today(), None)]
    assert opened(cast, UNTIL + DAY)


def test_words_replaced_while_somebody_read_are_shown_and_not_signed(browse, asks):
    browse("grace").post(WORDS, NEW)
    reply = browse("bilal").post(SIGN, YES)
    assert reply.status_code == 409
    assert "We keep it to ourselves." in reply.text and 'name="number" value="2"' in reply.text
    assert held() == []


def test_a_second_change_never_makes_what_was_signed_count_longer(browse, cast, asks):
    browse("bilal").post(SIGN, YES)
    browse("grace").post(WORDS, NEW)
    later = (UNTIL + 60 * DAY).isoformat()
    browse("grace").post(WORDS, NEW | {"number": "2", "sign_by": later})
    assert held()[0][-1] == UNTIL
    assert run(agreement(cast.lambeth, Clearing.CONFIDENTIALITY)).number == 3


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "a" * 20_001}, "text"),
        ({"sign_by": ""}, "sign_by"),
        ({"sign_by": (today() - DAY).isoformat()}, "sign_by"),
    ],
)
def test_the_form_asks_for_what_is_missing(browse, change, field):
    reply = browse("grace").post(WORDS, NEW | change)
    assert reply.status_code == 422 and f'id="{field}-error"' in reply.text
    assert got(Agreement.select()) == []


def test_only_the_secretariat_writes_new_words(browse):
    for name, code in (("amara", 403), ("bilal", 403), ("claire", 403), ("dev", 404)):
        assert browse(name).get(WORDS).status_code == code
        assert browse(name).post(WORDS, NEW).status_code == code


def test_two_at_once_the_second_keeps_their_words_and_sees_the_first(browse):
    browse("grace").post(WORDS, NEW)
    reply = browse("grace").post(WORDS, NEW | {"text": "My own words."})
    assert reply.status_code == 409
    assert "My own words." in reply.text and "We keep it to ourselves." in reply.text
    assert 'name="number" value="2"' in reply.text
    assert len(got(Agreement.select())) == 1


def test_another_panels_words_stay_as_they_were(browse, cast):
    browse("grace").post(WORDS, NEW)
    assert run(agreement(cast.hackney, Clearing.CONFIDENTIALITY)).number == 1


def test_a_seat_that_is_not_active_yet_signs(browse, cast):
    put(cast.seats["bilal"], stage="onboarding")
    assert browse("bilal").post(SIGN, YES).status_code == 303
