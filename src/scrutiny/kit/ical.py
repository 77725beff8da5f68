"""Calendars: invitations, cancellations and replies by mail (iTIP), and feeds to subscribe to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Any

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vDuration, vUri

from scrutiny.kit.clock import LONDON
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.mail import LINK, CalendarPart, Mailbox
from scrutiny.kit.words import many_lines, one_line

PRODID = "-//Scrutiny//Community scrutiny panels//EN"
REMINDER = timedelta(hours=-24)
REFRESH = timedelta(hours=6)
LARGEST_REPLY = 100_000  # bytes; real ones are under 20 000
LONGEST_COMMENT = 1000
HIGHEST_SEQUENCE = 2**31 - 1  # RFC 5545 integers
UID = re.compile(r"[\x21-\x7e]{1,200}\Z")

# The rule in force since 1996; icalendar's own would list every change to 2038.
LONDON_RULES = Timezone.from_ical(
    "\r\n".join(
        """BEGIN:VTIMEZONE
TZID:Europe/London
X-LIC-LOCATION:Europe/London
BEGIN:DAYLIGHT
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
DTSTART:19970330T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
""".splitlines()
    )
)


class Answer(StrEnum):
    """PARTSTAT, as RFC 5545 has it for meetings."""

    AWAITED = "NEEDS-ACTION"
    YES = "ACCEPTED"
    NO = "DECLINED"
    PERHAPS = "TENTATIVE"
    DELEGATED = "DELEGATED"


@dataclass(frozen=True)
class Happening:
    """One entry in a calendar. Raises ValueError with a sentence when it cannot be one.

    uid stays the same for ever; sequence rises with each change of time, place or standing;
    stamp is when this version was made. starts and ends are in Europe/London. The title and
    note travel by mail and lie in calendars of others, so keep them neutral.
    """

    uid: str
    sequence: int
    stamp: datetime
    created: datetime
    title: str
    starts: datetime
    ends: datetime
    place: str
    url: str
    note: str
    organiser: Mailbox
    cancelled: bool = False

    def __post_init__(self) -> None:
        if not UID.match(self.uid) or not 0 <= self.sequence <= HIGHEST_SEQUENCE:
            raise ValueError("A calendar entry needs a plain uid and a sequence from 0 up.")
        if not one_line(self.title):
            raise ValueError("A calendar entry needs a title.")
        if self.url and not LINK.match(self.url):
            raise ValueError("The link of a calendar entry is not a web address.")
        if self.stamp.tzinfo is None or self.created.tzinfo is None:
            raise ValueError("The times a calendar entry was made must say their time zone.")
        problem = problem_with(self.starts, self.ends)
        if problem:
            raise ValueError(problem)


@dataclass(frozen=True)
class Reply:
    """What one person's calendar answered: an intention. Attendance is recorded in the room."""

    uid: str
    address: str  # lower case
    answer: Answer
    sequence: int
    stamp: datetime | None
    comment: str
    organiser: str = ""  # lower case; some programs leave it out


def problem_with(starts: datetime, ends: datetime) -> str | None:
    """Why a meeting cannot be at these times, as a sentence to show, or None.

    Refuses times that London's clocks skip in March or show twice in October (1 am to 2 am
    on the last Sunday): calendars disagree about when those are.
    """
    for when in (starts, ends):
        if getattr(when.tzinfo, "key", None) != LONDON.key:
            return "The time of a meeting must be London time."
        if when.replace(fold=0).utcoffset() != when.replace(fold=1).utcoffset():
            return f"The clocks change at {when:%H:%M on %-d %B %Y}. Please choose another time."
    if starts >= ends:
        return "A meeting must end after it starts."
    return None


def invitation(happening: Happening, to: Mailbox) -> CalendarPart:
    """An invitation, or with a greater sequence its update, for one person alone.

    Raises ValueError when the happening is cancelled.
    """
    if happening.cancelled:
        raise ValueError("This is cancelled: send the cancellation, not an invitation.")
    event = _event(happening, to)
    reminder = Alarm.new(description=event["SUMMARY"])
    reminder.add("ACTION", "DISPLAY")
    reminder.add("TRIGGER", REMINDER)
    event.add_component(reminder)
    return CalendarPart("REQUEST", _calendar("REQUEST", event).to_ical())


def cancellation(happening: Happening, to: Mailbox) -> CalendarPart:
    """Takes the entry out of one person's calendar: same uid, and a sequence already raised."""
    event = _event(replace(happening, cancelled=True), to)
    return CalendarPart("CANCEL", _calendar("CANCEL", event).to_ical())


def feed(happenings: Iterable[Happening], name: str, url: str) -> bytes:
    """A calendar to subscribe to, at url. The same happenings give the same bytes (an ETag).

    Holds nobody's name or address, not even the organiser's. icalendar writes each entry
    and the calendar round them; entries are kept, as writing one takes about 0.4 ms.
    """
    if not LINK.match(url):
        raise ValueError("The address of a calendar is not a web address.")
    calendar = _calendar(None)
    calendar.calendar_name = one_line(name)
    calendar.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    calendar.add("SOURCE", vUri(url), parameters={"VALUE": "URI"})
    ending = b"END:VCALENDAR\r\n"
    before = calendar.to_ical().removesuffix(ending)
    in_order = sorted(happenings, key=lambda happening: (happening.starts, happening.uid))
    return b"".join([before, *map(_entry, in_order), ending])


