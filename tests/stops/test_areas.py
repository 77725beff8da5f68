"""Which borough a place is in."""

import json

import pytest

from scrutiny.kit.errors import Unreadable
from scrutiny.stops.areas import boroughs, boundaries
from stops.steps import BOUNDARIES, HACKNEY, LAMBETH, NOWHERE, square

SHAPES = {one.code: one.shape for one in boundaries("boroughs.geojson", BOUNDARIES)}


def at(*places):
    return boroughs([place and place[::-1] for place in places], SHAPES)


def test_each_place_finds_its_borough_in_order():
    assert at(HACKNEY, LAMBETH, NOWHERE, None, LAMBETH) == [
        "E09000012", "E09000022", None, None, "E09000022",
    ]  # fmt: skip


def test_a_place_on_a_shared_border_goes_to_the_first_code():
    assert at((51.5, -0.08)) == ["E09000012"]
    assert boroughs([(-0.08, 51.5)], dict(reversed(SHAPES.items()))) == ["E09000012"]


def test_without_boundaries_nothing_is_known():
    assert boroughs([(-0.12, 51.45)], {}) == [None]


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


POINT = {"type": "Point", "coordinates": [0, 51]}
NO_AREA = {**square("E09000022", "Lambeth", 0, 51), "geometry": POINT}
REFUSED = [
    (b"", "is empty"),
    (b"[]", "is not GeoJSON"),
    (b"{", "is not GeoJSON"),
    (collection(), "has no boundaries"),
    (collection({"properties": {}, "geometry": None}), "is not GeoJSON"),
    (collection(square("Lambeth", "E09000022", 0, 51)), "is not GeoJSON"),
    (collection(NO_AREA), "The boundary of E09000022 is not an area."),
]


@pytest.mark.parametrize(("data", "why"), REFUSED)
def test_a_file_that_is_none_is_refused_in_a_sentence(data, why):
    with pytest.raises(Unreadable, match=why):
        boundaries("boroughs.geojson", data)
