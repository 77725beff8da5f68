"""Meetings called and put right through their pages, and answers made of what really arrived."""

import asyncio
import smtplib
import socket
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from conftest import run
from icalendar import Calendar
from meetings.replies.samples import calendar, mail

from scrutiny.kit.clock import now
from scrutiny.kit.settings import settings
from scrutiny.meetings.replies import inbox
from scrutiny.meetings.replies.rules import Outcome
from year.hands import Hands
from year.steps import Year, said

VENUE, ACCESS = "Lambeth Town Hall, Brixton", "Step-free from Acre Lane."
ASKED = ("amara", "vera", "bilal", "chidi", "efua", "grace", "claire", "owen")


def call(year: Year, **changes: str) -> Hands:
    """Grace calls the next meeting of the rhythm, or that of another day."""
    grace = year.hands("grace").go("/lambeth/meetings").follow("Call a meeting")
    return grace.press("Call the meeting", venue=VENUE, access=ACCESS, **changes)


def invite(year: Year, meeting: str) -> list[EmailMessage]:
    """Grace sends the invitations; gives the letters that arrived."""
    grace = year.hands("grace").go(meeting).follow("Send the invitations")
    grace.press("Send the invitations").reads("Everybody on the panel has been asked.")
    return year.post_goes()


def add_item(year: Year, meeting: str, title: str, **more: str) -> Hands:
    grace = year.hands("grace").go(f"{meeting}/agenda")
    if "under" in more:
        more["under"] = grace.option("under", more["under"])
    return grace.press("Add the item", title=title, **more)


def add_paper(year: Year, meeting: str, item: str, title: str, content: bytes, audience: str):
    grace = year.hands("grace").go(f"{meeting}/papers")
    told = {"item": grace.option("item", item), "title": title, "audience": audience}
    return grace.press("Add this paper", file=("paper.pdf", content), **told)


def publish(year: Year, meeting: str) -> Hands:
    return year.hands("grace").go(f"{meeting}/agenda").press("Publish the")


# -- calendars -----------------------------------------------------------------------------------


def entry(letter: EmailMessage) -> bytes:
    """The entry for a calendar that came with the letter."""
    parts = [one for one in letter.walk() if one.get_content_type() == "text/calendar"]
    assert parts, f"no calendar came with {letter['Subject']!r}"
    return parts[0].get_payload(decode=True)


def event(letter: EmailMessage):
    return Calendar.from_ical(entry(letter)).walk("VEVENT")[0]


def method(letter: EmailMessage) -> str:
    return str(Calendar.from_ical(entry(letter))["METHOD"])


def answer(letter: EmailMessage, shape: str, partstat: str) -> tuple[str, bytes]:
    """To whom, and what, a calendar program sends when its button is pressed in this letter."""
    found = event(letter)
    organiser = str(found["ORGANIZER"]).removeprefix("mailto:")
    attendee = str(found["ATTENDEE"]).removeprefix("mailto:")
    body = calendar(
        shape,
        uid=str(found["UID"]),
        sequence=str(found["SEQUENCE"]),
        organiser=organiser,
        attendee=attendee,
        name=str(found["ATTENDEE"].params.get("CN", attendee)),
        partstat=partstat,
        stamp=f"{now():%Y%m%dT%H%M%SZ}",
    )
    return organiser, mail(shape, organiser, attendee, body, mark=f"{found['UID']}-{attendee}")


def lay_in_folder(folder: Path, *letters: bytes) -> list[Outcome]:
    """The post lays them into the folder, and the worker empties it."""
    for number, raw in enumerate(letters):
        (folder / f"{number}.eml").write_bytes(raw)
    return run(inbox.empty(folder))


def send_by_smtp(monkeypatch: pytest.MonkeyPatch, to: str, raw: bytes) -> None:
    """A real mail server hands it in at the port where answers are taken."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = replace(settings(), inbound_smtp=f"127.0.0.1:{port}")
    monkeypatch.setattr(inbox, "settings", lambda: told)

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
            assert client.sendmail("mailer@mail.example", [to], raw) == {}

    async def both() -> None:
        server = await inbox.listen()
        try:
            await asyncio.to_thread(send)
        finally:
            server.close()

    run(both())


def link_in(letter: EmailMessage) -> str:
    """The link by which this person answers."""
    start = said(letter).index("/meetings/replies/")
    return said(letter)[start:].split()[0]
