"""Abuse is folded away and nothing of it is lost; what waits behind a flood is let in or marked."""

import pytest
from conftest import run

from concerns.steps import concern_of, raised, stored
from concerns.triage.steps import URL, events, said
from scrutiny.concerns.tables import Concern, Message
from scrutiny.concerns.thread.turns import say
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.record.tables import Event

FLOOD = "/lambeth/concerns?stage=unscreened"


def veil(browser, veiled="yes", turn=""):
    return browser.post(f"{URL}/veil", {"veiled": veiled, "turn": turn})


def test_a_concern_is_folded_away_and_shown_to_who_asks(browse, concern):
    grace = browse("grace")
    assert veil(grace).status_code == 303
    assert stored(Concern.veiled) == [{"veiled": True}]
    page = grace.get(URL).text
    assert "Zebedee" not in page and "Nothing of it is lost." in page
    assert "Zebedee" not in grace.get(f"{URL}/decisions/accepted").text
    assert "Zebedee" in browse("hana").get(f"{URL}?veils=off").text
    assert "Folded away" in grace.get("/lambeth/concerns").text
    assert veil(grace, "no").status_code == 303
    assert "Zebedee" in grace.get(URL).text
    assert [row["what"] for row in events("concern.veiled")] == ["concern.veiled"]
    assert events("concern.unveiled", Event.facts) == [{"facts": '{"number": 1, "turn": 0}'}]


def test_one_turn_is_folded_away_and_the_rest_stays(browse, concern):
    row = concern_of(concern)

    async def write():
        async with write_tx():
            await say(row, "resident", "added", "You lazy turnips.", today())
            await say(row, "resident", "added", "It was a Tuesday.", today())

    run(write())
    assert veil(browse("sol"), turn="1").status_code == 303
    page = browse("grace").get(URL).text
    assert "turnips" not in page and "It was a Tuesday." in page and "Zebedee" in page
    assert "turnips" in browse("grace").get(f"{URL}?veils=off").text
    assert "turnips" not in browse("grace").get(f"{URL}/decisions/accepted").text
    assert said(concern)[0] == ("resident", "added", "You lazy turnips.")
    assert run(Message.count().run()) == 2


def test_what_is_not_there_cannot_be_folded(browse, concern):
    assert veil(browse("grace"), turn="7").status_code == 404
    assert veil(browse("grace"), veiled="").status_code == 422
    assert stored(Concern.veiled) == [{"veiled": False}]


@pytest.mark.parametrize(("name", "status"), [("hana", 403), ("amara", 403), ("dev", 404)])
@pytest.mark.parametrize("deed", ["veil", "screening"])
def test_nobody_else_may(browse, concern, name, status, deed):
    form = {"veiled": "yes", "deed": "let_in"}
    assert browse(name).post(f"{URL}/{deed}", form).status_code == status
    assert events("concern.veiled") == events("concern.let_in") == []


# -- behind a flood --------------------------------------------------------------------------------


@pytest.fixture
def flood(cast):
    raised(cast.lambeth, words="A real one.")
    Concern.update({Concern.screened: False}, force=True).run_sync()


def test_what_waits_behind_a_flood_is_apart_and_not_forgotten(browse, flood):
    page = browse("grace").get("/lambeth/concerns").text
    assert URL not in page and "Some wait behind a flood." in page
    assert URL in browse("grace").get(FLOOD).text
    assert "Waiting behind a flood: let in what is real" in browse("grace").get("/desk").text
    assert f'action="{URL}/screening"' in browse("grace").get(URL).text
    assert f'action="{URL}/screening"' not in browse("hana").get(URL).text


def test_it_is_let_in(browse, flood):
    reply = browse("grace").post(f"{URL}/screening", {"deed": "let_in"})
    assert (reply.status_code, reply.headers["location"]) == (303, FLOOD)
    assert stored(Concern.screened) == [{"screened": True}]
    page = browse("grace").get("/lambeth/concerns").text
    assert URL in page and "behind a flood" not in page
    assert events("concern.let_in", Event.facts) == [{"facts": '{"number": 1}'}]
    assert browse("grace").post(f"{URL}/screening", {"deed": "let_in"}).status_code == 409


def test_it_is_marked_and_stays_where_it_was(browse, flood):
    assert browse("grace").post(f"{URL}/screening", {"deed": "mark"}).status_code == 303
    assert stored(Concern.screened, Concern.veiled) == [{"screened": False, "veiled": True}]
    page = browse("grace").get(FLOOD).text
    assert URL in page and "Folded away" in page
    assert "Waiting behind a flood: let in" not in browse("grace").get("/desk").text
    browse("grace").post(f"{URL}/screening", {"deed": "let_in"})
    assert stored(Concern.screened, Concern.veiled) == [{"screened": True, "veiled": False}]


def test_one_or_the_other(browse, flood):
    assert browse("grace").post(f"{URL}/screening", {"deed": "burn"}).status_code == 422
    assert stored(Concern.screened) == [{"screened": False}]
