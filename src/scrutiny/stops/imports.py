"""The commands that read files into the house: search records, areas, census counts."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from scrutiny.stops import actions, queries
from scrutiny.stops.areas import boroughs, boundaries
from scrutiny.stops.census import census
from scrutiny.stops.reading import read
from scrutiny.stops.rules import named

SHOWN = 10


@dataclass(frozen=True)
class Report:
    """What came of reading one file."""

    name: str
    said: str
    rows: int = 0
    added: int = 0
    refused: tuple[tuple[int, str], ...] = ()

    @property
    def lines(self) -> list[str]:
        """What a command prints: the sentence, then the lines that could not be read."""
        found = [f"{self.name}: {self.said}"]
        found += [f"  line {line}: {why}" for line, why in self.refused[:SHOWN]]
        if len(self.refused) > SHOWN:
            found.append(f"  and {len(self.refused) - SHOWN} more lines.")
        return found


async def import_stops(path: Path, *, force: str = "", month: str = "") -> Report:
    """Read a file of search records, CSV or JSON, and keep those that are not here yet.

    Raises Unreadable with a sentence when the file as a whole cannot be read.
    """
    data = path.read_bytes()
    force, month = named(path.name, force, month)
    found = read(path.name, data, force, month)
    keys = list(found.searches)
    where = boroughs([found.searches[key].place for key in keys], await queries.shapes_by_code())
    before = await queries.records_of(force, month)
    file, already = await actions.keep_file(
        actions.GivenFile(
            name=path.name,
            sha256=hashlib.sha256(data).hexdigest(),
            force=force,
            month=month,
            searches=found.searches,
            boroughs=dict(zip(keys, where, strict=True)),
            refused=found.refused,
        )
    )
    if already:
        said = f"this very file was read before, as {file.name}. Nothing changed."
        return Report(path.name, said, rows=found.rows)
    said = _said(file.added, len(keys) - file.added, sum(code is None for code in where))
    if before and file.added:
        said += f" {month} already had {before} records from other files: look for repeats."
    return Report(path.name, said, found.rows, file.added, tuple(found.refused))


def _said(added: int, known: int, nowhere: int) -> str:
    said = [f"{added} records added."]
    if known:
        said.append(f"{known} were already here.")
    if nowhere:
        said.append(f"{nowhere} of its records are in no known area.")
    return " ".join(said)


async def import_areas(path: Path) -> Report:
    """Read boundaries (GeoJSON) and place the records that have no borough yet."""
    found = boundaries(path.name, path.read_bytes())
    added = await actions.keep_areas([(one.code, one.name, one.shape) for one in found])
    waiting = await queries.stops_without_area()
    places = [(row["longitude"], row["latitude"]) for row in waiting]
    where = boroughs(places, await queries.shapes_by_code())
    placed = await actions.place_stops(
        {row["id"]: code for row, code in zip(waiting, where, strict=True) if code}
    )
    said = f"{added} areas added, {placed} records placed."
    if not added:
        said = f"no new areas: boundaries already here stay. {placed} records placed."
    return Report(path.name, said, rows=len(found), added=added)


async def import_census(path: Path) -> Report:
    """Read how many people live in each local authority, by the five groups."""
    counts = census(path.name, path.read_bytes())
    changed = await actions.keep_census(counts)
    said = f"{changed} counts added or changed." if changed else "nothing changed."
    return Report(path.name, said, rows=len(counts), added=changed)
