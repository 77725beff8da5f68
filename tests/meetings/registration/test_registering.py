"""Somebody without an account registers for a meeting, in person or online."""

import asyncio
from datetime import timedelta

import pytest
from conftest import run
from forms import form
from icalendar import Calendar

from meetings.steps import counted_queries, events, home, letters, meeting, stored
from scrutiny.kit.clock import midnight, today
from scrutiny.letters.tables import Letter
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.registration.actions import set_places
from scrutiny.meetings.registration.tables import Registration
from scrutiny.meetings.venue.actions import describe
from scrutiny.record.tables import Event
from scrutiny.web import floods

from .steps import CODE, KEY, door, enter, open_meeting, standings

NADIA = {"name": "Nadia", "email": "nadia@example.org", "needs": "A seat near the door."}


def test_a_place_a_code_and_a_letter_with_the_entry(browse, cast):
    row = run(open_meeting(cast))
    assert f'href="{door(row)}"' in browse().get(home(row)).text
    shown = form(browse().get(door(row)).text, "name")
    assert "2 places are left" in browse().get(door(row)).text

    reply = browse().post(door(row), shown.fields | NADIA)

    assert reply.status_code == 200 and "You have a place" in reply.text
    code = CODE.search(reply.text)[0]
    assert run(standings(row)) == [(1, "registered", "Nadia")]
    subject, text, method, body = run(letters("registration.place"))["nadia@example.org"]
    assert (subject, method) == (f"Panel meeting on {row.date:%-d %B %Y}", "REQUEST")
    assert code in text and f"https://panel.test{door(row)}/return" in text
    assert "seat near the door" not in text and b"seat near" not in body
    assert Calendar.from_ical(body).walk("VEVENT")[0]["UID"] == f"{row.id}@panel.test"
    assert run(events())[-1] == ("registration.made", False)
    assert browse().post(door(row), shown.fields | NADIA).text.count(code) >= 1  # twice is once
    assert len(run(standings(row))) == 1
    assert len(run(letters("registration.place"))) == 1


def test_no_hour_and_no_name_is_left_anywhere_in_plain(browse, cast):
    row = run(open_meeting(cast))
    browse().post(door(row), NADIA | {"form_key": KEY})

    async def traces() -> tuple:
        entry = await Registration.objects().first()
        event = await Event.objects().where(Event.what == "registration.made").first()
        letter = await Letter.objects().where(Letter.kind == "registration.place").first()
        return entry, event, letter

    entry, event, letter = run(traces())
    assert entry.registered == today() and entry.id.version == 4
    assert (event.at, event.id.version, event.seat) == (midnight(today()), 4, None)
    assert (letter.written, letter.due, letter.id.version) == (*[midnight(today())] * 2, 4)
    for held in (bytes(entry.sealed), bytes(letter.sealed), event.facts.encode()):
        assert b"Nadia" not in held and b"nadia" not in held and b"door" not in held


def test_without_an_address_nobody_is_written_to(browse, cast):
    row = run(open_meeting(cast))
    reply = browse().post(door(row), {"name": "Nadia", "form_key": KEY})
    assert CODE.search(reply.text)
    assert run(letters("registration.place")) == {}


def test_the_third_of_two_places_waits(browse, cast):
    row = run(open_meeting(cast))
    for name in ("A", "B"):
        run(enter(cast, row, name))
    assert "Every place in the room is taken." in browse().get(door(row)).text
    reply = browse().post(door(row), NADIA | {"form_key": KEY})
    assert "You are on the waiting list" in reply.text and "You are the first." in reply.text
    assert run(standings(row))[-1] == (3, "waiting", "Nadia")
    assert len(run(letters("registration.waiting"))["nadia@example.org"]) == 2  # no entry


def test_two_at_the_same_moment_do_not_share_the_last_place(cast):
    row = run(open_meeting(cast, places=1))

    async def both():
        await asyncio.gather(*(enter(cast, row, name) for name in "ABCD"))

    run(both())
    found = run(standings(row))
    assert [number for number, _, _ in found] == [1, 2, 3, 4]
    assert sorted(stage for _, stage, _ in found) == ["registered"] + ["waiting"] * 3


