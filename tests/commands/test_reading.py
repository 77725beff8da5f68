"""Published files are read by command; one that cannot be read does not stop the others."""

import json

from cases.steps import RECORDS, bring_records, draw
from conftest import run
from stops.steps import BOUNDARIES, CENSUS, NAME, csv_of

NOVEMBER = "2022-11-metropolitan-stop-and-search.csv"


def test_files_are_read_and_bad_ones_told_of(empty, tmp_path):
    names = {"boroughs.geojson": BOUNDARIES, "census.csv": CENSUS, NAME: csv_of(RECORDS)}
    names |= {"empty.geojson": b"", NOVEMBER: b"a,b\n1,2\n"}
    for name, data in names.items():
        (tmp_path / name).write_bytes(data)
    files = {name: str(tmp_path / name) for name in names}

    done = empty.types("import", "areas", files["empty.geojson"], files["boroughs.geojson"])
    assert done.returncode == 1
    assert "empty.geojson" in done.stderr and "is empty" in done.stderr
    assert done.stderr.endswith("1 of 2 files could not be read. The rest is kept.\n")
    assert done.stdout == "boroughs.geojson: 2 areas added, 0 records placed.\n"

    said = empty.does("import", "census", files["census.csv"])
    assert said == "census.csv: 3 counts added or changed.\n"

    said = empty.does("import", "stops", files[NAME])
    assert said.startswith(f"{NAME}: {len(RECORDS)} records added.")
    again = empty.types("import", "stops", files[NAME], files[NOVEMBER])
    assert "Nothing changed" in again.stdout
    assert again.stderr.splitlines()[-1] == (
        "Error: 1 of 2 files could not be read. The rest is kept."
    )


def test_a_sample_is_drawn_again_from_its_certificate(cast, empty, tmp_path):
    run(bring_records(tmp_path))
    told = json.loads(run(draw(cast, 4)).certificate)
    certificate = tmp_path / "certificate.json"
    certificate.write_text(json.dumps(told))
    files = [str(tmp_path / NAME), str(tmp_path / "boroughs.geojson")]

    again = empty.does("draw", "verify", str(certificate), *files)
    assert again == "The same 4 records came out.\n"

    certificate.write_text(json.dumps({**told, "sample": told["sample"][::-1]}))
    said = empty.is_refused("draw", "verify", str(certificate), *files)
    assert said.startswith("The sample is not the same")
    certificate.write_text("no JSON")
    said = empty.is_refused("draw", "verify", str(certificate), *files)
    assert said == "certificate.json is not JSON."
