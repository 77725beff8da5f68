"""Reads of minutes: what is published, what is being drafted, and what of it a reader sees."""

import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.agendas.access import reader_of
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.queries import find as find_meeting
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes.rules import (
    FINAL,
    OPEN,
    SEEN_BY_CLEARERS,
    SEEN_BY_THE_TABLE,
    Gone,
    Stage,
    without,
)
from scrutiny.minutes.tables import Minutes
from scrutiny.people.queries import panel as find_panel
from scrutiny.people.tables import Seat
from scrutiny.policy import Act, may

LISTED = 20


class Edition(NamedTuple):
    """What is said of one published edition beside the newest."""

    number: int
    published: Any
    correction: str


def reads_drafts(seat: Seat | None) -> bool:
    return seat is not None and may(seat.role, Act.MINUTES_READ_DRAFT)


def reads_circulated(seat: Seat | None) -> bool:
    return seat is not None and may(seat.role, Act.MINUTES_SUGGEST)


def clears(seat: Seat | None) -> bool:
    return seat is not None and may(seat.role, Act.MINUTES_CLEAR)


def visible_to(seat: Seat | None, meeting: Meeting):
    """What is or was published for everybody. Drafts, and those of closed meetings, for the panel;
    of a public one what was circulated for all at the table, what was approved for who clears."""
    found = Minutes.objects(Minutes.compiled_by).where(Minutes.meeting == meeting.id)
    if reads_drafts(seat):
        return found
    stages = [Stage.PUBLISHED, Stage.WITHDRAWN]
    if meeting.public and clears(seat):
        stages += SEEN_BY_CLEARERS
    if meeting.public and reads_circulated(seat):
        stages += SEEN_BY_THE_TABLE
    return found.where(Minutes.stage.is_in(stages))


async def authors_of(minutes: Minutes) -> frozenset[UUID]:
    """Every person who wrote in this edition: none of them approves or clears it."""
    found = await rows(AUTHORS, minutes.id, minutes.id)
    return frozenset(row["person"] for row in found)


AUTHORS = """
SELECT seat.person FROM minutes JOIN seat ON seat.id = minutes.compiled_by WHERE minutes.id = {}
UNION SELECT seat.person FROM minutes_version version JOIN seat ON seat.id = version."by"
WHERE version.minutes = {}"""


async def approver_of(minutes: Minutes) -> frozenset[UUID]:
    found = await rows(APPROVER, minutes.id)
    return frozenset(row["person"] for row in found)


APPROVER = """
SELECT seat.person FROM minutes JOIN seat ON seat.id = minutes.approved_by
WHERE minutes.id = {}"""


async def release_due(moment: datetime) -> list[UUID]:
    found = await rows(DUE, Stage.RELEASING.value, moment)
    return [row["id"] for row in found]


DUE = "SELECT id FROM minutes WHERE stage = {} AND release_at <= {} ORDER BY release_at LIMIT 20"


async def seat_of(known: UUID) -> Seat:
    """With its panel, its force and its person."""
    return await Seat.objects(Seat.panel, Seat.panel.force, Seat.person).get(Seat.id == known)


async def final(seat: Seat | None, meeting: Meeting, edition: int = 0) -> Minutes | None:
    """The newest final edition, or the one asked for. Raises Missing when that one is not there."""
    found = visible_to(seat, meeting).where(Minutes.stage.is_in(list(FINAL)))
    if not edition:
        return await found.order_by(Minutes.edition, ascending=False).first()
    one = await found.where(Minutes.edition == min(edition, 2**31 - 1)).first()
    if one is None:
        raise Missing(f"There is no edition {edition} of these minutes.")
    return one


async def edition_of(meeting: Meeting, edition: int) -> Minutes | None:
    """One that was published, or None."""
    found = visible_to(None, meeting).where(Minutes.stage.is_in(list(FINAL)))
    return await found.where(Minutes.edition == min(edition, 2**31 - 1)).first()


async def draft_of(seat: Seat, meeting: Meeting) -> Minutes | None:
    """The edition that is still being prepared, if there is one."""
    found = visible_to(seat, meeting).where(Minutes.stage.is_in(list(OPEN)))
    return await found.order_by(Minutes.edition, ascending=False).first()


async def shown_draft(meeting: Meeting) -> Minutes | None:
    """The edition of which the public reads a draft."""
    found = Minutes.objects().where((Minutes.meeting == meeting.id) & (Minutes.shown != ""))
    return await found.order_by(Minutes.edition, ascending=False).first()


async def draft(seat: Seat, meeting: Meeting) -> Minutes:
    found = await draft_of(seat, meeting)
    if found is None:
        raise Missing("There is no draft of these minutes.")
    return found


