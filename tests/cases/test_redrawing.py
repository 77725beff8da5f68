"""Anybody can draw a sample again from the certificate and the published files."""

import json

import pytest
from conftest import run
from stops.steps import BOUNDARIES, NAME, REAL, csv_of, said

from cases.steps import RECORDS, bring_records, draw
from scrutiny.cases.redraw import redraw, redrawn
from scrutiny.kit.errors import Unreadable
from scrutiny.stops import imports

FILES = {NAME: csv_of(RECORDS), "boroughs.geojson": BOUNDARIES}


@pytest.fixture
def told(cast, tmp_path):
    """The certificate of a second draw: the first one's records are out of it."""
    run(bring_records(tmp_path))
    run(draw(cast, 4))
    return json.loads(run(draw(cast, 5)).certificate)


def test_the_same_sample_comes_out(told):
    assert redrawn(told, FILES) == told["sample"]
    assert redrawn(told, dict(reversed(FILES.items()))) == told["sample"]


def test_it_is_read_from_files(told, tmp_path):
    paths = [tmp_path / NAME, tmp_path / "boroughs.geojson"]
    assert redraw(told, paths) == told["sample"]


def test_the_order_of_the_rows_and_the_name_of_the_file_do_not_matter(told):
    files = {"october.csv": csv_of(RECORDS[::-1]), "boroughs.geojson": BOUNDARIES}
    assert redrawn(told, files) == told["sample"]


def test_another_seed_gives_another_sample(told):
    assert redrawn({**told, "seed": "0" * 32}, FILES) != told["sample"]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({NAME: csv_of(RECORDS)}, "Give the boundaries too"),
        ({"boroughs.geojson": BOUNDARIES}, "Give the police's own file for 2022-10 too."),
        (
            {**FILES, NAME: csv_of(RECORDS[12:])},
            "the certificate speaks of",
        ),  # more than were drawn
        ({**FILES, NAME: csv_of([*RECORDS, said(Gender="Female")])}, "the certificate speaks of"),
        ({**FILES, NAME: b""}, "is empty"),
        (
            {"2022-09-metropolitan-stop-and-search.csv": b"x", **FILES},
            "is not the file of metropolitan for 2022-10",
        ),
    ],
)
def test_other_files_are_refused_in_a_sentence(told, files, why):
    with pytest.raises(Unreadable) as refused:
        redrawn(told, files)
    assert why in str(refused.value)


def test_what_is_no_certificate_is_refused(told):
    with pytest.raises(Unreadable, match="not the certificate of a draw"):
        redrawn({"seed": "1"}, FILES)


@pytest.mark.skipif(not REAL.exists(), reason="no published files beside this folder")
def test_a_draw_from_the_real_files_comes_out_again(cast):
    paths = [REAL / "london-boroughs.geojson", REAL / "stop-and-search" / NAME]
    run(imports.import_areas(paths[0]))
    run(imports.import_stops(paths[1]))
    run(draw(cast, 5))
    told = json.loads(run(draw(cast, 10)).certificate)
    assert told["population"]["count"] == 577
    assert redraw(told, paths) == told["sample"]
