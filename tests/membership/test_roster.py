"""Who sits on the panel, for its own people and, under the names they chose, for everybody."""

from datetime import timedelta

import pytest
from conftest import run

from scrutiny.kit.clock import today
from scrutiny.membership import queries
from scrutiny.record.tables import Event

from .steps import SEATS, asked_of_database, events, fill, got

NAME = "/account/public-name"


def names(panel) -> list[str]:
    return [row["name"] for row in run(queries.roster(panel))]


def test_the_panel_sees_who_sits(browse):
    page = browse("bilal").get(SEATS).text
    for name in ("Amara Okafor", "Bilal Hussain", "Grace Mensah", "Claire Walsh", "Owen Price"):
        assert name in page
    assert "Ruth Stein" not in page
    assert "/seats/new" not in page
    assert "/end" not in page.replace("/ended", "")
    assert "No seat has ended yet" in browse("bilal").get(f"{SEATS}/ended").text


def test_others_do_not_see_the_seats(browse):
    for path in (SEATS, f"{SEATS}/ended"):
        assert browse("claire").get(path).status_code == 403
        assert browse("dev").get(path).status_code == 404
        assert browse().get(path).status_code == 303


def test_in_public_officers_go_by_role(cast):
    assert names(cast.lambeth) == [
        *("Amara Okafor", "Bilal Hussain", "Chidi Eze", "Grace Mensah"),
        *("Police liaison", "Police approver"),
        *("Hana Suleiman", "Sol Adebayo"),
    ]


@pytest.mark.parametrize(("choice", "shown"), [("initials", "B. H."), ("role", "Member")])
def test_a_member_chooses_their_public_name(browse, cast, choice, shown):
    bilal = browse("bilal")
    assert "Bilal Hussain" in bilal.get(NAME).text

    reply = bilal.post(NAME, {"seat": str(cast.seats["bilal"].id), "choice": choice})

    assert (reply.status_code, reply.headers["location"]) == (303, NAME)
    assert shown in names(cast.lambeth)
    assert f"<strong>{shown}</strong>" in bilal.get(NAME).text
    assert events() == ["seat.named"]
    assert got(Event.select(Event.public)) == [{"public": True}]


def test_choosing_the_same_again_records_nothing(browse, cast):
    browse("bilal").post(NAME, {"seat": str(cast.seats["bilal"].id), "choice": "full"})
    assert events() == []


def test_what_is_no_choice_is_asked_again(browse, cast):
    for form in ({}, {"seat": "x", "choice": "role"}, {"seat": str(cast.seats["bilal"].id)}):
        assert browse("bilal").post(NAME, form).status_code == 422


def test_nobody_chooses_for_somebody_else_nor_an_officer_for_themself(browse, cast):
    for who, whose in (("bilal", "amara"), ("dev", "bilal"), ("claire", "claire")):
        form = {"seat": str(cast.seats[whose].id), "choice": "full"}
        assert browse(who).post(NAME, form).status_code == 404
    assert events() == []
    assert "no seat for which there is a choice" in browse("claire").get(NAME).text


def test_a_long_list_is_shown_by_pages(browse, cast):
    fill(cast.lambeth, 120)
    page = browse("amara").get(SEATS).text
    assert page.count("<dt") == 50
    following = page.split('rel="next" href="')[1].split('"')[0]
    second = browse("amara").get(SEATS + following).text
    assert second.count("<dt") == 50
    assert browse("amara").get(f"{SEATS}?after=nonsense").status_code == 200


def test_ended_seats_are_shown_by_pages(browse, cast):
    fill(cast.lambeth, 60, until=today() - timedelta(days=3))
    page = browse("amara").get(f"{SEATS}/ended").text
    assert page.count("<dt") == 50
    following = page.split('rel="next" href="')[1].split('"')[0]
    assert browse("amara").get(f"{SEATS}/ended{following}").text.count("<dt") == 10


def test_thirty_seats_ask_no_more_of_the_database_than_six(browse, cast):
    amara = browse("amara")
    amara.get(SEATS)
    with asked_of_database() as few:
        amara.get(SEATS)
    fill(cast.lambeth, 30)
    with asked_of_database() as many:
        assert "Person 29" in amara.get(SEATS).text
    assert len(many) == len(few)
