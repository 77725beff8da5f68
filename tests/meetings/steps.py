"""A meeting brought as far as a test needs it, by the deeds themselves."""

import json
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from cast import Cast

from scrutiny.kit.clock import LONDON, as_of, now, today
from scrutiny.kit.db import database, write_tx
from scrutiny.letters.queries import newest
from scrutiny.letters.tables import Letter
from scrutiny.meetings import actions, changes
from scrutiny.meetings.calendar import reply_token
from scrutiny.meetings.plan import Plan
from scrutiny.meetings.tables import Attendance, Invitation, Meeting
from scrutiny.people.tables import Seat
from scrutiny.record.tables import Event
from scrutiny.room import actions as room

VENUE = "Lambeth Town Hall, Brixton"
STAGES = ("proposed", "scheduled", "in_session", "held")


def plan(when: date, **changes) -> Plan:
    row = {
        "date": when,
        "starts": datetime.combine(when, time(18, 30), LONDON),
        "ends": datetime.combine(when, time(20, 30), LONDON),
        "title": "Spring meeting",
        "venue": VENUE,
        "access": "Step-free from Acre Lane.",
        "public": True,
    }
    return Plan(**row | changes)


def typed(when: date, **changes) -> dict[str, str]:
    """The same, as a form sends it."""
    row = {
        "date": when.isoformat(),
        "starts": "18:30",
        "ends": "20:30",
        "title": "Spring meeting",
        "venue": VENUE,
        "access": "Step-free from Acre Lane.",
        "public": "yes",
    }
    return row | changes


async def meeting(
    cast: Cast,
    stage: str = "scheduled",
    *,
    days: int | None = None,
    present: tuple[str, ...] = ("amara", "bilal"),
    **changes,
) -> Meeting:
    """A meeting of Lambeth at this stage; today's when it has been opened."""
    if days is None:
        days = 21 if stage in ("proposed", "scheduled") else 0
    grace = cast.seats["grace"]
    async with write_tx():
        row = await actions.call(cast.lambeth, plan(today() + timedelta(days), **changes), by=grace)
    for upto in STAGES[1 : STAGES.index(stage) + 1]:
        if upto == "held":
            await actions.record_attendance(await stored(row), roll(cast, *present), by=grace)
        deed = {
            "scheduled": actions.invite,
            "in_session": actions.open_session,
            "held": room.close,
        }
        await deed[upto](await stored(row), by=grace)
    return await stored(row)


def roll(cast: Cast, *present: str) -> dict:
    lambeth = ("amara", "bilal", "chidi", "grace", "claire", "owen")
    return {cast.seats[name].id: "present" if name in present else "apologies" for name in lambeth}


def ticked(cast: Cast, *present: str) -> dict[str, str]:
    return {f"seat-{seat}": status for seat, status in roll(cast, *present).items()}


async def later(minutes: int = 11) -> int:
    """The round goes so many minutes from now; returns how many letters of changes it wrote."""
    with as_of(now() + timedelta(minutes=minutes)):
        return await changes.tell_due(today())


def home(row: Meeting) -> str:
    return f"/lambeth/meetings/{row.date.isoformat()}"


async def stored(row: Meeting) -> Meeting:
    return await Meeting.objects().get(Meeting.id == row.id)


async def events() -> list[tuple[str, bool]]:
    rows = await Event.select(Event.what, Event.public).order_by(Event.seq)
    return [(row["what"], row["public"]) for row in rows]


async def facts(what: str) -> dict:
    row = await Event.select(Event.facts).where(Event.what == what).first()
    return json.loads(row["facts"])


async def letters(kind: str) -> dict[str, list]:
    """Who was written to -> subject and text last sent, and the calendar's method and body."""
    return {
        letter.to.address: [
            letter.words.subject,
            letter.words.text,
            *([letter.words.calendar.method, letter.words.calendar.body]
              if letter.words.calendar else []),
        ]
        for letter in reversed(await newest())
        if letter.kind == kind
    }  # fmt: skip


async def how_many_letters() -> int:
    return await Letter.count()


async def reply_path(row: Meeting, cast: Cast, name: str) -> str:
    asked = await Invitation.objects().get(
        (Invitation.meeting == row.id) & (Invitation.seat == cast.seats[name].id)
    )
    return f"/meetings/replies/{reply_token(asked)}"


async def answers(row: Meeting) -> list[str]:
    rows = await Invitation.select(Invitation.reply).where(Invitation.meeting == row.id)
    return sorted(one["reply"] for one in rows)


async def attendance(row: Meeting) -> list[str]:
    rows = await Attendance.select(Attendance.status).where(Attendance.meeting == row.id)
    return sorted(one["status"] for one in rows)


@contextmanager
def counted_queries(monkeypatch):
    """Counts what is asked of the database meanwhile."""
    engine, asked = database(), []

    def counting(real):
        async def run(*args, **kwargs):
            asked.append(str(args[0]))
            return await real(*args, **kwargs)

        return run

    with monkeypatch.context() as patched:
        for name in ("run_querystring", "rows"):
            patched.setattr(engine, name, counting(getattr(engine, name)))
        yield asked


async def over_and_done(row: Meeting, *, by: Seat) -> None:
    """The meeting alone is closed, without what the room does on top."""
    async with write_tx():
        await actions.close(row, by=by)
