"""Answers by mail: read from every kind of calendar, believed only from the invitation itself."""

import asyncio
import smtplib
import socket
from dataclasses import replace

import pytest
from conftest import run
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from meetings import steps
from meetings.replies.samples import calendar, mail
from scrutiny.kit.clock import now
from scrutiny.kit.db import write_tx
from scrutiny.kit.settings import settings
from scrutiny.letters.worker import sender
from scrutiny.meetings.calendar import organiser_of
from scrutiny.meetings.replies import inbox
from scrutiny.meetings.replies.actions import take
from scrutiny.meetings.replies.rules import Outcome, marks_in, with_mark
from scrutiny.meetings.replies.tables import Received
from scrutiny.meetings.tables import Attendance, Invitation, Meeting
from scrutiny.record.tables import Event

SHAPES = ["outlook", "gmail", "apple"]


@pytest.fixture
def meeting(cast):
    return run(steps.meeting(cast))


async def asked(cast, meeting, name="bilal") -> Invitation:
    wanted = (Invitation.meeting == meeting.id) & (Invitation.seat == cast.seats[name].id)
    return await Invitation.objects().where(wanted).first()


def invited(cast, meeting, name="bilal") -> Invitation:
    return run(asked(cast, meeting, name))


def answer(cast, meeting, shape="gmail", name="bilal", mark="1", **changes) -> bytes:
    organiser = changes.pop("organiser", organiser_of(invited(cast, meeting, name)).address)
    facts = {
        "uid": f"{meeting.id}@{settings().host}",
        "name": name.title(),
        "attendee": f"{name}@panel.test",
        "organiser": organiser,
        "partstat": "ACCEPTED",
        "sequence": str(meeting.sequence),
        "stamp": f"{now():%Y%m%dT%H%M%SZ}",
    } | changes
    to = changes.get("to", organiser)
    return mail(shape, to, f"{name}@mail.example", calendar(shape, **facts), mark)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("partstat", "said"),
    [("ACCEPTED", "yes"), ("DECLINED", "no"), ("TENTATIVE", "perhaps"), ("DELEGATED", "no")],
)
def test_what_each_program_answers_is_recorded(cast, meeting, shape, partstat, said):
    raw = answer(cast, meeting, shape, partstat=partstat)
    assert run(take(raw)) is Outcome.RECORDED
    row = invited(cast, meeting)
    assert (row.reply, row.reply_by) == (said, "mail")
    assert run(steps.facts("meeting.reply")) == {"answer": said, "way": "mail"}


@pytest.mark.parametrize("shape", SHAPES)
def test_an_answer_is_an_intention_and_never_presence(cast, meeting, shape):
    run(take(answer(cast, meeting, shape)))
    assert run(counted(Attendance)) == 0


async def counted(table) -> int:
    return await table.count()


def test_the_same_message_again_changes_nothing(cast, meeting):
    raw = answer(cast, meeting)
    assert [run(take(raw)) for _ in range(3)] == [Outcome.RECORDED, Outcome.AGAIN, Outcome.AGAIN]
    assert run(counted(Received)) == 1


@pytest.mark.parametrize("shape", SHAPES)
def test_who_never_had_the_invitation_is_not_believed(cast, meeting, shape):
    """A sender's name is easily forged, so the answer must come to this invitation's address."""
    for known in ("panel@scrutiny.invalid", organiser_of(invited(cast, meeting, "amara")).address):
        raw = answer(cast, meeting, shape, organiser=known, mark=known)
        assert run(take(raw)) is Outcome.UNPROVED
    assert invited(cast, meeting).reply == "awaited"


def test_the_envelope_proves_it_too(cast, meeting):
    address = organiser_of(invited(cast, meeting)).address
    raw = answer(cast, meeting, "outlook", organiser="panel@scrutiny.invalid")
    assert run(take(raw, [address.upper()])) is Outcome.RECORDED


