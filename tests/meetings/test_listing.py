"""What is coming and what was, for everybody; closed meetings and proposals stay inside."""

from datetime import timedelta

import pytest
from conftest import run
from icalendar import Calendar
from litestar.testing import TestClient

from scrutiny.app import create_app
from scrutiny.kit.clock import now, today
from scrutiny.meetings import actions
from scrutiny.meetings.tables import Meeting
from scrutiny.web.published import Published

from .steps import counted_queries, home, meeting, stored

HOME = "/lambeth/meetings"


def test_an_empty_list_says_so(browse, cast):
    page = browse().get(HOME).text
    assert "No meeting is planned yet." in page and "We have not met yet." in page
    assert "Call a meeting" not in page
    assert "Call a meeting" in browse("grace").get(HOME).text
    assert "https://panel.test/lambeth/meetings.ics</code>" in page


def test_everybody_sees_what_is_coming_and_what_was(browse, cast):
    ahead = run(meeting(cast))
    past = run(meeting(cast, "held", days=-30, title="Winter meeting"))
    Meeting.update({Meeting.called: now() - timedelta(days=50)}).where(
        Meeting.id == past.id
    ).run_sync()
    page = browse().get(HOME)
    assert page.status_code == 200 and page.headers["x-published"] == "1"
    coming, past = page.text.split('id="past"')
    assert "Spring meeting" in coming and f'href="{home(ahead)}"' in coming
    assert "Winter meeting" in past and "Held, minutes to come" in past
    assert "Spring meeting" not in browse().get("/hackney/meetings").text


@pytest.mark.parametrize(
    ("name", "proposed", "closed"),
    [
        ("", False, False),
        ("dev", False, False),
        ("bilal", False, True),
        ("claire", False, True),
        ("grace", True, True),
        ("amara", True, True),
    ],
)
def test_who_sees_closed_meetings_and_proposals(browse, cast, name, proposed, closed):
    run(meeting(cast, "proposed", title="Only a thought"))
    run(meeting(cast, days=30, public=False, title="Watching video"))
    page = browse(name).get(HOME).text
    assert ("Only a thought" in page) is proposed
    assert ("Watching video" in page) is closed


def test_pages_follow_by_day_without_repeating_or_losing_any(browse, cast, monkeypatch):
    monkeypatch.setattr("scrutiny.meetings.queries.PAGE", 2)
    days = [3, 9, 21, 30, 41, -5, -9, -30, -31, -60]
    for at in days:
        run(meeting(cast, days=at, title=f"Meeting {at}."))

    def titles(path, more):
        found = []
        while path:
            page = browse().get(path).text
            found += [at for at in sorted(days) if f"Meeting {at}." in page and at not in found]
            links = [
                part.split('"')[0]
                for part in page.split('href="')
                if more in part[:40] and "hreflang" not in part[:60]
            ]
            path = links[0] if links else None
        return found

    assert {at for at in titles(HOME, "?after=") if at > 0} == {3, 9, 21, 30, 41}
    assert {at for at in titles(HOME, "?before=") if at < 0} == {-5, -9, -30, -31, -60}


@pytest.mark.parametrize("asked", ["?before=soon", "?after=2026-02-30", "?before=20260101"])
def test_a_page_of_no_day_is_not_there(browse, cast, asked):
    assert browse().get(f"{HOME}{asked}").status_code == 404


def test_a_page_past_the_end_says_so(browse, cast):
    page = browse().get(f"{HOME}?before=2001-01-01")
    assert page.status_code == 200 and "There are no more meetings." in page.text


@pytest.mark.parametrize("name", ["", "grace"])
@pytest.mark.parametrize("path", [HOME, f"{HOME}.ics"])
def test_thirty_meetings_take_no_more_queries_than_one(browse, cast, monkeypatch, path, name):
    run(meeting(cast))
    browser = browse(name)
    browser.get(path)
    with counted_queries(monkeypatch) as one:
        browser.get(path)
    for at in range(1, 30):
        run(meeting(cast, days=21 + at))
    with counted_queries(monkeypatch) as thirty:
        assert browser.get(path).status_code == 200
    assert len(one) == len(thirty) <= 6


def test_the_calendar_holds_public_meetings_and_nobodys_address(browse, cast):
    row = run(meeting(cast))
    gone = run(meeting(cast, days=40))
    run(actions.cancel(gone, "Flooded.", by=cast.seats["grace"]))
    run(meeting(cast, days=30, public=False, title="Watching video"))
    run(meeting(cast, "proposed", days=50))

    reply = browse().get(f"{HOME}.ics")

    assert reply.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(reply.content)
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {f"{row.id}@panel.test", f"{gone.id}@panel.test"}
    assert events[f"{row.id}@panel.test"]["SUMMARY"] == "Lambeth Scrutiny Panel meeting"
    assert events[f"{row.id}@panel.test"]["URL"] == f"https://panel.test{home(row)}"
    assert events[f"{gone.id}@panel.test"]["STATUS"] == "CANCELLED"
    assert b"ATTENDEE" not in reply.content and b"ORGANIZER" not in reply.content
    assert "METHOD" not in calendar
    assert all(len(line) <= 75 for line in reply.content.split(b"\r\n"))


def test_the_calendar_stays_the_same_bytes_until_something_changes(cast):
    row = run(meeting(cast))
    with TestClient(Published(create_app()), base_url="https://panel.test") as client:
        first = client.get(f"{HOME}.ics")
        tag = {"if-none-match": first.headers["etag"]}
        assert client.get(f"{HOME}.ics").content == first.content
        again = client.get(f"{HOME}.ics", headers=tag)
        assert (again.status_code, again.content) == (304, b"")
        changed = run(stored(row))
        run(actions.cancel(changed, "Flooded.", by=cast.seats["grace"]))
        client.post("/sign-out")  # any deed makes the kept pages be looked at again
        fresh = client.get(f"{HOME}.ics", headers=tag)
    assert fresh.status_code == 200
    assert b"STATUS:CANCELLED" in fresh.content and fresh.content != first.content


def test_todays_meeting_is_still_coming(browse, cast):
    run(meeting(cast, "in_session", title=f"On {today()}"))
    coming = browse().get(HOME).text.split('id="past"')[0]
    assert f"On {today()}" in coming and "Meeting now" in coming