def test_online_needs_an_address_and_no_place_in_the_room(browse, cast):
    row = run(open_meeting(cast, places=1))
    run(enter(cast, row, "A"))
    assert "How do you mean to come?" not in browse().get(door(row)).text
    run(describe(run(stored(row)), {}, "https://video.example/1", by=cast.seats["grace"]))
    assert "How do you mean to come?" in browse().get(door(row)).text
    online = {"name": "Nadia", "mode": "online", "form_key": KEY}
    reply = browse().post(door(row), online)
    assert reply.status_code == 422 and "so that we can tell you how to join" in reply.text
    reply = browse().post(door(row), online | {"email": "nadia@example.org"})
    assert "You have a place" in reply.text and "video.example" not in reply.text
    assert run(standings(row))[-1] == (2, "registered", "Nadia")


def test_it_asks_for_what_is_missing_and_keeps_the_rest(browse, cast):
    row = run(open_meeting(cast))
    reply = browse().post(door(row), NADIA | {"name": "", "email": "nobody"})
    assert reply.status_code == 422
    assert "Give a name that we can call you by." in reply.text
    assert "A seat near the door." in reply.text
    assert run(standings(row)) == []


@pytest.mark.parametrize("about", ["proposed", "closed", "no places", "elsewhere"])
def test_where_nobody_registers_there_is_no_page(browse, cast, about):
    row = run(meeting(cast)) if about == "no places" else None
    if about == "proposed":
        row = run(open_meeting(cast, stage="proposed"))
    elif about == "closed":
        row = run(open_meeting(cast, public=False))
    elif about == "elsewhere":
        row = run(open_meeting(cast))
    path = door(row) if about != "elsewhere" else door(row).replace("lambeth", "hackney")
    for where in (path, f"{path}/return"):
        assert browse().get(where).status_code == 404
        assert browse().post(where, NADIA).status_code == 404
    assert run(standings(row)) == []


def test_before_it_opens_and_after_it_closed_nobody_is_taken(browse, cast):
    row, grace = run(open_meeting(cast)), cast.seats["grace"]
    later = {"capacity": 2, "registration_opens": today() + timedelta(1)}
    later["registration_closes"] = None
    run(set_places(row, later, by=grace))
    assert "You can register from" in browse().get(door(row)).text
    assert browse().post(door(row), NADIA | {"form_key": KEY}).status_code == 409
    over = {"capacity": 2, "registration_opens": None}
    over["registration_closes"] = today() - timedelta(1)
    run(set_places(run(stored(row)), over, by=grace))
    assert "Nobody more can register" in browse().get(door(row)).text
    reply = browse().post(door(row), NADIA | {"form_key": KEY})
    assert reply.status_code == 409
    assert "Registration for this meeting is not open." in reply.text
    run(meetings.cancel(run(stored(row)), "Flood.", by=grace))
    assert browse().post(door(row), NADIA).status_code == 409
    assert run(standings(row)) == []


def test_what_comes_in_a_flood_takes_no_place_and_waits(browse, cast):
    row = run(open_meeting(cast))
    watch = floods.start_afresh()
    watch.alarm.ring(watch.clock())
    reply = browse().post(door(row), NADIA | {"form_key": KEY})
    assert reply.status_code == 200 and "You are on the waiting list" in reply.text
    assert run(standings(row)) == [(1, "waiting", "Nadia")]
    assert "data-proof=" in browse().get(door(row)).text


def test_the_page_asks_as_much_for_three_as_for_three_hundred(browse, cast, monkeypatch):
    row = run(open_meeting(cast, places=400))
    path = f"{home(row)}/registrations"

    async def crowd(upto: int) -> None:
        for at in range(upto):
            await enter(cast, row, f"Nobody {at}")

    grace = browse("grace")
    run(crowd(3))
    grace.get(path)
    with counted_queries(monkeypatch) as few:
        grace.get(path), browse().get(door(row))
    run(crowd(297))
    with counted_queries(monkeypatch) as many:
        page = grace.get(path).text
        browse().get(door(row))
    assert len(few) == len(many)
    assert "Nobody 49" not in page.split("after=")[0].split("Number 50")[-1]
    assert f'href="{path}?after=50"' in page
