"""Reads of the video clock: by the concern for who raised it, by the seat for panel and force."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from scrutiny.concerns import consents, parts
from scrutiny.concerns.queries import LARGEST, PAGE, waits
from scrutiny.concerns.rules import GONE
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.video.letter import Details
from scrutiny.concerns.video.rules import (
    CELL,
    NO_ANSWER,
    OPEN,
    WARN_AT,
    Clock,
    Figures,
    act_by,
    days_left,
    last_day,
    named,
    published,
    reference,
    silent_since,
    standing,
    unasked,
)
from scrutiny.concerns.video.tables import Preservation
from scrutiny.concerns.vocabulary import CATEGORIES
from scrutiny.kit.clock import london, today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing, Unreadable
from scrutiny.kit.mail import Mailbox
from scrutiny.people.tables import Force, Panel, Seat
from scrutiny.policy import Act, may, speaks_for_police

PART = "video"
"""The name under which the details are sealed with a concern's own key."""

CLOCK = """
SELECT concern.happened, force.retention_days, panel.code, asked.last_day, asked.number,
asked.stage, asked.sent, asked.answer_due, asked.answered, asked.reason
FROM concern JOIN panel ON panel.id = concern.panel JOIN force ON force.id = panel.force
LEFT JOIN preservation asked ON asked.concern = concern.id
WHERE concern.id = {} AND concern.kind <> 'compliment' AND concern.stage NOT IN ({})
"""
EVERY_CATEGORY = ("", *CATEGORIES)
"""Named one by one, so that the index by category and day leads to ten days of concerns at once."""
ASKED = ("last_day", "number", "stage", "sent", "answer_due", "answered", "reason")
RUNNING_OUT = """
SELECT concern.id, concern.number, concern.category, concern.flags, concern.happened,
asked.number AS request
FROM concern
LEFT JOIN preservation asked ON asked.concern = concern.id
WHERE concern.panel = {} AND concern.category IN ({}) AND concern.happened BETWEEN {} AND {}
AND concern.stage IN ({}) AND concern.kind <> 'compliment'
AND (asked.id IS NULL OR asked.stage = 'sent')
ORDER BY concern.happened, concern.number
"""
COUNTS = """
SELECT stage, count(*) AS "many" FROM preservation WHERE panel = {} AND stage <> 'sent'
GROUP BY stage
"""
SILENT = """
SELECT count(*) AS "many" FROM preservation WHERE panel = {} AND stage = 'sent' AND sent <= {}
"""

ANSWERS = """
SELECT event.at, event.facts, seat.role FROM event JOIN seat ON seat.id = event.seat
WHERE event.about = {} AND event.what = 'video.answered' ORDER BY event.seq
"""


@dataclass(frozen=True)
class Given:
    """One answer of the force, or one that the secretariat wrote down for it."""

    day: date
    stage: str
    reason: str
    secondhand: bool

    @property
    def name(self) -> str:
        return named(self.stage, self.reason)


def mailbox(force: Force) -> Mailbox | None:
    """Where letters to a force go, or None where it has no address that can be used."""
    try:
        return Mailbox(force.name, force.contact)
    except ValueError:
        return None


# -- one concern ----------------------------------------------------------------------------------


async def of(concern: UUID) -> Clock | None:
    """How the video of a concern stands today; None where no day is known and nobody asked."""
    found = await rows(CLOCK, concern, tuple(one.value for one in GONE))
    row = found[0] if found else None
    if row is None or (row["happened"] is None and row["number"] is None):
        return None
    day, kept = today(), row["retention_days"]
    if row["number"] is not None:
        return _clock(row, row["code"], day)
    return unasked(row["happened"], kept, day)


