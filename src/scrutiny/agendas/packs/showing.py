"""What of papers and packs stands on a meeting's own page, for whoever reads it."""

from typing import Any

from scrutiny.agendas.access import reader_of
from scrutiny.agendas.packs.contents import sources_of
from scrutiny.agendas.packs.queries import standing_of
from scrutiny.agendas.papers.access import reads
from scrutiny.agendas.papers.rules import Stage
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, may


async def on_meeting(seat: Seat | None, panel: Panel, meeting: Meeting) -> dict[str, Any]:
    """`papers` and `packs` for agendas/papers/_on_meeting.html. The same number of queries for
    one paper and for a hundred."""
    reader, found = await reader_of(seat, panel), await sources_of(panel, meeting)
    mine = [one for one in found.papers if reads(reader, one, meeting, found.published)]
    return {
        "papers": [one for one in mine if one.stage == Stage.TABLED],
        "packs": [one for one in await standing_of(found, reader) if one.contents.entries],
        "at_the_table": seat is not None and may(seat.role, Act.PAPERS_READ, seat.stage),
    }
