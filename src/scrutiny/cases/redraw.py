"""Draw a sample again from its certificate and the published files. Only commands import this."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scrutiny.cases.certificate import check, draw, population_hash
from scrutiny.kit.errors import Unreadable
from scrutiny.stops.areas import boroughs, boundaries
from scrutiny.stops.reading import read
from scrutiny.stops.rules import VEHICLE_ONLY, Search, named


def redraw(certificate: Mapping[str, Any], paths: Iterable[Path]) -> list[str]:
    """The keys that the draw gives when it is done again from these files."""
    return redrawn(certificate, {path.name: path.read_bytes() for path in paths})


def redrawn(certificate: Mapping[str, Any], files: Mapping[str, bytes]) -> list[str]:
    """The same from files by name: the police's own for the month, and the boundaries (GeoJSON).

    Raises Unreadable when they do not hold the population that the certificate speaks of.
    """
    check(certificate)
    keys = population(certificate, files)
    said = certificate["population"]
    if (len(keys), population_hash(keys)) != (said.get("count"), said.get("sha256")):
        raise Unreadable(
            f"These files hold {len(keys)} records to draw from; the certificate speaks of "
            f"{said.get('count')}, or of others. Give the very files that it names: the police "
            "may have published the month again since."
        )
    return draw(keys, certificate["seed"], certificate["n"])


def population(certificate: Mapping[str, Any], files: Mapping[str, bytes]) -> list[str]:
    """The keys of the records that could be drawn, worked out from the files alone."""
    shapes: dict[str, str] = {}
    searches: dict[str, Search] = {}
    for name, data in files.items():
        if name.lower().endswith(".geojson"):
            shapes |= {one.code: one.shape for one in boundaries(name, data)}
        else:
            searches |= _searches(certificate, name, data)
    area = certificate["area"]
    if area.get("code") not in shapes:
        said = f"{area.get('name')} ({area.get('code')})"
        raise Unreadable(f"Give the boundaries too, a file ending in .geojson that has {said}.")
    if not searches:
        raise Unreadable(f"Give the police's own file for {certificate['month']} too.")
    where = boroughs([one.place for one in searches.values()], shapes)
    left_out = {key for one in certificate["excluded"] for key in one.get("keys", ())}
    return [
        key
        for (key, one), code in zip(searches.items(), where, strict=True)
        if code == area["code"] and one.kind != VEHICLE_ONLY and key not in left_out
    ]


def _searches(certificate: Mapping[str, Any], name: str, data: bytes) -> dict[str, Search]:
    """The records of a file. One that was given another name is taken at its word: the hash of
    the population tells in the end."""
    force, month = certificate["force"], certificate["month"]
    try:
        said = named(name)
    except Unreadable:
        said = (force, month)
    if said != (force, month):
        raise Unreadable(f"{name} is not the file of {force} for {month}.")
    return read(name, data, force, month).searches
