"""Reads for the desk: a fixed number of small queries a seat, each through an index."""

from dataclasses import replace
from datetime import date

from scrutiny.concerns.video import queries as video
from scrutiny.desk.rules import MOST, WORK, Task, Waiting, in_words, video_words, waits_for
from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.people.tables import Seat


async def tasks(seat: Seat) -> list[tuple[str, list[Task]]]:
    """What waits for this seat today, by kind of work; kinds with nothing are left out."""
    mine = [work for work in WORK if waits_for(seat.role, work)]
    found = [(work.title, await _rows(seat, work)) for work in mine]
    return [(title, rows) for title, rows in found if rows]


async def _rows(seat: Seat, work: Waiting) -> list[Task]:
    slug = seat.panel.slug

    def task(key, words, due) -> Task:
        day = None if isinstance(key, int) else _day(key)
        return Task(
            in_words(work.address, key, words),
            f"/{slug}/{work.address.format(key)}",
            day,
            _day(due),
        )

    if work.clock:
        found = await video.running_out(seat.panel, today(), MOST)
        return [_running_out(task, one) for one in found]
    asked = (seat.panel.id, seat.id) if work.others else (seat.panel.id,)
    return await rows(work.sql, *asked, into=task)


def _running_out(task, one: dict) -> Task:
    """Nothing is left to do by a day once the force has been asked."""
    asked = one["request"] is not None
    row = task(one["number"], one["category"], None if asked else one["act_by"])
    return replace(row, words=video_words(row.words, one["days_left"], asked))


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


async def invitations(seat: Seat) -> list[dict]:
    """Meetings under way or to come that this seat is asked to, with the reply so far."""
    return await rows(
        "SELECT meeting.date, meeting.title, meeting.stage, invitation.reply FROM invitation "
        "JOIN meeting ON meeting.id = invitation.meeting WHERE invitation.seat = {} "
        "AND meeting.date >= {} AND meeting.stage IN ('scheduled', 'in_session') "
        "ORDER BY meeting.date LIMIT 5",
        seat.id,
        today(),
    )
