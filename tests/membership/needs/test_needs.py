"""Access needs: one's own words, read by whoever arranges the room and by nobody else."""

import pytest
from conftest import run

from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.membership.needs.tables import Need
from scrutiny.people.tables import Seat
from scrutiny.record.tables import Event

ALL, MINE = "/lambeth/needs", "/lambeth/needs/mine"
WORDS = "A step-free way in & no strobe lights"
SHOWN = "A step-free way in"


def rows(table):
    async def look():
        return await table.select()

    return run(look())


def test_it_is_said_sealed_and_read_by_the_secretariat(cast, browse):
    assert browse("bilal").post(MINE, {"text": WORDS, "version": "0"}).status_code == 303
    assert SHOWN in browse("bilal").get(MINE).text
    assert SHOWN in browse("grace").get(ALL).text
    assert b"step-free" not in rows(Need)[0]["sealed"]
    assert not any(SHOWN in str(event) for event in rows(Event))


@pytest.mark.parametrize("reader", ["amara", "chidi", "claire", "hana", "sol"])
def test_nobody_else_reads_it(cast, browse, reader):
    browse("bilal").post(MINE, {"text": WORDS, "version": "0"})
    assert browse(reader).get(ALL).status_code == 403
    assert SHOWN not in browse(reader).get(MINE).text


def test_empty_words_erase_it(cast, browse):
    browse("bilal").post(MINE, {"text": WORDS, "version": "0"})
    assert browse("bilal").post(MINE, {"text": " ", "version": "1"}).status_code == 303
    assert rows(Need) == []
    assert "Nobody has said" in browse("grace").get(ALL).text


def test_the_second_of_two_windows_keeps_its_words(cast, browse):
    browse("bilal").post(MINE, {"text": WORDS, "version": "0"})
    answer = browse("bilal").post(MINE, {"text": "Large print", "version": "0"})
    assert answer.status_code == 409 and SHOWN in answer.text and "Large print" in answer.text


def test_too_much_is_said_and_kept(cast, browse):
    answer = browse("bilal").post(MINE, {"text": "y" * 2001, "version": "0"})
    assert answer.status_code == 422 and "y" * 2001 in answer.text


def test_who_no_longer_sits_is_no_longer_listed(cast, browse):
    browse("bilal").post(MINE, {"text": WORDS, "version": "0"})
    run(leave(cast.seats["bilal"]))
    assert SHOWN not in browse("grace").get(ALL).text


async def leave(seat):
    async with write_tx():
        await Seat.update({Seat.stage: "on_leave"}).where(Seat.id == seat.id)


def test_a_browser_is_told_not_to_keep_it(cast, browse):
    browse("bilal").post(MINE, {"text": WORDS, "version": "0"})
    assert "no-store" in browse("grace").get(ALL).headers["cache-control"]
    assert rows(Need)[0]["changed"] == today()
