"""Answers as calendar programs send them, written to the letter of RFC 5546 and RFC 6047."""

from email.message import EmailMessage
from email.policy import SMTP as POLICY

OUTLOOK = """BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT={partstat};CN={name}:mailto:{attendee}
COMMENT;LANGUAGE=en-GB:I may be ten minutes late\\, sorry.\\n\\n
UID:{uid}
SUMMARY;LANGUAGE=en-GB:Accepted: Panel meeting
DTSTART;TZID=GMT Standard Time:20260701T183000
DTEND;TZID=GMT Standard Time:20260701T203000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:{stamp}
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:{sequence}
X-MICROSOFT-CDO-APPT-SEQUENCE:{sequence}
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
END:VEVENT
END:VCALENDAR
"""
GMAIL = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20260701T173000Z
DTEND:20260701T193000Z
DTSTAMP:{stamp}
ORGANIZER;CN=Scrutiny:mailto:{organiser}
UID:{uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};CN={name};
 X-NUM-GUESTS=0:mailto:{attendee}
CREATED:20260110T090000Z
LAST-MODIFIED:{stamp}
SEQUENCE:{sequence}
STATUS:CONFIRMED
SUMMARY:Panel meeting
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""
APPLE = """BEGIN:VCALENDAR
CALSCALE:GREGORIAN
METHOD:REPLY
PRODID:-//Apple Inc.//macOS 15.1//EN
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;CN="{name}";CUTYPE=INDIVIDUAL;EMAIL="{attendee}";PARTSTAT={partstat};
 ROLE=REQ-PARTICIPANT:mailto:{attendee}
CREATED:20260110T090000Z
DTEND;TZID=Europe/London:20260701T203000
DTSTAMP:{stamp}
DTSTART;TZID=Europe/London:20260701T183000
LAST-MODIFIED:{stamp}
ORGANIZER;CN="Scrutiny":mailto:{organiser}
SEQUENCE:{sequence}
SUMMARY:Panel meeting
UID:{uid}
END:VEVENT
END:VCALENDAR
"""
SHAPES = {"outlook": OUTLOOK, "gmail": GMAIL, "apple": APPLE}


def calendar(shape: str, **facts: str) -> bytes:
    return SHAPES[shape].format(**facts).replace("\n", "\r\n").encode()


def mail(shape: str, to: str, sender: str, body: bytes, mark: str = "1") -> bytes:
    """Outlook sends the calendar as the last alternative, Gmail also as a file, Apple in base64."""
    letter = EmailMessage(policy=POLICY)
    letter["From"], letter["To"], letter["Subject"] = sender, to, "Accepted: Panel meeting"
    letter["Message-ID"] = f"<{mark}.{shape}@mail.example>"
    letter.set_content("I may be ten minutes late, sorry.")
    kind = {"subtype": "calendar", "params": {"method": "REPLY", "charset": "UTF-8"}}
    if shape == "outlook":
        letter.add_alternative(body, "text", **kind, cte="base64")
    elif shape == "gmail":
        letter.add_alternative(body.decode(), subtype="calendar", params={"method": "REPLY"})
        letter.add_attachment(body, "application", "ics", filename="invite.ics")
    else:
        letter.add_attachment(body, "text", **kind, cte="base64", filename="iCal-reply.ics")
    return letter.as_bytes()
