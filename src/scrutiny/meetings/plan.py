"""When and where a meeting is to be: what a convenor types, and what is made of it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from scrutiny.kit.clock import LONDON, london
from scrutiny.kit.errors import Missing
from scrutiny.kit.ical import problem_with
from scrutiny.kit.words import many_lines, one_line
from scrutiny.meetings.rules import KINDS, LONGEST_REASON, Kind

FARTHEST = timedelta(days=731)
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)\Z", re.ASCII)
LONGEST = {"title": 120, "venue": 300, "access": 500, "short_notice": LONGEST_REASON}


@dataclass(frozen=True)
class Plan:
    """When and where a meeting is to be; starts and ends are London time."""

    date: date
    starts: datetime
    ends: datetime
    title: str
    venue: str
    access: str
    public: bool
    kind: str = Kind.ORDINARY
    short_notice: str = ""  # why, if it is


@dataclass
class MeetingForm:
    """What a convenor typed about a meeting."""

    date: str = ""
    starts: str = ""
    ends: str = ""
    title: str = ""
    venue: str = ""
    access: str = ""
    public: str = ""
    kind: str = Kind.ORDINARY
    short_notice: str = ""
    form_key: str = ""
    meeting: str = ""  # which meeting is being changed: its day, and so its address, may move
    version: str = ""

    def problems(self, today: date) -> dict[str, str]:
        found = {"date": problem_with_day(day(self.date), today)}
        found["starts"] = "" if clock(self.starts) else "Give the time it starts, like 18:30."
        found["ends"] = "" if clock(self.ends) else "Give the time it ends, like 20:30."
        if not any(found.values()):
            plan = self.plan()
            found["starts"] = problem_with(plan.starts, plan.ends) or ""
        found["title"] = "" if self.title.strip() else "Give the meeting a name."
        found["venue"] = "" if self.venue.strip() else "Say where it is."
        found["kind"] = "" if self.kind in KINDS else "Choose what kind of meeting it is."
        if self.kind == Kind.VIEWING and self.public == "yes":
            found["public"] = "A meeting at which recordings are watched is closed to the public."
        for name, most in LONGEST.items():
            if len(many_lines(getattr(self, name))) > most:
                found[name] = f"Make this shorter: {most} characters at most."
        return {name: words for name, words in found.items() if words}

    def plan(self) -> Plan:
        """What was typed, as values. Only when it has no problems with day and times."""
        when = day(self.date)
        return Plan(
            date=when,
            starts=datetime.combine(when, clock(self.starts), LONDON),
            ends=datetime.combine(when, clock(self.ends), LONDON),
            title=one_line(self.title),
            venue=one_line(self.venue),
            access=many_lines(self.access).strip(),
            public=self.public == "yes",
            kind=str(self.kind),
            short_notice=many_lines(self.short_notice).strip(),
        )


def day(text: str) -> date | None:
    """The day written 2026-05-14, or None for anything else."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.isoformat() == text.strip() else None


def day_in_address(text: str) -> date:
    """The day in the address of a page. Raises Missing when it is none."""
    found = day(text)
    if found is None or found.isoformat() != text:
        raise Missing("There is no meeting at this address.")
    return found


def clock(text: str) -> time | None:
    found = CLOCK.match(text.strip())
    return time(int(found[1]), int(found[2])) if found else None


def problem_with_day(when: date | None, today: date) -> str:
    if when is None:
        return "Give the day of the meeting, like 2026-05-14."
    if when < today:
        return "That day has passed. A meeting is called for today or later."
    if when - today > FARTHEST:
        return "That is more than two years away. Choose an earlier day."
    return ""


def form_for(plan: Plan) -> MeetingForm:
    """The form filled in with what is proposed."""
    return MeetingForm(
        date=plan.date.isoformat(),
        starts=f"{london(plan.starts):%H:%M}",
        ends=f"{london(plan.ends):%H:%M}",
        title=plan.title,
        venue=plan.venue,
        access=plan.access,
        public="yes" if plan.public else "",
        kind=plan.kind,
    )


def form_of(meeting: Any) -> MeetingForm:
    """The form filled in with a meeting as it stands."""
    return MeetingForm(
        date=meeting.date.isoformat(),
        starts=f"{london(meeting.starts):%H:%M}",
        ends=f"{london(meeting.ends):%H:%M}",
        title=meeting.title,
        venue=meeting.venue,
        access=meeting.access,
        public="yes" if meeting.public else "",
        kind=meeting.kind,
        short_notice=meeting.short_notice,
        meeting=str(meeting.id),
        version=str(meeting.version),
    )


def seen_version(typed: object, otherwise: int) -> int:
    """The version a form was drawn with; one without is held against the newest."""
    known = isinstance(typed, str) and typed.isascii() and typed.isdigit() and len(typed) < 10
    return int(typed) if known else otherwise
