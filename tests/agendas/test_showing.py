"""A meeting's own page: what everybody reads, and what whoever runs it may do next."""

import pytest
from conftest import run
from meetings.steps import counted_queries, home, over_and_done, reply_path, roll, stored

from scrutiny.agendas import actions
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.meetings import actions as meetings

from .steps import meeting, publish


def words(reply) -> str:
    return " ".join(reply.text.split())


def test_everybody_reads_when_and_where(browse, cast):
    row = run(meeting(cast))
    reply = browse().get(home(row))
    assert reply.status_code == 200 and reply.headers["x-published"] == "1"
    page = words(reply)
    for said in ("Spring meeting", "18:30 to 20:30", "Lambeth Town Hall", "Step-free from Acre"):
        assert said in page
    assert "The agenda will be here by" in page
    assert "Running this meeting" not in page


@pytest.mark.parametrize(
    ("stage", "public", "seen_by"),
    [
        ("proposed", True, {"grace", "amara"}),
        ("scheduled", False, {"grace", "amara", "bilal", "claire"}),
        ("scheduled", True, {"grace", "amara", "bilal", "claire", "dev", ""}),
    ],
)
def test_who_sees_it(browse, cast, stage, public, seen_by):
    row = run(meeting(cast, stage, public=public))
    for name in ("grace", "amara", "bilal", "claire", "dev", ""):
        reply = browse(name).get(home(row))
        assert reply.status_code == (200 if name in seen_by else 404), name
        assert "x-published" not in reply.headers or not name


@pytest.mark.parametrize("day", ["2001-01-01", "tomorrow", "2026-02-30", "%00", "2026-1-1"])
def test_a_day_without_a_meeting_is_not_there(browse, cast, day):
    assert browse().get(f"/lambeth/meetings/{day}").status_code == 404
    assert browse("grace").get(f"/lambeth/meetings/{day}/agenda").status_code == 404


def test_the_other_panels_meeting_is_not_shown_here(browse, cast):
    row = run(meeting(cast))
    assert browse().get(f"/hackney/meetings/{row.date}").status_code == 404


@pytest.mark.parametrize(
    ("stage", "offered"),
    [
        ("proposed", ["invitations", "agenda", "change", "cancellation"]),
        ("scheduled", ["invitations", "agenda", "session", "change", "cancellation"]),
        ("in_session", ["agenda", "session", "attendance", "notes"]),
        ("held", ["attendance", "notes"]),
    ],
)
def test_whoever_runs_it_is_offered_what_may_happen_now(browse, cast, stage, offered):
    row = run(meeting(cast, stage))
    page = browse("grace").get(home(row)).text
    every = ["invitations", "agenda", "session", "attendance", "notes", "change", "cancellation"]
    assert [one for one in every if f'href="{home(row)}/{one}"' in page] == offered
    for name in every:
        assert (f"{home(row)}/{name}" in browse("bilal").get(home(row)).text) is False


def test_who_came_is_told_in_figures_once_it_was_held(browse, cast):
    row = run(meeting(cast, "in_session"))
    assert "community members came" not in browse().get(home(row)).text
    came = roll(cast, "amara", "bilal", "claire")
    run(meetings.record_attendance(row, came, by=cast.seats["grace"]))
    run(over_and_done(run(stored(row)), by=cast.seats["grace"]))
    page = words(browse().get(home(row)))
    assert "2 community members came, with 1 person from the police." in page
    assert "3 people sent apologies." in page and "There was a quorum" in page
    assert "Bilal" not in page


def test_a_meeting_without_a_quorum_says_so_to_everybody(browse, cast):
    row = run(meeting(cast, "in_session"))
    run(meetings.record_attendance(row, roll(cast, "amara", "owen"), by=cast.seats["grace"]))
    page = words(browse().get(home(row)))
    assert "There is no quorum" in page and "1 of the 2 community members" in page
    assert "it cannot agree anything" in page


def test_the_minutes_are_a_link_away_once_published(browse, cast):
    row = run(meeting(cast, "held"))
    assert f"/lambeth/minutes/{row.date}" not in browse().get(home(row)).text

    async def minuted():
        async with write_tx():
            await meetings.mark_minuted(await stored(row))

    run(minuted())
    assert f'href="/lambeth/minutes/{row.date}"' in browse().get(home(row)).text


def test_a_cancelled_meeting_says_why(browse, cast):
    row = run(meeting(cast))
    run(meetings.cancel(row, "The hall has flooded.", by=cast.seats["grace"]))
    page = words(browse().get(home(row)))
    assert "This meeting is cancelled" in page and "The hall has flooded." in page


def test_a_member_sees_their_own_answer_and_can_change_it(browse, cast):
    row = run(meeting(cast))
    path = run(reply_path(row, cast, "bilal"))
    assert "You have not answered yet." in browse("bilal").get(home(row)).text
    browse().post(path, {"answer": "yes"})
    page = browse("bilal").get(home(row)).text
    assert "You mean to come." in page and f'href="{path}"' in page
    assert path not in browse("amara").get(home(row)).text
    assert "1 mean to come, 0 perhaps, 0 cannot, 5 have" in words(browse("grace").get(home(row)))


@pytest.mark.parametrize("name", ["", "bilal", "grace"])
def test_a_long_agenda_takes_no_more_queries_than_a_short_one(browse, cast, monkeypatch, name):
    row = run(meeting(cast))
    run(publish(row, cast))
    browser = browse(name)
    browser.get(home(row))
    with counted_queries(monkeypatch) as short:
        browser.get(home(row))
    for at in range(30):
        run(actions.add_item(row, f"Item {at}", by=cast.seats["grace"]))
    run(publish(row, cast))
    with counted_queries(monkeypatch) as long:
        assert "Item 29" in browser.get(home(row)).text
    assert len(short) == len(long) <= (14 if name else 9)


def test_todays_page_is_shown_while_it_meets(browse, cast):
    row = run(meeting(cast, "in_session"))
    assert row.date == today()
    assert "Meeting now" in browse().get(home(row)).text
