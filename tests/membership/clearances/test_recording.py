"""The secretariat records or asks for a clearance: outcome and days, and no place for a reason."""

from dataclasses import fields
from datetime import timedelta

import pytest
from piccolo.columns import Text

from membership.steps import events, give, got, latest, letters
from scrutiny.kit.clock import today
from scrutiny.membership.clearances.routes import OutcomeForm
from scrutiny.membership.clearances.tables import Clearance

DAY = timedelta(days=1)
LAST = today() + 700 * DAY
TRAINED = {
    "outcome": "cleared",
    "granted": today().isoformat(),
    "expires": LAST.isoformat(),
    "version": "0",
}
ASKED = {"outcome": "requested", "level": "NPPV2F", "version": "0"}


@pytest.fixture
def of(cast):
    return lambda kind, name="bilal": f"/lambeth/clearances/{cast.seats[name].id}/{kind}"


def held() -> list[dict]:
    columns = (Clearance.kind, Clearance.outcome, Clearance.level, Clearance.granted)
    return got(Clearance.select(*columns, Clearance.expires, Clearance.version))


def test_no_column_and_no_form_takes_a_reason(browse, of):
    """domain.md 5: nothing in the table or the forms could hold words of one's own."""
    assert {column._meta.name for column in Clearance._meta.columns} == {
        *("id", "panel", "person", "kind", "level", "outcome", "granted", "expires"),
        *("document_version", "changed", "version"),
    }
    assert not [column for column in Clearance._meta.columns if isinstance(column, Text)]
    names = {field.name for field in fields(OutcomeForm)}
    assert names == {"outcome", "level", "granted", "expires", "version"}
    page = browse("grace").get(of("vetting")).text.split("<main")[1]
    assert "<textarea" not in page and 'type="text"' not in page


def test_words_sent_all_the_same_are_kept_nowhere(browse, of):
    form = TRAINED | {"reason": "Cautioned in 1999", "why": "Cautioned in 1999"}
    browse("grace").post(of("training"), form)
    assert browse("grace").post(of("vetting"), ASKED | {"level": "Cautioned"}).status_code == 422
    assert "Cautioned" not in repr(got(Clearance.select())) + latest()
    assert "Cautioned" not in browse("grace").get("/lambeth/clearances").text


def test_a_clearance_is_recorded_and_its_holder_told(browse, of, cast):
    assert browse("grace").get(of("training")).status_code == 200
    reply = browse("grace").post(of("training"), TRAINED)
    home = f"/lambeth/clearances/{cast.seats['bilal'].id}"
    assert (reply.status_code, reply.headers["location"]) == (303, home)
    assert held() == [
        {"kind": "training", "outcome": "cleared", "level": "", "granted": today(),
         "expires": LAST, "version": 1}
    ]  # fmt: skip
    assert events() == ["clearance.recorded"]
    assert letters() == [("bilal@panel.test", "clearance.changed")]
    assert "raining" not in latest("bilal@panel.test")
    assert "Recorded: Cleared (Secretariat)" in browse("amara").get(home).text


def test_what_is_not_cleared_has_no_days(browse, of):
    browse("grace").post(of("training"), TRAINED)
    browse("grace").post(of("training"), TRAINED | {"outcome": "pending", "version": "1"})
    assert (held()[0]["granted"], held()[0]["expires"]) == (None, None)
    assert held()[0]["outcome"] == "pending"
    wrong = browse("grace").post(of("training"), TRAINED | {"outcome": "refused", "version": "2"})
    assert wrong.status_code == 422  # nobody refuses training


def test_a_vetting_that_is_asked_for_is_told_to_the_liaison(browse, of):
    assert browse("grace").post(of("vetting"), ASKED).status_code == 303
    assert ("claire@panel.test", "vetting.asked") in letters()
    assert "owen@panel.test" not in dict(letters())
    assert "Bilal" not in latest("claire@panel.test")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "lapsed"}, "outcome"),
        ({"granted": ""}, "granted"),
        ({"granted": (today() + DAY).isoformat()}, "granted"),
        ({"expires": "next year"}, "expires"),
        ({"expires": (today() - DAY).isoformat()}, "expires"),
    ],
)
def test_the_form_asks_for_what_is_missing(browse, of, change, field):
    reply = browse("grace").post(of("training"), TRAINED | change)
    assert reply.status_code == 422 and f'id="{field}-error"' in reply.text
    assert held() == []


def test_only_the_secretariat_records(browse, of):
    for name, code in (("amara", 403), ("bilal", 403), ("claire", 403), ("dev", 404)):
        assert browse(name).get(of("training")).status_code == code
        assert browse(name).post(of("training"), TRAINED).status_code == code
    assert held() == []


@pytest.mark.parametrize("kind", ["confidentiality", "code_of_conduct", "blood"])
def test_agreements_are_signed_and_never_recorded_for_somebody(browse, of, kind):
    assert browse("grace").get(of(kind)).status_code == 404
    assert browse("grace").post(of(kind), TRAINED).status_code == 404
    assert held() == []


def test_nobody_of_another_panel(browse, of):
    assert browse("grace").post(of("training", "dev"), TRAINED).status_code == 404


def test_nobody_records_their_own_check(browse, of):
    own = of("vetting", "grace")
    refused = browse("grace").post(own, TRAINED | {"level": "NPPV3"})
    assert refused.status_code == 409 and "Somebody else records" in refused.text
    assert browse("grace").post(own, ASKED).status_code == 303
    assert browse("grace").post(of("training", "grace"), TRAINED).status_code == 303


def test_two_at_once_the_second_keeps_their_choice_and_sees_the_first(browse, of):
    browse("grace").post(of("training"), TRAINED)
    reply = browse("grace").post(of("training"), TRAINED | {"outcome": "pending"})
    assert reply.status_code == 409
    assert 'value="pending" checked' in reply.text and "<strong>Cleared</strong>" in reply.text
    assert 'name="version" value="1"' in reply.text
    assert held()[0]["outcome"] == "cleared"


def test_the_form_begins_with_what_is_noted(browse, of, cast):
    give(cast, "bilal", "vetting", level="NPPV3", expires=LAST)
    page = browse("grace").get(of("vetting")).text
    assert 'value="NPPV3" selected' in page and f'value="{LAST}"' in page
