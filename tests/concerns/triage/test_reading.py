"""Triage reads what came: each reading is recorded, and the list does not grow heavy."""

from datetime import timedelta

import pytest
from conftest import run

from concerns.steps import CANARIES, NOBODY, concern_of, raised, stored
from concerns.triage.steps import URL, events, move, seen
from scrutiny.concerns.tables import Concern, ConcernKey
from scrutiny.concerns.thread.turns import say
from scrutiny.concerns.triage import clusters
from scrutiny.concerns.triage.sheet import row
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.record.tables import Event

LIST = "/lambeth/concerns"
READERS = ("grace", "sol", "hana")


@pytest.mark.parametrize("name", READERS)
def test_words_are_opened_question_by_question_and_the_reading_is_recorded(
    browse, cast, concern, name
):
    page = browse(name).get(URL)
    assert page.status_code == 200
    for words in ("Zebedee was searched twice", "Quillfeather Market", "It happened to me",
                  "Tell the panel, so that it can look for patterns"):  # fmt: skip
        assert words in page.text
    for who in ("Xyloquist", "nadia.xylo", "900461"):
        assert who not in page.text
    (event,) = events("concern.read", Event.seat, Event.facts)
    assert event == {"seat": cast.seats[name].id, "facts": '{"number": 1}'}


def test_no_way_to_the_words_goes_past_the_record(browse, concern):
    assert "Zebedee" in browse("grace").get(f"{URL}/decisions/accepted").text
    assert len(events("concern.read")) == 1
    assert "Zebedee" in browse("grace").post(f"{URL}/decisions/needs_info", {"version": "1"}).text
    assert len(events("concern.read")) == 2


def test_it_says_what_the_resident_allows_in_words(browse, concern):
    page = browse("grace").get(URL).text
    allowed, refused = page.split("What they did not allow")
    assert "Give panel members a summary that does not say who I am" in allowed
    assert "Publish my words" in refused


def test_the_data_lead_reads_and_is_offered_no_decision(browse, concern):
    page = browse("hana").get(URL).text
    assert "/decisions/" not in page and "fold it away" not in page
    assert "/decisions/accepted" in browse("grace").get(URL).text


def test_flags_are_words_and_who_typed_it_is_marked(browse, cast):
    raised(cast.lambeth, harm=["death"], wants=["complaint"], live=["court"], advocate="Y-Stop")
    for path in (LIST, URL):
        page = browse("grace").get(path).text
        for words in ("Somebody died or was badly hurt", "Wants to complain", "Live proceedings",
                      "An advocate wrote it with the resident"):  # fmt: skip
            assert words in page


def test_the_thread_is_read_with_it(browse, concern):
    row = concern_of(concern)

    async def answer():
        async with write_tx():
            await say(row, "resident", "answer", "Herne Hill station.", today())

    run(answer())
    assert "Herne Hill station." in browse("grace").get(URL).text


def test_the_list_names_what_it_is_about_and_nothing_of_what_was_written(browse, cast, concern):
    raised(cast.lambeth, category="custody")
    page = browse("grace").get(LIST).text
    assert page.index("Being held in custody") < page.index("A stop and search")
    assert [word for word in CANARIES if word in page] == []
    assert events("concern.read") == []


def test_the_list_is_by_stage(browse, cast, concern):
    move(cast, "accepted")
    grace = browse("grace")
    assert "There is no concern at this stage." in grace.get(LIST).text
    assert URL in grace.get(f"{LIST}?stage=accepted").text
    assert grace.get(f"{LIST}?stage=eaten").status_code == 404


@pytest.mark.parametrize(
    ("happened", "late"),
    [
        (today() - timedelta(days=26), True),  # 3 days of video left on the day it came
        (today() - timedelta(days=4), False),
    ],
)
def test_it_waits_longer_than_it_should_sooner_where_the_video_goes(browse, cast, happened, late):
    """Two days ago is late after one working day, and never after two."""
    raised(cast.lambeth, happened=happened.isoformat())
    came = today() - timedelta(days=2)
    while came.weekday() != 3:  # a Thursday: late on Saturday only where triage hurries
        came -= timedelta(days=1)
    happened -= today() - came
    Concern.update({Concern.received: came, Concern.happened: happened}, force=True).run_sync()
    shown = row(seen(cast), cast.lambeth, {}, came + timedelta(days=2))
    assert shown.late is late


@pytest.mark.parametrize("name", ["amara", "bilal", "claire", "owen"])
@pytest.mark.parametrize("path", [LIST, URL, f"{LIST}?stage=unscreened", f"{URL}?veils=off"])
def test_nobody_else_on_the_panel_reads(browse, concern, name, path):
    assert browse(name).get(path).status_code == 403


@pytest.mark.parametrize("path", [LIST, URL])
def test_strangers_are_told_nothing(browse, concern, path):
    assert browse("dev").get(path).status_code == 404
    assert browse().get(path).headers["location"].startswith("/sign-in")


def test_what_was_erased_still_has_a_page(browse, concern):
    changes = {Concern.stage: "withdrawn", Concern.sealed_words: b""}
    Concern.update(changes, force=True).run_sync()
    ConcernKey.delete(force=True).run_sync()
    page = browse("grace").get(URL)
    assert page.status_code == 200
    assert "What they wrote is gone" in page.text and "/decisions/" not in page.text


def many(cast, count):
    for _ in range(count):
        raised(cast.lambeth, **NOBODY)


def test_the_list_pages_by_number(browse, cast):
    many(cast, 60)
    grace, seen_so_far, path = browse("grace"), [], LIST
    for expected in (50, 10):
        page = grace.get(path).text
        found = [n for n in range(1, 61) if f'href="/lambeth/concerns/{n}"' in page]
        assert len(found) == expected
        seen_so_far += sorted(found, reverse=True)
        path = f"{LIST}?stage=submitted&amp;before={min(found)}"
        assert (path in page) == (expected == 50)
        path = path.replace("&amp;", "&")
    assert seen_so_far == list(range(60, 0, -1))
    assert grace.get(f"{LIST}?before=99999999999999999999").status_code == 200


@pytest.mark.parametrize("path", [LIST, URL])
def test_thirty_cost_no_more_than_two(browse, cast, asked, path):
    """Two, so that there is something alike on the page of one in both."""
    grace = browse("grace")
    many(cast, 2)
    run(clusters.join(seen(cast), seen(cast, number=2), by=cast.seats["grace"], title="The rink"))
    asked.clear()
    grace.get(path)
    two = len(asked)
    many(cast, 28)
    asked.clear()
    grace.get(path)
    assert abs(len(asked) - two) <= (1 if path == URL else 0) and two > 0
    assert len(stored()) == 30
