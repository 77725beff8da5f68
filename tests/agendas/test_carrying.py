"""What a meeting did not come to goes to the next one, in one click."""

from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import events, facts, home, how_many_letters, over_and_done, stored

from scrutiny.actions.tables import Action
from scrutiny.agendas import actions
from scrutiny.agendas.carrying.actions import carry_over
from scrutiny.agendas.tables import Item
from scrutiny.cases import actions as casework
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import write_tx
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.tables import Meeting
from scrutiny.room.tables import Decision

from .steps import STANDING, case, closed_item, items, meeting, named, stage_of, titles


async def carried(row, later, cast) -> int:
    async with write_tx():
        return (await carry_over(await stored(row), later, by=cast.seats["grace"])).new


async def held(cast) -> Meeting:
    """Came to two things of six, decided a third, began a fourth, and left two over."""
    row, grace = await meeting(cast, "in_session"), cast.seats["grace"]
    await actions.add_item(row, "Reports", by=grace, kind="section")
    above = await named(row, "Reports")
    for title in ("Noted", "Decided", "Begun", "Left over"):
        await actions.add_item(row, title, by=grace, under=above.id, minutes=10)
    await closed_item(row, cast, "Left over and closed")
    await case(cast, 12)
    await actions.add_case(row, 12, by=grace)
    await actions.write_notes(await named(row, "Noted"), "Noted.", by=grace)
    decided, begun = await named(row, "Decided"), await named(row, "Begun")
    async with write_tx():
        await Item.update({Item.began: now()}).where(Item.id == begun.id)
        told = {"text": "Agreed.", "by": grace.id, "at": now(), "stage": "carried"}
        await Decision.insert(Decision(meeting=row.id, item=decided.id, **told))
        kept = {"panel": cast.lambeth.id, "meeting": row.id, "side": "police"}
        await Action.insert(Action(number=1, text="Send the figures", **kept))
    present = {cast.seats[name].id: "present" for name in ("amara", "bilal")}
    await meetings.record_attendance(await stored(row), present, by=grace)
    await over_and_done(await stored(row), by=grace)
    return await stored(row)


def test_what_was_left_over_comes_along_with_its_section_and_once(cast):
    row, later = run(held(cast)), run(meeting(cast, days=50))
    assert run(carried(row, later, cast)) == 4
    assert run(titles(later)) == [
        *STANDING[:-1], "Reports", "Left over", "Search record 12",
        "Actions from earlier meetings", STANDING[-1], "Left over and closed",
    ]  # fmt: skip
    left, secret = run(named(later, "Left over")), run(named(later, "Left over and closed"))
    assert left.parent == run(named(later, "Reports")).id and left.minutes == 10
    assert left.carried_from == run(named(row, "Left over")).id
    assert (secret.part, secret.closed_reason) == ("B", "legal_advice")
    assert run(facts("agenda.carried_over")) == {"to": later.date.isoformat(), "items": 4}
    assert run(carried(row, later, cast)) == 0
    assert len(run(items(later))) == 9


def test_a_case_that_was_concluded_stays_behind_and_another_is_scheduled_again(cast):
    row, later = run(meeting(cast, "in_session")), run(meeting(cast, days=50))
    grace, amara = cast.seats["grace"], cast.seats["amara"]
    done, waits = run(case(cast, 1)), run(case(cast, 2))
    for number in (1, 2):
        run(actions.add_case(row, number, by=grace))
    run(casework.conclude(run(found(done)), by=amara, finding="Fair."))

    async def close():
        present = {cast.seats[name].id: "present" for name in ("amara", "bilal")}
        await meetings.record_attendance(await stored(row), present, by=grace)
        await over_and_done(await stored(row), by=grace)

    run(close())
    run(carried(row, later, cast))
    assert "Search record 2" in run(titles(later)) and "Search record 1" not in run(titles(later))
    assert (run(stage_of(done)), run(stage_of(waits))) == ("concluded", "scheduled")


async def found(row):
    return await type(row).objects().get(type(row).id == row.id)


def test_one_click_calls_the_next_meeting_with_what_was_left_over(browse, cast):
    row = run(held(cast))
    assert "Next meeting with what was left over" in browse("grace").get(home(row)).text
    letters = run(how_many_letters())
    form = {"form_key": "one-form"}
    replies = [browse("grace").post(f"{home(row)}/next", form) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [303, 303]
    assert replies[0].headers["location"] == replies[1].headers["location"]

    async def ahead() -> list[Meeting]:
        return await Meeting.objects().where(Meeting.date > row.date)

    [later] = run(ahead())
    assert replies[0].headers["location"].startswith(f"{home(later)}/agenda?carried=")
    assert later.stage == "proposed" and later.date >= today() + timedelta(7)
    assert (later.venue, later.title) == (row.venue, row.title)
    assert "Left over" in run(titles(later)) and "Noted" not in run(titles(later))
    assert run(how_many_letters()) == letters  # nobody is asked yet


def test_where_the_next_one_is_called_already_it_is_not_called_again(browse, cast):
    row, later = run(held(cast)), run(meeting(cast, days=50))
    reply = browse("grace").post(f"{home(row)}/next")
    assert reply.headers["location"].startswith(f"{home(later)}/agenda?carried=")
    page = browse("grace").get(reply.headers["location"]).text
    assert "4 items were added to this agenda. 4 were here already." in page
    assert "Publish the changes when" not in page  # it never came out
    assert "Left over" in run(titles(later))


def test_everything_of_a_cancelled_meeting_is_left_over(browse, cast):
    row = run(meeting(cast))
    run(actions.add_item(row, "Wanted", by=cast.seats["grace"]))
    run(meetings.cancel(row, "Flooded.", by=cast.seats["grace"]))
    later = run(meeting(cast, days=50))
    assert browse("grace").post(f"{home(row)}/next").status_code == 303
    assert run(titles(later)) == [*STANDING[:-1], "Wanted", STANDING[-1]]


@pytest.mark.parametrize("stage", ["proposed", "scheduled", "in_session"])
def test_nothing_is_left_over_before_the_end(browse, cast, stage):
    row = run(meeting(cast, stage))
    reply = browse("grace").post(f"{home(row)}/next")
    assert reply.status_code == 409 and "once the meeting is over" in reply.text
    assert "Next meeting with what was left over" not in browse("grace").get(home(row)).text
    assert ("agenda.carried_over", False) not in run(events())


def test_who_may_not(browse, cast):
    row = run(held(cast))
    for name, status in (("bilal", 403), ("claire", 403), ("dev", 404), ("", 403)):
        assert browse(name).post(f"{home(row)}/next").status_code == status
        assert "Next meeting with what" not in browse(name).get(home(row)).text
