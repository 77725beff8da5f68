"""Everybody with a seat is asked, each in a letter of their own, and says whether they can come."""

import asyncio
import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from conftest import run
from icalendar import Calendar

from scrutiny.kit.clock import LONDON, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.settings import settings
from scrutiny.letters import worker
from scrutiny.meetings import actions, queries
from scrutiny.meetings.calendar import organiser_of
from scrutiny.meetings.tables import Invitation
from scrutiny.people.actions import add_person
from scrutiny.people.tables import Seat

from .steps import (
    VENUE,
    answers,
    events,
    facts,
    home,
    how_many_letters,
    letters,
    meeting,
    reply_path,
    stored,
)

EVERYBODY = sorted(
    f"{name}@panel.test" for name in ("amara", "bilal", "chidi", "grace", "claire", "owen")
)


def test_invitations_go_to_everybody_and_it_is_recorded(browse, cast):
    row = run(meeting(cast, "proposed"))

    reply = browse("grace").post(f"{home(row)}/invitations")

    assert (reply.status_code, reply.headers["location"]) == (303, f"{home(row)}/invitations")
    assert run(stored(row)).stage == "scheduled"
    assert run(events()) == [("meeting.called", False), ("meeting.invited", True)]
    assert run(facts("meeting.invited")) == {"letters": 6}
    written = run(letters("meeting.invitation"))
    assert sorted(written) == EVERYBODY
    subject, text, method, _ = written["bilal@panel.test"]
    assert (subject, method) == (f"Panel meeting on {row.date:%-d %B %Y}", "REQUEST")
    assert f"https://panel.test{home(row)}" in text
    assert run(reply_path(row, cast, "bilal")) in text
    assert run(answers(row)) == ["awaited"] * 6


def test_the_page_names_who_is_not_asked_yet_and_then_counts_the_answers(browse, cast):
    row = run(meeting(cast, "proposed"))
    page = browse("grace").get(f"{home(row)}/invitations").text
    assert "Bilal Hussain" in page and "Send the invitations" in page

    run(actions.invite(row, by=cast.seats["grace"]))
    browse().post(run(reply_path(row, cast, "bilal")), {"answer": "yes"})

    page = browse("grace").get(f"{home(row)}/invitations").text
    assert "1 mean to come, 0 perhaps, 0 cannot, 5 have not answered." in page
    assert "Everybody on the panel has been asked." in page


def test_whoever_is_seated_later_is_counted_on_the_page_and_the_desk_until_asked(browse, cast):
    row = run(meeting(cast))
    link, title = f'href="{home(row)}/invitations"', "these have not been asked yet"
    assert "been asked yet" not in browse("grace").get(home(row)).text
    assert title not in browse("grace").get("/desk").text

    run(seat_another(cast, "Efua Owusu"))
    assert "1 person has not been asked yet." in browse("grace").get(home(row)).text
    desk = browse("grace").get("/desk").text
    assert title in desk and f'<a class="govuk-link" {link}>1 person, ' in desk
    run(seat_another(cast, "Farah Noor"))
    assert "2 people have not been asked yet." in browse("amara").get(home(row)).text
    assert "2 people, " in browse("amara").get("/desk").text
    for name in ("bilal", "claire"):
        assert "not been asked yet" not in browse(name).get(home(row)).text
        assert title not in browse(name).get("/desk").text

    assert browse("grace").post(f"{home(row)}/invitations").status_code == 303
    assert "been asked yet" not in browse("grace").get(home(row)).text
    assert title not in browse("grace").get("/desk").text
    assert run(how_many_letters()) == 8


async def seat_another(cast, name: str) -> None:
    async with write_tx():
        person = await add_person(name, f"{name.split()[0].lower()}@panel.test")
        seat = Seat(panel=cast.lambeth, person=person, role="member", since=today())
        await Seat.insert(seat)


@pytest.mark.parametrize(("days", "said"), [(21, False), (6, True), (7, False)])
def test_short_notice_is_said_in_words(browse, cast, days, said):
    row = run(meeting(cast, "proposed", days=days))
    assert ("Short notice" in browse("grace").get(f"{home(row)}/invitations").text) is said


def test_only_whoever_calls_meetings_sends_invitations(browse, cast):
    row = run(meeting(cast, "proposed"))
    for name, status in (("bilal", 403), ("claire", 403), ("ruth", 404), ("dev", 404), ("", 403)):
        assert browse(name).post(f"{home(row)}/invitations").status_code == status, name
    assert run(stored(row)).stage == "proposed"
    assert run(how_many_letters()) == 0
    assert browse("grace").post("/lambeth/meetings/2020-01-01/invitations").status_code == 404
    assert browse("grace").post("/lambeth/meetings/soon/invitations").status_code == 404


def test_invitations_are_not_sent_for_a_meeting_that_is_over(browse, cast):
    row = run(meeting(cast, "held"))
    assert browse("grace").post(f"{home(row)}/invitations").status_code == 409
    assert run(how_many_letters()) == 6


def test_inviting_twice_writes_to_nobody_twice(browse, cast):
    row = run(meeting(cast))
    assert browse("grace").post(f"{home(row)}/invitations").status_code == 409
    assert run(how_many_letters()) == 6


