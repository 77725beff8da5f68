"""Reads for the public pages: published rows only, and small, however long the lists grow."""

from datetime import date
from typing import Any
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.membership import queries as membership
from scrutiny.people.queries import panels
from scrutiny.people.tables import Panel
from scrutiny.policy import PANEL

LATE = """
SELECT id AS panel, (SELECT count(*) FROM (SELECT 1 FROM recommendation
  WHERE recommendation.panel = panel.id AND stage = 'issued' AND due < {} LIMIT 1000) found) AS late
FROM panel"""
"""Counted as far as a thousand, so that the home page stays as quick as it is."""
NEXT = """
SELECT panel, min(date) AS "next [DATE]" FROM meeting
WHERE stage IN ('scheduled', 'in_session') AND public AND date >= {} GROUP BY panel"""


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


async def roster(panel: Panel) -> list[dict[str, str]]:
    """Who sits on the community's side and runs the panel, each under the name they chose."""
    sitting = await membership.roster(panel, PANEL)
    return [{"name": row["name"], "role": row["role"]} for row in sitting]


async def is_there() -> None:
    """Raises whatever the database raises when it cannot be read."""
    await rows("SELECT 1 AS one")
