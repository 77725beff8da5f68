"""WHEN the public may register for a meeting, and what is asked of whoever does."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from scrutiny.kit.mail import ADDRESS
from scrutiny.kit.words import N_, many_lines, one_line, sentence
from scrutiny.meetings.plan import day
from scrutiny.meetings.rules import Stage as MeetingStage

MOST_PLACES = 5000
MOST_WAITING = 500
MOST_ONLINE = 2000
LONGEST_NAME, LONGEST_NEEDS = 120, 500
KEPT_WHILE_POSTPONED = timedelta(days=90)
"""Without a new day by then, nobody's name is kept for it any longer."""


class Stage(StrEnum):
    REGISTERED = "registered"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    CAME = "came"


class Door(StrEnum):
    """Whether somebody may register today."""

    NONE = "none"  # nobody registers for this one
    EARLY = "early"
    OPEN = "open"
    CLOSED = "closed"


def door(meeting: Any, today: date) -> Door:
    """From the invitations on, between the days that the panel set, its last day the meeting's."""
    if meeting.capacity is None or not meeting.public or meeting.stage == MeetingStage.PROPOSED:
        return Door.NONE
    if meeting.stage != MeetingStage.SCHEDULED or today > last_day(meeting):
        return Door.CLOSED
    if meeting.registration_opens and today < meeting.registration_opens:
        return Door.EARLY
    return Door.OPEN


def last_day(meeting: Any) -> date:
    return min(meeting.registration_closes or meeting.date, meeting.date)


def places_left(capacity: int, taken: int) -> int:
    return max(0, capacity - taken)


@dataclass
class PlacesForm:
    """How many of the public may come into the room, and when they may say so."""

    capacity: str = ""
    opens: str = ""
    closes: str = ""
    version: str = ""

    def problems(self, when: date, today: date, before: date | None = None) -> dict[str, str]:
        """`when` the meeting is; a last day that has passed may stay as it was `before`."""
        found = {}
        typed = self.capacity.strip()
        if typed and not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST_PLACES):
            found["capacity"] = sentence(
                N_("Give a number from 1 to {most}, or nothing."), most=MOST_PLACES
            )
        for name in ("opens", "closes"):
            written = getattr(self, name).strip()
            if written and day(written) is None:
                found[name] = N_("Give a day, like 2026-05-14, or nothing.")
        opens, closes = day(self.opens), day(self.closes)
        if closes and closes > when:
            found["closes"] = N_("It closes on the day of the meeting at the latest.")
        if closes and closes < today and closes != before:
            found["closes"] = N_("That day has passed: nobody could register. Choose a later one.")
        if opens and opens > (closes or when):
            found["opens"] = N_("It must open before it closes.")
        return found

    def values(self) -> dict[str, Any]:
        return {
            "capacity": int(self.capacity) if self.capacity.strip() else None,
            "registration_opens": day(self.opens),
            "registration_closes": day(self.closes),
        }


def places_of(meeting: Any) -> PlacesForm:
    opens, closes = meeting.registration_opens, meeting.registration_closes
    return PlacesForm(
        capacity="" if meeting.capacity is None else str(meeting.capacity),
        opens=opens.isoformat() if opens else "",
        closes=closes.isoformat() if closes else "",
        version=str(meeting.version),
    )


@dataclass(frozen=True)
class Entry:
    """Who means to come: sealed, and erased after the meeting."""

    name: str
    email: str
    needs: str
    mode: str


@dataclass
class RegistrationForm:
    """What somebody who means to come says. No account, and no more than is needed."""

    name: str = ""
    email: str = ""
    mode: str = ""
    needs: str = ""
    worked: str = ""
    form_key: str = ""

    def problems(self, *, hybrid: bool) -> dict[str, str]:
        found = {}
        if not self.name.strip():
            found["name"] = N_("Give a name that we can call you by.")
        elif len(one_line(self.name)) > LONGEST_NAME:
            found["name"] = sentence(
                N_("Make this shorter: {most} characters at most."), most=LONGEST_NAME
            )
        if self.email.strip() and not ADDRESS.match(self.email.strip()):
            found["email"] = N_("This is not an e-mail address. Leave it empty if you have none.")
        if hybrid and self.mode not in ("in_person", "online"):
            found["mode"] = N_("Choose how you mean to come.")
        if hybrid and self.mode == "online" and not self.email.strip():
            found["email"] = N_("Give an e-mail address, so that we can tell you how to join.")
        if len(many_lines(self.needs)) > LONGEST_NEEDS:
            found["needs"] = sentence(
                N_("Make this shorter: {most} characters at most."), most=LONGEST_NEEDS
            )
        return found

    def entry(self, *, hybrid: bool) -> Entry:
        return Entry(
            name=one_line(self.name),
            email=self.email.strip(),
            needs=many_lines(self.needs).strip(),
            mode=self.mode if hybrid else "in_person",
        )


@dataclass
class CodeForm:
    """The code that somebody was shown, and whether they give up their place."""

    code: str = ""
    give_up: str = ""
