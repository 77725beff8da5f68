"""Everything a panel has published, as plain values that can be written down as JSON.

Only rows that anybody can read on the site go in: it is a copy to keep, not a back door.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import to_builtins

from scrutiny.agendas.rules import lines_of
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import rows
from scrutiny.kit.settings import settings
from scrutiny.people.queries import panel as find_panel
from scrutiny.people.tables import Panel
from scrutiny.public.queries import roster
from scrutiny.recommendations.queries import FILE
from scrutiny.recommendations.queries import register as recommendations
from scrutiny.recommendations.register.files import entries

Rows = list[dict[str, Any]]


async def published_by(slug: str) -> dict[str, Any]:
    """The panel with all it has published, every day and moment as text. Raises Missing."""
    panel = await find_panel(slug)
    found = {
        "panel": {
            "slug": panel.slug,
            "code": panel.code,
            "name": panel.name,
            "area": panel.area,
            "area_code": panel.area_code,
            "force": panel.force.name,
            "local_policing_body": panel.local_policing_body,
            "purpose": panel.purpose,
            "quorum": panel.quorum,
            "response_days": panel.response_days,
        },
        "written": now(),
        "address": f"{settings().base_url}/{panel.slug}",
        "members": await roster(panel),
        "meetings": [_meeting(row) for row in await rows(MEETINGS, panel.id)],
        "minutes": [_minutes(row) for row in await rows(MINUTES, panel.id)],
        "recommendations": await _register(panel),
        "draws": [_draw(row) for row in await rows(DRAWS, panel.id)],
        "ledger": await rows(LEDGER, panel.id),
    }
    return to_builtins(found, str_keys=True)


MEETINGS = """
SELECT meeting.date, meeting.starts, meeting.ends, meeting.title, meeting.venue, meeting.access,
  meeting.stage, meeting.reason, agenda.document AS agenda, agenda.published AS agenda_published
FROM meeting LEFT JOIN agenda ON agenda.meeting = meeting.id
WHERE meeting.panel = {} AND meeting.public AND meeting.stage <> 'proposed'
  AND (meeting.stage <> 'cancelled' OR meeting.sequence > 0)
ORDER BY meeting.date"""

MINUTES = """
SELECT meeting.date, minutes.edition, minutes.published, minutes.document, minutes.approved,
  minutes.approved_hash, minutes.sha256
FROM minutes JOIN meeting ON meeting.id = minutes.meeting
WHERE minutes.panel = {} AND minutes.stage = 'published'
ORDER BY meeting.date, minutes.edition"""

DRAWS = "SELECT number, at, sha256, certificate FROM draw WHERE panel = {} ORDER BY number"

LEDGER = """
SELECT seq, at, kind, title, address, sha256, prev, hash FROM entry WHERE panel = {}
ORDER BY seq"""


def _meeting(row: dict[str, Any]) -> dict[str, Any]:
    """The agenda as it was last published; what is only drafted of it stays out."""
    agenda = lines_of(row["agenda"]) if row["agenda_published"] else []
    return {**row, "agenda": [vars(line) for line in agenda]}


def _minutes(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "document": json.loads(row["document"])}


def _draw(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "certificate": json.loads(row["certificate"])}


async def _register(panel: Panel) -> Rows:
    found = await _every(lambda before: recommendations(panel, before))
    return entries(found, panel.code, settings().base_url, panel.slug, today())[::-1]


async def _every(page: Callable[[int], Awaitable[Rows]]) -> Rows:
    """All pages of a list that is read newest first, each beginning before the last number."""
    found: Rows = []
    while True:
        more = await page(found[-1]["number"] if found else 0)
        found += more[:FILE]
        if len(more) <= FILE:
            return found
