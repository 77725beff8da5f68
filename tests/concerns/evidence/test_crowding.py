"""Who sends slowly, much or often keeps no place, and no room, from everybody else."""

import asyncio
from datetime import date

import pytest
from conftest import run

from concerns.evidence import media
from concerns.evidence.sending import BOUNDARY, NEW, form, kept, lying, new_code, send
from concerns.evidence.test_sending import sent_in
from scrutiny.concerns.evidence import actions, receiving, washing
from scrutiny.kit import room
from scrutiny.kit.errors import Busy

DAY = date(2026, 1, 9)
WHOLE = form(b"Words", {"code": "", "police": "no"})


async def slowly(until: asyncio.Event):
    """A form of which no more comes than its beginning."""
    yield WHOLE[:200]
    await until.wait()
    yield WHOLE[200:]


async def at_once():
    yield WHOLE


def take(pieces):
    return receiving.take_in(pieces, BOUNDARY, DAY)


async def crowd(until: asyncio.Event) -> list[asyncio.Task]:
    tasks = [asyncio.create_task(take(slowly(until))) for _ in range(receiving.AT_ONCE)]
    await asyncio.sleep(0.05)
    return tasks


def test_the_slowest_gives_its_place_to_who_comes(monkeypatch, tables):
    monkeypatch.setattr(receiving, "GRACE", 0.0)

    async def come():
        until = asyncio.Event()
        slow = await crowd(until)
        mine = await take(at_once())
        until.set()
        ended = await asyncio.gather(*slow, return_exceptions=True)
        return mine, ended

    mine, ended = run(come())
    assert mine.why == ""
    assert [type(one) for one in ended].count(Busy) == 1
    assert len([path for path in lying() if path.suffix == ".part"]) == 0
    assert len(lying()) == receiving.AT_ONCE, "of who was pushed out nothing stays"


def test_nobody_is_pushed_out_at_once(tables):
    async def come():
        until = asyncio.Event()
        slow = await crowd(until)
        with pytest.raises(Busy):
            await take(at_once())
        until.set()
        return await asyncio.gather(*slow)

    assert [one.why for one in run(come())] == [""] * receiving.AT_ONCE
    assert receiving._taking == []


def test_no_form_takes_for_ever(monkeypatch, tables):
    monkeypatch.setattr(receiving, "LONGEST", 0.1)
    with pytest.raises(Busy):
        run(take(slowly(asyncio.Event())))
    assert (receiving._taking, lying()) == ([], [])


def test_when_too_many_wait_to_be_cleaned_nothing_is_kept(browse, cast, monkeypatch):
    monkeypatch.setattr(washing, "MOST_WAITING", 0)
    answer = send(browse(), media.photo())
    assert answer.status_code == 503
    assert "Please send it again" in answer.text
    assert (kept(), lying()) == ([], [])


def test_files_stop_before_words_do(browse, cast, monkeypatch):
    monkeypatch.setattr(room, "_seen", {})
    usage = room.shutil._ntuple_diskusage(100, 0, 9)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: usage)
    assert send(browse(), media.photo()).status_code == 503
    assert (kept(), lying()) == ([], [])
    page = browse().post("/lambeth/concerns/new/danger", {"code": new_code(), "danger": "no"})
    assert page.status_code == 200


def test_a_file_of_what_was_sent_meanwhile_cannot_be_taken_back(browse, cast):
    code = new_code()
    send(browse(), media.photo(), code)
    concern = sent_in(cast.lambeth, code)
    run(actions.remove(concern.id, 1))
    assert len(kept()) == 1
    assert browse().post(f"{NEW}/removal", {"code": code, "number": "1"}).status_code == 409
    assert len(kept()) == 1
