"""Reads for the desk: a fixed number of small queries a panel, each through an index."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from scrutiny.agendas.access import reader_of
from scrutiny.concerns.triage.rules import due_to_read
from scrutiny.concerns.video import queries as video
from scrutiny.desk.rules import (
    MOST,
    Task,
    Waiting,
    in_order,
    in_words,
    tag_of,
    video_words,
    waits_for,
)
from scrutiny.desk.work import WORK
from scrutiny.kit.clock import london, today
from scrutiny.kit.db import rows
from scrutiny.membership.clearances.rules import SIGNED, SOON, asked_for
from scrutiny.membership.interests.rules import AGAIN_AFTER
from scrutiny.membership.standing.queries import missing
from scrutiny.membership.standing.rules import in_words as standing_in_words
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Seat
from scrutiny.policy import ONBOARDING, speaks_for_police

NOBODY = UUID(int=0)
BEFORE_DUE = timedelta(days=7)
"""How long before it is due an agenda begins to wait."""


async def tasks(seats: list[Seat]) -> list[tuple[str, list[Task]]]:
    """What waits for whoever holds these seats of one panel, by kind of work, most urgent first.

    Kinds with nothing are left out, and so is what the reader takes no part in.
    """
    facts = await given(seats)
    mine = [work for work in WORK if waits_for(seats, work)]
    return in_order([(work, await _rows(seats[0], work, facts)) for work in mine])


async def given(seats: list[Seat]) -> dict[str, Any]:
    """What the places in the queries stand for."""
    seat, day = seats[0], today()
    rules = constitution_of(seat.panel)
    community = not all(speaks_for_police(one.role) for one in seats)
    to_sign = set(SIGNED) & set(asked_for(rules)) if community else set()
    return {
        "panel": seat.panel.id,
        "person": seat.person.id,
        "seats": tuple(one.id for one in seats),
        "gone": (NOBODY, *(await reader_of(seat, seat.panel)).recused),
        "today": day,
        "soon": day + SOON,
        "year_ago": day - AGAIN_AFTER,
        "this_year": day.replace(month=1, day=1),
        "agenda_by": day + BEFORE_DUE + timedelta(days=rules.notice_days),
        "to_sign": tuple(sorted(one.value for one in to_sign)),
        "before": tuple(one.value for one in rules.before_active),
        "how_many_before": len(set(rules.before_active)),
    }


PLACE = re.compile(r"\{(\w+)\}")


@cache
def spoken(sql: str) -> tuple[str, tuple[str, ...]]:
    """The query with its places unnamed, as rows() wants it, and the names in their order."""
    return f"{PLACE.sub('{}', sql)} LIMIT {MOST}", tuple(PLACE.findall(sql))


async def _rows(seat: Seat, work: Waiting, facts: dict[str, Any]) -> list[Task]:
    slug, rules = seat.panel.slug, constitution_of(seat.panel)

    def task(key, words, due, more=None, happened=None) -> Task:
        last = _day(due)
        if work.unread:
            last = due_to_read(last, happened, more, seat.panel.force.retention_days)
        return Task(
            in_words(work, key, words, more),
            f"/{slug}/{work.address.format(key, more)}" if work.address else "",
            next((one for one in (key, more) if isinstance(one, date)), None),
            work.due(last, rules) if work.due and last else last,
            work.ends,
            tag_of(more) if work.flagged else "",
        )

    if work.video:
        found = await video.running_out(seat.panel, today(), MOST)
        return [_running_out(task, one) for one in found]
    sql, names = spoken(work.sql)
    return await rows(sql, *(facts[name] for name in names), into=task)


def _running_out(task, one: dict) -> Task:
    """Nothing is left to do by a day once the force has been asked."""
    asked = one["request"] is not None
    day, goes, by = today(), one["last_day"], one["act_by"]
    row = task(one["number"], one["category"], None if asked else by, one["flags"])
    return replace(row, words=video_words(row.words, goes, by, day, asked), dated=True)


def _day(value: date | datetime | None) -> date | None:
    return london(value).date() if isinstance(value, datetime) else value


async def lacking(seats: list[Seat]) -> list[str] | None:
    """What a newcomer's seat still waits for, in words; None where none of these is joining."""
    if all(one.stage != ONBOARDING for one in seats):
        return None
    return standing_in_words(await missing(seats[0].panel, seats[0].person.id))


async def invitations(seats: Iterable[Seat]) -> list[dict]:
    """Meetings under way or to come that these seats are asked to, with the reply so far."""
    return await rows(
        "SELECT meeting.date, meeting.title, meeting.stage, invitation.reply FROM invitation "
        "JOIN meeting ON meeting.id = invitation.meeting WHERE invitation.seat IN ({}) "
        "AND meeting.date >= {} AND meeting.stage IN ('scheduled', 'in_session') "
        "ORDER BY meeting.date LIMIT 5",
        tuple(seat.id for seat in seats),
        today(),
    )
