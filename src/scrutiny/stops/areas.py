"""Which borough a place is in. Only commands import this: shapely stays out of the web process."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely

from scrutiny.kit.errors import Unreadable
from scrutiny.stops.reading import text_of

CODE, NAME = re.compile(r"LAD\d\dCD"), re.compile(r"LAD\d\dNM")


@dataclass(frozen=True)
class Boundary:
    code: str  # ONS code, E09000022
    name: str
    shape: str  # GeoJSON geometry, longitude first


def boundaries(name: str, data: bytes) -> list[Boundary]:
    """The local authorities of a GeoJSON file as the ONS publishes them, in order of code.

    Raises Unreadable when it is no such file.
    """
    try:
        features = json.loads(text_of(name, data))["features"]
        found = [_boundary(feature) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable(
            f"{name} is not GeoJSON of local authorities (features with LAD..CD and LAD..NM)."
        ) from None
    if not found:
        raise Unreadable(f"{name} has no boundaries in it.")
    shapes({one.code: one.shape for one in found})
    return sorted(found, key=lambda one: one.code)


def _boundary(feature: Mapping) -> Boundary:
    said = feature["properties"]
    code = next((said[key] for key in said if CODE.fullmatch(key)), "")
    name = next((said[key] for key in said if NAME.fullmatch(key)), "")
    if not re.fullmatch(r"[EW]\d{8}", code) or not 0 < len(name) <= 120:
        raise ValueError(code)
    return Boundary(code, name, json.dumps(feature["geometry"], separators=(",", ":")))


def shapes(by_code: Mapping[str, str]) -> dict[str, shapely.Geometry]:
    """Geometries from GeoJSON. Raises Unreadable when one is no area."""
    found = {}
    for code in sorted(by_code):
        try:
            shape = shapely.from_geojson(by_code[code])
        except shapely.errors.GEOSException:
            shape = None
        if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty:
            raise Unreadable(f"The boundary of {code} is not an area.")
        found[code] = shape if shape.is_valid else shapely.make_valid(shape)
    return found


def boroughs(
    places: Sequence[tuple[float, float] | None], by_code: Mapping[str, str]
) -> list[str | None]:
    """The code of the area each place (longitude, latitude) is in, or None.

    A place on a border that two areas share belongs to the one whose code comes first.
    """
    found: list[str | None] = [None] * len(places)
    where = [at for at, place in enumerate(places) if place is not None]
    if not where or not by_code:
        return found
    areas = shapes(by_code)
    codes = list(areas)
    points = shapely.points([places[at] for at in where])
    tree = shapely.STRtree(list(areas.values()))
    for point, area in tree.query(points, predicate="intersects").T.tolist():
        at = where[point]
        found[at] = min(found[at] or codes[area], codes[area])
    return found
