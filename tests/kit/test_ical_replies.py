"""What other calendar programs answer is read, and nothing hostile in it does harm."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.kit.errors import Unreadable
from scrutiny.kit.ical import LARGEST_REPLY, Answer, Reply, reply

SENT = datetime(2026, 1, 10, 10, 11, 12, tzinfo=UTC)
OUTLOOK = """BEGIN:VCALENDAR\r
METHOD:REPLY\r
PRODID:Microsoft Exchange Server 2010\r
VERSION:2.0\r
BEGIN:VTIMEZONE\r
TZID:GMT Standard Time\r
BEGIN:STANDARD\r
DTSTART:16010101T020000\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0000\r
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:16010101T010000\r
TZOFFSETFROM:+0000\r
TZOFFSETTO:+0100\r
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r
END:DAYLIGHT\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
ATTENDEE;PARTSTAT=ACCEPTED;CN=Bilal:MAILTO:Bilal@Example.org\r
COMMENT;LANGUAGE=en-GB:I shall be ten minutes late\\, sorry.\\n\\n\r
UID:m1@scrutiny.example.org\r
SUMMARY;LANGUAGE=en-GB:Accepted: Panel meeting\r
DTSTART;TZID=GMT Standard Time:20260701T180000\r
DTEND;TZID=GMT Standard Time:20260701T200000\r
CLASS:PUBLIC\r
PRIORITY:5\r
DTSTAMP:20260110T101112Z\r
TRANSP:OPAQUE\r
STATUS:CONFIRMED\r
SEQUENCE:3\r
LOCATION;LANGUAGE=en-GB:Town Hall\r
X-MICROSOFT-CDO-APPT-SEQUENCE:3\r
X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r
END:VEVENT\r
END:VCALENDAR\r
"""
GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20260701T170000Z
DTEND:20260701T190000Z
DTSTAMP:20260110T101112Z
ORGANIZER;CN=Lambeth:mailto:panel@scrutiny.example.org
UID:m1@scrutiny.example.org
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=bilal
 @example.org;X-NUM-GUESTS=0:mailto:bilal@example.org
CREATED:20260105T093000Z
LAST-MODIFIED:20260110T101112Z
SEQUENCE:3
STATUS:CONFIRMED
SUMMARY:Panel meeting
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""
APPLE = """BEGIN:VCALENDAR\r
CALSCALE:GREGORIAN\r
VERSION:2.0\r
METHOD:REPLY\r
PRODID:-//Apple Inc.//macOS 14.5//EN\r
BEGIN:VEVENT\r
ATTENDEE;CN="Bilal: home";CUTYPE=INDIVIDUAL;EMAIL="bilal@example.org";\r
 PARTSTAT=DECLINED:urn:uuid:6C1A3F3E-0000-4000-8000-000000000000\r
DTEND;TZID=Europe/London:20260701T200000\r
DTSTAMP:20260110T101112Z\r
DTSTART;TZID=Europe/London:20260701T180000\r
ORGANIZER;CN="Lambeth":mailto:panel@scrutiny.example.org\r
SEQUENCE:3\r
UID:m1@scrutiny.example.org\r
X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.mark.parametrize(
    ("raw", "answer", "comment", "organiser"),
    [
        (OUTLOOK, Answer.YES, "I shall be ten minutes late, sorry.", ""),
        (GOOGLE, Answer.PERHAPS, "", "panel@scrutiny.example.org"),
        (APPLE, Answer.NO, "", "panel@scrutiny.example.org"),
        ("\ufeff" + OUTLOOK, Answer.YES, "I shall be ten minutes late, sorry.", ""),
    ],
    ids=["outlook", "google", "apple", "byte order mark"],
)
def test_replies_of_other_programs_are_read(raw, answer, comment, organiser):
    assert reply(raw.encode()) == [
        Reply(
            uid="m1@scrutiny.example.org",
            address="bilal@example.org",
            answer=answer,
            sequence=3,
            stamp=SENT,
            comment=comment,
            organiser=organiser,
        )
    ]