def test_two_who_send_at_the_same_moment_send_once(cast):
    row = run(meeting(cast, "proposed"))

    async def both():
        deeds = (actions.invite(row, by=cast.seats[name]) for name in ("grace", "amara"))
        return await asyncio.gather(*deeds, return_exceptions=True)

    outcomes = run(both())
    assert sorted(str(type(one).__name__) for one in outcomes) == ["Stale", "int"]
    assert run(how_many_letters()) == 6


def test_a_new_member_is_asked_alone(browse, cast):
    row = run(meeting(cast))

    async def take_a_seat():
        async with write_tx():
            esi = await add_person("Esi Boateng", "esi@panel.test")
            seat = Seat(panel=cast.lambeth, person=esi, role="member", since=today())
            await Seat.insert(seat)

    run(take_a_seat())

    assert browse("grace").post(f"{home(row)}/invitations").status_code == 303
    assert sorted(run(letters("meeting.invitation"))) == sorted([*EVERYBODY, "esi@panel.test"])


def test_whoever_leaves_before_the_day_is_not_asked(browse, cast):
    async def leave():
        async with write_tx():
            until = {Seat.until: today() + timedelta(days=1)}
            await Seat.update(until).where(Seat.id == cast.seats["chidi"].id)

    run(leave())
    run(meeting(cast))
    assert "chidi@panel.test" not in run(letters("meeting.invitation"))


class Postbox:
    """A real mail server that keeps what it is given."""

    def __init__(self):
        self.kept = {}

    async def handle_DATA(self, _server, _session, envelope):
        self.kept[envelope.rcpt_tos[0]] = envelope.content
        return "250 kept"


@pytest.fixture
def postbox(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    mail = type(settings())(**vars(settings()) | {"smtp_url": f"smtp://127.0.0.1:{port}"})
    monkeypatch.setattr(worker, "settings", lambda: mail)
    yield box
    server.stop()


def next_first(month: int):
    """The first of the next such month."""
    year = today().year + (today() >= today().replace(month=month, day=1))
    return today().replace(year=year, month=month, day=1)


@pytest.mark.parametrize(("month", "utc"), [(7, 17), (12, 18)])
def test_what_arrives_is_one_persons_own_invitation(cast, postbox, month, utc):
    day = next_first(month)
    row = run(meeting(cast, days=(day - today()).days))

    assert run(worker.send_due()) == 6

    assert sorted(postbox.kept) == EVERYBODY
    arrived = postbox.kept["bilal@panel.test"]
    assert f"Subject: Panel meeting on {row.date:%-d %B %Y}\r\n".encode() in arrived
    assert not any(f"{name}@".encode() in arrived for name in ("amara", "claire", "owen"))
    calendar = Calendar.from_ical(ics_of(arrived))
    event = calendar.walk("VEVENT")[0]
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"{row.id}@panel.test"
    assert event["SEQUENCE"] == 0
    assert event["SUMMARY"] == "Panel meeting"
    assert event["LOCATION"] == VENUE
    assert event["ATTENDEE"] == "mailto:bilal@panel.test"
    assert event["ORGANIZER"] == f"mailto:{run(organiser(row, cast))}"
    assert event["DTSTART"].dt == datetime(day.year, month, 1, 18, 30, tzinfo=LONDON)
    assert event["DTSTART"].dt.astimezone(UTC).hour == utc
    assert not calendar.get_missing_tzids()


async def organiser(row, cast) -> str:
    """Each is asked from an address of their own, so that an answer there is known to be theirs."""
    bilal = (Invitation.meeting == row.id) & (Invitation.seat == cast.seats["bilal"].id)
    return organiser_of(await Invitation.objects().get(bilal)).address


def ics_of(raw: bytes) -> bytes:
    letter = message_from_bytes(raw)
    part = next(p for p in letter.walk() if p.get_content_type() == "text/calendar")
    return part.get_payload(decode=True)


def test_a_closed_meeting_keeps_its_place_out_of_letters(cast):
    run(meeting(cast, public=False))
    _, text, _, body = run(letters("meeting.invitation"))["bilal@panel.test"]
    assert VENUE not in text and VENUE.encode()[:12] not in body
    assert "https://panel.test/sign-in?next=/lambeth/meetings/" in text


def test_the_letters_cannot_be_told_from_the_table_of_invitations(cast):
    row = run(meeting(cast))
    path = run(reply_path(row, cast, "bilal"))
    asked = run(queries.invitations(row))
    assert len(asked) == 6
    assert path.rsplit("/", 1)[1] not in str([vars(one) for one in asked])


def test_who_is_not_asked_is_named_with_the_reason(browse, cast):
    row = run(meeting(cast, "proposed"))

    async def away():
        async with write_tx():
            on_leave = Seat.id == cast.seats["bilal"].id
            await Seat.update({Seat.stage: "on_leave"}).where(on_leave)

    assert "Not asked to this meeting" not in browse("grace").get(f"{home(row)}/invitations").text
    run(away())
    page = browse("grace").get(f"{home(row)}/invitations").text
    assert "<li>Bilal Hussain: on leave</li>" in page
