"""The chair records the vote of a quorate meeting."""

from datetime import UTC, date, datetime

import pytest
from conftest import run

from recommendations.steps import HOME, asked, meeting, stored
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import as_of
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.people.tables import Panel
from scrutiny.recommendations import actions
from scrutiny.recommendations.queries import deciders
from scrutiny.recommendations.tables import Recommendation
from scrutiny.record.queries import history
from scrutiny.room.deciding import actions as deciding

URL = f"{HOME}/1/agreement"
VOTES = {"votes_for": "2", "votes_against": "1", "abstained": "0", "form_key": "k1"}


@pytest.fixture
def held(cast):
    run(asked(cast, "drafting"))
    return run(meeting(cast, "amara", "bilal", "chidi", "grace", "owen"))


def form(held, **changes):
    return VOTES | {"meeting": str(held.id)} | changes


def test_the_chair_records_the_vote_and_it_is_recorded(cast, browse, held):
    page = browse("amara").get(URL)
    assert "3 community members in the room" in page.text  # not Grace, and not Owen

    reply = browse("amara").post(URL, form(held))

    assert (reply.status_code, reply.headers["location"]) == (303, f"{HOME}/1")
    row = run(stored())
    assert (row.stage, row.meeting, row.votes_for, row.votes_against) == ("agreed", held.id, 2, 1)
    events = run(history(row.id, public_only=False))
    assert [event["what"] for event in events][-1] == "recommendation.agreed"
    assert run(history(row.id)) == []  # nothing of it is public yet


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"votes_for": ""}, "Write a whole number"),
        ({"votes_for": "1", "votes_against": "1"}, "more votes for it than against it"),
        ({"votes_for": "3", "votes_against": "1"}, "There were 3 community members"),
        ({"abstained": "-1"}, "Write a whole number"),
        ({"votes_for": "9" * 30}, "Write a whole number"),
        ({"meeting": "none"}, "Choose the meeting that agreed this"),
    ],
)
def test_it_asks_for_a_vote_that_carries(cast, browse, held, changes, said):
    reply = browse("amara").post(URL, form(held, **changes))
    assert reply.status_code == 422
    assert said in reply.text
    assert run(stored()).stage == "drafting"


@pytest.mark.parametrize(
    ("present", "stage"),
    [(("amara",), "held"), (("amara", "bilal", "chidi"), "scheduled"), (("grace", "owen"), "held")],
)
def test_a_meeting_without_its_quorum_or_its_time_decides_nothing(cast, browse, present, stage):
    row = run(asked(cast, "drafting"))
    bad = run(meeting(cast, *present, stage=stage))

    assert "No meeting can agree this yet." in browse("amara").get(URL).text
    assert browse("amara").post(URL, form(bad, votes_for="1")).status_code == 422
    with pytest.raises(NotNow, match="quorum"):
        run(
            actions.agree(
                row,
                by=cast.seats["amara"],
                meeting=bad.id,
                votes_for=1,
                votes_against=0,
                abstained=0,
            )
        )
    assert run(stored()).stage == "drafting"


def test_a_meeting_before_the_draft_cannot_have_voted_on_it(cast, browse):
    early = run(meeting(cast, "amara", "bilal", "chidi", stage="held", days_ago=1))
    row = run(asked(cast, "drafting"))
    assert "No meeting can agree this yet." in browse("amara").get(URL).text
    assert browse("amara").post(URL, form(early)).status_code == 422
    votes = {"votes_for": 2, "votes_against": 0, "abstained": 0}
    with pytest.raises(NotNow, match="on the day of the draft or later"):
        run(actions.agree(row, by=cast.seats["amara"], meeting=early.id, **votes))
    same_day = run(meeting(cast, "amara", "bilal", stage="held"))
    assert browse("amara").post(URL, form(same_day, votes_against="0")).status_code == 303


def test_the_day_of_the_draft_is_the_one_in_london(cast, browse):
    """Half past eleven at night in UTC is the next day in a London summer."""
    with as_of(datetime(2026, 6, 9, 23, 30, tzinfo=UTC)):
        early = run(meeting(cast, "amara", "bilal", stage="held", days_ago=1))
        row = run(asked(cast, "drafting"))
        late = run(meeting(cast, "amara", "bilal", stage="held"))
    assert early.date == date(2026, 6, 9)
    assert [room.id for room in run(deciders(cast.lambeth, row))] == [late.id]