async def running_out(panel: Panel, today: date, most: int = 0) -> list[dict[str, Any]]:
    """Open concerns whose video is not safe and goes within the first warning, soonest first.

    `panel` comes with its force. `most` of them, or every one.
    """
    kept = timedelta(days=panel.force.retention_days)
    first, last = today - kept, today - kept + timedelta(days=max(WARN_AT))
    sql = RUNNING_OUT + (f" LIMIT {most}" if most else "")
    found = await rows(sql, panel.id, EVERY_CATEGORY, first, last, OPEN)
    return [
        {**row, "last_day": last_day(row["happened"], panel.force.retention_days),
         "act_by": act_by(row["happened"], panel.force.retention_days),
         "days_left": days_left(row["happened"], panel.force.retention_days, today)}
        for row in found
    ]  # fmt: skip


# -- requests -------------------------------------------------------------------------------------


def visible_to(seat: Seat):
    """Every request of the panel, to panel and police; the others have no use for them."""
    if not may(seat.role, Act.VIDEO_READ):
        raise Missing("There is no such request.")
    return Preservation.objects(Preservation.answered_by).where(Preservation.panel == seat.panel.id)


async def find(seat: Seat, number: int) -> Preservation:
    found = await visible_to(seat).where(Preservation.number == min(number, LARGEST)).first()
    if found is None:
        raise Missing("There is no such request.")
    return found


async def newest(seat: Seat, stage: str = "", before: int | None = None) -> list[Preservation]:
    """One page of requests and one more, newest first; `before` is the last number shown."""
    found = visible_to(seat)
    if stage:
        found = found.where(Preservation.stage == stage)
    if before is not None:
        found = found.where(Preservation.number < min(before, LARGEST))
    return await found.order_by(Preservation.number, ascending=False).limit(PAGE + 1)


def clock_of(asked: Preservation, code: str, day: date) -> Clock:
    """How one request stands on a day. It says nothing of the concern that it came from."""
    return _clock({name: asked[name] for name in ASKED}, code, day)


def _clock(asked: Mapping[str, Any], code: str, day: date) -> Clock:
    last = asked["last_day"]
    return Clock(
        last_day=last,
        days_left=(last - day).days if last else -1,
        act_by=act_by(last, 0) if last else None,
        standing=standing(asked["stage"], asked["answer_due"], day),
        number=asked["number"],
        reference=reference(code, asked["number"], asked["sent"]),
        **{name: asked[name] for name in ("sent", "answer_due", "answered", "reason")},
    )


async def details(asked: Preservation) -> Details | None:
    """Place, time and officer number, for force and secretariat; None once it is erased, or its
    resident took it back or no longer agrees."""
    concern = await Concern.objects().where(Concern.id == asked.concern).first()
    if concern is None or not await consents.is_given(concern, CELL):
        return None
    try:
        key = await parts.key_of(concern)
    except Unreadable:
        return None
    return msgspec.json.decode(parts.opened(key, concern, PART, asked.sealed), type=Details)


async def answers_of(asked: Preservation) -> list[Given]:
    """Every answer there was, oldest first: none takes the place of another."""
    found = await rows(ANSWERS, asked.id)
    return [_given(row) for row in found]


def _given(row: dict[str, Any]) -> Given:
    facts, day = json.loads(row["facts"]), london(row["at"]).date()
    return Given(day, facts["stage"], facts["reason"], not speaks_for_police(row["role"]))


def packed(details: Details) -> bytes:
    return msgspec.json.encode(asdict(details))


async def asked_for(concern: Concern) -> Preservation | None:
    return await Preservation.objects().where(Preservation.concern == concern.id).first()


def letter_key(asked: Preservation) -> str:
    """The name of its letter in the outbox."""
    return f"video.asked:{asked.id}"


async def has_gone(concern: Concern) -> bool:
    """Whether our letter about the video of this concern has left the house."""
    asked = await asked_for(concern)
    return asked is not None and not await waits(letter_key(asked))


# -- what is published ----------------------------------------------------------------------------


async def figures(panel: Panel, today: date) -> Figures:
    """What became of the requests that were answered, or should have been by now.

    One that still waits is not counted: so the figures do not move on the day a concern comes.
    """
    found = {row["stage"]: row["many"] for row in await rows(COUNTS, panel.id)}
    silent = await rows(SILENT, panel.id, silent_since(today))
    return published({**found, NO_ANSWER: silent[0]["many"]})