def test_only_replies_count_as_replies():
    assert reply(GOOGLE.replace("METHOD:REPLY", "METHOD:REQUEST").encode()) == []
    assert reply(GOOGLE.replace("METHOD:REPLY\n", "").encode()) == []
    assert reply(b"") == []
    assert reply(GOOGLE.replace("END:VEVENT", "").encode()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ATTENDEE;", "X-NOBODY;"),
        ("ATTENDEE;", "ATTENDEE:mailto:owen@example.org\nATTENDEE;"),
        ("PARTSTAT=TENTATIVE", "PARTSTAT=MAYBE"),
        ("mailto:bilal@example.org", "mailto:"),
        ("mailto:bilal@example.org", "mailto:bilal@example.org,owen@example.org"),
        ("mailto:bilal@example.org", "https://example.org/bilal"),
        ("UID:m1@scrutiny.example.org\n", ""),
        ("UID:m1@scrutiny.example.org", "UID:m1 \\n@"),
        ("SEQUENCE:3", "SEQUENCE:three"),
        ("SEQUENCE:3", "SEQUENCE:-1"),
        ("SEQUENCE:3", "SEQUENCE:" + "9" * 5000),
        ("SEQUENCE:3", "SEQUENCE:3\nRECURRENCE-ID:20260701T170000Z"),
        ("DTSTART:20260701T170000Z", "DTSTART;TZID=Europe:20260701T170000"),  # a folder of zones
        ("DTSTAMP:20260110T101112Z", "DTSTAMP:tomorrow"),
        ("BEGIN:VEVENT", "BEGIN"),
    ],
)
def test_replies_that_say_too_much_or_too_little_are_refused(old, new):
    assert old in GOOGLE
    with pytest.raises(Unreadable, match=r"^This is not a calendar reply that can be read\.$"):
        reply(GOOGLE.replace(old, new).encode())


@pytest.mark.parametrize(
    ("old", "new", "stamp"),
    [
        ("DTSTAMP:20260110T101112Z\n", "", None),
        ("DTSTAMP:20260110T101112Z", "DTSTAMP:20260110T101112", None),
        ("DTSTAMP:20260110T101112Z", "DTSTAMP;VALUE=DATE:20260110", None),
        ("END:VEVENT", "RRULE:FREQ=SECONDLY\nEND:VEVENT", SENT),
    ],
)
def test_a_reply_without_a_good_stamp_has_none_and_rules_are_never_followed(old, new, stamp):
    [found] = reply(GOOGLE.replace(old, new).encode())
    assert (found.stamp, found.answer) == (stamp, Answer.PERHAPS)


def test_a_long_comment_is_cut_and_cleaned():
    raw = OUTLOOK.replace("I shall", "\u202e\x07Come " + "\\n" * 3 + "x" * 3000)
    assert reply(raw.encode())[0].comment == "Come \n\n\n" + "x" * 992


@pytest.mark.parametrize(
    "raw",
    [
        b"x" * (LARGEST_REPLY + 1),
        b"\xff\xfe\x00",
        b"END:VCALENDAR\r\n",
        b'A;B="' * 9000,
        b"X" + b";A=b" * 20000 + b":c",
        GOOGLE.encode().replace(b"\nATT", b"\nATTENDEE:mailto:a@b.c" * 3000 + b"\nATT"),
        GOOGLE.encode("utf-16"),
    ],
    ids=lambda raw: f"{raw[:8]!r}",
)
def test_what_is_no_calendar_is_refused(raw):
    with pytest.raises(Unreadable):
        reply(raw)


@pytest.mark.parametrize("opening", [b"BEGIN:VEVENT\r\n", b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"])
def test_deep_nesting_is_survived(opening):
    assert reply(opening * 3000) == []


@given(
    st.sampled_from([OUTLOOK, GOOGLE, APPLE]).map(str.encode),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 4), st.binary(max_size=6)), max_size=5),
)
def test_a_damaged_reply_is_read_or_refused_and_nothing_else(raw, damages):
    for where, cut, put in damages:
        at = int(where * len(raw))
        raw = raw[:at] + put + raw[at + cut :]
    try:
        found = reply(raw)
    except Unreadable:
        return
    assert all(isinstance(answer, Reply) and "@" in answer.address for answer in found)
