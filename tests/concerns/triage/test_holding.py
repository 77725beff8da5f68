"""A held concern vanishes for everybody but those who keep people safe."""

import pytest
from cases import steps as cases
from conftest import run

from concerns.steps import CANARIES, raised, stored
from concerns.triage.steps import URL, hold, move, propose, refuse, seen
from scrutiny.cases.actions import conclude, take_up
from scrutiny.cases.queries import find as find_case
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.triage import actions, clusters
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow

OTHERS = ("amara", "bilal", "claire", "owen")
PAGES = ("/lambeth", "/lambeth/cases", "/lambeth/cases/1", "/lambeth/refusals",
         "/lambeth/meetings", "/lambeth/recommendations", "/desk")  # fmt: skip


@pytest.fixture
def case(cast, concern):
    """A case of the concern, which is held afterwards."""
    move(cast, "accepted")
    made = run(take_up(seen(cast), by=cast.seats["grace"], title="Wagtail Lane"))
    hold(cast)
    return made


@pytest.mark.parametrize("name", ["grace", "sol", "hana"])
def test_those_who_keep_people_safe_still_read_it(browse, cast, concern, name):
    hold(cast)
    assert "Zebedee" in browse(name).get(URL).text
    assert URL in browse(name).get("/lambeth/concerns?stage=safeguarding_hold").text


@pytest.mark.parametrize("name", OTHERS)
def test_the_others_find_nothing_of_it_anywhere(browse, case, name):
    for path in PAGES:
        page = browse(name).get(path)
        assert "Wagtail" not in page.text, path
        assert [word for word in CANARIES if word in page.text] == []
    assert browse(name).get("/lambeth/cases/1").status_code in (403, 404)


def test_its_case_comes_back_when_it_is_released(browse, cast, case):
    assert browse("amara").get("/lambeth/cases/1").status_code == 404
    move(cast, "in_triage", by="sol")
    assert "Wagtail" in browse("amara").get("/lambeth/cases/1").text
    assert "Wagtail" in browse("bilal").get("/lambeth/cases").text


def test_its_refusal_vanishes_from_the_chair(browse, cast, concern):
    refuse(cast)
    from_then = run(seen_again(cast, concern))
    assert browse("amara").get("/lambeth/refusals/1").status_code == 200
    hold(cast)
    assert browse("amara").get("/lambeth/refusals/1").status_code == 404
    assert "efusal 1" not in browse("amara").get("/lambeth/refusals").text
    assert from_then == "in_triage"


async def seen_again(cast, concern) -> str:
    row = await Concern.objects(Concern.panel).first()
    await actions.ask_review(row, today())
    return row.stage


def test_a_refusal_that_waits_is_taken_back(browse, cast, concern):
    propose(cast)
    hold(cast)
    assert browse("amara").get("/lambeth/refusals/1").status_code == 404
    assert "do you agree?" not in browse("amara").get("/desk").text


def test_it_is_not_among_those_whom_the_panel_counts(browse, cast):
    for _ in range(6):
        raised(cast.lambeth)
    by = cast.seats["grace"]
    for number in range(2, 7):
        run(clusters.join(seen(cast), seen(cast, number=number), by=by, title="The rink"))
    move(cast, "accepted")
    run(take_up(seen(cast), by=by, title="A rink"))
    assert "6 people said this." in browse("bilal").get("/lambeth/cases/1").text
    hold(cast, number=4)
    assert "5 people said this." in browse("bilal").get("/lambeth/cases/1").text
    hold(cast, number=5)
    page = browse("bilal").get("/lambeth/cases/1").text
    assert "Fewer than five people said this." in page and "4 people" not in page


def test_a_paused_case_is_not_concluded_until_it_goes_on(browse, cast, concern):
    move(cast, "accepted")
    run(take_up(seen(cast), by=cast.seats["grace"], title="Wagtail Lane"))
    run(cases.case(cast, "scheduled"))
    move(cast, "paused_live_proceedings", reason="court", review_on=today())
    chair = cast.seats["amara"]
    with pytest.raises(NotNow, match="paused while proceedings go on"):
        run(conclude(run(find_case(chair, 1)), by=chair, finding="Early."))
    form = {"finding": "Pickled early."}
    reply = browse("amara").post("/lambeth/cases/1/conclusion", form)
    assert reply.status_code == 409 and "Pickled early." in reply.text
    assert "Wagtail" in browse("amara").get("/lambeth/cases/1").text

    move(cast, "in_triage")
    assert browse("amara").post("/lambeth/cases/1/conclusion", form).status_code == 303
    assert stored(Concern.stage) == [{"stage": "in_triage"}]


def test_a_pause_stops_no_theme_from_counting(browse, cast):
    for _ in range(5):
        raised(cast.lambeth)
    by = cast.seats["grace"]
    for number in range(2, 6):
        run(clusters.join(seen(cast), seen(cast, number=number), by=by, title="The rink"))
    move(cast, "accepted")
    run(take_up(seen(cast), by=by, title="A rink"))
    move(cast, "paused_live_proceedings", number=3, reason="court", review_on=today())
    assert "5 people said this." in browse("bilal").get("/lambeth/cases/1").text
