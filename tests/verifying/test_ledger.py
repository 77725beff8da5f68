"""The ledger as anybody reads it: in order, whole, and enough to check it by hand."""

import hashlib
import json

from conftest import run
from meetings.steps import counted_queries

from scrutiny.kit.db import write_tx
from scrutiny.ledger.actions import enter
from scrutiny.people.tables import Panel


async def fill(panel: Panel, how_many: int, first: int = 1) -> None:
    async with write_tx():
        for n in range(first, first + how_many):
            await enter(panel, "agenda", f"Paper <{n}>", f"/lambeth/papers/{n}", f"{n}".encode())


def test_before_anything_is_published_it_says_so(browse, cast):
    page = browse().get("/ledger")
    assert (page.status_code, page.headers["x-published"]) == (200, "1")
    assert "Nothing has been published yet." in page.text
    assert browse().get("/ledger.json").json()["entries"] == []


def test_newest_first_with_fingerprints(browse, cast):
    run(fill(cast.lambeth, 3))
    page = browse().get("/ledger").text
    assert page.index("Paper &lt;3&gt;") < page.index("Paper &lt;1&gt;")
    assert 'href="/lambeth/papers/2"' in page
    assert hashlib.sha256(b"2").hexdigest() in page
    assert "Show older ones" not in page


def test_fifty_a_page_and_every_entry_once(browse, cast):
    run(fill(cast.lambeth, 101))
    numbers, path = [], "/ledger.json"
    pages = 0
    while path:
        found = browse().get(path).json()
        numbers += [entry["seq"] for entry in found["entries"]]
        path = found["next"] and found["next"].removeprefix("https://panel.test")
        pages += 1
    assert numbers == list(range(101, 0, -1))
    assert pages == 3
    assert 'href="?before=52"' in browse().get("/ledger").text
    second = browse().get("/ledger?before=52").text
    assert "Paper &lt;51&gt;" in second
    assert "Paper &lt;52&gt;" not in second
    assert "Show older ones" not in browse().get("/ledger?before=51").text


def test_the_chain_can_be_worked_out_from_the_data_alone(browse, cast):
    run(fill(cast.lambeth, 5))
    found = json.loads(browse().get("/ledger.json").content)
    assert "prev|seq|kind|address|leaf" in found["how"]
    prev = "0" * 64
    for entry in reversed(found["entries"]):
        words = "|".join(str(entry[name]) for name in ("prev", "seq", "kind", "address", "leaf"))
        assert entry["prev"] == prev
        prev = entry["hash"]
        assert hashlib.sha256(words.encode()).hexdigest() == prev
        assert leaf_by_hand(entry) == entry["leaf"]
    newest = found["entries"][0]
    assert (newest["panel_name"], newest["url"]) == (
        "Lambeth Scrutiny Panel",
        "https://panel.test/lambeth/papers/5",
    )


def leaf_by_hand(entry: dict) -> str:
    """As the page says that it is made."""
    salted = bytes.fromhex(entry["salt"] + entry["sha256"]) + entry["title"].encode()
    told = [str(entry[name]) for name in ("seq", "at", "panel", "kind", "address")]
    lines = ["scrutiny-entry 1", *told, hashlib.sha256(salted).hexdigest()]
    return hashlib.sha256(b"\0" + "".join(f"{one}\n" for one in lines).encode()).hexdigest()


def test_a_place_in_the_list_that_is_none(browse, cast):
    run(fill(cast.lambeth, 2))
    assert browse().get("/ledger?before=x").status_code == 400
    assert "There are no older entries." in browse().get("/ledger?before=1").text
    assert "Paper &lt;2&gt;" in browse().get("/ledger?before=-5").text
    assert "Paper &lt;2&gt;" in browse().get(f"/ledger?before={'9' * 30}").text


def test_one_entry_or_thirty_cost_the_same(browse, cast, monkeypatch):
    run(fill(cast.lambeth, 1))
    with counted_queries(monkeypatch) as few:
        browse().get("/ledger")
    run(fill(cast.lambeth, 29, first=2))
    with counted_queries(monkeypatch) as many:
        browse().get("/ledger")
    assert len(many) == len(few) == 1
