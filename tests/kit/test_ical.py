"""Invitations, cancellations and feeds, as other calendar programs see them."""

import ctypes
import ctypes.util
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from kit.happenings import BILAL, MADE, SUMMER, URL, WINTER, a_meeting, made_of, read_back

from scrutiny.kit.clock import LONDON
from scrutiny.kit.ical import cancellation, feed, invitation, problem_with
from scrutiny.kit.mail import Mailbox


@pytest.fixture(scope="module")
def libical():
    """The C library behind many calendar programs, and the one that checks iTIP's rules."""
    name = ctypes.util.find_library("ical")
    if name is None:
        pytest.fail("Debian's package libical3 is missing: `make test` installs it.")
    library = ctypes.CDLL(name)
    for function, result, arguments in (
        ("icalparser_parse_string", ctypes.c_void_p, [ctypes.c_char_p]),
        ("icalrestriction_check", ctypes.c_int, [ctypes.c_void_p]),
        ("icalcomponent_count_errors", ctypes.c_int, [ctypes.c_void_p]),
        ("icalcomponent_free", None, [ctypes.c_void_p]),
    ):
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments

    def is_right(body):
        component = library.icalparser_parse_string(body)
        is_clean = library.icalcomponent_count_errors(component) == 0
        is_allowed = library.icalrestriction_check(component) == 1
        library.icalcomponent_free(component)
        return is_clean and is_allowed

    return is_right


@pytest.mark.parametrize("starts", [SUMMER, WINTER])
@pytest.mark.parametrize("kind", ["invitation", "update", "cancellation", "feed"])
def test_libical_finds_nothing_against_the_rules(libical, kind, starts):
    assert libical(made_of(a_meeting(starts))[kind])


@pytest.mark.parametrize("left_out", [b"ORGANIZER", b"DTSTAMP", b"UID", b"DTSTART", b"ATTENDEE"])
def test_libical_would_notice(libical, left_out):
    lines = invitation(a_meeting(place=""), Mailbox("", "b@c.d")).body.split(b"\r\n")
    kept = [line for line in lines if not line.startswith(left_out)]
    event = kept.index(b"BEGIN:VEVENT")  # the time zone has a DTSTART too
    kept = [line for line in lines[:event] if line] + kept[event:]
    assert libical(b"\r\n".join(lines))
    assert not libical(b"\r\n".join(kept))


@pytest.mark.parametrize(("starts", "hour"), [(SUMMER, 17), (WINTER, 18)])
@pytest.mark.parametrize("kind", ["invitation", "update", "cancellation", "feed"])
def test_six_in_london_is_the_same_moment_everywhere(kind, starts, hour):
    calendar, event = read_back(made_of(a_meeting(starts))[kind])
    assert event["DTSTART"].dt.astimezone(UTC).hour == hour
    assert event["DTSTART"].to_ical().decode() == f"{starts:%Y%m%d}T180000"
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert not calendar.get_missing_tzids()


@pytest.mark.parametrize("day", [*range(1, 366, 7), 87, 297])  # the last two: clocks change
def test_the_time_zone_in_the_calendar_agrees_with_londons(day):
    """Read with our VTIMEZONE alone, not with the reader's own knowledge of London."""
    starts = datetime(2026, 1, 1, 2, tzinfo=LONDON) + timedelta(days=day)
    body = feed([a_meeting(starts)], "x", URL).replace(b"Europe/London", b"Elsewhere")
    _, event = read_back(body)
    assert event["DTSTART"].dt.utcoffset() == starts.utcoffset()


def test_an_invitation_names_one_person_and_nobody_else():
    part = invitation(a_meeting(), BILAL)
    calendar, event = read_back(part.body)

    assert part.method == calendar["METHOD"] == "REQUEST"
    assert event["ATTENDEE"] == "mailto:bilal@example.org"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Bilal Sián O’Neill the ŵ",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }
    assert event["ORGANIZER"] == "mailto:panel@scrutiny.example.org"
    assert event["DESCRIPTION"].endswith("meetings/2026-07-01")
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-1)]


