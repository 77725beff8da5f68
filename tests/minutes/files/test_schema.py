"""The published schema of minutes: every document follows it, and it says what a wrong one is."""

import json
from dataclasses import replace

import pytest
from conftest import run
from jsonschema import Draft202012Validator

from minutes import steps
from minutes.test_document import LONG, minutes
from minutes.test_rules import MEETING
from scrutiny.minutes import parts, rules
from scrutiny.minutes.files.routes import SCHEMA

WHOLE = replace(LONG, items=[one for one in LONG.items if not one.case or one.case.number])
BARE = replace(MEETING, sittings=[], items=[], agreed=[], next_date=None, asked=[], closed={})
FIRST = {
    "title": "Minutes of the meeting of 14 May 2026",
    "edition": 1,
    "panel": "Lambeth Scrutiny Panel",
    "code": "LAM",
    "force": "Metropolitan Police",
    "meeting": {
        "title": "Spring meeting", "date": "2026-05-14", "starts": "18:30", "ends": "20:30",
        "venue": "Town Hall", "public": True,
    },
    "corrections": [],
    "present": [{"name": "Amara Okafor", "role": "Chair", "capacity": "community"}],
    "apologies": [], "absent": [],
    "quorum": "There was a quorum.",
    "items": [{"number": 1, "title": "Welcome", "case": None, "notes": "Hello."}],
    "cases": [], "recommendations": [], "closed_items": 1, "next_meeting": None,
}  # fmt: skip
"""As the first minutes were."""


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    written = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(written)
    return Draft202012Validator(written)


def wrong(schema, document) -> list[str]:
    return [f"{one.json_path}: {one.message}" for one in schema.iter_errors(document)]


@pytest.mark.parametrize("gathered", [WHOLE, MEETING, BARE, replace(WHOLE, public=False)])
def test_every_document_follows_it(schema, gathered):
    assert wrong(schema, json.loads(minutes(gathered).document)) == []


def test_so_do_the_first_minutes(schema):
    assert wrong(schema, FIRST) == []


def test_it_describes_every_key_that_is_written(schema):
    written = json.loads(minutes(LONG).document)
    assert set(written) <= set(schema.schema["properties"])
    kinds = schema.schema["$defs"]
    assert {key for one in written["items"] for key in one} <= set(kinds["item"]["properties"])
    assert {key for one in written["present"] for key in one} <= set(kinds["person"]["properties"])
    decided = [each for one in written["items"] for each in one["decisions"]]
    assert {key for one in decided for key in one} == set(kinds["decision"]["properties"])
    assert {key for one in written["actions"] for key in one} == set(kinds["action"]["properties"])


@pytest.mark.parametrize(
    "change",
    [
        {"edition": 0}, {"edition": "1"}, {"panel": ""}, {"closed_items": -1},
        {"schema": "scrutiny-minutes-2"}, {"next_meeting": {"date": "tomorrow", "venue": ""}},
        {"present": [{"name": "A. O.", "role": "Chair", "capacity": "guest"}]},
        {"items": [{"number": "1.", "title": "Welcome", "notes": ""}]},
    ],
)  # fmt: skip
def test_a_wrong_one_is_found(schema, change):
    assert len(wrong(schema, FIRST | change)) == 1
    assert len(wrong(schema, {key: FIRST[key] for key in FIRST if key not in change})) <= 1


def test_new_minutes_name_it_and_that_is_no_edit():
    new = rules.document(MEETING, 1)
    assert new["schema"] == parts.SCHEMA == json.loads(SCHEMA.read_text())["$id"]
    old = {key: value for key, value in new.items() if key != "schema"}
    assert rules.compare(old, new) == []


def test_it_is_published_and_what_is_published_follows_it(browse, cast, schema):
    for place in ("/minutes/schema.json", "/minutes/schema-1.json"):
        reply = browse().get(place)
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith("application/schema+json")
        assert reply.json() == schema.schema
    row = run(steps.published(cast))
    run(steps.corrected(cast, row))
    for edition in (1, 2):
        data = browse().get(f"{steps.home(row)}.json?edition={edition}").json()
        assert wrong(schema, data) == []
        assert data["edition"] == edition
