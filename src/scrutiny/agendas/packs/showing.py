"""What of papers and packs stands on a meeting's own page, for whoever reads it."""

from typing import Any

from scrutiny.agendas.access import Reader
from scrutiny.agendas.packs.contents import Sources
from scrutiny.agendas.packs.queries import standing_of
from scrutiny.agendas.papers.access import reads
from scrutiny.agendas.papers.rules import Stage
from scrutiny.policy import Act, may


async def on_meeting(reader: Reader, found: Sources) -> dict[str, Any]:
    """`papers` and `packs` for agendas/papers/_on_meeting.html. One query at most."""
    seat = reader.seat
    mine = [one for one in found.papers if reads(reader, one, found.meeting, found.published)]
    return {
        "papers": [one for one in mine if one.stage == Stage.TABLED],
        "packs": [one for one in await standing_of(found, reader) if one.contents.entries],
        "at_the_table": seat is not None and may(seat.role, Act.PAPERS_READ, seat.stage),
    }
