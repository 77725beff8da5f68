"""The desks of the custodians: what one asked for waits for the other; rooms of their own."""

from datetime import timedelta

import pytest
from concerns.steps import concern_of, raised
from conftest import run

from scrutiny.concerns.retention import holds
from scrutiny.concerns.vault import actions as vault
from scrutiny.kit.clock import today

LOOK = "Somebody asks to know who wrote: do you agree?"
HOLD = "A hold for the law: do you agree?"
WRITTEN_DOWN = "concerns/new/for-a-resident"


@pytest.fixture
def concern(cast):
    return concern_of(raised(cast.lambeth))


def test_a_look_waits_for_the_other_custodian(browse, cast, concern):
    run(vault.ask(concern, by=cast.seats["grace"], why="reply"))
    desk = browse("hana").get("/desk").text
    assert LOOK in desk
    assert 'href="/lambeth/looks">Concern 1: A stop and search' in desk
    assert LOOK not in browse("grace").get("/desk").text


def test_a_hold_waits_for_the_other_custodian(browse, cast, concern):
    until = today() + timedelta(days=30)
    run(holds.propose(concern, by=cast.seats["hana"], why="court", until=until))
    desk = browse("grace").get("/desk").text
    assert HOLD in desk
    assert 'href="/lambeth/retention">Concern 1: A stop and search' in desk
    assert HOLD not in browse("hana").get("/desk").text


def test_nobody_else_is_told_that_somebody_asked(browse, cast, concern):
    run(vault.ask(concern, by=cast.seats["grace"], why="reply"))
    for name in ("amara", "bilal", "claire", "sol"):
        assert LOOK not in browse(name).get("/desk").text


@pytest.mark.parametrize(
    ("name", "rooms"),
    [
        ("grace", {"concerns", WRITTEN_DOWN, "video", "equality", "vault", "looks", "retention"}),
        ("hana", {"concerns", "equality", "vault", "looks", "retention"}),
        ("amara", {"video", "refusals", "equality"}),
        ("bilal", {"video", "equality"}),
        ("claire", {"video"}),
        ("sol", {"concerns"}),
    ],
)
def test_each_role_finds_its_own_rooms_and_can_open_them(browse, name, rooms):
    desk = browse(name).get("/lambeth/work").text.partition("<main")[2]
    known = ("concerns", WRITTEN_DOWN, "video", "refusals", "equality", "vault", "looks",
             "retention")  # fmt: skip
    assert {room for room in known if f'href="/lambeth/{room}"' in desk} == rooms
    for room in rooms:
        assert browse(name).get(f"/lambeth/{room}").status_code == 200
