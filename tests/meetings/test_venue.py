"""How to get in and take part is said in words; the link to join stays behind sign-in."""

import re
from datetime import timedelta

import oracle
import pytest
from conftest import run
from litestar.testing import TestClient

from scrutiny.kit.clock import today
from scrutiny.letters.queries import newest
from scrutiny.meetings import actions
from scrutiny.meetings.venue.actions import describe
from scrutiny.meetings.venue.rules import VenueForm, problem_with_link
from scrutiny.people.tables import Panel, Seat

from .steps import events, facts, home, how_many_letters, later, meeting, plan, stored

CANARY = "https://video.example/j/Zq7xCanary"
FULL = {
    "address": "Acre Lane\nLondon SW2 5SG",
    "transport": "Brixton station, two minutes.",
    "parking": "Two bays for blue badges.",
    "step_free": "yes",
    "hearing_loop": "no",
    "interpreter": "BSL is booked.",
    "prayer_room": "yes",
    "childcare": "Crèche from six.",
    "food": "Halal and vegan supper.",
    "payment": "£20 for each resident.",
}


@pytest.mark.parametrize(
    ("link", "good"),
    [
        ("", True),
        ("https://video.example/j/1?pwd=a%20b", True),
        ("http://video.example/j/1", False),
        ("javascript:alert(1)", False),
        ("https://localhost", False),
        ("https://user:word@video.example", False),
        ("https://video.example/<b>", False),
        ("https://video.example/ j", False),
        ("https://[", False),
        ("https://vidéo.example", False),
        ("https://video.example/" + "x" * 500, False),
        ("//video.example", False),
    ],
)
def test_only_a_plain_https_link_is_taken(link, good):
    assert (problem_with_link(link) == "") is good


def test_what_is_not_known_is_not_said():
    assert VenueForm(food=" ", step_free="no").details() == {"step_free": "no"}
    assert VenueForm(step_free="maybe").problems() == {"step_free": "Choose one of the answers."}
    assert "parking" in VenueForm(parking="x" * 301).problems()


def test_the_public_reads_it_as_a_list_in_words(browse, cast):
    row = run(meeting(cast))
    reply = browse("grace").post(f"{home(row)}/venue", FULL | {"online": CANARY})
    assert (reply.status_code, reply.headers["location"]) == (303, home(row))
    assert run(events())[-1] == ("meeting.described", True)
    assert run(facts("meeting.described")) == {"fields": sorted(FULL), "online": True}
    assert run(how_many_letters()) == 6  # nobody is written to
    page = browse().get(home(row)).text
    for words in (
        "Step-free from the street to the room.",
        "There is no hearing loop.",
        "There is a room for prayer.",
        "Brixton station, two minutes.",
        "£20 for each resident.",
        "London SW2 5SG",
    ):
        assert words in page
    kept = browse("grace").get(f"{home(row)}/venue").text
    assert "BSL is booked." in kept and CANARY in kept


def test_it_asks_for_a_better_link_and_keeps_the_rest(browse, cast):
    row = run(meeting(cast))
    reply = browse("grace").post(f"{home(row)}/venue", FULL | {"online": "http://a.example"})
    assert reply.status_code == 422
    assert "begins with https://" in reply.text and "Halal and vegan supper." in reply.text
    assert run(stored(row)).details == "{}"


def test_the_second_of_two_keeps_their_own_words(browse, cast):
    row = run(meeting(cast))
    seen = {"version": str(row.version)}
    browse("grace").post(f"{home(row)}/venue", seen | {"food": "Soup."})
    reply = browse("amara").post(f"{home(row)}/venue", seen | {"food": "Bread."})
    assert reply.status_code == 409
    assert "Soup." in reply.text and "Bread." in reply.text
    assert "Somebody else saved this before you" in reply.text
    assert run(stored(row)).details == '{"food": "Soup."}'


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_describe(browse, cast, method):
    row = run(meeting(cast))
    for name, status in (("bilal", 403), ("claire", 403), ("dev", 404)):
        assert getattr(browse(name), method)(f"{home(row)}/venue").status_code == status


def test_a_meeting_that_is_over_is_described_no_more(browse, cast):
    row = run(meeting(cast, "held"))
    assert browse("grace").post(f"{home(row)}/venue", FULL).status_code == 409
    assert "can no longer be changed" in browse("grace").get(f"{home(row)}/venue").text


async def joinable(cast, stage: str = "scheduled", **changes):
    row = await meeting(cast, stage, **changes)
    await describe(row, {}, CANARY, by=cast.seats["grace"])
    return await stored(row)


def test_who_is_at_the_table_joins_from_the_invitations_on(browse, cast):
    row = run(joinable(cast, "proposed"))
    assert CANARY not in browse("grace").get(f"{home(row)}/join").text
    run(actions.invite(row, by=cast.seats["grace"]))
    for name in ("amara", "bilal", "grace", "claire", "owen"):
        assert CANARY in browse(name).get(f"{home(row)}/join").text
    assert f'href="{home(row)}/join"' in browse("bilal").get(home(row)).text
    for name, status in (("", 303), ("hana", 403), ("dev", 404)):
        assert browse(name).get(f"{home(row)}/join").status_code == status
    run(actions.cancel(run(stored(row)), "Flood.", by=cast.seats["grace"]))
    assert CANARY not in browse("bilal").get(f"{home(row)}/join").text


def test_nobody_on_leave_joins(browse, cast):
    row = run(joinable(cast))

    async def leave() -> None:
        await Seat.update({Seat.stage: "on_leave"}).where(Seat.id == cast.seats["bilal"].id)

    run(leave())
    assert browse("bilal").get(f"{home(row)}/join").status_code == 403


def test_a_viewing_is_joined_only_by_those_cleared_for_it_today(browse, cast):
    row = run(joinable(cast, public=False, kind="bwv_viewing"))
    assert CANARY in browse("bilal").get(f"{home(row)}/join").text

    async def ask() -> None:
        own = '{"clearances": {"viewing": ["vetting"]}, "before_active": []}'
        await Panel.update({Panel.constitution: own}).where(Panel.id == cast.lambeth.id)

    run(ask())
    page = browse("bilal").get(f"{home(row)}/join").text
    assert CANARY not in page and "Ask the secretariat." in page


def test_the_link_is_on_no_public_page_in_no_feed_and_in_no_letter(browse, cast, site):
    """A canary through every public address, every reader's page of the meeting, every letter."""
    row = run(joinable(cast))
    grace = cast.seats["grace"]
    run(actions.change(row, plan(row.date + timedelta(1)), by=grace))
    run(later())
    row = run(stored(row))
    gone = run(joinable(cast, days=50))
    run(actions.postpone(gone, "Flood.", by=grace))
    day = row.date.isoformat()
    here = {"panel": "lambeth", "day": day}
    asked = 0
    for address in oracle.PUBLIC:
        path = re.sub(r"\{(\w+)\}", lambda part: here.get(part[1], "1"), address)
        for name in ("", "bilal"):
            reply = browse(name).get(path)
            asked += reply.status_code == 200
            assert CANARY not in reply.text, path
            assert "Zq7xCanary" not in str(reply.headers), path
    assert asked > 40
    assert isinstance(site, TestClient)
    written = run(newest(500))
    assert len(written) >= 24
    for letter in written:
        held = letter.words.calendar.body if letter.words.calendar else b""
        assert CANARY not in letter.words.text and b"Zq7xCanary" not in held
    assert row.date > today()