def test_nobody_answers_for_somebody_else(cast, meeting):
    mine = organiser_of(invited(cast, meeting)).address
    raw = answer(cast, meeting, name="amara", organiser=mine)
    assert run(take(raw)) is Outcome.UNPROVED


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"uid": "m1@elsewhere.example"}, Outcome.UNKNOWN),
        ({"uid": "00000000-0000-7000-8000-000000000000@127.0.0.1"}, Outcome.UNKNOWN),
        ({"attendee": "stranger@mail.example"}, Outcome.NOT_ASKED),
        ({"partstat": "NEEDS-ACTION"}, Outcome.NO_ANSWER),
        ({"partstat": "PERHAPS-NOT"}, Outcome.UNREADABLE),
        ({"sequence": "-3"}, Outcome.UNREADABLE),
    ],
)
def test_what_does_not_count_changes_nothing(cast, meeting, changes, outcome):
    assert run(take(answer(cast, meeting, **changes))) is outcome
    assert invited(cast, meeting).reply == "awaited"


def test_a_later_answer_wins_and_an_earlier_one_comes_too_late(cast, meeting):
    first = answer(cast, meeting, stamp="20260101T100000Z", partstat="DECLINED", mark="a")
    later = answer(cast, meeting, stamp="20260101T110000Z", partstat="ACCEPTED", mark="b")
    assert run(take(later)) is Outcome.RECORDED
    assert run(take(first)) is Outcome.OLDER
    assert invited(cast, meeting).reply == "yes"


def test_an_answer_by_link_is_not_undone_by_an_earlier_mail(cast, browse, meeting):
    raw = answer(cast, meeting, stamp="20260101T100000Z", partstat="DECLINED")
    path = run(steps.reply_path(meeting, cast, "bilal"))
    browse().post(path, {"answer": "yes"})
    assert run(take(raw)) is Outcome.OLDER
    assert invited(cast, meeting).reply == "yes"


def test_an_answer_to_the_day_before_it_moved_is_not_one_to_the_new_day(cast, meeting):
    raw = answer(cast, meeting)
    run(raise_sequence(meeting))
    assert run(take(raw)) is Outcome.OLDER


async def raise_sequence(meeting) -> None:
    async with write_tx():
        await Meeting.update({Meeting.sequence: 1}).where(Meeting.id == meeting.id)


@pytest.mark.parametrize("stage", ["in_session", "held", "cancelled"])
def test_nobody_answers_once_it_has_begun_or_is_off(cast, meeting, stage):
    raw = answer(cast, meeting)
    run(set_stage(meeting, stage))
    assert run(take(raw)) is Outcome.TOO_LATE


async def set_stage(meeting, stage) -> None:
    async with write_tx():
        await Meeting.update({Meeting.stage: stage}).where(Meeting.id == meeting.id)


def test_nothing_of_a_message_is_kept_but_its_outcome(cast, meeting):
    run(take(answer(cast, meeting, "outlook")))

    async def everything():
        return [str(await table.select()) for table in (Received, Invitation, Event)]

    assert not any("ten minutes late" in kept for kept in run(everything()))


HEAD = b"Content-Type: text/calendar; method=REPLY\r\n\r\n"
CALENDAR = HEAD + b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"


@trying(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=st.binary(max_size=400), head=st.sampled_from([b"", HEAD, CALENDAR]))
def test_no_bytes_of_a_stranger_break_it_or_are_taken_for_an_answer(cast, meeting, raw, head):
    outcome = run(take(head + raw))
    assert outcome in {Outcome.UNREADABLE, Outcome.NO_ANSWER, Outcome.UNKNOWN, Outcome.AGAIN}
    assert invited(cast, meeting).reply == "awaited"


