"""WHEN a meeting may be called, held and called off, and whether it could agree anything."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from scrutiny.kit.clock import LONDON
from scrutiny.kit.errors import Missing
from scrutiny.kit.ical import problem_with
from scrutiny.kit.words import many_lines, one_line
from scrutiny.policy import counts_for_quorum, speaks_for_police

NOTICE = timedelta(days=7)
"""Agenda and papers at least this long before (domain.md 10.1)."""
FARTHEST = timedelta(days=731)
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)\Z")
LONGEST = {"title": 120, "venue": 300, "access": 500}


class Stage(StrEnum):
    PROPOSED = "proposed"  # a day is set, nobody has been asked yet
    SCHEDULED = "scheduled"  # invitations are out
    IN_SESSION = "in_session"
    HELD = "held"
    MINUTED = "minuted"  # its minutes are published
    CANCELLED = "cancelled"


MOVES = {
    (Stage.PROPOSED, "scheduled"): Stage.SCHEDULED,
    (Stage.PROPOSED, "cancelled"): Stage.CANCELLED,
    (Stage.SCHEDULED, "cancelled"): Stage.CANCELLED,
    (Stage.SCHEDULED, "opened"): Stage.IN_SESSION,
    (Stage.IN_SESSION, "closed"): Stage.HELD,
    (Stage.HELD, "minuted"): Stage.MINUTED,
}
AHEAD = frozenset({Stage.PROPOSED, Stage.SCHEDULED})
UNDER_WAY_OR_OVER = frozenset({Stage.IN_SESSION, Stage.HELD, Stage.MINUTED})
ATTENDANCE_TAKEN = frozenset({Stage.IN_SESSION, Stage.HELD})


class Answer(StrEnum):
    """What somebody invited means to do: an intention, not attendance."""

    AWAITED = "awaited"
    YES = "yes"
    NO = "no"
    PERHAPS = "perhaps"


class Presence(StrEnum):
    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"


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


def agenda_due(when: date) -> date:
    """The last day on which the agenda is out in time."""
    return when - NOTICE


def is_short_notice(when: date, today: date) -> bool:
    """Whether it is too late, on `today`, to give the notice that people are owed."""
    return today > agenda_due(when)


def may_open_on(when: date, today: date) -> bool:
    """A meeting opens on its day; late entry of a meeting that was held is allowed."""
    return today >= when


def is_known_to_public(stage: str, public: bool, sequence: int) -> bool:
    """Proposals stay inside the panel, and so do those called off before anybody was asked."""
    if stage == Stage.CANCELLED:
        return public and sequence > 0
    return public and stage != Stage.PROPOSED


def is_quorate(present_community: int, quorum: int) -> bool:
    return present_community >= max(1, quorum)


@dataclass(frozen=True)
class Turnout:
    """Who came, in numbers, and whether that made a quorum."""

    community: int
    police: int
    others: int
    apologies: int
    absent: int
    needed: int

    @property
    def recorded(self) -> bool:
        return self.present + self.apologies + self.absent > 0

    @property
    def present(self) -> int:
        return self.community + self.police + self.others

    @property
    def quorate(self) -> bool:
        return is_quorate(self.community, self.needed)


def turnout(rows: Iterable[tuple[str, str]], needed: int) -> Turnout:
    """Count (role, status) of each person; only the community side makes a quorum."""
    rows = list(rows)
    here = [role for role, status in rows if status == Presence.PRESENT]
    community = sum(map(counts_for_quorum, here))
    police = sum(map(speaks_for_police, here))
    return Turnout(
        community=community,
        police=police,
        others=len(here) - community - police,
        apologies=sum(status == Presence.APOLOGIES for _, status in rows),
        absent=sum(status == Presence.ABSENT for _, status in rows),
        needed=needed,
    )


def is_inquorate(stage: str, turnout: Turnout) -> bool:
    """Worked out from who came, never stored: such a meeting may talk but not agree anything."""
    return stage in UNDER_WAY_OR_OVER and turnout.recorded and not turnout.quorate


def one_seat_each(seats: Sequence) -> list:
    """One seat a person: who holds two comes once, with the one that counts for the quorum."""
    kept: dict = {}
    for seat in seats:
        before = kept.get(seat.person.id)
        if before is None or counts_for_quorum(seat.role) > counts_for_quorum(before.role):
            kept[seat.person.id] = seat
    return list(kept.values())
