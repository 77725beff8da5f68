"""Packs asked for and made here, as the worker makes them."""

from cast import Cast

from agendas.papers import steps as papers
from scrutiny.agendas.access import PUBLIC, Reader, reader_of
from scrutiny.agendas.packs import actions, queries
from scrutiny.agendas.packs.contents import contents_of, sources_of
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.packs.worker import make_next
from scrutiny.meetings.tables import Meeting


async def ask(row: Meeting, cast: Cast) -> int:
    return await actions.make(row, by=cast.seats["grace"])


async def work() -> None:
    """Until nothing is left to do."""
    while await make_next():
        pass


async def made(row: Meeting, cast: Cast) -> None:
    await ask(row, cast)
    await work()


async def kept() -> list[Pack]:
    return await Pack.objects().order_by(Pack.supplement, Pack.audience)


async def reader(cast: Cast, who: str) -> Reader:
    return await reader_of(cast.seats[who], cast.lambeth) if who else PUBLIC


async def content(cast: Cast, row: Meeting, who: str = "", supplement: int = 0) -> bytes:
    pack = await queries.find(await reader(cast, who), cast.lambeth, row, supplement)
    return b"".join(queries.bytes_of(pack))


async def would_hold(cast: Cast, row: Meeting, who: str = ""):
    found = await sources_of(cast.lambeth, row)
    version = "members" if who else "public"
    return contents_of(found, await reader(cast, who), version)


async def scene(cast: Cast) -> Meeting:
    """A public paper of two pages, one for the table, and one of a closed item."""
    row = await papers.agendas.meeting(cast)
    await papers.close(row, 3)
    await papers.agendas.publish(row, cast)
    await papers.add(row, cast, "Heron", "public", 0, papers.files.pdf(2, "Heron"))
    await papers.add(row, cast, "Larkspur", "members", 1, papers.files.pdf(1, "Larkspur"))
    await papers.add(row, cast, "Marigold", "members", 3, papers.files.pdf(3, "Marigold"))
    return row