def test_a_rule_that_would_never_end_is_not_followed(cast, meeting):
    body = calendar(
        "gmail", uid=f"{meeting.id}@{settings().host}", name="B", attendee="bilal@panel.test",
        organiser=organiser_of(invited(cast, meeting)).address, partstat="ACCEPTED",
        sequence="0", stamp=f"{now():%Y%m%dT%H%M%SZ}",
    ).replace(b"STATUS:", b"RRULE:FREQ=SECONDLY\r\nSTATUS:")  # fmt: skip
    raw = mail("gmail", organiser_of(invited(cast, meeting)).address, "b@mail.example", body)
    assert run(take(raw)) is Outcome.RECORDED


@pytest.mark.parametrize("maildir", [True, False])
def test_the_folder_is_emptied_and_what_a_person_wrote_is_kept(cast, meeting, tmp_path, maildir):
    for name in ("new", "cur", "tmp") if maildir else ():
        (tmp_path / name).mkdir()
    lies = tmp_path / "new" if maildir else tmp_path
    (lies / "1.eml").write_bytes(answer(cast, meeting))
    (lies / "2.eml").write_bytes(b"Subject: Hello\r\n\r\nWhen is it?\r\n")
    assert run(inbox.empty(tmp_path)) == [Outcome.RECORDED, Outcome.NO_ANSWER]
    assert run(inbox.empty(tmp_path)) == []
    kept = tmp_path / ("cur/2.eml:2,S" if maildir else "aside/2.eml")
    assert kept.read_bytes().startswith(b"Subject: Hello")
    assert invited(cast, meeting).reply == "yes"


@pytest.fixture
def door(monkeypatch):
    """The port on which answers are taken, open for as long as a loop runs in it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = replace(settings(), inbound_smtp=f"127.0.0.1:{port}")
    monkeypatch.setattr(inbox, "settings", lambda: told)
    return port


def through(port: int, to: str, raw: bytes) -> tuple[int, bytes]:
    """What the server says at the end to a real client."""

    def send() -> tuple[int, bytes]:
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
            try:
                client.sendmail("bilal@mail.example", [to], raw)
            except smtplib.SMTPRecipientsRefused as why:
                return next(iter(why.recipients.values()))
            except smtplib.SMTPResponseException as why:
                return why.smtp_code, why.smtp_error
            return 250, b""

    async def both() -> tuple[int, bytes]:
        server = await inbox.listen()
        try:
            return await asyncio.to_thread(send)
        finally:
            server.close()

    return run(both())


def test_an_answer_comes_in_by_smtp(cast, meeting, door):
    address = organiser_of(invited(cast, meeting)).address
    raw = answer(cast, meeting, "outlook")
    assert through(door, address, raw)[0] == 250
    assert invited(cast, meeting).reply == "yes"


def test_other_mail_is_sent_back(cast, meeting, door):
    host = sender().address.partition("@")[2]
    assert through(door, f"panel@{host}", b"Subject: Hello\r\n\r\nHello\r\n")[0] == 554
    assert through(door, f"somebody@{host}", b"Subject: Hello\r\n\r\nHello\r\n")[0] == 550
    assert through(door, "panel@elsewhere.example", b"Subject: x\r\n\r\nx\r\n")[0] == 550


def test_an_address_carries_its_mark():
    mark = "0123456789abcdef01234567"
    assert marks_in([f"Panel <{with_mark('panel@x.example', mark).upper()}>"]) == {mark}
    assert marks_in(["panel@x.example", "panel+r12@x.example", ""]) == set()


def test_what_goes_out_is_answered_to_the_address_it_comes_from(cast, meeting):
    letters = run(steps.letters("meeting.invitation"))
    body = letters["bilal@panel.test"][3]
    mine = organiser_of(invited(cast, meeting)).address
    assert mine.encode() in body.replace(b"\r\n ", b"")
    others = [one for who, one in letters.items() if who != "bilal@panel.test"]
    assert not any(mine.encode() in one[3].replace(b"\r\n ", b"") for one in others)
