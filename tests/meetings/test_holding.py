"""A meeting is opened, who came is recorded, and it is closed: quorate or not."""

import pytest
from conftest import run

from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.meetings import actions, queries

from .steps import attendance, events, facts, home, meeting, stored, ticked


def test_it_is_opened_on_its_day(browse, cast):
    row = run(meeting(cast, days=0))
    assert "Open the meeting" in browse("grace").get(f"{home(row)}/session").text

    reply = browse("grace").post(f"{home(row)}/session")

    assert (reply.status_code, reply.headers["location"]) == (303, f"{home(row)}/attendance")
    assert run(stored(row)).stage == "in_session"
    assert run(events())[-1] == ("meeting.opened", True)


def test_it_is_not_opened_before_its_day(browse, cast):
    row = run(meeting(cast, days=1))
    assert "It can be opened on its day." in browse("grace").get(f"{home(row)}/session").text
    reply = browse("grace").post(f"{home(row)}/session")
    assert reply.status_code == 409
    assert "It cannot be opened before." in reply.text
    assert run(stored(row)).stage == "scheduled"


def test_a_meeting_held_last_week_is_entered_late(browse, cast):
    row = run(meeting(cast, days=-7))
    assert browse("grace").post(f"{home(row)}/session").status_code == 303


@pytest.mark.parametrize("stage", ["proposed", "in_session", "held"])
def test_only_what_is_planned_is_opened(browse, cast, stage):
    row = run(meeting(cast, stage, days=0))
    assert browse("grace").post(f"{home(row)}/session").status_code == 409
    assert run(stored(row)).stage == stage


def test_who_came_is_recorded_and_makes_the_quorum(browse, cast):
    row = run(meeting(cast, "in_session"))
    page = browse("grace").get(f"{home(row)}/attendance").text
    assert "Bilal Hussain" in page and "Ruth Stein" not in page

    reply = browse("grace").post(
        f"{home(row)}/attendance", ticked(cast, "amara", "bilal", "claire", "grace")
    )

    assert (reply.status_code, reply.headers["location"]) == (303, f"{home(row)}/session")
    assert run(attendance(row)) == ["apologies"] * 2 + ["present"] * 4
    assert run(events())[-1] == ("meeting.attendance", True)
    assert run(facts("meeting.attendance")) == {"community": 2, "police": 1, "quorate": True}
    assert run(queries.quorum_of(row)) == (2, 2)
    page = " ".join(browse("grace").get(f"{home(row)}/session").text.split())
    assert "2 community members are here, with 1 person from the police and 1 other." in page
    assert "There is a quorum" in page


def test_police_and_secretariat_do_not_make_a_quorum(browse, cast):
    row = run(meeting(cast, "in_session"))
    browse("grace").post(
        f"{home(row)}/attendance", ticked(cast, "amara", "claire", "owen", "grace")
    )
    assert run(queries.quorum_of(row)) == (1, 2)
    page = browse("grace").get(f"{home(row)}/session").text
    assert "There is no quorum" in page and "cannot agree anything" in page


def test_the_roll_asks_about_everybody_and_keeps_what_was_ticked(browse, cast):
    row = run(meeting(cast, "in_session"))
    some = ticked(cast, "amara", "bilal")
    del some[f"seat-{cast.seats['chidi'].id}"]
    reply = browse("grace").post(f"{home(row)}/attendance", some)
    assert reply.status_code == 422
    assert "Choose present, apologies or absent for Chidi Eze." in reply.text
    assert reply.text.count(" checked") == 5
    assert run(attendance(row)) == []


def test_a_seat_of_another_panel_cannot_be_ticked(browse, cast):
    row = run(meeting(cast, "in_session"))
    more = ticked(cast, "amara") | {f"seat-{cast.seats['ruth'].id}": "present"}
    browse("grace").post(f"{home(row)}/attendance", more)
    assert len(run(attendance(row))) == 6


def test_the_second_of_two_who_record_keeps_their_own_choices(browse, cast):
    row = run(meeting(cast, "in_session"))
    seen = {"version": str(row.version)}
    first = ticked(cast, "amara") | seen
    second = ticked(cast, "amara", "bilal", "chidi") | seen
    assert browse("grace").post(f"{home(row)}/attendance", first).status_code == 303

    reply = browse("amara").post(f"{home(row)}/attendance", second)

    assert reply.status_code == 409
    assert "Somebody else saved this before you" in reply.text
    assert "Bilal Hussain: Apologies" in reply.text  # what Grace saved
    assert reply.text.count('value="present" checked') == 3  # what Amara ticked
    assert run(queries.quorum_of(row)) == (1, 2)


def test_who_came_can_be_put_right_until_there_are_minutes(browse, cast):
    row = run(meeting(cast, "held"))
    reply = browse("grace").post(f"{home(row)}/attendance", ticked(cast, "amara"))
    assert reply.status_code == 303
    assert len(run(attendance(row))) == 6
    assert run(queries.quorum_of(row)) == (1, 2)


@pytest.mark.parametrize("stage", ["proposed", "scheduled"])
def test_nobody_came_to_what_has_not_begun(browse, cast, stage):
    row = run(meeting(cast, stage))
    assert browse("grace").post(f"{home(row)}/attendance", ticked(cast)).status_code == 409
    assert "once a meeting has been opened" in browse("grace").get(f"{home(row)}/attendance").text
    assert run(attendance(row)) == []


def test_it_is_closed_once_who_came_is_known(browse, cast):
    row = run(meeting(cast, "in_session"))
    early = browse("grace").post(f"{home(row)}/room/closing")
    assert early.status_code == 409
    assert "Record who came before you close the meeting." in early.text

    browse("grace").post(f"{home(row)}/attendance", ticked(cast, "amara"))
    reply = browse("grace").post(f"{home(row)}/room/closing")

    assert (reply.status_code, reply.headers["location"]) == (303, f"{home(row)}/room/closing")
    assert run(stored(row)).stage == "held"
    assert run(events())[-1] == ("meeting.closed", True)
    assert run(facts("meeting.closed")) == {"quorate": False}
    assert browse("grace").post(f"{home(row)}/room/closing").status_code == 409


@pytest.mark.parametrize("page", ["session", "attendance"])
def test_who_may_not(browse, cast, page):
    row = run(meeting(cast, "in_session"))
    for name, status in (("bilal", 403), ("owen", 403), ("ruth", 404)):
        assert browse(name).get(f"{home(row)}/{page}").status_code == status
        assert browse(name).post(f"{home(row)}/{page}", {}).status_code == status
    assert browse().post(f"{home(row)}/{page}", {}).status_code == 403
    assert run(stored(row)).stage == "in_session"


def test_only_a_meeting_that_was_held_gets_minutes(cast):
    row = run(meeting(cast, "in_session"))

    async def publish_minutes():
        async with write_tx():
            await actions.mark_minuted(row)

    with pytest.raises(NotNow):
        run(publish_minutes())
