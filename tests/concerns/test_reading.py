"""The secretariat reads what came: each reading is recorded, and the list does not grow heavy."""

from datetime import date

import pytest
from conftest import run

from concerns.steps import CANARIES, FILLED, stored
from scrutiny.concerns.tables import Concern
from scrutiny.kit.db import database
from scrutiny.record.tables import Event


def test_words_are_opened_and_the_reading_is_recorded(browse, send, cast):
    send()
    reply = browse("grace").get("/lambeth/concerns/1")

    assert reply.status_code == 200
    assert FILLED["words"] in reply.text
    assert "Xyloquist" not in reply.text
    (event,) = run(Event.select().where(Event.what == "concern.read").run())
    assert (event["seat"], event["facts"]) == (cast.seats["grace"].id, '{"number": 1}')


def test_no_way_to_the_words_goes_past_the_record(browse, send):
    send()
    reply = browse("grace").post("/lambeth/concerns/1", {"decision": "", "version": "1"})
    assert FILLED["words"] in reply.text
    assert run(Event.count().where(Event.what == "concern.read").run()) == 1


def test_the_list_names_what_it_is_about_and_nothing_of_what_was_written(browse, send):
    send()
    send(category="custody")
    page = browse("grace").get("/lambeth/concerns").text
    assert page.index("Being held in custody") < page.index("A stop and search")
    assert [word for word in CANARIES if word in page] == []
    assert run(Event.count().where(Event.what == "concern.read").run()) == 0


def test_the_list_is_by_stage(browse, send):
    send()
    grace = browse("grace")
    grace.post("/lambeth/concerns/1", {"decision": "accepted", "version": "1"})
    assert "There is no concern at this stage." in grace.get("/lambeth/concerns").text
    assert "/lambeth/concerns/1" in grace.get("/lambeth/concerns?stage=accepted").text


@pytest.mark.parametrize("name", ["amara", "bilal", "claire", "owen"])
@pytest.mark.parametrize("path", ["/lambeth/concerns", "/lambeth/concerns/1"])
def test_only_the_secretariat_reads(browse, send, name, path):
    send()
    assert browse(name).get(path).status_code == 403


@pytest.mark.parametrize("path", ["/lambeth/concerns", "/lambeth/concerns/1"])
def test_strangers_are_told_nothing(browse, send, path):
    send()
    assert browse("dev").get(path).status_code == 404
    assert browse().get(path).headers["location"].startswith("/sign-in")


def many(panel, count):
    async def insert():
        rows = [
            Concern(
                panel=panel.id,
                number=number,
                receipt_hash=f"{number:064d}",
                received=date(2026, 1, 5),
                category="other",
                sealed_words=b"",
                sealed_reply=b"",
            )
            for number in range(1, count + 1)
        ]
        await Concern.insert(*rows)

    run(insert())


def test_the_list_pages_by_number(browse, cast):
    many(cast.lambeth, 120)
    grace = browse("grace")
    seen, path = [], "/lambeth/concerns"
    for expected in (50, 50, 20):
        page = grace.get(path).text
        found = [n for n in range(1, 121) if f'href="/lambeth/concerns/{n}"' in page]
        assert len(found) == expected
        seen += sorted(found, reverse=True)
        path = f"/lambeth/concerns?stage=submitted&before={min(found)}"
    assert seen == list(range(120, 0, -1))
    assert "Waits to be read" in page
    assert "before=" not in page


def test_a_list_of_thirty_costs_no_more_than_a_list_of_one(browse, cast, asked):
    grace = browse("grace")
    many(cast.lambeth, 1)
    asked.clear()
    grace.get("/lambeth/concerns")
    one = len(asked)
    run(Concern.delete(force=True).run())
    many(cast.lambeth, 30)
    asked.clear()
    grace.get("/lambeth/concerns")
    assert one == len(asked) > 0
    assert len(stored()) == 30


@pytest.fixture
def asked(monkeypatch):
    """Every statement that goes to the database."""
    heard, engine = [], database()
    real = engine.run_querystring

    async def listen(querystring, in_pool=False):
        heard.append(str(querystring))
        return await real(querystring, in_pool)

    monkeypatch.setattr(engine, "run_querystring", listen)
    return heard
