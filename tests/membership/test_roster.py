"""Who sits on the panel, for its own people and, under the names they chose, for everybody."""

from datetime import timedelta

import pytest
from conftest import run

from scrutiny.accounts.factors.letters import tell_of_recovery
from scrutiny.concerns.queries import readers
from scrutiny.concerns.triage.actions import tell_chairs
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.letters.queries import newest
from scrutiny.membership import queries
from scrutiny.people.queries import people_on
from scrutiny.people.tables import Seat
from scrutiny.record.tables import Event

from .steps import SEATS, ask_for, asked_of_database, events, fill, give, got, put

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


def public(cast, name: str) -> dict:
    sits = [row for row in run(queries.roster(cast.lambeth)) if row["name"].startswith(name)]
    return sits[0]


def test_the_public_reads_the_term_how_they_came_and_who_is_away(browse, cast):
    ends = today() + timedelta(days=100)
    more = {"route": "nominated_org", "represents": "Brixton Youth", "stage": "on_leave"}
    put(cast.seats["bilal"], until=ends, term=2, **more)
    row = public(cast, "Bilal")
    assert (row["term"], row["until"], row["represents"]) == (2, ends, "Brixton Youth")
    assert row["on_leave"] and row["route"] == "Sent by an organisation"
    page = browse().get("/lambeth").text
    for words in ("Bilal Hussain", "for Brixton Youth", "Term 2", "On leave"):
        assert words in page


@pytest.mark.parametrize("choice", ["initials", "role"])
def test_whom_they_represent_is_not_said_of_somebody_without_a_full_name(browse, cast, choice):
    put(cast.seats["bilal"], public_name=choice, represents="Brixton Youth")
    page = browse().get("/lambeth").text
    assert "Bilal" not in page and "Brixton" not in page


def test_who_has_not_begun_is_not_there_and_leaves_no_vacancy(browse, cast):
    ask_for(cast.lambeth, places=4, before_active=(), clearances={})
    assert "1 place for a resident is vacant" in browse().get("/lambeth").text
    put(cast.seats["bilal"], stage="onboarding")
    page = browse().get("/lambeth").text
    assert "Bilal" not in page and "1 place for a resident is vacant" in page
    assert "1 of 4 places for residents is vacant" in browse("grace").get(SEATS).text
    put(cast.seats["chidi"], until=today() - timedelta(days=1))
    assert "2 of 4 places for residents are vacant" in browse("grace").get(SEATS).text


def test_neither_clearances_nor_restrictions_reach_a_public_page(browse, cast):
    give(cast, "bilal", "vetting", level="NPPV2F", expires=today() + timedelta(days=9))
    put(cast.seats["chidi"], stage="restricted")
    assert not {"stage", "clearances"} & set(public(cast, "Chidi"))
    for path in ("/lambeth", "/", "/lambeth/meetings"):
        page = browse().get(path).text
        assert "NPPV" not in page and "etting:" not in page and "estricted" not in page


def test_the_panel_sees_how_everybody_came_and_who_is_away(browse, cast):
    put(cast.seats["chidi"], stage="on_leave", route="co_opted", term=3)
    page = browse("bilal").get(SEATS).text
    for words in ("On leave", "Co-opted by the panel", "Term 3", "/lambeth/seats/mine"):
        assert words in page
    assert "/lambeth/clearances" not in page
    assert "/lambeth/clearances" in browse("grace").get(SEATS).text


def sits_twice(cast, name: str, role: str) -> None:
    """Also on another seat of the panel."""
    first = cast.seats[name]
    row = Seat(panel=cast.lambeth.id, person=cast.people[name].id, role=role, since=first.since)

    async def insert():
        async with write_tx():
            await Seat.insert(row)

    run(insert())


def test_who_holds_two_seats_comes_once_with_both_offices(browse, cast):
    before = len(names(cast.lambeth))
    put(cast.seats["amara"], represents="Brixton Youth")
    sits_twice(cast, "amara", "member")
    assert len(names(cast.lambeth)) == before
    row = public(cast, "Amara")
    assert (row["role"], row["roles"]) == ("Chair, Member", ["Chair", "Member"])
    assert row["represents"] == "Brixton Youth"
    page = browse().get("/lambeth").text
    assert page.count("Amara Okafor") == 1
    assert "Chair: since " in page and "Member: since " in page  # each seat with its own days


def test_who_is_shown_by_role_has_a_line_of_their_own(browse, cast):
    put(cast.seats["bilal"], public_name="role")
    assert "<strong>Member</strong>, shown without a name" in browse().get("/lambeth").text


def test_two_seats_under_two_names_are_not_said_to_be_one(cast):
    sits_twice(cast, "amara", "member")
    put(cast.seats["amara"], public_name="role")
    assert {"Chair", "Amara Okafor"} <= set(names(cast.lambeth))


def test_a_person_with_two_seats_gets_one_letter(cast):
    sits_twice(cast, "amara", "vice_chair")
    sits_twice(cast, "grace", "safeguarding_lead")

    async def written():
        async with write_tx():
            await tell_chairs(cast.lambeth, "accepted", "Something.")
            await tell_of_recovery(cast.people["bilal"], 9)
        letters = [(one.kind, one.to.address) for one in await newest()]
        return sorted(letters), [one.address for one in await readers(cast.lambeth)]

    letters, told = run(written())
    assert letters == [
        ("concern.accepted", "amara@panel.test"),
        ("recovery.used", "bilal@panel.test"),
        ("recovery.used_by_member", "amara@panel.test"),
    ]
    assert sorted(told) == ["grace@panel.test", "sol@panel.test"]
    assert len(run(people_on(cast.lambeth.id, ["chair", "vice_chair"]))) == 1
