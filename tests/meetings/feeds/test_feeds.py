"""Calendars to subscribe to: one's own behind a secret address, the public's for everybody."""

from datetime import timedelta

import icalendar
import pytest
from conftest import run
from litestar.testing import TestClient

from meetings import steps
from scrutiny.app import create_app
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.meetings.feeds.tables import FeedToken
from scrutiny.people.tables import Seat
from scrutiny.record.tables import Event
from scrutiny.web.published import Published

PAGE = "/account/calendar"
CLOSED = {"public": False, "title": "Viewing of recordings", "venue": "Kennington station"}


def made(browse, name="bilal") -> str:
    answer = browse(name).post(PAGE)
    assert answer.status_code == 201
    address = answer.text.split("<code>")[1].split("</code>")[0]
    return "/calendars/" + address.partition("/calendars/")[2]


def entries(content: str) -> list:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_one_reads_all_ones_meetings_and_closed_ones_without_place(cast, browse):
    run(steps.meeting(cast, days=30))
    run(steps.meeting(cast, days=40, **CLOSED))
    run(steps.meeting(cast, "proposed", days=50))
    content = browse().get(made(browse)).text
    assert len(entries(content)) == 2
    assert "Kennington" not in content and "recordings" not in content
    assert {str(one["SUMMARY"]) for one in entries(content)} == {"Panel meeting"}


def test_it_names_nobody_and_no_link_to_join(cast, browse):
    run(steps.meeting(cast, days=30))
    content = browse().get(made(browse)).text
    assert "ATTENDEE" not in content and "mailto" not in content.lower() and "METHOD" not in content


def test_the_address_is_a_secret_kept_as_a_hash(cast, browse):
    address = made(browse)
    secret = address.removeprefix("/calendars/").removesuffix(".ics")

    async def kept():
        return [str(await table.select()) for table in (FeedToken, Event)]

    assert len(secret) >= 27 and not any(secret in row for row in run(kept()))
    assert secret not in browse("bilal").get(PAGE).text
    assert browse().get("/calendars/" + "x" * 43 + ".ics").status_code == 404


def test_a_new_one_ends_the_one_before_and_it_can_be_taken_back(cast, browse):
    first, second = made(browse), made(browse)
    assert browse().get(first).status_code == 404
    assert browse().get(second).status_code == 200
    assert browse("bilal").post(f"{PAGE}/removal").status_code == 303
    assert browse().get(second).status_code == 404


def test_it_answers_304_to_its_own_etag(cast, browse):
    run(steps.meeting(cast, days=30))
    address = made(browse)
    first = browse().get(address)
    again = browse().get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in first.headers["cache-control"]
    run(steps.meeting(cast, days=60))
    later = browse().get(address, headers={"if-none-match": first.headers["etag"]})
    assert later.status_code == 200 and later.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("change", [{"stage": "on_leave"}, {"stage": "restricted"}, {"until": 1}])
def test_who_is_away_or_gone_reads_nothing_more(cast, browse, change):
    run(steps.meeting(cast, days=30))
    address = made(browse)
    run(set_seat(cast.seats["bilal"], change))
    assert entries(browse().get(address).text) == []


async def set_seat(seat, change) -> None:
    change = {"until": today() - timedelta(days=1)} if "until" in change else change
    async with write_tx():
        await Seat.update(change).where(Seat.id == seat.id)


def test_everybodys_calendar_has_the_public_meetings_of_all_panels(cast, browse):
    run(steps.meeting(cast, days=30))
    run(steps.meeting(cast, days=40, **CLOSED))
    answer = browse().get("/meetings.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    found = entries(answer.text)
    assert [str(one["SUMMARY"]) for one in found] == ["Lambeth Scrutiny Panel meeting"]
    assert "recordings" not in answer.text


def test_everybodys_calendar_answers_304_to_its_etag(cast):
    run(steps.meeting(cast, days=30))
    with TestClient(Published(create_app()), base_url="https://panel.test") as client:
        first = client.get("/meetings.ics")
        again = client.get("/meetings.ics", headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_a_seat_on_another_panel_shows_nothing_of_this_one(cast, browse):
    run(steps.meeting(cast, days=30))
    assert entries(browse().get(made(browse, "ruth")).text) == []
