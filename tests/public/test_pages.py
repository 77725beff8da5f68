"""The public pages: open to everybody, built from published rows only."""

from datetime import timedelta

import pytest

from scrutiny.kit.clock import today
from scrutiny.people.tables import Seat
from scrutiny.policy import POLICY, Role
from scrutiny.public.rules import deeds

PAGES = [
    "/",
    "/lambeth",
    "/about",
    "/about/who-can-do-what",
    "/about/safety",
    "/about/open-data",
    "/about/accessibility",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_open_to_everybody_and_may_be_kept(browse, path):
    reply = browse().get(path)
    assert reply.status_code == 200
    assert reply.headers["x-published"] == "1"
    assert reply.text.count("<h1") == 1


def test_a_site_without_panels_says_so(tables, site):
    assert "No panel works here yet" in site.get("/").text


def test_members_appear_under_the_name_they_chose_and_police_not_at_all(browse, cast):
    for name, choice in (("bilal", "initials"), ("chidi", "role")):
        Seat.update({Seat.public_name: choice}).where(Seat.id == cast.seats[name].id).run_sync()
    page = browse().get("/lambeth").text
    assert "Amara Okafor" in page
    assert "B. H." in page
    assert "Bilal" not in page
    assert "Chidi" not in page
    assert "Claire" not in page


def test_somebody_whose_seat_has_ended_is_not_listed(browse, cast):
    ended = {Seat.until: today() - timedelta(days=1)}
    Seat.update(ended).where(Seat.id == cast.seats["bilal"].id).run_sync()
    assert "Bilal" not in browse().get("/lambeth").text


def test_the_page_of_rights_says_what_the_policy_says():
    told = {row[0]: row[1:] for _, rows in deeds() for row in rows}
    assert told["Close recommendation"] == [
        "yes" if role in POLICY["recommendation.close"] else "no" for role in Role
    ]
    assert len(told) > 20


def test_the_health_page_answers_when_the_database_does(browse):
    assert browse().get("/healthz").text == "ok\n"
