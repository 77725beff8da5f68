"""The force's liaison says how a vetting came out: of those asked for, by name, and no more."""

from datetime import timedelta

import pytest

from membership.steps import events, give, got, latest, letters, put
from scrutiny.kit.clock import today
from scrutiny.membership.clearances.tables import Clearance

VETTING = "/lambeth/vetting"
LAST = today() + timedelta(days=1000)
CLEARED = {
    "outcome": "cleared",
    "granted": today().isoformat(),
    "expires": LAST.isoformat(),
    "version": "1",
}


@pytest.fixture
def asked(cast):
    give(cast, "bilal", "vetting", outcome="requested", granted=None, level="NPPV2F")
    give(cast, "chidi", "vetting", outcome="cleared")
    give(cast, "amara", "dbs", outcome="requested", granted=None)
    return f"{VETTING}/{row().id}"


def row() -> Clearance:
    return got(Clearance.objects().where(Clearance.level == "NPPV2F"))[0]


def test_the_liaison_sees_whose_vetting_is_asked_for_and_nothing_else(browse, asked):
    page = browse("claire").get(VETTING).text.split("<main")[1]
    assert "Bilal Hussain" in page
    for words in ("Chidi", "Amara", "NPPV2F", "DBS", "ember", "leared"):
        assert words not in page
    assert "NPPV2F" not in browse("claire").get(asked).text


def test_nothing_asked_is_said_in_words(browse, cast):
    assert "is asked for now" in browse("claire").get(VETTING).text


def test_the_answer_is_kept_and_both_sides_are_told(browse, cast, asked):
    reply = browse("claire").post(asked, CLEARED | {"level": "NPPV3"})
    assert (reply.status_code, reply.headers["location"]) == (303, f"{VETTING}?told=yes")
    kept = row()
    assert (kept.outcome, kept.level, kept.granted, kept.expires) == (
        *("cleared", "NPPV2F", today(), LAST),
    )
    assert events() == ["vetting.answered"]
    assert sorted(letters()) == [
        ("bilal@panel.test", "clearance.changed"),
        ("grace@panel.test", "vetting.answered"),
    ]
    assert "Bilal" not in latest("grace@panel.test")
    assert "Bilal" not in browse("claire").get(VETTING).text.split("<main")[1]


def test_one_in_hand_is_still_there_and_one_answered_is_gone(browse, asked):
    browse("claire").post(asked, {"outcome": "pending", "version": "1"})
    assert browse("claire").get(asked).status_code == 200
    browse("claire").post(asked, {"outcome": "refused", "version": "2"})
    assert browse("claire").get(asked).status_code == 404
    assert browse("claire").post(asked, CLEARED | {"version": "3"}).status_code == 404


@pytest.mark.parametrize("outcome", ["", "not_required", "appealed", "requested", "lapsed"])
def test_only_what_a_force_may_say(browse, asked, outcome):
    reply = browse("claire").post(asked, CLEARED | {"outcome": outcome})
    assert reply.status_code == 422 and 'id="outcome-error"' in reply.text
    assert row().outcome == "requested"


def test_only_the_liaison_of_this_panel_answers(browse, asked):
    for name, code in (("owen", 403), ("grace", 403), ("amara", 403), ("bilal", 403), ("dev", 404)):
        assert browse(name).get(VETTING).status_code == code
        assert browse(name).get(asked).status_code == code
        assert browse(name).post(asked, CLEARED).status_code == code


def test_other_clearances_are_not_there(browse, cast, asked):
    others = got(Clearance.objects().where(Clearance.level == ""))
    for other in others:
        assert browse("claire").get(f"{VETTING}/{other.id}").status_code == 404
        assert browse("claire").post(f"{VETTING}/{other.id}", CLEARED).status_code == 404


def test_somebody_who_left_is_not_asked_about_any_more(browse, cast, asked):
    put(cast.seats["bilal"], until=today() - timedelta(days=1))
    assert "Bilal" not in browse("claire").get(VETTING).text.split("<main")[1]
    assert browse("claire").get(asked).status_code == 404


def test_the_secretariat_was_first(browse, asked):
    put(row(), version=2)
    reply = browse("claire").post(asked, CLEARED)
    assert reply.status_code == 409 and f'value="{LAST}"' in reply.text
    assert row().outcome == "requested"
