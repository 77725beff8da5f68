"""A resident answers an open call and becomes a member: applied, scored, offered, cleared."""

import re

import pytest
from agendas.steps import case
from conftest import run

from scrutiny.people.queries import person_by_email
from year import adopting
from year.hands import Hands
from year.steps import BEGIN, Year, at, said, to

CODE = re.compile(r"(?:[0-9A-Z]{6}[- ]){3}[0-9A-Z]{6}")
JOIN, CASES, TITLE = "/lambeth/join", "/lambeth/cases", "A stop in Acre Lane"
CALL = {
    "title": "A resident for the panel",
    "places": "1",
    "opens": "2027-02-01",
    "closes": "2027-03-01",
    "text": "Two evenings a month. We pay what it costs you.",
    "questions": "Why do you want to join?",
    "criteria": "Listens\nAsks",
}
TOLD = {
    "name": "Ines Duarte",
    "email": "ines@panel.test",
    "age": "yes",
    "connection": "yes",
    "police": "never",
    "answer_0": "I was stopped myself, and I want to see that it is done well.",
}


@pytest.fixture
def begun(year: Year) -> Year:
    """Terms in force, which say what a newcomer needs; and a case that she is not to see yet."""
    with at(BEGIN):
        adopting.adopt(year, **adopting.RULES)
        run(case(year.cast, title=TITLE, month="2026-12"))
    return year


def test_somebody_applies_and_becomes_a_member(begun: Year):
    year = begun
    with at("2027-02-01"):
        _called(year)
    with at("2027-02-03"):
        code = _applied(year)
    with at("2027-03-02"):
        _shortlisted(year, code)
    with at("2027-03-08", "19:00"):
        _scored(year)
    with at("2027-03-09"):
        _offered(year)
    with at("2027-03-10"):
        _accepted(year, code)
    with at("2027-03-11"):
        _cleared(year)
    with at("2027-03-20"):
        _active(year)


def _called(year: Year) -> None:
    grace = year.hands("grace").go("/lambeth/seats").follow("Recruitment").follow("Write a call")
    call = grace.press("Save the draft", **CALL)
    year.hands().go(JOIN).reads("not looking for members")
    call.press("Publish the call")
    year.hands().go("/lambeth").follow("Read about the seats").reads(
        CALL["title"], "You are 16 or older."
    )


def _applied(year: Year) -> str:
    nobody = year.hands().go(JOIN).follow("Apply").press("Look it over", 422, name="Ines")
    checked = nobody.press("Look it over", **TOLD).reads("It is not sent yet.")
    checked.press("Send the application").reads("We have your application")
    code = CODE.search(nobody.words)[0]
    nobody.follow("Answer a few questions").press("Count my answers")
    letters = year.post_goes()
    assert not any(TOLD["name"] in said(one) or code in one.as_string() for one in letters)
    return code


def _back(year: Year, code: str) -> Hands:
    nobody = year.hands().go(JOIN).follow("Come back with the code of your application")
    return nobody.press("Go on", code=code).reads("Your application")


def _shortlisted(year: Year, code: str) -> None:
    for name, status in (("claire", 403), ("bilal", 403), ("dev", 404)):
        year.hands(name).go("/lambeth/recruitment", status)
    amara = year.hands("amara").go("/lambeth/recruitment").follow(CALL["title"]).follow("1: Ines")
    amara.press("Put on the shortlist").follow("Name a day and who scores")
    people = [amara.value_of("people", f"{name}") for name in ("Bilal Hussain", "Chidi Eze")]
    when = {"date": "2027-03-08", "time": "18:00", "place": "Tate Library"}
    amara.press("Invite the applicant", people=people, **when).reads("0 of 2 have given")
    assert "Tate Library" not in said(to(year.post_goes(), "ines")[0])
    _back(year, code).reads("We would like to talk with you", "8 March 2027, 18:00", "Tate Library")


def _scored(year: Year) -> None:
    for name in ("bilal", "chidi"):
        home = year.hands(name).go("/lambeth/seats").follow("Interviews to score")
        mine = home.follow("Ines Duarte").reads_nothing_of("ines@panel.test")
        assert "All together" not in mine.words
        mine.press("Give these points", points_0="3", points_1="4", note=f"Of {name}.")
        mine.reads("All together")


def _offered(year: Year) -> None:
    grace = _application(year, "grace")
    grace.press("Propose it", move="offered", feedback="You listen well.")
    assert "Agree, and tell the applicant" not in grace.words
    assert to(year.post_goes(), "ines") == []
    _application(year, "amara").press("Agree, and tell the applicant").reads("You listen well.")
    assert len(to(year.post_goes(), "ines")) == 1


def _application(year: Year, name: str) -> Hands:
    return year.hands(name).go("/lambeth/recruitment").follow(CALL["title"]).follow("1: Ines")


def _accepted(year: Year, code: str) -> None:
    own = _back(year, code).reads("The panel offers you a seat", "You listen well.", "Training")
    own.press("Take the seat", email="ines@panel.test").reads("Welcome.")
    assert to(year.post_goes(), "ines")
    year.cast.people["ines"] = run(person_by_email("ines@panel.test"))
    ines = year.hands("ines").go("/lambeth/seats/mine").reads("Before your seat is active")
    ines.reads("Training", "Confidentiality agreement", "Code of conduct")
    ines.go(CASES, 403).go("/lambeth/seats", 403)


def _cleared(year: Year) -> None:
    """She signs and declares; the secretariat notes training; the force answers on vetting."""
    adopting.sign_agreements(year, "ines")
    ines = year.hands("ines").go("/lambeth/seats/mine").follow("Your entry in the register")
    ines.press("I have nothing to declare")
    ines.go("/lambeth/seats/mine").reads("Before your seat is active", "Training").go(CASES, 403)
    grace = _clearances(year).follow("Note: Vetting").press("Save", outcome="requested")
    year.post_goes()
    claire = year.hands("claire").go("/lambeth/vetting").follow("Ines Duarte")
    claire.press("Tell the panel", outcome="cleared", granted="2027-03-11", expires="2030-03-10")
    grace = _clearances(year).reads("Vetting Cleared")
    grace.follow("Note: Training").press("Save", outcome="cleared", granted="2027-03-11")
    ines.go("/lambeth/seats/mine").reads("The secretariat now makes your seat active.")


def _clearances(year: Year) -> Hands:
    grace = year.hands("grace").go("/lambeth/seats").follow("Clearances")
    return grace.follow("Ines Duarte")


def _active(year: Year) -> None:
    year.hands("ines").go(CASES, 403)
    grace = year.hands("grace").go("/lambeth/seats").reads("1 of 7 places for residents is vacant.")
    grace.follow("Leave and term: Ines Duarte").press("Make it active")
    year.hands("ines").go(CASES).reads(TITLE)
    year.hands("bilal").go("/lambeth/seats").reads("Ines Duarte Member", "Term 1")
    assert to(year.post_goes(), "ines")
