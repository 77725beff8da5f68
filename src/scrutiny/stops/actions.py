"""Writes about search records: files, areas and census counts kept, and the roll-up in step."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from scrutiny.kit.clock import now
from scrutiny.kit.db import bulk, new_id, writes
from scrutiny.record.actions import record
from scrutiny.stops.queries import population_counts, shapes_by_code
from scrutiny.stops.rules import VEHICLE_ONLY, Search, led_to_action
from scrutiny.stops.tables import Area, PopulationCount, Stop, StopCount, StopFile

CHUNK = 1_000
COUNTED = ("searches", "vehicles", "acted", "no_outcome", "linked", "link_stated")
COLUMNS = (
    "id", "file", "key", "force", "month", "area_code", "happened", "latitude", "longitude",
    "kind", "gender", "age_range", "self_defined", "officer_defined", "legislation", "object",
    "outcome", "linked", "more_removed",
)  # fmt: skip
Place = tuple[str, str, str, str]
"""Force, month, area and officer-defined group: what one count is about."""


@dataclass(frozen=True)
class GivenFile:
    """A file that was read, with the borough of each of its records."""

    name: str
    sha256: str
    force: str
    month: str
    searches: Mapping[str, Search]  # by key
    boroughs: Mapping[str, str | None]  # by key
    refused: Sequence[tuple[int, str]]


@writes
async def keep_file(given: GivenFile) -> tuple[StopFile, bool]:
    """Keep the records that are not here yet. The same bytes again change nothing.

    Gives the file as it is kept, and whether it was already.
    """
    before = await StopFile.objects().where(StopFile.sha256 == given.sha256).first()
    if before is not None:
        return before, True
    known = await _known(list(given.searches))
    fresh = {key: one for key, one in given.searches.items() if key not in known}
    file = StopFile(
        name=given.name[:200],
        sha256=given.sha256,
        force=given.force,
        month=given.month,
        rows=len(given.searches) + len(given.refused),
        added=len(fresh),
        refused=json.dumps(list(given.refused)[:CHUNK]),
        read_at=now(),
    )
    await StopFile.insert(file)
    await bulk(Stop, COLUMNS, _stop_rows(file, given, fresh))
    await _count(_counts(given, fresh))
    await record(
        "stops.imported",
        file,
        public=bool(fresh),
        force=given.force,
        month=given.month,
        added=len(fresh),
        already_here=len(known),
        refused=len(given.refused),
    )
    return file, False


async def _known(keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for chunk in _chunks(keys):
        for row in await Stop.select(Stop.key).where(Stop.key.is_in(chunk)):
            found.add(row["key"])
    return found


def _chunks(things: Sequence[Any]) -> Iterator[list[Any]]:
    for at in range(0, len(things), CHUNK):
        yield list(things[at : at + CHUNK])


def _stop_rows(file: StopFile, given: GivenFile, fresh: Mapping[str, Search]) -> Iterator[tuple]:
    for key, one in fresh.items():
        east, north = one.place or (None, None)
        yield (
            new_id(), file.id, key, given.force, given.month, given.boroughs.get(key),
            one.happened, north, east, one.kind, one.gender, one.age_range, one.self_defined,
            one.officer_defined, one.legislation, one.object, one.outcome, one.linked,
            one.more_removed,
        )  # fmt: skip


def _counts(given: GivenFile, fresh: Mapping[str, Search]) -> dict[Place, Counter[str]]:
    found: dict[Place, Counter[str]] = {}
    for key, one in fresh.items():
        place = (given.force, given.month, given.boroughs.get(key) or "", one.officer_defined)
        found.setdefault(place, Counter()).update(counted(one.kind, one.outcome, one.linked))
    return found


def counted(kind: str, outcome: str, linked: bool | None) -> dict[str, int]:
    """What one record adds to the counts."""
    if kind == VEHICLE_ONLY:
        return {"vehicles": 1}
    return {
        "searches": 1,
        "acted": int(led_to_action(outcome)),
        "no_outcome": int(outcome == ""),
        "linked": int(linked is True),
        "link_stated": int(linked is not None),
    }


async def _count(changes: Mapping[Place, Mapping[str, int]]) -> None:
    """Add to the roll-up. Inside the transaction that adds or moves the records."""
    for (force, month, area, group), more in changes.items():
        first = {name: more.get(name, 0) for name in COUNTED}
        row = StopCount(force=force, month=month, area_code=area, officer_defined=group, **first)
        await StopCount.insert(row).on_conflict(
            target=(
                StopCount.force,
                StopCount.month,
                StopCount.area_code,
                StopCount.officer_defined,
            ),
            action="DO UPDATE",
            values=[
                (
                    getattr(StopCount, name),
                    QueryString(f'"stop_count"."{name}" + {{}}', first[name]),
                )
                for name in COUNTED
            ],
        )


@writes
async def keep_areas(fresh: Sequence[tuple[str, str, str]]) -> int:
    """Add areas (code, name, shape) that are not here yet; gives how many.

    A boundary that is here stays as it is: certificates of draws rest on it.
    """
    known = await shapes_by_code()
    new = [one for one in fresh if one[0] not in known]
    for code, name, shape in new:
        await Area.insert(Area(code=code, name=name, shape=shape))
    if new:
        await record("areas.imported", public=True, areas=len(new))
    return len(new)


@writes
async def place_stops(boroughs: Mapping[UUID, str]) -> int:
    """Say in which borough records without one fell, and move their counts there."""
    by_area: dict[str, list[UUID]] = {}
    for stop, code in boroughs.items():
        by_area.setdefault(code, []).append(stop)
    placed = 0
    for code, stops in by_area.items():
        for chunk in _chunks(stops):
            placed += await _move(code, chunk)
    if placed:
        await record("stops.placed", public=True, stops=placed)
    return placed


async def _move(code: str, stops: list[UUID]) -> int:
    moved = (
        await Stop.update({Stop.area_code: code})
        .where(Stop.id.is_in(stops) & Stop.area_code.is_null())
        .returning(
            Stop.force, Stop.month, Stop.officer_defined, Stop.kind, Stop.outcome, Stop.linked
        )
    )
    changes: dict[Place, Counter[str]] = {}
    for row in moved:
        one = counted(row["kind"], row["outcome"], row["linked"])
        here, month, group = row["force"], row["month"], row["officer_defined"]
        changes.setdefault((here, month, code, group), Counter()).update(one)
        changes.setdefault((here, month, "", group), Counter()).subtract(one)
    await _count(changes)
    return len(moved)


@writes
async def keep_census(counts: Mapping[tuple[str, str], int]) -> int:
    """Keep people by (area, group); gives how many counts are new or changed."""
    known = await population_counts()
    changed = {place: people for place, people in counts.items() if known.get(place) != people}
    gone = [place for place in changed if place in known]
    for code, group in gone:
        await PopulationCount.delete().where(
            (PopulationCount.area_code == code) & (PopulationCount.group_name == group)
        )
    await bulk(
        PopulationCount,
        ("id", "area_code", "group_name", "people"),
        ((new_id(), code, group, people) for (code, group), people in changed.items()),
    )
    if changed:
        await record("census.imported", public=True, counts=len(changed))
    return len(changed)