def test_an_update_keeps_the_uid_and_a_cancellation_takes_it_away():
    first = a_meeting()
    moved = replace(first, sequence=1, starts=WINTER, ends=WINTER + timedelta(hours=1))
    _, before = read_back(invitation(first, BILAL).body)
    _, after = read_back(invitation(moved, BILAL).body)
    part = cancellation(replace(moved, sequence=2), BILAL)
    calendar, gone = read_back(part.body)

    assert before["UID"] == after["UID"] == gone["UID"] == "20260701@scrutiny.example.org"
    assert (before["SEQUENCE"], after["SEQUENCE"], gone["SEQUENCE"]) == (0, 1, 2)
    assert (after["STATUS"], gone["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert part.method == calendar["METHOD"] == "CANCEL"
    assert gone["ATTENDEE"].params["RSVP"] == "FALSE"
    assert not gone.walk("VALARM")


def test_nobody_is_invited_to_what_is_cancelled():
    with pytest.raises(ValueError, match="send the cancellation"):
        invitation(a_meeting(cancelled=True), BILAL)


@pytest.mark.parametrize(
    "starts",
    [
        datetime(2026, 3, 29, 1, 30, tzinfo=LONDON),  # does not happen
        datetime(2026, 10, 25, 1, 30, tzinfo=LONDON),  # happens twice
        datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1),
    ],
)
def test_times_when_the_clocks_change_are_refused(starts):
    assert "The clocks change at 01:30" in problem_with(starts, starts + timedelta(hours=3))
    assert "The clocks change at 01:30" in problem_with(starts - timedelta(hours=3), starts)
    with pytest.raises(ValueError, match="The clocks change at 01:30"):
        a_meeting(starts)


def test_an_evening_on_the_day_the_clocks_change_is_fine():
    for month, day, hour in ((3, 29, 18), (3, 29, 2), (10, 25, 2), (10, 25, 18)):
        starts = datetime(2026, month, day, hour, tzinfo=LONDON)
        assert problem_with(starts, starts + timedelta(hours=1)) is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"starts": SUMMER.replace(tzinfo=None)}, "must be London time"),
        ({"starts": SUMMER.astimezone(UTC)}, "must be London time"),
        ({"ends": SUMMER.astimezone(UTC)}, "must be London time"),
        ({"ends": SUMMER}, "must end after it starts"),
        ({"stamp": MADE.replace(tzinfo=None)}, "must say their time zone"),
        ({"uid": ""}, "plain uid"),
        ({"uid": "a\r\nATTENDEE:mailto:x@y.z"}, "plain uid"),
        ({"sequence": -1}, "sequence from 0"),
        ({"title": " \n\x00"}, "needs a title"),
        ({"url": "javascript:alert(1)"}, "not a web address"),
        ({"url": "https://a.b/\r\nATTENDEE:mailto:x@y.z"}, "not a web address"),
    ],
)
def test_what_cannot_be_in_a_calendar_is_refused_with_a_sentence(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        a_meeting(**changes)


def test_a_feed_is_in_order_and_holds_nobody():
    meetings = [a_meeting(WINTER), a_meeting(SUMMER)]
    body = feed(meetings, "Lambeth\nscrutiny", URL)
    calendar = Calendar.from_ical(body)

    assert [e["UID"][:8] for e in calendar.walk("VEVENT")] == ["20260701", "20261201"]
    assert calendar["X-WR-CALNAME"] == "Lambeth scrutiny"
    assert calendar["SOURCE"] == URL and "METHOD" not in calendar and "UID" not in calendar
    for word in (b"ATTENDEE", b"ORGANIZER", b"mailto", b"VALARM", b"panel@"):
        assert word not in body


def test_a_feed_is_what_icalendar_itself_would_write():
    meetings = [a_meeting(SUMMER + timedelta(days=day)) for day in range(30)]
    body = feed(meetings, "Lambeth", URL)
    assert Calendar.from_ical(body).to_ical() == body
    assert Calendar.from_ical(feed([], "Lambeth", URL)).walk("VEVENT") == []


def test_a_feed_has_the_same_bytes_each_time_and_in_any_order():
    meetings = [a_meeting(SUMMER + timedelta(days=day)) for day in range(30)]
    shuffled = random.Random(7).sample(meetings, len(meetings))
    assert feed(meetings, "Lambeth", URL) == feed(shuffled, "Lambeth", URL)


def test_a_feed_has_the_same_bytes_in_another_process():
    program = (
        "import sys; from test_ical import *;"
        "sys.stdout.buffer.write(feed([a_meeting(WINTER), a_meeting()], 'Lambeth', URL))"
    )
    paths = [os.path.dirname(__file__), *sys.path]
    environment = {"PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "42", "TZ": "Asia/Tokyo"}
    other = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True
    )
    assert other.stdout == feed([a_meeting(), a_meeting(WINTER)], "Lambeth", URL)


def test_any_change_shows_in_the_feed_though_entries_are_kept():
    before = a_meeting()
    bodies = {
        feed([replace(before, **change)], "Lambeth", URL)
        for change in (
            {},
            {"title": "Special meeting"},
            {"place": "Library"},
            {"note": ""},
            {"sequence": 1},
            {"stamp": MADE + timedelta(seconds=1)},
            {"ends": SUMMER + timedelta(hours=3)},
            {"cancelled": True},
        )
    }
    assert len(bodies) == 8


MARKS = st.sampled_from("\r\n\"';:,\\^\u2028\u202e\x00é😀")
hostile = st.text(st.characters() | MARKS, max_size=90)


@given(hostile, hostile, hostile, hostile)
def test_no_words_break_out_of_their_line(title, place, note, name):
    meeting = a_meeting(title=f"Meeting {title}", place=place, note=note)
    for body in (invitation(meeting, Mailbox(name, "a@b.c")).body, feed([meeting], name, URL)):
        lines = body.split(b"\r\n")
        assert all(len(line) <= 75 for line in lines)
        assert not any(byte < 32 and byte != 9 for line in lines for byte in line)
        _, event = read_back(body)
        assert event["SUMMARY"] == " ".join(str(event["SUMMARY"]).split())
        assert set(event) <= set(read_back(invitation(a_meeting(), BILAL).body)[1])
        assert len(Calendar.from_ical(body).walk()) <= 6


def test_all_lines_are_short():
    for body in made_of(a_meeting(note="ŵ" * 500, title="x" * 300)).values():
        assert max(map(len, body.split(b"\r\n"))) <= 75
        assert body.endswith(b"END:VCALENDAR\r\n") and b"\n" not in body.replace(b"\r\n", b"")
