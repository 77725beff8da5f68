"""Reads of search records and of their counts; pages read only the counts."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from scrutiny.kit.db import rows
from scrutiny.stops.rules import VEHICLE_ONLY, partial_months
from scrutiny.stops.tables import Area, PopulationCount, Stop, StopCount, StopFile

MONTHS = 36
BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Month:
    """The counts of one month in one area; `force_searches` is all that the force recorded."""

    month: str
    searches: int
    vehicles: int
    acted: int
    no_outcome: int
    linked: int
    link_stated: int
    partial: bool


async def months(force: str, area: str, most: int = MONTHS) -> list[Month]:
    """The newest months of a force in an area, newest first, with those that look partial."""
    found = await rows(
        """
        SELECT month, SUM(searches + vehicles) AS records,
          SUM(CASE WHEN area_code = {} THEN searches ELSE 0 END) AS searches,
          SUM(CASE WHEN area_code = {} THEN vehicles ELSE 0 END) AS vehicles,
          SUM(CASE WHEN area_code = {} THEN acted ELSE 0 END) AS acted,
          SUM(CASE WHEN area_code = {} THEN no_outcome ELSE 0 END) AS no_outcome,
          SUM(CASE WHEN area_code = {} THEN linked ELSE 0 END) AS linked,
          SUM(CASE WHEN area_code = {} THEN link_stated ELSE 0 END) AS link_stated
        FROM stop_count WHERE force = {} GROUP BY month ORDER BY month DESC LIMIT {}
        """,
        *[area] * 6,
        force,
        most,
    )
    partial = partial_months({row["month"]: int(row["records"]) for row in found})
    return [
        Month(
            row["month"],
            *(int(row[name]) for name in Month.__slots__[1:-1]),
            row["month"] in partial,
        )
        for row in found
    ]


async def groups(force: str, area: str, months: tuple[str, ...]) -> list[dict[str, Any]]:
    """Counts by month and officer-defined group ('' where not stated) in an area."""
    return await rows(
        """
        SELECT month, officer_defined, searches, vehicles, acted, no_outcome, linked, link_stated
        FROM stop_count WHERE force = {} AND month IN ({}) AND area_code = {}
        ORDER BY month DESC, officer_defined
        """,
        force,
        months,
        area,
    )


async def people_by_group(area: str) -> dict[str, int]:
    found = await PopulationCount.select().where(PopulationCount.area_code == area)
    return {row["group_name"]: row["people"] for row in found}


async def population_counts() -> dict[tuple[str, str], int]:
    found = await PopulationCount.select()
    return {(row["area_code"], row["group_name"]): row["people"] for row in found}


async def last_read(force: str) -> datetime | None:
    """When a file of this force was last read."""
    found = await (
        StopFile.select(StopFile.read_at)
        .where(StopFile.force == force)
        .order_by(StopFile.read_at, ascending=False)
        .first()
    )
    return found["read_at"] if found else None


async def files_of(force: str, month: str) -> list[dict[str, str]]:
    """The files that records of this month came from, in the order they were read."""
    return await (
        StopFile.select(StopFile.name, StopFile.sha256)
        .where((StopFile.force == force) & (StopFile.month == month) & (StopFile.added > 0))
        .order_by(StopFile.read_at, StopFile.name)
    )


async def records_of(force: str, month: str) -> int:
    """How many records of a month there are, from the counts."""
    found = await StopCount.select(StopCount.searches, StopCount.vehicles).where(
        (StopCount.force == force) & (StopCount.month == month)
    )
    return sum(row["searches"] + row["vehicles"] for row in found)


async def searches_in(force: str, month: str, area: str) -> dict[str, UUID]:
    """Every search of a person in an area in a month: key -> id."""
    found = await (
        Stop.select(Stop.key, Stop.id)
        .where((Stop.force == force) & (Stop.month == month) & (Stop.area_code == area))
        .where(Stop.kind != VEHICLE_ONLY)
    )
    return {row["key"]: row["id"] for row in found}


async def left_out(force: str, month: str, area: str) -> tuple[int, int]:
    """How many records of a month are of vehicles alone, and how many are in no known area."""
    found = await StopCount.select(
        StopCount.area_code, StopCount.searches, StopCount.vehicles
    ).where(
        (StopCount.force == force)
        & (StopCount.month == month)
        & StopCount.area_code.is_in([area, ""])
    )
    vehicles = sum(row["vehicles"] for row in found if row["area_code"] == area)
    nowhere = sum(row["searches"] for row in found if row["area_code"] == "")
    return vehicles, nowhere


async def shapes_by_code() -> dict[str, str]:
    found = await Area.select(Area.code, Area.shape)
    return {row["code"]: row["shape"] for row in found}


async def boundaries() -> bytes:
    """The boundaries in use, as GeoJSON: the same bytes until an area is added."""
    features = [
        {
            "type": "Feature",
            "properties": {"LAD22CD": row["code"], "LAD22NM": row["name"]},
            "geometry": json.loads(row["shape"]),
        }
        for row in await Area.select(Area.code, Area.name, Area.shape).order_by(Area.code)
    ]
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


async def stops_without_area() -> list[dict[str, Any]]:
    """Records with a place and no area."""
    return await Stop.select(Stop.id, Stop.longitude, Stop.latitude).where(
        Stop.area_code.is_null() & Stop.longitude.is_not_null()
    )
