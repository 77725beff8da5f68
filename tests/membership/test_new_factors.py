"""A member lost phone, key and codes: two other people let them set up new ones."""

import pytest
from accounts.steps import Visitor, code_of, equip
from conftest import run

from scrutiny.accounts.tables import Authenticator, RecoveryCode
from scrutiny.membership.tables import Proposal

from .steps import SEATS, events, got, letters

WHY = {"why": "We met at the library and I know him."}


@pytest.fixture
def path(cast):
    return lambda name: f"{SEATS}/{cast.seats[name].id}/new-factors"


def proposal() -> str:
    return f"{SEATS}/proposals/{got(Proposal.select(Proposal.id))[0]['id']}"


def factors() -> tuple[int, int]:
    return got(Authenticator.count()), got(RecoveryCode.count())


def test_two_others_let_a_member_set_up_new_factors(browse, cast, path, site):
    """R06: one asks, another agrees, and only then does what was lost count no more."""
    seed, _ = run(equip(cast.people["bilal"]))
    inside = browse("bilal")
    assert browse("grace").get(path("bilal")).status_code == 200

    assert browse("grace").post(path("bilal"), WHY).status_code == 303
    assert factors() == (1, 10)
    assert ("bilal@panel.test", "seat.new_factors") in letters()
    assert browse("grace").post(proposal(), {"verdict": "agreed"}).status_code == 409
    assert browse("bilal").post(proposal(), {"verdict": "agreed"}).status_code == 409
    assert factors() == (1, 10)
    assert browse("amara").post(proposal(), {"verdict": "agreed"}).status_code == 303

    assert factors() == (0, 0)
    assert inside.get("/account").status_code == 303
    assert events()[-2:] == ["seat.new_factors_proposed", "seat.new_factors_agreed"]
    assert letters()[0] == ("bilal@panel.test", "factor.removed")
    bilal = Visitor(site)
    bilal.enters("bilal@panel.test")
    assert bilal.get("/sign-in/second-factor").headers["location"] == "/account/second-factor"
    old = bilal.post("/sign-in/second-factor", {"code": code_of(seed)})
    assert old.status_code == 422


def test_declined_changes_nothing(browse, cast, path):
    """R06: the second person may say no."""
    run(equip(cast.people["bilal"]))
    browse("grace").post(path("bilal"), WHY)
    assert browse("chidi").post(proposal(), {"verdict": "declined"}).status_code == 303
    assert factors() == (1, 10)


def test_nobody_asks_for_themselves_or_without_a_reason(browse, path):
    assert browse("grace").get(path("grace")).status_code == 409
    assert browse("grace").post(path("grace"), WHY).status_code == 409
    reply = browse("grace").post(path("bilal"), {"why": ""})
    assert reply.status_code == 422
    assert got(Proposal.select()) == []


@pytest.mark.parametrize(("name", "status"), [("bilal", 403), ("claire", 403), ("ruth", 404)])
def test_others_cannot_ask(browse, path, name, status):
    assert browse(name).get(path("chidi")).status_code == status
    assert browse(name).post(path("chidi"), WHY).status_code == status


def test_it_is_asked_once(browse, path):
    form = WHY | {"form_key": "one-form"}
    assert browse("grace").post(path("bilal"), form).status_code == 303
    assert browse("grace").post(path("bilal"), form).status_code == 303
    again = browse("amara").post(path("bilal"), WHY)
    assert again.status_code == 409
    assert WHY["why"] in again.text
    assert len(got(Proposal.select())) == 1
