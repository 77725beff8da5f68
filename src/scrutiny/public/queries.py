"""Reads for the public pages: published rows only, and small, however long the lists grow."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.people.queries import panels
from scrutiny.people.rules import role_name

LATE = """
SELECT panel, count(*) AS late FROM recommendation
WHERE stage = 'issued' AND due < {} GROUP BY panel"""
NEXT = """
SELECT panel, min(date) AS "next [DATE]" FROM meeting
WHERE stage IN ('scheduled', 'in_session') AND public AND date >= {} GROUP BY panel"""
SEATED = """
SELECT seat.id, seat.role, person.name, panel.name AS panel_name FROM seat
JOIN person ON person.id = seat.person JOIN panel ON panel.id = seat.panel
WHERE seat.until IS NULL OR seat.until >= {} ORDER BY panel.name, seat.since, seat.id LIMIT 40"""


async def all_panels() -> list[dict[str, Any]]:
    """Every panel with its next meeting and how many answers are late today."""
    late = {row["panel"]: row["late"] for row in await rows(LATE, today())}
    coming: dict[UUID, date] = {row["panel"]: row["next"] for row in await rows(NEXT, today())}
    return [
        {
            "slug": panel.slug,
            "name": panel.name,
            "area": panel.area,
            "force": panel.force.name,
            "purpose": panel.purpose,
            "late": late.get(panel.id, 0),
            "next_meeting": coming.get(panel.id),
        }
        for panel in await panels()
    ]


async def the_cast() -> list[tuple[str, list[dict[str, Any]]]]:
    """Everybody whom the demo lets one be, by panel."""
    found = defaultdict(list)
    for row in await rows(SEATED, today()):
        found[row["panel_name"]].append({**row, "role": role_name(row["role"])})
    return list(found.items())
