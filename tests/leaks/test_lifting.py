"""Letting something through: by a second person, with a reason, for one document."""

from uuid import uuid4

import pytest
from conftest import run

from leaks.steps import REASON, blocked, found, lift, marked
from scrutiny.kit.errors import NotNow
from scrutiny.kit.tokens import receipt_code
from scrutiny.leaks.tables import Lift
from scrutiny.record.tables import Event

NADIA = ("name", "Nadia Xyloquist")
RECEIPT = receipt_code(b"a secret of these tests")
TEXT = "Nadia Xyloquist told us her story."


@pytest.fixture
def minutes():
    return uuid4()


def lifts():
    return run(Lift.select(Lift.about, Lift.outlet, Lift.reason, Lift.by).run())


def events():
    return run(Event.select(Event.what, Event.facts).where(Event.what == "leaks.lifted").run())


def lift_all(cast, text, about, *, by="amara", prepared_by="grace", **how):
    lift(found(cast.lambeth, text, about=about), by=cast.seats[by],
         prepared_by=cast.people[prepared_by], about=about, **how)  # fmt: skip


def test_a_second_person_lets_it_through_and_it_is_recorded(cast, minutes):
    marked(cast.lambeth, NADIA)
    lift_all(cast, TEXT, minutes)
    (row,) = lifts()
    assert (row["about"], row["outlet"], row["reason"]) == (minutes, "", REASON)
    assert row["by"] == cast.seats["amara"].id
    (event,) = events()
    assert "Nadia" not in event["facts"]
    assert str(minutes) in event["facts"]
    (told,) = found(cast.lambeth, TEXT, about=minutes)
    assert (told.lifted, told.blocks, told.kind) == (True, False, "name")


def test_it_counts_for_that_document_alone(cast, minutes):
    marked(cast.lambeth, NADIA)
    lift_all(cast, TEXT, minutes)
    assert blocked(cast.lambeth, TEXT, about=uuid4()) == ["name"]
    assert blocked(cast.lambeth, TEXT) == ["name"]


def test_it_counts_for_one_outlet_where_that_is_asked(cast, minutes):
    marked(cast.lambeth, NADIA)
    lift_all(cast, TEXT, minutes, anywhere=False)
    assert lifts()[0]["outlet"] == "page"
    assert blocked(cast.lambeth, TEXT, about=minutes) == []


def test_it_counts_for_nobody_else(cast, minutes):
    marked(cast.lambeth, NADIA, ("name", "Tobias Quorn"))
    lift_all(cast, TEXT, minutes)
    assert blocked(cast.lambeth, "Tobias Quorn was there too.", about=minutes) == ["name"]


def test_a_reason_is_asked_for(cast, minutes):
    marked(cast.lambeth, NADIA)
    with pytest.raises(NotNow, match="Say why"):
        lift_all(cast, TEXT, minutes, reason="  ok ")
    assert lifts() == []


def test_whoever_prepared_the_text_does_not_lift(cast, minutes):
    marked(cast.lambeth, NADIA)
    with pytest.raises(NotNow, match="another person"):
        lift_all(cast, TEXT, minutes, by="grace")
    assert lifts() == [] == events()


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (("phone", "07700 900461"), "Ring 07700 900461."),
        (("email", "n@example.org"), "Write to n@example.org."),
        (("receipt", RECEIPT), f"It was {RECEIPT}."),
    ],
)
def test_what_reaches_somebody_is_never_lifted(cast, minutes, told, text):
    marked(cast.lambeth, told, NADIA)
    findings = found(cast.lambeth, f"{text} {TEXT}")
    with pytest.raises(NotNow, match="never published"):
        lift(findings, by=cast.seats["amara"], prepared_by=cast.people["grace"], about=minutes)
    assert lifts() == []


def test_a_row_by_hand_does_not_let_a_telephone_number_through(cast, minutes):
    marked(cast.lambeth, ("phone", "07700 900461"))
    (told,) = found(cast.lambeth, "Ring 07700 900461.")
    lift([_as_name(told)], by=cast.seats["amara"], prepared_by=cast.people["grace"], about=minutes)
    assert blocked(cast.lambeth, "Ring 07700 900461.", about=minutes) == ["phone"]


def _as_name(told):
    return type(told)("name", told.outlet, told.shown, True, True, told.mark)


def test_the_same_twice_is_once(cast, minutes):
    marked(cast.lambeth, NADIA)
    lift_all(cast, TEXT, minutes)
    lift_all(cast, TEXT, minutes)
    assert len(lifts()) == 1


def test_a_lift_of_one_panel_is_none_of_another(cast, minutes):
    marked(cast.lambeth, NADIA)
    marked(cast.hackney, NADIA)
    lift_all(cast, TEXT, minutes)
    assert blocked(cast.hackney, TEXT, about=minutes) == ["name"]
