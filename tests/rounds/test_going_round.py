"""The daily round: every deed has its turn, once, whatever becomes of the others."""

import asyncio
import logging
from datetime import timedelta

import pytest
from click.testing import CliRunner
from concerns.steps import raised
from concerns.video.steps import events, letters, wished
from conftest import run

from scrutiny.cli import main
from scrutiny.commands import rounds as command
from scrutiny.concerns import parts
from scrutiny.concerns.answers import Answers, packed
from scrutiny.concerns.evidence import actions as evidence
from scrutiny.concerns.tables import Draft
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.seal import lock
from scrutiny.meetings.changes import tell_due
from scrutiny.record.tables import Event
from scrutiny.rounds import worker
from scrutiny.rounds.actions import DEEDS, TO_THE_MINUTE, go_round, release
from scrutiny.rounds.drafts import erase_drafts


def noting(name, done):
    async def note(_):
        done.append(name)

    return note


def fail(*_):
    raise ValueError("Zebedee was searched by the ice rink.")


def test_every_deed_has_its_turn(cast):
    raised(cast.lambeth, **wished(wants=["patterns"]))
    assert run(go_round(today())) == []
    assert len(letters("video.warned")) == 1


def test_going_round_again_does_nothing_twice(cast):
    raised(cast.lambeth, **wished(wants=["patterns"]))
    run(go_round(today()))
    before = run(Event.count().run())
    for _ in range(3):
        assert run(go_round(today())) == []
    assert run(Event.count().run()) == before


def test_two_rounds_at_the_same_moment_do_nothing_twice(cast):
    for _ in range(3):
        raised(cast.lambeth, **wished(wants=["patterns"]))

    async def together():
        return await asyncio.gather(go_round(today()), go_round(today()))

    assert run(together()) == [[], []]
    assert len(events("video.warned")) == 3
    assert len(letters("video.warned")) == 1


@pytest.mark.parametrize("name", list(DEEDS))
def test_one_that_fails_stops_no_other_and_tells_nothing(cast, monkeypatch, caplog, name):
    done = []
    for other in DEEDS:
        monkeypatch.setitem(DEEDS, other, fail if other == name else noting(other, done))
    with caplog.at_level(logging.ERROR, "scrutiny"):
        assert run(go_round(today())) == [name]
    assert done == [other for other in DEEDS if other != name]
    assert "ValueError" in caplog.text
    assert "Zebedee" not in caplog.text


def test_the_task_goes_round_at_once_and_stops_when_told(cast, monkeypatch):
    went = []

    async def round_of(day, names):
        went.append((day, frozenset(names)))

    async def a_while():
        monkeypatch.setattr(worker, "go_round", round_of)
        monkeypatch.setattr(worker, "EVERY", 0.01)
        async with worker.going_round(None):
            while len(went) <= worker.WHOLE:
                await asyncio.sleep(0.01)

    run(a_while())
    assert len(went) > worker.WHOLE
    assert {day for day, _ in went} == {today()}
    whole, minute = frozenset(DEEDS), TO_THE_MINUTE
    assert [names for _, names in went[: worker.WHOLE + 1]] == [
        whole, *[minute] * (worker.WHOLE - 1), whole,
    ]  # fmt: skip


def test_what_is_due_to_the_minute_has_its_turn_each_minute():
    """A letter that is promised ten minutes after a change must not come after twenty."""
    assert worker.EVERY <= 60
    assert set(DEEDS) > TO_THE_MINUTE
    assert {DEEDS[name] for name in TO_THE_MINUTE} >= {tell_due, release}


def test_a_round_of_some_deeds_leaves_the_others(cast, monkeypatch):
    done = []
    for name in DEEDS:
        monkeypatch.setitem(DEEDS, name, noting(name, done))
    assert run(go_round(today(), TO_THE_MINUTE)) == []
    assert done == [name for name in DEEDS if name in TO_THE_MINUTE]


def test_the_command_says_what_was_done(cast, monkeypatch):
    monkeypatch.setattr(command, "with_database", lambda deed, day: run(deed(day)))
    done = CliRunner().invoke(main, ["rounds"])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [f"done: {name}" for name in DEEDS]


def test_the_command_fails_when_a_deed_does(cast, monkeypatch):
    monkeypatch.setattr(command, "with_database", lambda deed, day: run(deed(day)))
    first = next(iter(DEEDS))
    monkeypatch.setitem(DEEDS, first, fail)
    done = CliRunner().invoke(main, ["rounds"])
    assert done.exit_code == 1
    assert f"failed: {first}" in done.output
    assert "Zebedee" not in done.output


# -- drafts ---------------------------------------------------------------------------------------


def begun(cast, code: str, days: int) -> Draft:
    async def begin() -> Draft:
        draft = Draft(panel=cast.lambeth.id, code_hash=code, touched=today() - timedelta(days=days))
        told = packed(Answers(words="Zebedee"))
        draft.sealed = lock(parts.draft_key(code), told, parts.draft_context(draft.id))
        async with write_tx():
            await Draft.insert(draft)
        return draft

    return run(begin())


def left() -> list[str]:
    return sorted(row["code_hash"] for row in run(Draft.select(Draft.code_hash).run()))


@pytest.fixture
def with_files(monkeypatch):
    """Which drafts' files were asked to be erased."""
    asked = []
    real = evidence.erase_draft

    async def erase(draft):
        asked.append(draft)
        return await real(draft)

    monkeypatch.setattr(evidence, "erase_draft", erase)
    return asked


def test_a_draft_is_erased_fourteen_days_after_it_was_touched(cast, with_files):
    old = [begun(cast, f"old {days}", days) for days in (14, 15, 90)]
    for days in (0, 1, 13):
        begun(cast, f"new {days}", days)
    assert run(erase_drafts(today())) == 3
    assert left() == ["new 0", "new 1", "new 13"]
    assert set(with_files) == {draft.id for draft in old}
    assert run(erase_drafts(today())) == 0


def test_many_drafts_go_in_one_round(cast, with_files):
    for number in range(205):
        begun(cast, f"{number}", 20)
    assert run(erase_drafts(today())) == 205
    assert left() == []
    assert len(with_files) == 205


def test_a_draft_that_cannot_be_erased_is_there_whole(cast, monkeypatch):
    """Its files are erased in the same transaction, so that neither goes without the other."""
    begun(cast, "old", 20)
    monkeypatch.setattr(evidence, "erase_draft", fail, raising=False)
    with pytest.raises(ValueError):
        run(erase_drafts(today()))
    assert left() == ["old"]
