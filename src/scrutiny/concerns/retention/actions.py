"""The daily round of erasing: warned fourteen days before, done on the day, never twice.

Every concern is a transaction of its own, so a round that was killed midway is simply run again.
Rows are read a hundred at a time by an index, however large the table is.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from scrutiny.concerns.erasing import clear_away, erase_everything
from scrutiny.concerns.retention.queries import due_of, is_held
from scrutiny.concerns.retention.rules import (
    POLICY,
    REFUSED,
    WARNED,
    WITHDRAWN,
    erased_on,
    kept_as,
    latest_start,
    month_of,
    warn_on,
)
from scrutiny.concerns.retention.tables import Erasure
from scrutiny.concerns.rules import ENDS, MOVES, Stage
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.thread.notices import tell_resident
from scrutiny.concerns.thread.turns import PANEL, say
from scrutiny.concerns.triage import handoff
from scrutiny.concerns.vault.queries import has_contact
from scrutiny.kit.db import keep, rows, write_tx
from scrutiny.kit.errors import Stale
from scrutiny.kit.stages import advance
from scrutiny.record.actions import record

BATCH = 100
NOT_YET_WARNED = """
SELECT id, touched AS "on" FROM concern WHERE stage = {} AND touched <= {}
AND (ended IS NULL OR ended <= {}) AND (touched, id) > ({}, {})
AND NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.concern = concern.id)
ORDER BY touched, id LIMIT {}
"""
ANNOUNCED = """
SELECT id, concern, day AS "on" FROM erasure WHERE day <= {} AND (day, id) > ({}, {})
ORDER BY day, id LIMIT {}
"""
Done = list[UUID] | None
"""What a deed leaves on the disk to be cleared away; None when it had nothing to do."""
START = (date.min, UUID(int=0))
GONE_SOON = (
    "We plan to erase what you wrote on {day}. After that nobody can read it, and it cannot be "
    "brought back. "
)
STILL_OPEN = "If you still need us, write here before then. We will keep it for longer."
SHUT = "It is closed, so you cannot add to it. You can save a copy for yourself before then."


@dataclass(frozen=True)
class Round:
    """What one daily round did."""

    warned: int
    erased: int


async def propose_and_erase(today: date) -> Round:
    """Warn about what falls due within fourteen days, and erase what was announced for today."""
    erased = await _each(_announced(today), _erase, today)
    warned = 0
    for kept in POLICY:
        stages = (*kept.stages, Stage.CLOSED) if kept is REFUSED else kept.stages
        for stage in stages:
            if kept is WITHDRAWN:
                found = _older(stage, latest_start(today, kept.months))
                erased += await _each(found, _tidy_withdrawn, today)
            else:
                found = _older(stage, latest_start(today + WARNED, kept.months))
                warned += await _each(found, _warn, today)
    return Round(warned, erased)


async def _each(
    found: AsyncIterator[list[UUID]], deed: Callable[[UUID, date], Awaitable[Done]], today: date
) -> int:
    """Do it to one after the other; whoever saved at the same moment goes first, and we tomorrow.

    The files of what was erased go with its batch, and its pages from SQLite's log.
    """
    count = 0
    async for batch in found:
        files: list[UUID] = []
        for known in batch:
            with suppress(Stale):
                async with write_tx():
                    done = await deed(known, today)
                count += done is not None
                files += done or []
        if deed is not _warn:
            await clear_away(files)
    return count


async def _older(stage: Stage, until: date) -> AsyncIterator[list[UUID]]:
    """Those at one stage that nobody touched since a day, a hundred at a time."""
    at = START
    while found := await rows(NOT_YET_WARNED, stage.value, until, until, *at, BATCH):
        yield [row["id"] for row in found]
        at = (found[-1]["on"], found[-1]["id"])


async def _announced(today: date) -> AsyncIterator[list[UUID]]:
    at = START
    while found := await rows(ANNOUNCED, today, *at, BATCH):
        yield [row["concern"] for row in found]
        at = (found[-1]["on"], found[-1]["id"])


async def _warn(known: UUID, today: date) -> Done:
    """Tell the resident on the thread, and the custodians' list, when it will be erased."""
    concern = await _one(known)
    due = await due_of(concern)
    if due is None or warn_on(due) > today or await is_held(concern, today):
        return None
    day = erased_on(due, today)
    announced = Erasure(
        id=uuid4(), concern=known, panel=concern.panel.id, number=concern.number, day=day
    )
    announced.warned = today
    await keep(announced)
    words = GONE_SOON.format(day=f"{day.day} {day:%B %Y}")
    words += SHUT if concern.stage == Stage.CLOSED else STILL_OPEN
    turn = await say(concern, PANEL, "reply", words, today)
    await tell_resident(concern, today)
    told = {"on": day, "turn": turn.number}
    await record("concern.erasure_announced", concern, panel=concern.panel, day=today, **told)
    return []


async def _erase(known: UUID, today: date) -> Done:
    """Erase what was announced, unless the resident wrote since, or the law wants it kept."""
    concern = await _one(known)
    due = await due_of(concern)
    await Erasure.delete().where(Erasure.concern == known)
    if due is None or due > today or await is_held(concern, today):
        await record("concern.erasure_put_off", concern, panel=concern.panel, day=today)
        return None
    return await erase(concern, today)


async def _tidy_withdrawn(known: UUID, today: date) -> Done:
    concern = await _one(known)
    if concern.stage != Stage.WITHDRAWN or await is_held(concern, today):
        return None
    return await erase(concern, today)


async def erase(concern: Concern, today: date) -> list[UUID]:
    """Leave only the line that keeps the figures right, inside write_tx().

    What it returns goes to clear_away() once that has ended.
    """
    kept = kept_as(concern.stage, concern.reason, reachable=await has_contact(concern))
    month = month_of(concern.happened)
    files = await erase_everything(concern)
    await handoff.forget_number(concern)
    if concern.stage in ENDS:
        await advance(concern, MOVES, "closed")
    await advance(concern, MOVES, "anonymised", happened=month, veiled=False)
    if kept and kept.leaves == Stage.DELETED:
        await advance(concern, MOVES, "deleted", happened=None)
    await record("concern.erased", concern, panel=concern.panel, day=today, stage=concern.stage)
    return files


async def _one(known: UUID) -> Concern:
    return await Concern.objects(Concern.panel).where(Concern.id == known).first()
