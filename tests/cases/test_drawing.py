"""Search records are drawn by lot, and everybody can see how."""

import asyncio
import hashlib
import json
import re

import pytest
from conftest import run

from cases.steps import bring_records, draw, events, stored
from scrutiny.cases import actions
from scrutiny.cases.tables import Case, Draw
from scrutiny.kit.errors import AlreadyMade
from scrutiny.ledger.queries import by_hash
from scrutiny.record.queries import broken_at, history, published_count

URL = "/lambeth/draws/new"
ASK = {"month": "2022-10", "n": "3", "sure": "yes", "form_key": "one-form"}


@pytest.fixture
def records(cast, tmp_path):
    run(bring_records(tmp_path))


def told(browse, number=1):
    return json.loads(browse().get(f"/lambeth/draws/{number}.json").content)


def test_the_chair_draws_and_it_is_recorded_and_published(records, browse):
    before = run(published_count())
    reply = browse("amara").post(URL, ASK)
    assert (reply.status_code, reply.headers["location"]) == (303, "/lambeth/draws/1")
    cases = run(
        stored(Case.number, Case.title, Case.origin, Case.stage, Case.month, Case.draw.number)
    )
    assert cases == [
        {
            "number": number,
            "title": "Search record 2022-10, Misuse of Drugs Act s23",
            "origin": "random_draw",
            "stage": "proposed",
            "month": "2022-10",
            "draw.number": 1,
        }
        for number in (1, 2, 3)
    ]
    made = run(Draw.objects().first().run())
    (event,) = run(history(made.id))
    assert (event["what"], json.loads(event["facts"])) == (
        "draw.made", {"number": 1, "month": "2022-10", "n": 3, "among": 20},
    )  # fmt: skip
    assert run(events("case.proposed")) == 3
    assert run(published_count()) == before + 1
    assert run(broken_at())[1] is None


def test_the_certificate_is_in_the_ledger_by_its_bytes(records, browse):
    browse("amara").post(URL, ASK)
    published = browse().get("/lambeth/draws/1.json")
    assert published.headers["content-type"] == "application/json"
    entry = run(by_hash(hashlib.sha256(published.content).hexdigest()))
    assert (entry["kind"], entry["address"]) == ("draw", "/lambeth/draws/1.json")
    assert entry["sha256"] in browse().get("/lambeth/draws/1").text


def test_the_certificate_counts_what_was_left_out(records, browse):
    browse("grace").post(URL, ASK)
    found = told(browse)
    assert found["population"]["count"] == 20
    assert [(one["reason"], one["count"]) for one in found["excluded"]] == [
        ("vehicle_only", 2), ("no_place", 3), ("already_a_case", 0),
    ]  # fmt: skip
    assert re.fullmatch("[0-9a-f]{32}", found["seed"])
    assert (found["drawn_by"], found["earlier_draws"], len(found["sample"])) == (
        "secretariat",
        0,
        3,
    )
    assert found["files"][0]["name"] == "2022-10-metropolitan-stop-and-search.csv"


def test_drawing_again_and_again_shows(cast, records, browse):
    for n in (3, 4):
        run(draw(cast, n))
    first, second = told(browse, 1), told(browse, 2)
    assert (second["earlier_draws"], second["population"]["count"]) == (1, 17)
    assert second["excluded"][2]["keys"] == sorted(first["sample"])
    assert not set(first["sample"]) & set(second["sample"])
    assert "1 time" in browse().get("/lambeth/draws/2").text
    assert len(run(stored(Case.number))) == 7


def test_the_page_tells_anybody_how_to_draw_again(records, browse):
    browse("amara").post(URL, ASK)
    text = browse().get("/lambeth/draws/1").text
    assert "3 of 20 search records" in text
    assert "scrutiny draw verify 1.json" in text
    for key in told(browse)["sample"]:
        assert key in text
    assert browse().get("/lambeth/draws/1").headers["x-published"] == "1"
    listed = browse().get("/lambeth/draws").text
    assert "3 records of October 2022" in listed


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"month": ""}, "Choose a month from the list."),
        ({"month": "2031-01"}, "Choose a month from the list."),
        ({"n": "0"}, "Write how many records to draw, from 1 to 30."),
        ({"n": "31"}, "Write how many records to draw, from 1 to 30."),
        ({"n": "five"}, "Write how many records to draw, from 1 to 30."),
        ({"n": "21"}, "There are 20 records to draw from: ask for no more."),
        ({"sure": ""}, "Tick the box"),
    ],
)
def test_a_draw_asks_for_what_is_missing(records, browse, changes, problem):
    reply = browse("amara").post(URL, {**ASK, **changes})
    assert reply.status_code == 422
    assert problem in reply.text
    assert 'value="one-form"' in reply.text
    assert f'name="n" type="text" value="{changes.get("n", "3")}"' in reply.text
    assert run(Draw.count().run()) == 0


@pytest.mark.parametrize("name", ["bilal", "claire", "owen"])
def test_members_and_police_do_not_draw(records, browse, name):
    assert browse(name).post(URL, ASK).status_code == 403
    assert browse(name).get(URL).status_code == 403
    assert run(Draw.count().run()) == 0


def test_strangers_do_not_draw(records, browse):
    assert browse("dev").post(URL, ASK).status_code == 404
    assert browse().post(URL, ASK).status_code == 403
    assert browse().get(URL).status_code == 303


def test_the_same_form_twice_draws_once(records, browse):
    first, second = (browse("amara").post(URL, ASK) for _ in range(2))
    assert second.status_code == 303
    assert second.headers["location"] == first.headers["location"] == "/lambeth/draws/1"
    assert (run(Draw.count().run()), len(run(stored(Case.number)))) == (1, 3)


def test_two_at_the_same_moment_draw_different_records(cast, records):
    async def both():
        await asyncio.gather(draw(cast, 8, "amara"), draw(cast, 8, "grace"))
        return await stored(Case.stop, Case.number)

    found = run(both())
    assert len({one["stop"] for one in found}) == 16
    assert [one["number"] for one in found] == list(range(1, 17))


def test_a_draw_that_fails_leaves_no_trace_and_no_gap(cast, records):
    chair = cast.seats["amara"]
    run(actions.draw_cases(chair.panel, month="2022-10", n=1, by=chair, form_key="same"))
    with pytest.raises(AlreadyMade):
        run(actions.draw_cases(chair.panel, month="2022-10", n=2, by=chair, form_key="same"))
    assert run(draw(cast)).number == 2
    assert [one["number"] for one in run(stored(Case.number))] == [1, 2, 3]


@pytest.mark.parametrize("name", ["9", "9.json", "x", "1.pdf", "-1", "1e3", "٣", "99999999999"])
def test_a_draw_that_was_not_made_is_not_found(records, browse, name):
    assert browse().get(f"/lambeth/draws/{name}").status_code == 404


def test_a_draw_of_another_panel_is_not_here(cast, records, browse):
    run(draw(cast))
    assert browse().get("/hackney/draws/1").status_code == 404
    assert "has made no draw yet" in browse().get("/hackney/draws").text


def test_with_no_records_the_page_says_so(cast, browse):
    assert "no search records of Lambeth to draw from yet" in browse("amara").get(URL).text
    assert browse("amara").post(URL, ASK).status_code == 422
