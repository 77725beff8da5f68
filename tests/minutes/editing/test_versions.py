"""Every version of minutes is kept: listed, read, and any two compared."""

import json
import re

import pytest
from conftest import run
from meetings.steps import counted_queries

from minutes import steps
from minutes.test_taking_no_part import recuse
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import now
from scrutiny.kit.db import write_tx
from scrutiny.kit.made import fresh
from scrutiny.minutes.clearing.withdrawing import withdraw
from scrutiny.minutes.editing import actions
from scrutiny.minutes.editing.actions import Typed
from scrutiny.minutes.tables import Minutes, Version

from . import page

HEADING = re.compile(r'id="version-(\d+)"')


def versions(row) -> str:
    return f"{steps.home(row)}/versions"


async def type_on(cast, row, words: str, title: str = "Search records", **how) -> None:
    item = await page.item(title)
    typed = {item.id: Typed(words, item.version)}
    await actions.edit(row, typed, by=cast.seats["grace"], **how)


async def many(cast, upto: int) -> None:
    """As if it had been saved that often."""
    row = await Minutes.objects().first()
    made = []
    for number in range(await Version.count() + 1, upto + 1):
        doc = json.loads(row.document)
        doc["items"][0]["notes"] = f"Saving {number}."
        kept = {"document": json.dumps(doc), "items": row.items, "how": "edited"}
        by = cast.seats["grace"].id
        made.append(fresh(Version, minutes=row.id, number=number, at=now(), by=by, **kept))
    if made:
        async with write_tx():
            await Version.insert(*made)


def test_they_are_listed_newest_first_with_what_changed(browse, cast):
    row = run(steps.drafted(cast))
    run(type_on(cast, row, "Other words."))
    listed = browse("bilal").get(versions(row)).text
    assert HEADING.findall(listed) == ["2", "1"]
    newest, first = listed.split('id="version-2"')[1].split('id="version-1"')
    assert "Edited" in newest and "Item 2: Search records" in newest
    assert "Compiled" in first and "Written for the first time" in first
    assert cast.people["grace"].name in newest
    assert "/versions" in browse("bilal").get(f"{steps.home(row)}/draft").text


def test_one_is_read_as_it_was(browse, cast):
    row = run(steps.circulated(cast))
    run(type_on(cast, row, "Other words."))
    run(steps.approve(cast, row))
    old = browse("bilal").get(f"{versions(row)}/1").text
    assert "Ask again in June" in old and "Other words." not in old
    assert "not yet approved" in old and "Approved by the chair" not in old
    assert "/restoration" not in old
    assert "/restoration" in browse("grace").get(f"{versions(row)}/1").text
    new = browse("grace").get(f"{versions(row)}/2").text
    assert "Other words." in new and "/restoration" not in new
    assert "Approved by the chair" in new


def test_two_are_compared_side_by_side_and_as_one_text(browse, cast):
    row = run(steps.drafted(cast, items=(("Search records", "The panel noted it."),)))
    run(type_on(cast, row, "The panel **welcomed** it. <script>alert(1)</script>"))
    place = f"{versions(row)}/comparison?old=2&new=1"
    marked = browse("bilal").get(f"{place}&view=marked").text
    words = re.sub(r"<span class=.govuk-visually-hidden.>[^<]*</span>", "", marked)
    assert "<del>noted</del>" in words and "welcomed" in words
    assert "<script>alert" not in marked and "script" in marked
    sides = browse("bilal").get(place).text
    assert sides.index("Version 1") < sides.index("Version 2")
    assert "Search records" in sides and "Welcome" not in sides
    assert browse("bilal").get(f"{versions(row)}/comparison").status_code == 200
    same = browse("bilal").get(f"{versions(row)}/comparison?old=1&new=1").text
    assert "no difference" in same


@pytest.mark.parametrize(
    "place",
    ["/9", "/99999999999", "/0", "/comparison?old=1&new=9", "/comparison?old=one&new=1",
     "/comparison?old=-1&new=1", "/comparison?old=%C2%B2&new=1", "?edition=7",
     "/1?edition=99999999999"],
)  # fmt: skip
def test_what_is_not_there(browse, cast, place):
    row = run(steps.drafted(cast))
    assert browse("bilal").get(versions(row) + place).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("owen", 403), ("claire", 403), ("dev", 404)])
def test_others_do_not_read_them(browse, cast, name, status):
    row = run(steps.published(cast))
    for place in ("", "/1", "/comparison?old=1&new=1"):
        assert browse(name).get(versions(row) + place).status_code == status
    assert browse().get(versions(row)).status_code == 303


def test_before_there_are_any(browse, cast):
    assert browse("bilal").get(versions(run(steps.held(cast)))).status_code == 404


def test_what_was_withdrawn_by_law_is_in_no_version(browse, cast):
    row = run(steps.published(cast))
    run(withdraw(row, 1, "The law.", by=cast.seats["hana"]))
    listed = browse("grace").get(versions(row))
    assert listed.status_code == 200 and "No version is kept" in listed.text
    assert browse("grace").get(f"{versions(row)}/1").status_code == 404


def test_they_come_by_fifty_with_as_many_queries_for_three_as_for_three_hundred(
    browse, cast, monkeypatch
):
    row = run(steps.drafted(cast))
    run(many(cast, 3))
    places = ("", "/2", "/comparison?old=1&new=3")
    counts = []
    for upto in (3, 300):
        run(many(cast, upto))
        with counted_queries(monkeypatch) as asked:
            for place in places:
                assert browse("bilal").get(versions(row) + place).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    listed = browse("bilal").get(versions(row)).text
    assert HEADING.findall(listed) == [str(n) for n in range(300, 250, -1)]
    assert "before=251" in listed and "Item 1: Welcome" in listed
    last = browse("bilal").get(f"{versions(row)}?before=51").text
    assert HEADING.findall(last) == [str(n) for n in range(50, 0, -1)]
    assert 'rel="next"' in listed and 'rel="next"' not in last


# -- what somebody takes no part in ---------------------------------------------------------------


def test_an_item_in_which_they_take_no_part_is_in_no_version(browse, cast):
    row = run(steps.drafted(cast))
    run(type_on(cast, row, "Whinchat."))
    known = run(page.item()).id
    places = ("", "/1", "/2", "/comparison?old=1&new=2", "/comparison?old=1&new=2&view=marked")
    run(recuse(cast, "bilal", known))
    for place in places:
        read = browse("bilal").get(versions(row) + place)
        assert read.status_code == 200
        assert not [one for one in ("Search records", "Ask again", "Whinchat") if one in read.text]
        assert "Search records" in browse("chidi").get(versions(row) + place).text

    async def taken_off():
        async with write_tx():
            await Item.delete().where(Item.id == known)

    run(taken_off())
    for place in places:  # it has left the agenda, and stays gone for them
        assert "Search records" not in browse("bilal").get(versions(row) + place).text


def test_a_version_of_unknown_items_is_gone_as_a_whole(browse, cast):
    row = run(steps.drafted(cast))

    async def as_it_was():
        async with write_tx():
            await Version.update({Version.items: "[]"}, force=True)

    run(as_it_was())
    assert browse("bilal").get(f"{versions(row)}/1").status_code == 200
    run(recuse(cast, "bilal", run(page.item()).id))
    listed = browse("bilal").get(versions(row))
    assert listed.status_code == 200 and "you take no part" in listed.text
    for place in ("/1", "/comparison?old=1&new=1"):
        assert browse("bilal").get(versions(row) + place).status_code == 404
