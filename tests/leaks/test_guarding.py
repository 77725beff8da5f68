"""The guard with a database: what it asks there, whose names are public, how quick it is."""

import asyncio
import random
import time
from dataclasses import replace

import pytest
from conftest import run

from leaks.known import MINUTES
from leaks.steps import blocked, found, marked
from scrutiny.kit.db import database, write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.leaks.guard import findings, refuse
from scrutiny.people.tables import Panel, Seat

NADIA = [("name", "Nadia Xyloquist"), ("phone", "07700 900461"),
         ("email", "nadia.xyloquist@example.org")]  # fmt: skip


@pytest.fixture
def panel(cast) -> Panel:
    return cast.lambeth


def test_every_outlet_is_looked_at_and_named(panel):
    marked(panel, *NADIA)
    outlets = {"page": "Nothing here.", "title": "Xyloquist, Nadia", "file name": "07700900461.pdf"}
    told = [(one.outlet, one.kind, one.blocks) for one in run(findings(panel, outlets))]
    assert told == [("title", "name", True), ("file name", "phone", True)]


def test_one_panel_does_not_know_what_another_knows(cast, panel):
    marked(cast.hackney, *NADIA)
    assert found(panel, "Nadia Xyloquist, 07700 900461") == []
    assert blocked(cast.hackney, "Nadia Xyloquist, 07700 900461") == ["name", "phone"]


def test_the_same_mark_in_the_same_text_and_another_on_another_panel(cast, panel):
    marked(panel, *NADIA)
    marked(cast.hackney, *NADIA)
    mine, again = found(panel, "Nadia Xyloquist")[0], found(panel, "So: nadia xyloquist.")[0]
    theirs = found(cast.hackney, "Nadia Xyloquist")[0]
    assert mine.mark == again.mark != theirs.mark


def test_members_who_chose_their_full_name_are_no_finding(panel):
    marked(panel, ("name", "Bilal Hussain"), ("text", "I told Chidi Eze about it."))
    assert found(panel, "Present: Bilal Hussain and Chidi Eze. Bilal spoke, then Mr Hussain.") == []


def test_members_who_go_by_role_are_pointed_out(cast, panel):
    run(_go_by_role(cast.seats["bilal"]))
    (told,) = found(panel, "Present: Bilal Hussain.")
    assert (told.kind, told.blocks, told.liftable) == ("name", False, True)
    marked(panel, ("name", "Bilal Hussain"))
    assert blocked(panel, "Present: Bilal Hussain.") == ["name"]


async def _go_by_role(seat: Seat) -> None:
    async with write_tx():
        await Seat.update({Seat.public_name: "role"}).where(Seat.id == seat.id)


def test_contacts_that_are_printed_anyway_are_no_finding(panel):
    marked(panel, ("email", "liaison@met.test"), ("email", "hello@lambeth.test"))
    assert found(panel, "Write to liaison@met.test or hello@lambeth.test.") == []


def test_what_is_public_anyway_is_no_finding(panel):
    marked(panel, ("text", "It was outside 12 Acre Lane, SW2 5RT."))
    venue = "The meeting is at 12 Acre Lane, SW2 5RT."
    assert blocked(panel, venue) == ["address", "address"]
    assert found(panel, venue, public="Town Hall, 12 Acre Lane, SW2 5RT") == []


def test_ordinary_minutes_pass_a_panel_that_knows_much(panel):
    marked(panel, *NADIA, ("name", "Mark Hill"), ("name", "Rose May"), ("name", "Grace Young"))
    assert [one for one in found(panel, "\n".join(MINUTES)) if one.blocks] == []


def test_refusing_says_what_and_lets_pass_what_only_warns(panel):
    marked(panel, *NADIA)
    (told,) = run(refuse(panel, {"page": "Then Nadia spoke."}))
    assert not told.blocks
    with pytest.raises(NotNow, match=r"“Nadia Xyloquist” \(title\)"):
        run(refuse(panel, {"title": "Nadia Xyloquist"}))


def test_as_many_questions_for_one_word_as_for_a_book(panel, monkeypatch):
    marked(panel, *NADIA)
    asked, engine = [], database()
    real = type(engine).rows

    async def rows(self, sql, *args, **kwargs):
        asked.append(sql)
        return await real(self, sql, *args, **kwargs)

    monkeypatch.setattr(type(engine), "rows", rows)
    run(findings(panel, {"page": "word"}, about=panel.id))
    few = len(asked)
    marked(panel, *NADIA)
    asked.clear()
    outlets = {str(at): "Nadia Xyloquist " * 200 for at in range(10)}
    run(findings(panel, outlets, about=panel.id))
    assert few == len(asked) == 4


def book(count: int) -> str:
    """So many words, as many of them different as in a language."""
    chance = random.Random(4)
    letters = "etaoinshrdlcumwfgypbvk"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(count // 6)]
    said = (chance.choice(words) for _ in range(count))
    return " ".join(one.capitalize() if chance.random() < 0.1 else one for one in said)


def test_thirty_thousand_words_in_less_than_two_seconds_beside_the_loop(panel):
    marked(panel, *NADIA)
    text = f"{book(15_000)} 07700 900461 {book(15_000)}"
    late = run(_late_while(findings(panel, {"page": text})))
    assert late["found"] == ["phone"]
    assert late["seconds"] < 2
    assert late["longest"] < 0.2


async def _late_while(deed) -> dict:
    """What was found, in how much of a processor, and the longest that the loop waited."""
    longest, ends = 0.0, asyncio.Event()

    async def tick():
        nonlocal longest
        while not ends.is_set():
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - began)

    ticking = asyncio.create_task(tick())
    began = time.process_time()
    kinds = [one.kind for one in await deed if one.blocks]
    seconds = time.process_time() - began
    ends.set()
    await ticking
    return {"found": kinds, "seconds": seconds, "longest": longest}


def test_a_finding_cannot_be_changed(panel):
    marked(panel, *NADIA)
    (told,) = found(panel, "Nadia Xyloquist")
    with pytest.raises(AttributeError):
        told.blocks = False
    assert replace(told, blocks=False) != told
