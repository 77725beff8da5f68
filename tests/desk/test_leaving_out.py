"""What is not on a desk: what somebody takes no part in, the same twice, another panel's."""

import pytest
from meetings.steps import counted_queries

from desk import steps
from desk.steps import change, day, desk, put
from scrutiny.actions.tables import Action
from scrutiny.cases.tables import Case
from scrutiny.kit.clock import now
from scrutiny.membership.interests.tables import Recusal
from scrutiny.recommendations.tables import Recommendation


def recuse(cast, who: str, about, kind: str) -> Recusal:
    row = {"panel": cast.lambeth.id, "person": cast.people[who].id, "at": now()}
    return put(Recusal(about=about, kind=kind, how="no_access", sentence="They left.", **row))


@pytest.fixture
def kingfisher(cast):
    """Something of each kind about the same matter, waiting for the chair and the secretariat."""
    meeting = steps.meeting(cast, days=20)
    held = steps.meeting(cast, -10, "held", title="Winter meeting")
    case = put(
        Case(
            panel=cast.lambeth.id, number=1, title="Kingfisher case", origin="concern",
            stage="scheduled", power="", month="2026-05",
        )
    )  # fmt: skip
    steps.item(cast, held, case=case.id)
    item = steps.item(cast, meeting, title="Kingfisher item")
    steps.paper(cast, item)
    steps.question(cast, meeting, item=item.id)
    steps.parked(cast, title="Kingfisher parked", case=case.id)
    action = {"panel": cast.lambeth.id, "meeting": held.id, "number": 1, "side": "panel"}
    words = {"text": "Kingfisher action", "stage": "reported_done", "item": item.id}
    put(Action(**action, **words))
    asked = put(
        Recommendation(
            panel=cast.lambeth.id, number=1, title="Kingfisher asked", stage="drafting",
            drafted_by=cast.seats["bilal"].id,
        )
    )  # fmt: skip
    return item, case, asked


def test_what_somebody_takes_no_part_in_is_gone_from_their_desk_alone(browse, cast, kingfisher):
    item, case, asked = kingfisher
    there = ("Kingfisher case", "Kingfisher parked", "Kingfisher action", "Kingfisher asked")
    before = desk(browse, "amara")
    assert all(words in before for words in (*there, "Paper P4", "/lambeth/questions/"))

    told = [recuse(cast, "amara", item.id, "item"), recuse(cast, "amara", case.id, "case")]
    told.append(recuse(cast, "amara", asked.id, "recommendation"))
    after = desk(browse, "amara")
    assert "Kingfisher" not in after
    assert "Paper P4" not in after and "/lambeth/questions/" not in after
    assert "Kingfisher action" in desk(browse, "grace")

    for one in told:
        change(one, lifted=now())
    assert all(words in desk(browse, "amara") for words in there)


def test_whoever_holds_two_seats_sees_each_thing_once(browse, cast):
    steps.seat(cast, "grace", "data_protection_lead")
    steps.seat(cast, "amara", "member")
    steps.parked(cast)
    steps.terms(cast, "in_force")
    for who in ("grace", "amara"):
        shown = desk(browse, who)
        assert shown.count("Dogs at football") == 1
        assert shown.count('id="place-1"') == 1 and "place-2" not in shown
        assert "Your seats: " in shown
    assert desk(browse, "amara").count("Terms of reference to sign") == 1


def test_two_panels_are_kept_apart(browse, cast):
    steps.seat(cast, "bilal", "member", panel=cast.hackney.id)
    steps.terms(cast, "in_force", summary="Of Lambeth alone")
    shown = desk(browse, "bilal")
    assert shown.count("Of Lambeth alone") == 1 and 'id="place-2"' in shown
    assert "Of Lambeth alone" not in desk(browse, "dev")


def test_the_latest_comes_first_and_is_counted(browse, cast):
    for who in ("amara", "grace"):
        steps.declared(cast, who)
    steps.parked(cast)
    steps.clearance(cast, "bilal", expires=day(-4))
    steps.question(cast, steps.meeting(cast, days=30), "accepted", due=day(3))
    shown = desk(browse, "grace")
    titles = ("Clearances that ran out", "questions to answer in writing", "Proposed for an agenda")
    places = [shown.index(title) for title in titles]
    assert places == sorted(places)
    assert "1 is late" in shown and "1 within a week" in shown
    assert "3 days left" in shown


def test_a_seat_on_leave_keeps_only_what_is_ones_own(browse, cast):
    steps.parked(cast)
    steps.terms(cast, "in_force")
    change(cast.seats["amara"], stage="on_leave")
    shown = desk(browse, "amara")
    assert "Dogs at football" not in shown and "Terms of reference to sign" in shown


def test_the_desk_asks_the_same_of_one_row_and_of_thirty(browse, cast, monkeypatch):
    meeting = steps.meeting(cast, days=20)

    def more(first: int, last: int) -> None:
        for number in range(first, last):
            steps.parked(cast, title=f"Item {number}")
            steps.clearance(cast, "bilal", kind=f"kind {number}", expires=day(-number))
            steps.question(cast, meeting, code_hash=f"{number:064}")

    asked = []
    reader = browse("grace")
    for first, last in ((0, 1), (1, 31)):
        more(first, last)
        with counted_queries(monkeypatch) as queries:
            assert reader.get("/desk").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
    shown = desk(browse, "grace")
    assert shown.count("Bilal Hussain: kind") == 10
    assert "Only the first 10 are shown" in shown
