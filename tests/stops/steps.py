"""Files as the police publish them, small enough to read, and two square boroughs."""

import csv
import io
import json
from pathlib import Path

from scrutiny.stops import imports
from scrutiny.stops.rules import COLUMNS

NAME = "2022-10-metropolitan-stop-and-search.csv"
DRUGS = "Misuse of Drugs Act 1971 (section 23)"
PACE = "Police and Criminal Evidence Act 1984 (section 1)"
NOTHING = "A no further action disposal"
LAMBETH, HACKNEY, NOWHERE = (51.45, -0.12), (51.55, -0.05), (52.9, 1.5)
SAID = {
    "Type": "Person search",
    "Date": "2022-10-14T18:05:00+00:00",
    "Part of a policing operation": "False",
    "Policing operation": "",
    "Latitude": "51.450000",
    "Longitude": "-0.120000",
    "Gender": "Male",
    "Age range": "18-24",
    "Self-defined ethnicity": "Other ethnic group - Not stated",
    "Officer-defined ethnicity": "Black",
    "Legislation": DRUGS,
    "Object of search": "Controlled drugs",
    "Outcome": NOTHING,
    "Outcome linked to object of search": "",
    "Removal of more than just outer clothing": "False",
}
REAL = Path(__file__).parents[3] / "shared" / "data"


def said(place=LAMBETH, **changes):
    """One record's columns: said(HACKNEY, Outcome="Arrest"); words with spaces by a dict."""
    north, east = place or ("", "")
    return {**SAID, "Latitude": str(north), "Longitude": str(east), **changes}


def group(name, count, place=LAMBETH, **changes):
    """So many records alike but for the minute."""
    return [
        said(place, **{"Officer-defined ethnicity": name, "Date": minute(at)}, **changes)
        for at in range(count)
    ]


def minute(at, month="2022-10"):
    return f"{month}-{1 + at // 1440:02d}T{at // 60 % 24:02d}:{at % 60:02d}:00+00:00"


def csv_of(records, columns=tuple(COLUMNS)):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()


def entry(**changes):
    """The same record as the API gives it."""
    return {
        "type": "Person search",
        "datetime": "2022-10-14T18:05:00+00:00",
        "operation": False,
        "operation_name": None,
        "location": {"latitude": "51.450000", "longitude": "-0.120000", "street": {"id": 1}},
        "gender": "Male",
        "age_range": "18-24",
        "self_defined_ethnicity": "Other ethnic group - Not stated",
        "officer_defined_ethnicity": "Black",
        "legislation": DRUGS,
        "object_of_search": "Controlled drugs",
        "outcome": NOTHING,
        "outcome_linked_to_object_of_search": None,
        "removal_of_more_than_outer_clothing": False,
        **changes,
    }


def square(code, name, west, south, size=0.1):
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"LAD22CD": code, "LAD22NM": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


BOUNDARIES = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            square("E09000022", "Lambeth", -0.17, 51.4),
            square("E09000012", "Hackney", -0.1, 51.5),
        ],
    }
).encode()
CENSUS_HEAD = (
    "Lower Tier Local Authorities Code,Lower Tier Local Authorities,"
    "Ethnic group (20 categories) Code,Ethnic group (20 categories),Observation\n"
)
CENSUS = (
    CENSUS_HEAD
    + "E09000022,Lambeth,-8,Does not apply,0\n"
    + 'E09000022,Lambeth,2,"Asian, Asian British or Asian Welsh: Chinese",4000\n'
    + 'E09000022,Lambeth,3,"Asian, Asian British or Asian Welsh: Indian",6000\n'
    + 'E09000022,Lambeth,6,"Black, Black British, Black Welsh, Caribbean or African: African"'
    + ",20000\n"
    + 'E09000022,Lambeth,13,"White: English, Welsh, Scottish, Northern Irish or British",80000\n'
).encode()


async def import_areas(folder):
    (folder / "boroughs.geojson").write_bytes(BOUNDARIES)
    return await imports.import_areas(folder / "boroughs.geojson")


async def import_records(folder, records, name=NAME, **options):
    (folder / name).write_bytes(csv_of(records))
    return await imports.import_stops(folder / name, **options)


async def import_census(folder, data=CENSUS):
    (folder / "census.csv").write_bytes(data)
    return await imports.import_census(folder / "census.csv")
