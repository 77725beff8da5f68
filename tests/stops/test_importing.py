"""Files are read into the house, once each."""

import json

import pytest
from conftest import run

from scrutiny.kit.errors import Unreadable
from scrutiny.record.queries import broken_at, published_count
from scrutiny.record.tables import Event
from scrutiny.stops import imports, queries
from scrutiny.stops.tables import Area, PopulationCount, Stop, StopCount, StopFile
from stops.steps import (
    CENSUS,
    HACKNEY,
    NAME,
    NOWHERE,
    csv_of,
    entry,
    group,
    import_areas,
    import_census,
    import_records,
    said,
)

RECORDS = [
    *group("Black", 3),
    *group("White", 2, Outcome="Arrest", **{"Outcome linked to object of search": "True"}),
    *group("", 1, HACKNEY, Outcome=""),
    *group("White", 1, NOWHERE),
    said(None, Type="Vehicle search", **{"Officer-defined ethnicity": ""}),
]


async def counts():
    found = await StopCount.select().order_by(StopCount.area_code, StopCount.officer_defined)
    names = ("searches", "vehicles", "acted", "no_outcome", "linked", "link_stated")
    return {
        (row["area_code"], row["officer_defined"]): tuple(row[name] for name in names)
        for row in found
        if any(row[name] for name in names)
    }


COUNTED = {
    ("", ""): (0, 1, 0, 0, 0, 0),
    ("", "White"): (1, 0, 0, 0, 0, 0),
    ("E09000012", ""): (1, 0, 0, 1, 0, 0),
    ("E09000022", "Black"): (3, 0, 0, 0, 0, 0),
    ("E09000022", "White"): (2, 0, 2, 0, 2, 2),
}


async def events():
    rows = await Event.select(Event.what, Event.public, Event.facts).order_by(Event.seq)
    return [(row["what"], row["public"], json.loads(row["facts"])) for row in rows]


def test_a_file_is_kept_counted_and_recorded(tables, tmp_path):
    run(import_areas(tmp_path))
    report = run(import_records(tmp_path, RECORDS))
    assert report.lines == [f"{NAME}: 8 records added. 2 of its records are in no known area."]
    assert run(Stop.count().run()) == 8
    assert run(counts()) == COUNTED
    assert run(events())[-1] == (
        "stops.imported",
        True,
        {"force": "metropolitan", "month": "2022-10", "added": 8, "already_here": 0, "refused": 0},
    )
    assert run(broken_at())[1] is None


def test_a_stop_is_stored_as_published(tables, tmp_path):
    run(import_areas(tmp_path))
    run(import_records(tmp_path, [said(HACKNEY, Outcome="Arrest")]))
    found = run(Stop.objects().first().run())
    assert (found.force, found.month, found.area_code) == ("metropolitan", "2022-10", "E09000012")
    assert (found.latitude, found.longitude) == HACKNEY
    assert found.happened.isoformat() == "2022-10-14T18:05:00+00:00"
    assert (found.outcome, found.linked, found.more_removed) == ("Arrest", None, False)


def test_the_same_bytes_again_change_nothing(tables, tmp_path):
    run(import_records(tmp_path, RECORDS))
    before = run(published_count())
    (tmp_path / "copy.csv").write_bytes((tmp_path / NAME).read_bytes())
    report = run(imports.import_stops(tmp_path / "copy.csv", force="metropolitan", month="2022-10"))
    assert report.said == f"this very file was read before, as {NAME}. Nothing changed."
    assert (run(Stop.count().run()), run(StopFile.count().run())) == (8, 1)
    assert run(published_count()) == before


def test_the_same_records_in_another_file_are_skipped(tables, tmp_path):
    run(import_records(tmp_path, RECORDS))
    counted = run(counts())
    report = run(import_records(tmp_path, [*reversed(RECORDS)]))
    assert (report.added, report.said) == (
        0, "0 records added. 8 were already here. 8 of its records are in no known area.",
    )  # fmt: skip
    assert run(counts()) == counted
    more = run(import_records(tmp_path, [*RECORDS, said(Gender="Female")]))
    assert more.said.endswith("2022-10 already had 8 records from other files: look for repeats.")
    assert (more.added, run(Stop.count().run())) == (1, 9)


def test_json_after_csv_adds_nothing(tables, tmp_path):
    run(import_records(tmp_path, [said()]))
    path = tmp_path / "api-metropolitan-2022-10.json"
    path.write_text(json.dumps([entry()]))
    assert run(imports.import_stops(path)).added == 0


def test_broken_rows_are_reported_and_the_rest_is_kept(tables, tmp_path):
    report = run(import_records(tmp_path, [said(), *[said(Type="?")] * 12]))
    assert (report.rows, report.added) == (13, 1)
    assert report.lines[1] == "  line 3: The type '?' is not one that the police publish."
    assert report.lines[-1] == "  and 2 more lines."
    kept = run(StopFile.select(StopFile.refused).first().run())
    assert len(json.loads(kept["refused"])) == 12


def test_a_file_that_is_none_leaves_no_trace(tables, tmp_path):
    (tmp_path / NAME).write_bytes(b"")
    with pytest.raises(Unreadable, match="is empty"):
        run(imports.import_stops(tmp_path / NAME))
    assert run(StopFile.count().run()) == 0


def test_boundaries_read_later_place_what_waits(tables, tmp_path):
    run(import_records(tmp_path, RECORDS))
    assert {area for area, _ in run(counts())} == {""}
    report = run(import_areas(tmp_path))
    assert report.said == "2 areas added, 6 records placed."
    assert run(counts()) == COUNTED


def test_boundaries_that_are_here_stay(tables, tmp_path):
    run(import_areas(tmp_path))
    kept = run(queries.boundaries())
    report = run(import_areas(tmp_path))
    assert report.said == "no new areas: boundaries already here stay. 0 records placed."
    assert (run(Area.count().run()), run(queries.boundaries())) == (2, kept)
    assert [what for what, _, _ in run(events())] == ["areas.imported"]


def test_the_census_is_folded_into_the_five_groups(tables, tmp_path):
    assert run(import_census(tmp_path)).said == "3 counts added or changed."
    assert run(queries.people_by_group("E09000022")) == {
        "Asian": 10_000, "Black": 20_000, "White": 80_000,
    }  # fmt: skip
    assert run(import_census(tmp_path)).said == "nothing changed."
    run(import_census(tmp_path, CENSUS.replace(b"80000", b"80001")))
    assert run(queries.people_by_group("E09000022"))["White"] == 80_001
    assert run(PopulationCount.count().run()) == 3


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2\n", "lacks columns"),
        (CENSUS.replace(b"20000", b"many"), "line 5: this is not a count"),
        (CENSUS.replace(b"Black, Black", b"Blue, Black"), "line 5: this is not a count"),
        (CENSUS.splitlines()[0], "has no counts"),
    ],
)
def test_a_census_that_is_none_is_refused_in_a_sentence(tables, tmp_path, data, why):
    with pytest.raises(Unreadable, match=why):
        run(import_census(tmp_path, data))
    assert run(PopulationCount.count().run()) == 0


def test_csv_of_is_what_the_police_publish():
    assert csv_of([]).decode().strip().split(",")[:3] == [
        "Type", "Date", "Part of a policing operation",
    ]  # fmt: skip
