"""The files that the police did publish, where they lie beside the repository."""

import pytest
from conftest import run

from scrutiny.stops import imports, queries
from scrutiny.stops.tables import Stop
from stops.steps import REAL

pytestmark = pytest.mark.skipif(not REAL.exists(), reason="no published files beside this folder")
CENSUS = REAL / "census-2021-ethnic-group-by-local-authority.csv"


@pytest.fixture
def london(tables):
    run(imports.import_areas(REAL / "london-boroughs.geojson"))
    found = [imports.import_stops(p) for p in sorted((REAL / "stop-and-search").glob("*.csv"))]
    return [run(one) for one in found]


def test_every_row_of_every_file_is_kept(london):
    assert len(london) == 8
    assert sum(report.added for report in london) == run(Stop.count().run()) == 26_224
    assert [report.refused for report in london] == [()] * 8
    placed = run(Stop.count().where(Stop.area_code.is_not_null()).run())
    assert placed / 26_224 >= 0.99
    api = run(imports.import_stops(REAL / "stop-and-search" / "api-metropolitan-2024-10.json"))
    assert (api.added, api.refused) == (3_400, ())


def test_june_and_november_are_partial_for_the_met_alone_and_counts_are_right(london):
    met = run(queries.months("metropolitan", "E09000022"))
    city = run(queries.months("city-of-london", "E09000001"))
    assert {month.month for month in met if month.partial} == {"2022-06", "2022-11"}
    assert [month.partial for month in city] == [False] * 4
    for month in met:
        found = run(queries.searches_in("metropolitan", month.month, "E09000022"))
        assert month.searches == len(found)


def test_the_census_has_every_local_authority(tables):
    assert run(imports.import_census(CENSUS)).added == 1_655
    assert sum(run(queries.people_by_group("E09000022")).values()) == 317_650