def reply(raw: bytes) -> list[Reply]:
    """The answers in an iCalendar reply from any calendar program. Changes nothing.

    Act on one only when the mail was authenticated, the uid is ours, the address was
    invited, and (sequence, stamp) is not older than what is known.
    None in it: an empty list. Raises Unreadable for anything that is not well formed.
    """
    if len(raw) > LARGEST_REPLY:
        raise Unreadable("This reply is too large to be one.")
    try:
        calendars = Calendar.from_ical(raw.removeprefix(b"\xef\xbb\xbf"), multiple=True)
        answering = [c for c in calendars if one_line(str(c.get("METHOD"))).upper() == "REPLY"]
        events = chain.from_iterable(c.walk("VEVENT") for c in answering)
        return [_answer(event) for event in events]
    except Exception as why:  # a stranger's bytes in a large parser: it raises all sorts
        raise Unreadable("This is not a calendar reply that can be read.") from why


def _answer(event: Event) -> Reply:
    attendee = _only(event.get("ATTENDEE"))
    if "RECURRENCE-ID" in event:
        raise ValueError("one day of a series; we send none")
    sequence = int(_only(event.get("SEQUENCE", 0)))
    if not 0 <= sequence <= HIGHEST_SEQUENCE:
        raise ValueError("sequence")
    uid = str(_only(event.get("UID")))
    if not UID.match(uid):
        raise ValueError("uid")
    comment = event.get("COMMENT", "")
    return Reply(
        uid=uid,
        address=_attendee_address(attendee),
        answer=Answer(str(attendee.params.get("PARTSTAT", "NEEDS-ACTION")).upper()),
        sequence=sequence,
        stamp=_moment(event.get("DTSTAMP")),
        comment=many_lines(str(comment)).strip()[:LONGEST_COMMENT],
        organiser=str(event.get("ORGANIZER", "")).lower().removeprefix("mailto:")[:320],
    )


def _only(value: Any) -> Any:
    """The one value there must be exactly one of."""
    found = value if isinstance(value, list) else [value]
    if len(found) != 1 or found[0] is None:
        raise ValueError("exactly one is needed")
    return found[0]


def _attendee_address(attendee: vCalAddress) -> str:
    """iCloud may write urn:uuid:... and give the address in a parameter EMAIL."""
    if attendee.lower().startswith("mailto:"):
        return Mailbox("", attendee[7:].strip().lower()).address
    return Mailbox("", str(attendee.params.get("EMAIL", "")).strip().lower()).address


def _moment(value: Any) -> datetime | None:
    moment = getattr(value, "dt", None)
    return moment if isinstance(moment, datetime) and moment.tzinfo else None


def _calendar(method: str | None, *events: Event) -> Calendar:
    calendar = Calendar.new(prodid=PRODID, method=method, subcomponents=[LONDON_RULES, *events])
    calendar.pop("UID", None)  # icalendar makes one up each time, and the bytes with it
    return calendar


def _event(happening: Happening, to: Mailbox | None = None) -> Event:
    event = Event()
    for name, value in {
        "UID": happening.uid,
        "SEQUENCE": happening.sequence,
        "DTSTAMP": happening.stamp,
        "LAST-MODIFIED": happening.stamp,
        "CREATED": happening.created,
        "DTSTART": happening.starts,
        "DTEND": happening.ends,
        "SUMMARY": one_line(happening.title),
        "LOCATION": one_line(happening.place),
        "DESCRIPTION": _description(happening),
        "URL": happening.url,
        "STATUS": "CANCELLED" if happening.cancelled else "CONFIRMED",
        "TRANSP": "TRANSPARENT" if happening.cancelled else "OPAQUE",
    }.items():
        if value != "":
            event.add(name, value)
    if to is not None:
        event.add("ORGANIZER", _calendar_address(happening.organiser))
        event.add("ATTENDEE", _attendee(to, rsvp=not happening.cancelled))
    return event


def _description(happening: Happening) -> str:
    """The link stands here too, because calendar programs do not show URL."""
    return "\n\n".join(filter(None, [many_lines(happening.note).strip(), happening.url]))


def _attendee(to: Mailbox, *, rsvp: bool) -> vCalAddress:
    attendee = _calendar_address(to)
    attendee.params.update(
        {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION"}
    )
    attendee.params["RSVP"] = "TRUE" if rsvp else "FALSE"
    return attendee


def _calendar_address(mailbox: Mailbox) -> vCalAddress:
    """Without the marks that Outlook shows raw or node-ical cuts the name at."""
    name = one_line(re.sub(r'[";:,\\^]', " ", mailbox.name))
    return vCalAddress.new(mailbox.address, cn=name or None)


@lru_cache(maxsize=4096)
def _entry(happening: Happening) -> bytes:
    return _event(happening).to_ical()