async def editions(meeting: Meeting) -> list[Edition]:
    """The final editions, newest first."""
    found = await (
        Minutes.select(Minutes.edition, Minutes.published, Minutes.correction)
        .where((Minutes.meeting == meeting.id) & Minutes.stage.is_in(list(FINAL)))
        .order_by(Minutes.edition, ascending=False)
        .limit(LISTED)
    )
    return [Edition(one["edition"], one["published"], one["correction"]) for one in found]


async def replaced_by(sha256: str) -> tuple[int, int] | None:
    """(edition, newest edition) of published minutes with this fingerprint, of PDF or of data."""
    found = await rows(REPLACED, sha256, sha256, Stage.PUBLISHED.value)
    return (found[0]["edition"], found[0]["newest"]) if found else None


REPLACED = """
SELECT mine.edition, (SELECT max(edition) FROM minutes newer
  WHERE newer.meeting = mine.meeting AND newer.stage = mine.stage) AS newest
FROM minutes mine WHERE (mine.sha256 = {} OR mine.approved_hash = {}) AND mine.stage = {}"""


async def pdf_of(ref: str) -> bytes:
    """The newest published PDF of a meeting, for example `lambeth/2026-05-14`. Raises Missing."""
    slug, slash, day = ref.strip().strip("/").partition("/")
    if not slash:
        raise Missing("Write the panel and the day of the meeting, like lambeth/2026-05-14.")
    panel = await find_panel(slug)
    meeting = await find_meeting(None, panel, day_in_address(day))
    found = await final(None, meeting)
    if found is None:
        raise Missing(f"No minutes of {panel.name} of {day} have been published.")
    return bytes(found.pdf)


async def is_apart(seat: Seat, minutes: Minutes) -> bool:
    """Whether they take no part in something that these minutes are about."""
    return _touches(await gone_for(seat, minutes), minutes)


def _touches(gone: Gone, minutes: Minutes) -> bool:
    """Of the first minutes it is not known what they are about, so it may be anything."""
    known = ids_of(minutes)
    items = gone.items & set(known) if known else gone.items
    return bool(gone.recommendations or gone.questions or items)


def ids_of(minutes: Minutes) -> list[UUID]:
    """The agenda item behind each item of the document; none for the first minutes."""
    return [UUID(known) for known in json.loads(minutes.items)]


def numbered(minutes: Minutes) -> list[tuple[UUID, dict[str, Any]]]:
    """(agenda item, what the document has of it)."""
    items = json.loads(minutes.document)["items"]
    return list(zip(ids_of(minutes), items, strict=False))


async def gone_for(seat: Seat | None, minutes: Minutes) -> Gone:
    """What of the meeting is not there for this reader, as they take no part in it."""
    if seat is None:
        return Gone()
    reader = await reader_of(seat, seat.panel)
    gone, meeting = tuple(reader.recused), getattr(minutes.meeting, "id", minutes.meeting)
    if not gone:
        return Gone()
    found = [
        [row["number"] for row in await rows(sql, meeting, gone, gone)]
        for sql in (RECOMMENDED, QUESTIONS)
    ]
    here = await rows(HERE, meeting, gone)
    return Gone(frozenset(row["id"] for row in here), *map(frozenset, found))


HERE = "SELECT id FROM agenda_item WHERE meeting = {} AND part = 'A' AND id IN ({})"
RECOMMENDED = (
    "SELECT number FROM recommendation WHERE meeting = {} AND (id IN ({}) OR item IN ({}))"
)
QUESTIONS = """
SELECT number FROM public_question
WHERE meeting = {} AND (id IN ({}) OR item IN ({})) AND number IS NOT NULL"""


async def as_read(seat: Seat | None, minutes: Minutes) -> dict[str, Any]:
    """The document as far as it is there for this reader; what is published is there for all."""
    document = json.loads(minutes.document)
    gone = Gone() if minutes.stage == Stage.PUBLISHED else await gone_for(seat, minutes)
    return without(document, ids_of(minutes), gone) if _touches(gone, minutes) else document


class Sitter(NamedTuple):
    """Somebody on the roll of a meeting."""

    seat: UUID
    name: str
    status: str


async def roll(meeting: Meeting) -> list[Sitter]:
    return await rows(ROLL, meeting.id, into=Sitter)


ROLL = """
SELECT seat.id, person.name, attendance.status FROM attendance
JOIN seat ON seat.id = attendance.seat JOIN person ON person.id = seat.person
WHERE attendance.meeting = {} ORDER BY person.name, seat.id"""
