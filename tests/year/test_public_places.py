"""The public comes: places, a waiting list; and a meeting that is called off with its reason."""

import re

import pytest
from kit.test_ical import libical  # noqa: F401

from year import inviting
from year.inviting import event, invite, method
from year.steps import Year, at, said, to

MARCH, MAY = "/lambeth/meetings/2027-03-10", "/lambeth/meetings/2027-05-12"
SHOWN = re.compile(r"(?:[0-9A-Z]{6}[- ]+){3}[0-9A-Z]{6}")
REASON = "The town hall is closed for repairs."


@pytest.fixture
def announced(year: Year) -> Year:
    """Two meetings of the panel's usual rhythm, with two places for the public at the first."""
    with at("2027-01-20"):
        inviting.call(year)
        inviting.call(year)
        grace = year.hands("grace").go(MARCH).follow("Places for the public")
        grace.press("Save", capacity="2")
        year.hands().go(f"{MARCH}/registration", 404)
        invite(year, MARCH)
        invite(year, MAY)
    return year


def test_the_public_takes_places_and_waits_for_one(announced: Year):
    year = announced
    with at("2027-02-01"):
        codes = [_registered(year, name) for name in ("nadia", "tariq")]
        _registered(year, "wen", waits=True)
    with at("2027-02-20"):
        _given_up(year, codes[0])
    with at("2027-03-10"):
        _came(year)
    with at("2027-03-12"):
        assert year.round_goes() == []
        _forgotten(year)


def _registered(year: Year, name: str, waits: bool = False) -> str:
    nobody = year.hands().go(MARCH).follow("Tell us that you mean to come")
    told = {"name": name.title(), "email": f"{name}@panel.test", "needs": f"A seat for {name}."}
    nobody.press("I mean to come", **told)
    nobody.reads("You are on the waiting list" if waits else "You have a place")
    letter = to(year.post_goes(), name)[0]
    code = "-".join(re.findall("[0-9A-Z]{6}", SHOWN.search(nobody.words)[0]))
    assert code in said(letter) and (waits or method(letter) == "REQUEST")
    return code


def _given_up(year: Year, code: str) -> None:
    nobody = year.hands().go(MARCH).follow("Give up your place")
    nobody.press("Show where I stand", code=code).press("Give up my place")
    letters = year.post_goes()
    assert "You have a place" in said(to(letters, "wen")[0])
    assert method(to(letters, "nadia")[0]) == "CANCEL" if to(letters, "nadia") else True


def _came(year: Year) -> None:
    grace = year.hands("grace").go(MARCH).follow("Who of the public means to come")
    grace.reads("Wen", "A seat for wen.").reads_nothing_of("Nadia")
    year.hands("bilal").go(f"{MARCH}/registrations", 403)
    year.hands().go(MARCH).reads_nothing_of("Wen", "Tariq", "A seat for")


def _forgotten(year: Year) -> None:
    grace = year.hands("grace").go(f"{MARCH}/registrations")
    grace.reads_nothing_of("Wen", "Tariq", "A seat for")


def test_another_is_cancelled_and_everybody_reads_why(announced: Year, libical):
    year = announced
    with at("2027-04-01"):
        asked = len(inviting.ASKED)
        grace = year.hands("grace").go(MAY).follow("Cancel the meeting")
        grace.press("Cancel the meeting", 422, reason="")
        grace.press("Cancel the meeting", reason=REASON).reads("This meeting is cancelled")
        letters = year.post_goes()
        assert len(letters) == asked
        for one in letters:
            found = event(one)
            assert (method(one), found["STATUS"], found["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
            assert libical(inviting.entry(one))
        year.hands().go(MAY).reads(REASON)
        assert year.round_goes() == []
