"""Packs: asked for, watched while they are made, and opened."""

import asyncio

from litestar import Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream, Template

from scrutiny.agendas.access import reader_of
from scrutiny.agendas.packs import actions, queries
from scrutiny.agendas.papers import shelf
from scrutiny.concerns.evidence import sealed
from scrutiny.concerns.evidence.queries import in_turn
from scrutiny.kit.seal import unwrap
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated, Viewer
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

PACKS = "/{panel:str}/meetings/{day:str}/packs"
OF_ALL = {"cache-control": "public, max-age=0, must-revalidate"}


@get(PACKS, act=Act.ANYONE)
async def show(seat: Viewer, here: Here, day: FromPath[str]) -> Template:
    """What there is and what is being made; it looks again by itself while something is."""
    seat = _reading_seat(seat)
    meeting = await _meeting(seat, here, day)
    packs = await queries.standing(await reader_of(seat, here), here, meeting)
    makes = visit().may(Act.PACK_MAKE)
    return page(
        "agendas/packs/list.html",
        published=True,
        meeting=meeting,
        packs=packs,
        waits=visit().may(Act.PACK_ASK) and any(one.waits for one in packs),
        missing=any(not one.is_current and not one.waits for one in packs),
        general=await queries.general(here, meeting) if makes else [],
    )


@post(PACKS, act=Act.PACK_MAKE)
async def make(seat: Seated, here: Here, day: FromPath[str]) -> Redirect:
    meeting = await _meeting(seat, here, day)
    await actions.make(meeting, by=seat)
    return Redirect(f"{address(here, meeting)}/packs", status_code=303)


@post(f"{PACKS}/own", act=Act.PACK_ASK)
async def make_own(seat: Seated, here: Here, day: FromPath[str]) -> Redirect:
    meeting = await _meeting(seat, here, day)
    await actions.make_own(meeting, by=_reading_seat(seat))
    return Redirect(f"{address(here, meeting)}/packs", status_code=303)


@get(f"{PACKS}/{{supplement:int}}", act=Act.ANYONE)
async def fetch(seat: Viewer, here: Here, day: FromPath[str], supplement: FromPath[int]) -> Stream:
    """The pack (0) or a supplement, as this reader may have it at this very moment."""
    seat = _reading_seat(seat)
    meeting = await _meeting(seat, here, day)
    reader = await reader_of(seat, here)
    pack = await queries.find(reader, here, meeting, supplement)
    key = unwrap(bytes(pack.key), shelf.key_context(pack.id))
    place, context = shelf.place(pack.id, shelf.PACK), shelf.context(pack.id, shelf.PACK)
    await asyncio.to_thread(sealed.proved, place, key, context)
    name = queries.name_of(here, meeting, pack)
    headers = {"content-disposition": f'inline; filename="{name}"', "etag": f'"{pack.sha256}"'}
    return Stream(
        in_turn(sealed.read(place, key, context)),
        media_type="application/pdf",
        headers=headers | (OF_ALL if visit().person is None else {}),
    )


def _reading_seat(seat: Seat | None) -> Seat | None:
    """Who holds two seats reads with the one that opens more."""
    here = visit()
    return here.seat_for(Act.PAPER_ADD) or here.seat_for(Act.PAPERS_READ) or seat


async def _meeting(seat: Seat | None, here: Panel, day: str) -> Meeting:
    return await meetings.find(seat, here, day_in_address(day))


router = Router("/", route_handlers=[show, make, make_own, fetch])
