"""The meeting is closed: its last item ends, actions are carried over, what is left is offered."""

from datetime import timedelta

import pytest
from agendas.steps import named
from conftest import run
from meetings.steps import events, how_many_letters

from scrutiny.actions.queries import raised_at
from scrutiny.actions.tables import Action
from scrutiny.agendas import actions as agendas
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.room import actions

from .steps import home, items, meeting, put, room, sitting, stored

TYPED = {"text": "Send the figures.", "side": "police", "owner_role": "Borough commander"}


def close(browser, row):
    return browser.post(f"{room(row)}/closing")


def acting(row, item) -> str:
    return f"{room(row)}/items/{item.id}/actions"


def test_closed_with_what_was_left_over(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    first, *_ = run(items(row))
    grace = cast.seats["grace"]
    run(actions.start(row, first.id, by=grace))
    run(actions.raise_action(row, first.id, "Ask again.", form_key="", by=grace, side="panel",
                             owner=None, owner_role="", due=None))  # fmt: skip
    page = browse("grace").get(f"{room(row)}/closing").text
    assert "Minutes of the last meeting" in page and "This cannot be undone." in page

    reply = close(browse("grace"), row)

    assert (reply.status_code, reply.headers["location"]) == (303, f"{room(row)}/closing")
    assert run(stored(row)).stage == "held"
    assert run(items(row))[0].ended is not None
    assert [what for what, _ in run(events())][-2:] == ["room.item_ended", "meeting.closed"]
    page = browse("grace").get(f"{room(row)}/closing").text
    assert "2 Minutes of the last meeting" in page and "1 Welcome" not in page


def test_actions_of_earlier_meetings_are_carried_over(browse, cast):
    earlier = run(meeting(cast, "held", days=-30))
    row = run(sitting(cast, "amara", "bilal"))

    async def owed() -> None:
        row = {"panel": cast.lambeth.id, "number": 90, "meeting": earlier.id, "side": "police"}
        async with write_tx():
            await Action.insert(Action(**row, text="Send it."))

    async def carried() -> int:
        return (await Action.objects().where(Action.number == 90).first()).carried

    run(owed())
    close(browse("amara"), row)
    assert run(carried()) == 1


def test_not_while_a_decision_is_open(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    run(put(row, cast, run(items(row))[0]))
    reply = close(browse("grace"), row)
    assert reply.status_code == 409 and "A decision is still open." in reply.text
    assert run(stored(row)).stage == "in_session"


def test_not_before_anybody_came(browse, cast):
    row = run(sitting(cast))
    reply = close(browse("grace"), row)
    assert reply.status_code == 409 and "Record who came" in reply.text


def test_it_is_closed_once(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    close(browse("grace"), row)
    reply = close(browse("amara"), row)
    assert reply.status_code == 409
    assert [what for what, _ in run(events())].count("meeting.closed") == 1


# -- actions raised in the room -------------------------------------------------------------------


def test_an_action_is_recorded_with_owner_and_day(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[0]
    page = browse("grace").get(acting(row, item)).text
    assert "Bilal Hussain (Member)" in page and "Claire Walsh" not in page
    sent = {**TYPED, "owner": str(cast.seats["claire"].id), "due": "2027-01-31", "form_key": "1"}
    for _ in range(2):
        reply = browse("grace").post(acting(row, item), sent)
        assert (reply.status_code, reply.headers["location"]) == (303, room(row))
    [found] = run(raised_at(row))
    assert (found.text, found.side, found.item, found.owner.id, found.public) == (
        "Send the figures.", "police", item.id, cast.seats["claire"].id, True,
    )  # fmt: skip
    assert found.due.isoformat() == "2027-01-31"
    assert "Send the figures." in browse("bilal").get(room(row)).text


def test_what_was_raised_behind_closed_doors_is_not_public(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    item = run(items(row))[0]

    async def shut() -> None:
        async with write_tx():
            await Item.update({Item.part: "B"}).where(Item.id == item.id)

    run(shut())
    browse("grace").post(acting(row, item), TYPED)
    assert [one.public for one in run(raised_at(row))] == [False]
    assert "Send the figures." in browse("bilal").get(room(row)).text
    assert "Send the figures." not in browse("claire").get(room(row)).text


def test_what_is_missing_is_asked_for_and_words_are_kept(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    reply = browse("grace").post(acting(row, run(items(row))[0]), {"text": "Mine", "due": "soon"})
    assert reply.status_code == 422
    assert "Choose whose it is to do, or who does it." in reply.text and "Mine" in reply.text
    assert run(raised_at(row)) == []


@pytest.mark.parametrize("where", ["closing", "items/{item}/actions"])
def test_who_may_not(browse, cast, where):
    row = run(sitting(cast, "amara", "bilal"))
    path = f"{room(row)}/{where.format(item=run(items(row))[0].id)}"
    for name, status in (("bilal", 403), ("claire", 403), ("dev", 404)):
        assert browse(name).get(path).status_code == status
        assert browse(name).post(path, TYPED).status_code == status
    assert run(stored(row)).stage == "in_session"


def shown(browse, row) -> str:
    return browse().get(home(row)).text


def test_what_came_up_at_the_meeting_is_on_its_page_afterwards(browse, cast):
    row, grace = run(sitting(cast, "amara", "bilal")), cast.seats["grace"]
    run(agendas.publish(row, by=grace))
    run(agendas.add_item(row, "Searches in Rye Lane", by=grace))
    run(actions.start(row, run(named(row, "Searches in Rye Lane")).id, by=grace))
    letters = run(how_many_letters())
    assert "Rye Lane" not in shown(browse, row)
    assert "The agenda was changed since" in browse("grace").get(f"{room(row)}/closing").text

    assert close(browse("grace"), row).status_code == 303

    page = shown(browse, row)
    assert "Searches in Rye Lane" in page and "Late item: added after the agenda came out" in page
    assert run(how_many_letters()) == letters
    assert [what for what, _ in run(events())][-3:] == [
        "room.item_ended", "agenda.published", "meeting.closed",
    ]  # fmt: skip
    assert browse().get(f"{home(row)}/agenda.json?edition=2").status_code == 200


def test_closing_publishes_nothing_where_nothing_was(browse, cast):
    """Neither an agenda that never came out, nor one that is out as it stands."""
    row = run(sitting(cast, "amara", "bilal"))
    page = browse("grace").get(f"{room(row)}/closing").text
    assert "The agenda was changed since" not in page
    close(browse("grace"), row)
    assert "agenda.published" not in [what for what, _ in run(events())]
    assert "Welcome and apologies" not in shown(browse, row)


def test_closing_twice_publishes_once(browse, cast):
    row, grace = run(sitting(cast, "amara", "bilal")), cast.seats["grace"]
    run(agendas.publish(row, by=grace))
    close(browse("grace"), row)
    assert [what for what, _ in run(events())].count("agenda.published") == 1


def test_an_action_is_not_due_on_a_day_that_has_passed(browse, cast):
    row = run(sitting(cast, "amara", "bilal"))
    there = acting(row, run(items(row))[0])
    day = (today() - timedelta(1)).isoformat()
    reply = browse("grace").post(there, TYPED | {"due": day})
    assert reply.status_code == 422 and "That day has passed." in reply.text
    assert day in reply.text and run(raised_at(row)) == []
    assert browse("grace").post(there, TYPED | {"due": today().isoformat()}).status_code == 303


@pytest.mark.parametrize(
    ("name", "side"), [("bilal", "panel"), ("claire", "police"), ("grace", "secretariat")]
)
def test_an_action_is_on_the_side_of_whoever_does_it(browse, cast, name, side):
    row = run(sitting(cast, "amara", "bilal"))
    told = {"text": "Ask again.", "side": "", "owner": str(cast.seats[name].id)}
    reply = browse("grace").post(acting(row, run(items(row))[0]), told)
    assert reply.status_code == 303
    assert [one.side for one in run(raised_at(row))] == [side]
    nobody = browse("grace").post(acting(row, run(items(row))[0]), told | {"owner": ""})
    assert nobody.status_code == 422 and "or who does it" in nobody.text
