"""Several people tell of the same: found by a machine, joined by a person, undone by a person."""

import pytest
from conftest import run

from concerns.steps import CANARIES, raised, stored
from concerns.triage.steps import URL, events, seen
from scrutiny.concerns.tables import Cluster, Concern
from scrutiny.concerns.triage import clusters
from scrutiny.concerns.triage.rules import CANDIDATES, said_by
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.record.tables import Event

JOIN = {"deed": "join", "other": "2", "title": "Searches by the rink"}
POST = f"{URL}/cluster"


@pytest.fixture
def two(cast):
    """Two that tell of the same, and one of something else."""
    raised(cast.lambeth)
    raised(cast.lambeth, words="Zebedee was searched by the ice rink, twice.")
    raised(cast.lambeth, words="An officer was very kind to my gran.", place="Oval")


def kept():
    return run(Cluster.select(Cluster.number, Cluster.title, Cluster.size).run())


def alike(cast, number=1):
    concern = seen(cast, number=number)
    return [one.concern.number for one in run(clusters.alike(cast.seats["grace"], concern))]


def test_what_is_alike_is_suggested_without_its_words(browse, cast, two):
    assert alike(cast) == [2]
    page = browse("hana").get(f"{URL}").text
    assert "LAM-C" in page and "alike" in page
    page = browse("grace").get("/lambeth/concerns/3").text
    assert [word for word in CANARIES if word in page] == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, [2]),
        ({"category": "custody"}, []),
        ({"happened": "2026-01-12"}, [2]),
        ({"words": "Nothing of the kind was ever there at all.", "place": ""}, []),
        ({"words": "My neighbour plays loud music."}, []),  # at the same place
        ({"place": "Brixton"}, [2]),
    ],
)
def test_it_is_of_the_same_kind_and_alike(cast, changes, found):
    raised(cast.lambeth)
    raised(cast.lambeth, **changes)
    assert alike(cast) == found


@pytest.mark.parametrize(
    ("days", "happened", "found"),
    [(14, None, [2]), (15, None, []), (15, 3, [2]), (15, 4, [])],
)
def test_it_came_or_happened_at_about_the_same_time(cast, days, happened, found):
    raised(cast.lambeth)
    raised(cast.lambeth)
    first, second = seen(cast), seen(cast, number=2)
    moved = {Concern.received: first.received.fromordinal(first.received.toordinal() - days)}
    moved[Concern.happened] = happened and first.happened.fromordinal(
        first.happened.toordinal() + happened
    )
    run(Concern.update(moved).where(Concern.id == second.id).run())
    assert alike(cast) == found


def test_nothing_of_another_panel_or_withdrawn_is_suggested(cast):
    raised(cast.lambeth)
    raised(cast.hackney)
    raised(cast.lambeth)
    run(Concern.update({Concern.stage: "withdrawn"}).where(Concern.number == 2).run())
    assert alike(cast) == []


def test_five_at_most_are_shown_and_fifty_compared(cast, two, asked):
    for _ in range(8):
        raised(cast.lambeth)
    assert len(alike(cast)) == 5
    assert sum(f"LIMIT {CANDIDATES}" in sql for sql in asked) == 2


def test_two_are_counted_together(browse, cast, two):
    reply = browse("grace").post(POST, JOIN)
    assert (reply.status_code, reply.headers["location"]) == (303, URL)
    assert kept() == [{"number": 1, "title": "Searches by the rink", "size": 2}]
    assert alike(cast) == []
    page = browse("grace").get(URL).text
    assert "Theme 1: Searches by the rink" in page and "People who said this: 2" in page
    assert "With others: theme 1" in browse("grace").get("/lambeth/concerns").text
    assert [row["facts"] for row in events("concern.joined", Event.facts)] == [
        '{"cluster": 1, "number": 1}',
        '{"cluster": 1, "number": 2}',
    ]


def test_a_third_joins_those_that_are_there_without_a_name(browse, cast, two):
    browse("grace").post(POST, JOIN)
    form = {"deed": "join", "other": "1"}
    assert browse("sol").post("/lambeth/concerns/3/cluster", form).status_code == 303
    assert kept()[0]["size"] == 3


def test_one_person_who_wrote_twice_is_one(browse, cast, two):
    grace = browse("grace")
    grace.post(POST, JOIN)
    for _ in range(2):
        assert grace.post(POST, {"deed": "once"}).status_code == 303
    assert kept()[0]["size"] == 1
    assert "is counted with another" in grace.get(URL).text
    grace.post(POST, {"deed": "apart"})
    assert kept()[0]["size"] == 2


@pytest.mark.parametrize(("deed", "size"), [("once", 1), ("apart", 1)])
def test_it_is_taken_out_again(browse, cast, two, deed, size):
    grace = browse("grace")
    grace.post(POST, JOIN)
    grace.post(POST, {"deed": deed})
    assert grace.post(POST, {"deed": "part"}).status_code == 303
    assert kept()[0]["size"] == size
    assert stored(Concern.number, Concern.again)[0] == {"number": 1, "again": False}
    assert alike(cast) == [2]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({**JOIN, "title": " "}, "Give it a neutral name"),
        ({**JOIN, "title": "e" * 121}, "1 characters too long"),
        ({**JOIN, "other": "x"}, "Choose which tells of the same."),
        ({}, "Choose what is to be done."),
    ],
)
def test_joining_asks_for_what_it_needs(browse, two, form, told):
    reply = browse("grace").post(POST, form)
    assert reply.status_code == 422 and told in reply.text
    assert kept() == []


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"deed": "part"}, "It is with no others."),
        ({"deed": "once"}, "It is with no others."),
        ({**JOIN, "other": "1"}, "That is this concern itself."),
    ],
)
def test_what_makes_no_sense_is_refused(browse, two, form, told):
    reply = browse("grace").post(POST, form)
    assert reply.status_code == 409 and told in reply.text


def test_two_that_each_have_others_stay_apart(cast, two):
    by = cast.seats["grace"]
    raised(cast.lambeth)
    run(clusters.join(seen(cast), seen(cast, number=2), by=by, title="One"))
    run(clusters.join(seen(cast, number=3), seen(cast, number=4), by=by, title="Two"))
    with pytest.raises(NotNow, match="Take one of them out first"):
        run(clusters.join(seen(cast), seen(cast, number=3), by=by))


def test_joining_twice_at_the_same_moment_counts_once(cast, two):
    by, early, late = cast.seats["grace"], seen(cast), seen(cast)
    run(clusters.join(early, seen(cast, number=2), by=by, title="One"))
    with pytest.raises(Stale):
        run(clusters.join(late, seen(cast, number=3), by=by, title="Two"))
    assert kept() == [{"number": 1, "title": "One", "size": 2}]


@pytest.mark.parametrize(("name", "status"), [("hana", 403), ("amara", 403), ("dev", 404)])
def test_nobody_else_joins_them(browse, two, name, status):
    assert browse(name).post(POST, JOIN).status_code == status
    assert kept() == []


def test_a_concern_of_another_panel_cannot_be_joined(browse, cast):
    raised(cast.lambeth)
    raised(cast.hackney)
    assert browse("grace").post(POST, JOIN).status_code == 404


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "Fewer than five"), (4, "Fewer than five"), (5, "5 people"), (70, "70 people")],
)
def test_small_numbers_are_not_said(size, said):
    assert said_by(size).startswith(said)