def test_the_meeting_of_another_panel_decides_nothing_here(cast, browse):
    run(asked(cast, "drafting"))
    other = run(meeting(cast, "ruth", "dev", panel="hackney"))
    assert browse("amara").post(URL, form(other)).status_code == 422


@pytest.mark.parametrize("who", ["bilal", "grace", "claire", "owen"])
def test_only_the_chair_records_it(cast, browse, held, who):
    assert browse(who).get(URL).status_code == 403
    assert browse(who).post(URL, form(held)).status_code == 403


def test_a_stranger_is_told_nothing(cast, browse, held):
    assert browse("dev").post(URL, form(held)).status_code == 404
    assert browse("ruth").post(URL, form(held)).status_code == 404


def test_a_draft_changed_since_the_chair_read_it_is_not_agreed(cast, browse, held):
    seen = run(stored())
    run(
        actions.redraft(
            run(stored()),
            by=cast.seats["bilal"],
            title="Changed",
            text="Changed text.",
            reason="r",
            item=None,
        )
    )
    reply = browse("amara").post(URL, form(held, version=str(seen.version)))
    assert reply.status_code == 409
    assert "Changed text." in reply.text
    assert 'value="2"' in reply.text  # her figures are kept
    assert run(stored()).stage == "drafting"


def test_it_is_agreed_once(cast, browse, held):
    assert browse("amara").post(URL, form(held)).status_code == 303
    assert browse("amara").post(URL, form(held)).status_code == 303  # the same form: nothing new
    assert browse("amara").post(URL, form(held, form_key="k2")).status_code == 409
    assert browse("amara").get(URL).status_code == 409
    events = run(history(run(stored()).id, public_only=False))
    assert [event["what"] for event in events].count("recommendation.agreed") == 1


def test_a_meeting_with_published_minutes_agrees_nothing_more(cast, browse):
    held = run(meeting(cast, "amara", "bilal", "chidi", stage="minuted"))
    run(asked(cast, "drafting"))
    assert "No meeting can agree this yet" in browse("amara").get(f"{HOME}/1/agreement").text
    votes = {"meeting": str(held.id), "votes_for": "2", "votes_against": "0", "abstained": "0"}
    assert browse("amara").post(f"{HOME}/1/agreement", votes).status_code == 422


def decided(cast, held, *, on: str, carried: bool = True) -> None:
    """The room puts something to the meeting, on an item from which it came or that it is."""

    async def put():
        row = await stored()
        link = {} if on == "item" else {"kind": "recommendation", "about": row.id}
        there = Item(meeting=held.id, position=1, title="Records", **link)
        async with write_tx():
            await Item.insert(there)
            if on == "item":
                await Recommendation.update({Recommendation.item: there.id}, force=True)
        grace = cast.seats["grace"]
        made = await deciding.put(held, there.id, "Ask for it.", by=grace)
        hands = {"amara": "for", "bilal": "for", "chidi": "against"}
        hands = hands if carried else dict.fromkeys(hands, "against")
        by_seat = {cast.seats[name].id: choice for name, choice in hands.items()}
        await deciding.enter_hands(held, made.id, by_seat, by=grace)
        await deciding.close(held, made.id, by=grace)

    async def by_hands():
        rules = '{"clearances": {}, "before_active": [], "method": "show_of_hands"}'
        async with write_tx():
            await Panel.update({Panel.constitution: rules}).where(Panel.id == cast.lambeth.id)
        cast.seats["grace"].panel.constitution = rules

    run(by_hands())
    run(put())


@pytest.mark.parametrize("on", ["item", "link"])
def test_what_the_room_carried_is_filled_in(cast, browse, held, on):
    decided(cast, held, on=on)
    page = browse("amara").get(URL).text
    assert f'value="{held.id}" checked' in page
    for name, number in (("votes_for", 2), ("votes_against", 1), ("abstained", 0)):
        field = page[page.index(f'name="{name}"') :].split(">")[0]
        assert f'value="{number}"' in field
    assert run(stored()).stage == "drafting"  # nothing is agreed until the chair says so


def test_what_the_room_did_not_carry_is_not(cast, browse, held):
    decided(cast, held, on="item", carried=False)
    assert f'value="{held.id}" checked' not in browse("amara").get(URL).text
