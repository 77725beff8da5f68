"""Vetting that ends at midnight, while recordings are being viewed: from then on nothing opens."""

from datetime import timedelta

import pytest
from agendas import steps as agendas
from agendas.packs import steps as packs
from agendas.papers import files
from agendas.papers import steps as papers
from conftest import run
from meetings.steps import home, stored
from membership.steps import ask_for, give, got, put

from scrutiny.agendas import actions as agenda
from scrutiny.kit.clock import as_of, midnight, today
from scrutiny.meetings.venue.actions import describe
from scrutiny.membership.clearances.tables import Clearance
from scrutiny.people.constitution import Clearing, Deed
from scrutiny.room import actions as room

from .walk import words_of

LINK, WORD = "https://video.example/Whinchat", "Guillemot"


async def viewing(cast):
    """Under way, with a case, its paper, the packs and a link for those who come online."""
    grace = cast.seats["grace"]
    row = await agendas.meeting(cast, days=0, public=False, kind="bwv_viewing")
    await describe(await stored(row), {}, LINK, by=grace)
    await agendas.case(cast, 12, title="Kittiwake Lane", month="2026-05")
    await agenda.add_case(row, 12, by=grace)
    await agendas.publish(row, cast)
    at = [getattr(one.case, "id", None) is not None for one in await agendas.items(row)].index(True)
    late = await papers.add(row, cast, WORD, "members", at, files.pdf(1, WORD))
    await papers.actions.accept(late, "It cannot wait.", by=cast.seats["amara"])
    await packs.made(row, cast)
    await agendas.meetings.open_session(await stored(row), by=grace)
    for name in ("amara", "bilal", "chidi"):
        await room.arrive(row, cast.seats[name].id, by=grace)
    return await stored(row)


@pytest.fixture
def row(cast):
    ask_for(cast.lambeth, clearances={Deed.VIEWING: (Clearing.VETTING,)})
    for name in ("amara", "grace"):
        cast.seats[name].panel.constitution = cast.lambeth.constitution
    give(cast, "bilal", "vetting", expires=today())
    for name in ("amara", "chidi", "grace"):
        give(cast, name, "vetting")
    return run(viewing(cast))


def opens(browser, row) -> dict[str, bool]:
    """What somebody can do there now."""
    paper, pack, join, room_page = (
        browser.get(f"{home(row)}{more}") for more in ("/papers/1", "/packs/0", "/join", "/room")
    )
    assert join.status_code == 200
    return {
        "paper": paper.status_code == 200 and WORD in words_of(paper),
        "pack": pack.status_code == 200,
        "join": LINK in join.text,
        "room": room_page.status_code == 200 and "Kittiwake" in room_page.text,
    }


def test_it_ends_at_midnight_and_the_meeting_goes_on(browse, row):
    end, moment = midnight(today() + timedelta(days=1)), timedelta(minutes=1)
    with as_of(end - moment):
        bilal, chidi = browse("bilal"), browse("chidi")
        assert opens(bilal, row) == dict.fromkeys(("paper", "pack", "join", "room"), True)
    with as_of(end + moment):
        assert opens(bilal, row) == {"paper": False, "pack": False, "join": False, "room": True}
        assert opens(chidi, row) == dict.fromkeys(("paper", "pack", "join", "room"), True)
        shown = bilal.get(home(row)).text
        assert f"{home(row)}/papers/1" not in shown and WORD not in shown


def held_by(cast, name: str) -> Clearance:
    return got(Clearance.objects().where(Clearance.person == cast.people[name].id))[0]


def test_renewed_it_opens_again_at_once(browse, cast, row):
    tomorrow = today() + timedelta(days=1)
    with as_of(midnight(tomorrow) + timedelta(minutes=1)):
        bilal = browse("bilal")
        assert not opens(bilal, row)["paper"]
        put(held_by(cast, "bilal"), expires=tomorrow)
        assert opens(bilal, row)["paper"]
