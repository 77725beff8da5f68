"""A whole evening with a member and the chair out of one item: it is gone from everything.

Feeds, packs, papers, search and letters are held by the tests of their own rooms.
"""

import pytest
from agendas.steps import case
from conftest import run

from scrutiny.agendas import actions as agenda
from scrutiny.agendas.access import reader_of
from scrutiny.agendas.queries import items_for
from scrutiny.room import actions
from scrutiny.room.queries import decisions_of, declarations_of, quorum_for

from .steps import as_kept, declare, home, items, put, room, sitting, vice_chair

SECRET_WORDS = "Wagtail Lane"


def scene(cast):
    """Amara chairs, Bilal, Chidi and Vera are there; the case is the item being discussed."""
    run(vice_chair(cast))
    row = run(sitting(cast, "amara", "bilal", "chidi", "vera", "claire"))
    run(case(cast, title=SECRET_WORDS, month="2026-05"))
    run(agenda.add_case(row, 1, by=cast.seats["grace"]))
    item = next(one for one in run(items(row)) if one.case is not None and one.case.id)
    run(actions.start(row, item.id, by=cast.seats["grace"]))
    decision = run(put(row, cast, item, "The panel agreed about the case."))
    run(
        actions.raise_action(
            row, item.id, "Ask about the lane.", form_key="", by=cast.seats["grace"],
            side="panel", owner=None, owner_role="", due=None,
        )
    )  # fmt: skip
    return row, item, decision


def pages(row) -> list[str]:
    """Every page about the meeting and its cases that a reader of the panel may open."""
    here = home(row)
    return [here, room(row), f"{here}/agenda", f"{here}/notes", f"{room(row)}/closing",
            "/lambeth/cases", "/lambeth/meetings", "/lambeth/actions"]  # fmt: skip


def addresses(row, item, decision) -> list[str]:
    return [
        f"{home(row)}/notes/{item.id}",
        f"{room(row)}/items/{item.id}/interest",
        f"{room(row)}/items/{item.id}/decisions",
        f"{room(row)}/items/{item.id}/actions",
        f"{room(row)}/items/{item.id}/chair",
        f"{room(row)}/decisions/{decision.id}",
    ]


@pytest.mark.parametrize("name", ["amara", "bilal"])
def test_it_is_gone_from_that_request_on(browse, cast, name):
    row, item, decision = scene(cast)
    reader = browse(name)
    shown = [path for path in pages(row) if SECRET_WORDS in reader.get(path).text]
    assert {room(row), "/lambeth/cases"} <= set(shown)
    before = len(run(seen(cast, name, row)))

    run(declare(row, cast, item, name, by=name))

    for path in pages(row):
        page = reader.get(path)
        assert page.status_code in (200, 403), path
        for word in (SECRET_WORDS, str(item.id), "agreed about the case", "about the lane"):
            assert word not in page.text, (path, word)
    for path in addresses(row, item, decision):
        assert reader.get(path).status_code in (403, 404), path
    assert reader.get("/lambeth/cases/1").status_code == 404
    assert len(run(seen(cast, name, row))) == before - 1
    voted = reader.post(f"{room(row)}/decisions/{decision.id}/vote", {"choice": "for"})
    assert voted.status_code == 404
    notes = reader.post(f"{home(row)}/notes/{item.id}", {"notes": "Mine."})
    assert notes.status_code in (403, 404)
    for other in ("grace", "chidi", "vera"):
        assert SECRET_WORDS in browse(other).get(room(row)).text


async def seen(cast, name, row):
    return await items_for(await reader_of(cast.seats[name], cast.lambeth), row)


def test_the_evening_goes_on_without_them(browse, cast):
    row, item, decision = scene(cast)
    run(declare(row, cast, item, "amara", by="amara"))
    run(declare(row, cast, item, "bilal", by="grace"))
    there = run(quorum_for(row, item))
    assert (there.present, there.needed, there.quorate) == (2, 2, True)
    assert "Vera Osei chairs this item." in browse("chidi").get(room(row)).text

    where = f"{room(row)}/decisions/{decision.id}"
    for name in ("chidi", "vera"):
        assert browse(name).post(f"{where}/vote", {"choice": "for"}).status_code == 303
    assert browse("vera").post(f"{where}/result").status_code == 303
    kept, poll = run(as_kept(decision))
    assert (kept.stage, kept.present, kept.needed, poll.result) == ("carried", 2, 2, "carried")
    assert [one.counts for one in run(decisions_of(row))] == [
        {"for": 2, "against": 0, "abstain": 0}
    ]

    run(actions.leave(row, cast.seats["chidi"].id, by=cast.seats["grace"]))
    again = browse("vera").post(f"{room(row)}/items/{item.id}/decisions", {"text": "More."})
    assert again.status_code == 409 and "1 of the 2 members needed" in again.text
    run(actions.finish(row, item.id, by=cast.seats["vera"]))
    other = run(items(row))[0]
    run(actions.start(row, other.id, by=cast.seats["amara"]))
    assert "Amara Okafor chairs this item." in browse("bilal").get(room(row)).text
    assert run(quorum_for(row, other)).present == 3

    said = [(one.item, one.sentence.split(":")[0]) for one in run(declarations_of(row))]
    assert said == [
        (item.id, "Amara Okafor declared an interest"),
        (item.id, "Vera Osei took the chair for this item."),
        (item.id, "Bilal Hussain declared an interest"),
    ]
    assert browse("grace").post(f"{room(row)}/closing").status_code == 303
    for name in ("amara", "bilal"):
        assert SECRET_WORDS not in browse(name).get(room(row)).text
        assert "agreed about the case" not in browse(name).get(room(row)).text
