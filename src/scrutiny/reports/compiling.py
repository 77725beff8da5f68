"""An edition as it would be if it were compiled now, and what of it differs from the draft."""

import json
from collections.abc import Mapping
from typing import Any

from scrutiny.people.tables import Panel, Seat
from scrutiny.reports import queries
from scrutiny.reports.gathering import composed
from scrutiny.reports.rules import compare, year_named
from scrutiny.reports.tables import Report


async def compiled(
    panel: Panel, name: str, edition: int, correction: str, words: Mapping[str, str]
) -> dict[str, Any]:
    """The document of an edition, with what it and those before it correct."""
    notes = await queries.corrections(panel, name, edition)
    notes = [*notes, (edition, correction)] if correction else notes
    return await composed(panel, year_named(name), edition, notes, words)


async def anew(report: Report, panel: Panel) -> dict[str, Any]:
    """Counted now, with the words that it has."""
    told = (report.year, report.edition, report.correction)
    return await compiled(panel, *told, queries.typed(report))


async def changes(seat: Seat, report: Report) -> list[str]:
    """What was counted otherwise when the draft was compiled, as far as it is there for them."""
    gone = await queries.gone_for(seat)
    new = queries.without(await anew(report, seat.panel), gone)
    return compare(queries.without(json.loads(report.document), gone), new)
