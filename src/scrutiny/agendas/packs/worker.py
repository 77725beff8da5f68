"""Makes packs that were asked for, one after another, beside the pages of the site."""

import asyncio
import logging
from contextlib import suppress
from time import monotonic

from scrutiny.agendas.packs import actions, queries
from scrutiny.agendas.packs.binding import NotMade, made
from scrutiny.agendas.packs.rules import Stage, read
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.papers.rules import ADDED_WHILE
from scrutiny.kit.alongside import alongside
from scrutiny.meetings.tables import Meeting

log = logging.getLogger("scrutiny")
POLL = 1.0
LOOK_AGAIN = 60.0
"""Seconds after which it is looked whether what goes into general packs has changed."""
STEP_EVERY = 1.0


class NotYet(Exception):
    """The pack from which it counts on is not made yet."""


async def make_next() -> bool:
    """Make what is due, if there is anything."""
    pack = await actions.take()
    if pack is None:
        return False
    try:
        await _make(pack)
    except NotYet:
        await actions.put_off(pack)
        return False
    except actions.Lost:
        log.warning("a pack was taken by another worker")
    except NotMade as why:
        log.error("a pack was not made")
        await actions.fail(pack, str(why))
    return True


async def _make(pack: Pack) -> None:
    contents, told = read(pack.holds), 0.0

    async def tell(step: int) -> None:
        nonlocal told
        if monotonic() - told >= STEP_EVERY:
            told = monotonic()
            await actions.step(pack, step)

    first = await _first_page(pack, contents.after)
    await actions.finish(pack, await made(pack.id, contents, first, tell))


async def _first_page(pack: Pack, after: str) -> int:
    """1, or where the pack and the supplements before this one ended."""
    first = 1
    while after:
        before = await queries.by_source(after, pack.meeting.id)
        if before is None or before.stage == Stage.FAILED:
            raise NotMade("The pack before it could not be made, so its pages cannot be counted.")
        if before.stage != Stage.DONE:
            raise NotYet
        first, after = first + before.pages, read(before.holds).after
    return first


async def keep_up() -> None:
    """Packs of meetings to come follow what was changed since: withdrawn, replaced, reordered."""
    mine = Pack.select(Pack.meeting).where(Pack.own.eq(False))
    live = Meeting.id.is_in(mine) & Meeting.stage.is_in(list(ADDED_WHILE))
    for meeting in await Meeting.objects(Meeting.panel).where(live):
        await actions.keep_up(meeting.panel, meeting)


async def run(stop: asyncio.Event) -> None:
    """Make packs until `stop` is set. One bad round is logged and does not end the worker."""
    looked = float("-inf")
    while not stop.is_set():
        busy = False
        try:
            if monotonic() - looked >= LOOK_AGAIN:
                looked = monotonic()
                await keep_up()
            busy = await make_next()
        except Exception as error:
            log.error("the packs: %s", type(error).__name__)
        if not busy:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), POLL)


making_packs = alongside(run)
