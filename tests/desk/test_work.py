"""The page that leads to every other page of a panel, as far as the reader's seat opens it."""

import re

import pytest
from conftest import run

from scrutiny.kit.db import write_tx
from scrutiny.people.actions import add_person
from scrutiny.people.tables import Seat
from scrutiny.policy import Role


@pytest.mark.parametrize("name", ["bilal", "amara", "grace", "claire", "owen", "hana", "sol"])
def test_every_link_on_it_opens(browse, name):
    page = browse(name).get("/lambeth/work")
    links = set(re.findall(r'href="(/lambeth/[^"]+)"', page.text.partition("<main")[2]))
    assert links
    for link in links:
        assert browse(name).get(link).status_code == 200, link


def test_a_vice_chair_finds_what_the_chair_finds(browse, cast):
    async def vice() -> None:
        async with write_tx():
            person = cast.people["vera"] = await add_person("Vera Lane", "vera@panel.test")
            since = cast.seats["amara"].since
            row = {"panel": cast.lambeth, "person": person, "role": Role.VICE_CHAIR}
            await Seat.insert(Seat(**row, since=since))

    run(vice())
    pages = [
        browse(name).get("/lambeth/work").text.partition("<main")[2] for name in ("amara", "vera")
    ]
    assert pages[0].partition("</main>")[0] == pages[1].partition("</main>")[0]


def test_it_is_there_for_those_with_a_seat_alone(browse):
    assert browse("dev").get("/lambeth/work").status_code == 404
    reply = browse().get("/lambeth/work")
    assert (reply.status_code, reply.headers["location"][:8]) == (303, "/sign-in")


def test_the_menu_leads_there_and_the_desk_too(browse):
    link = 'href="/lambeth/work"'
    assert link in browse("claire").get("/lambeth/recommendations").text
    assert link in browse("claire").get("/desk").text
    assert link not in browse().get("/lambeth/recommendations").text
    assert link not in browse("dev").get("/lambeth/recommendations").text
