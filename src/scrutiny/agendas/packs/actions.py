"""Writes about packs: asked for, taken up by a worker, made or failed, cleared away."""

from uuid import UUID

from scrutiny.agendas.access import Reader, reader_of
from scrutiny.agendas.packs.binding import Made
from scrutiny.agendas.packs.contents import (
    Sources,
    for_everybody,
    for_reader,
    is_as_published,
    sources_of,
)
from scrutiny.agendas.packs.queries import by_source
from scrutiny.agendas.packs.rules import (
    KEPT_FOR,
    LEASE,
    MOST_TRIES,
    PUBLIC,
    Contents,
    Stage,
    steps_of,
)
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.papers import shelf
from scrutiny.kit.clock import now
from scrutiny.kit.db import keep, write_sql, writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.ids import new_id
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record

FIRST_PUBLISH = "Publish the agenda first: a pack shows what was published."
TAKE = """
UPDATE agenda_pack SET stage = 'making', due = {}, tries = tries + 1, version = version + 1
WHERE id = (
  SELECT id FROM agenda_pack WHERE stage IN ('asked', 'making') AND due <= {}
  ORDER BY supplement, asked LIMIT 1
) RETURNING id
"""
STEP = """
UPDATE agenda_pack SET step = {}, due = {} WHERE id = {} AND tries = {} AND stage = 'making'
RETURNING id
"""
OLDER = """
DELETE FROM agenda_pack WHERE meeting = {} AND audience = {} AND supplement = {} AND NOT own
AND stage IN ('done', 'failed') AND id <> {} AND asked <= {} RETURNING id
"""
OUT_OF_USE = "DELETE FROM agenda_pack WHERE own AND asked < {} RETURNING id"


class Lost(Exception):
    """Another worker has taken this pack since: this one lets go of it."""


@writes
async def make(seen: Meeting, *, by: Seat) -> int:
    """Ask for the general packs, for the public and for the table; returns how many are to come.

    What was made of the same contents is not made again; what failed is tried again.
    """
    found = await _sources(by.panel, seen)
    return sum([await _ask(found, one, by, own=False) for one in for_everybody(found)])


@writes
async def make_own(seen: Meeting, *, by: Seat) -> int:
    """Ask for one's own: it leaves out what this seat may not read now."""
    found = await _sources(by.panel, seen)
    reader: Reader = await reader_of(by, by.panel)
    return sum([await _ask(found, one, by, own=True) for one in for_reader(found, reader)])


@writes
async def keep_up(panel: Panel, meeting: Meeting) -> int:
    """Ask again for the general packs once what goes into them has changed."""
    found = await sources_of(panel, meeting)
    if not await is_as_published(found):
        return 0
    return sum(
        [
            await _ask(found, one, None, own=False)
            for one in for_everybody(found)
            if await by_source(one.source, meeting.id) is None
        ]
    )


async def _sources(panel: Panel, meeting: Meeting) -> Sources:
    found = await sources_of(panel, meeting)
    if not found.published:
        raise NotNow(FIRST_PUBLISH)
    if not await is_as_published(found):
        raise NotNow("The agenda was changed and is not published yet. Publish it again first.")
    return found


async def _ask(found: Sources, contents: Contents, by: Seat | None, *, own: bool) -> bool:
    before = await by_source(contents.source, found.meeting.id)
    if before is not None and before.stage != Stage.FAILED:
        if before.own and not own:  # the same as one reader's own: it serves everybody
            await write_sql("UPDATE agenda_pack SET own = {} WHERE id = {}", False, before.id)
        return before.stage != Stage.DONE
    row = Pack(
        id=new_id(), meeting=found.meeting.id, audience=contents.audience, own=own,
        supplement=contents.supplement, source=contents.source, holds=contents.stored(),
        steps=steps_of(contents), by=by.id if by else None, asked=now(), due=now(),
    )  # fmt: skip
    if before is not None:
        await write_sql("DELETE FROM agenda_pack WHERE id = {}", before.id)
    await keep(row)
    told = {"audience": row.audience, "supplement": row.supplement, "own": own}
    await record("pack.asked", row, by=by, panel=found.panel, meeting=found.meeting.date, **told)
    return True


@writes
async def take() -> Pack | None:
    """The next that is due, leased to whoever called; one that killed its workers has failed."""
    found = await write_sql(TAKE, now() + LEASE, now())
    if not found:
        return None
    pack = await Pack.objects(Pack.meeting, Pack.meeting.panel).get(Pack.id == found[0]["id"])
    if pack.tries > MOST_TRIES:
        await _fail(pack, "It was begun three times and never finished.")
        return None
    return pack


@writes
async def step(pack: Pack, at: int) -> None:
    """It has come so far, and its worker is alive. Raises Lost when another has it."""
    if not await write_sql(STEP, at, now() + LEASE, pack.id, pack.tries):
        raise Lost


@writes
async def put_off(pack: Pack) -> None:
    """What it goes on from is not there yet: it waits, and that is no try."""
    sql = "UPDATE agenda_pack SET stage = 'asked', due = {}, tries = tries - 1 WHERE id = {}"
    await write_sql(sql, now() + LEASE / 60, pack.id)


async def finish(pack: Pack, made: Made) -> None:
    """It is there; the general one it takes the place of leaves the disk."""
    shelf.discard(await _finish(pack, made), shelf.PACK)


@writes
async def _finish(pack: Pack, made: Made) -> list[UUID]:
    changes = {
        Pack.stage: Stage.DONE, Pack.pages: made.pages, Pack.size: made.size,
        Pack.sha256: made.sha256, Pack.key: made.key, Pack.done: now(), Pack.step: pack.steps,
        Pack.problem: "",
    }  # fmt: skip
    mine = (Pack.id == pack.id) & (Pack.tries == pack.tries) & (Pack.stage == Stage.MAKING)
    if not await Pack.update(changes).where(mine).returning(Pack.id):
        raise Lost
    facts = {"audience": pack.audience, "supplement": pack.supplement, "pages": made.pages}
    public = pack.audience == PUBLIC
    await record(
        "pack.made", pack, panel=pack.meeting.panel, public=public, meeting=pack.meeting.date,
        sha256=made.sha256, **facts,
    )  # fmt: skip
    if pack.own:
        return []
    at = (pack.meeting.id, pack.audience, pack.supplement, pack.id, pack.asked)
    return [row["id"] for row in await write_sql(OLDER, *at)]


@writes
async def fail(pack: Pack, why: str) -> None:
    await _fail(pack, why)


async def _fail(pack: Pack, why: str) -> None:
    changes = {Pack.stage: Stage.FAILED, Pack.problem: why[:300]}
    mine = (Pack.id == pack.id) & (Pack.tries == pack.tries) & (Pack.stage == Stage.MAKING)
    if await Pack.update(changes).where(mine).returning(Pack.id):
        told = {"audience": pack.audience, "supplement": pack.supplement, "own": pack.own}
        await record(
            "pack.failed", pack, panel=pack.meeting.panel, meeting=pack.meeting.date, **told
        )


async def forget_old(_today) -> int:
    """Take away readers' own copies after thirty days; returns how many. A deed of the round."""
    gone = await _forget_old()
    shelf.discard(gone, shelf.PACK)
    return len(gone)


@writes
async def _forget_old() -> list[UUID]:
    return [row["id"] for row in await write_sql(OUT_OF_USE, now() - KEPT_FOR)]
