"""Reads. Each begins with the panel and with who is reading, so a draft is never found outside."""

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct

from scrutiny.agendas.access import reader_of
from scrutiny.agendas.queries import is_case
from scrutiny.agendas.tables import Item
from scrutiny.cases.tables import Case
from scrutiny.concerns.rules import Stage as ConcernStage
from scrutiny.kit.clock import london
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing, Unreadable
from scrutiny.kit.made import columns, maker
from scrutiny.meetings.rules import Stage, is_quorate
from scrutiny.membership.interests.recusals import recused
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import COMMUNITY, Act, may
from scrutiny.recommendations.tables import GROUP, Recommendation
from scrutiny.record.queries import history

PAGE = 50
FILE = 1000
"""Rows in one file of open data; it names the next file when there is one."""
LAST_NUMBER = 2**31 - 1
CURSOR = re.compile(r"(?:(\d{4}-\d\d-\d\d)\.)?(\d{1,9})\Z")
GROUPS = ("acting", "implemented", "partly", "rejected", "withdrawn", "draft")
CHOICES = ("late", "waiting", "acting", "implemented", "partly", "rejected", "withdrawn")
AWAITED = {"late": "due < {}", "waiting": "due >= {}"}


class Line(Struct, frozen=True, gc=False):
    """One recommendation as lists need it, with the meeting and the case it came from."""

    number: int
    title: str
    stage: str
    answer_type: str
    issued: date | None
    due: date | None
    answered: datetime | None
    reported_on: date | None
    closed: date | None
    meeting: date | None
    case: int | None


class Source(NamedTuple):
    """Where a recommendation came from, as far as it can be named in public."""

    meeting: date | None
    meeting_public: bool
    case: int | None
    item: str | None
    item_meeting: date | None


class Decider(NamedTuple):
    """A meeting that can agree recommendations, and how many of the community were in it."""

    id: UUID
    date: date
    quorum: int
    present: int

    @property
    def quorate(self) -> bool:
        return is_quorate(self.present, self.quorum)


def reads_drafts(seat: Seat | None) -> bool:
    return seat is not None and may(seat.role, Act.RECOMMENDATION_READ_DRAFT)


def visible_to(seat: Seat | None) -> str:
    """The condition under which a row may be seen at all: drafts are the panel's own."""
    return "" if reads_drafts(seat) else " AND issued IS NOT NULL"


async def gone_for(seat: Seat | None, here: Panel) -> frozenset[int]:
    """The numbers of those in which this reader takes no part: they are on no page for them.

    What is published stays there for all: the words in the ledger and the files.
    """
    if seat is None or not await recused(seat):
        return frozenset()
    gone = tuple((await reader_of(seat, here)).recused)
    return frozenset(row["number"] for row in await rows(GONE, here.id, gone, gone))


GONE = "SELECT number FROM recommendation WHERE panel = {} AND (id IN ({}) OR item IN ({}))"


async def find(here: Panel, seat: Seat | None, number: int) -> Recommendation:
    sql = FIND + visible_to(seat)
    found = await rows(sql, here.id, min(number, LAST_NUMBER), into=maker(Recommendation))
    if not found or found[0].number in await gone_for(seat, here):
        raise Missing(f"There is no recommendation {number} here, or it is not public.")
    return found[0]


FIND = f"""
SELECT {columns(Recommendation)} FROM recommendation WHERE panel = {{}} AND number = {{}}"""


async def source(asked: Recommendation) -> Source:
    found = await rows(SOURCE, asked.id, into=Source)
    return found[0]


SOURCE = """
SELECT m.date, m.public, c.number, i.title, im.date FROM recommendation r
LEFT JOIN meeting m ON m.id = r.meeting
LEFT JOIN agenda_item i ON i.id = r.item AND i.part = 'A'
LEFT JOIN meeting im ON im.id = i.meeting
LEFT JOIN "case" c ON c.id = i."case"
WHERE r.id = {}"""


async def case_of(asked: Recommendation) -> Case | None:
    """The case that it came from, if its agenda item was one."""
    if asked.item is None:
        return None
    item = await Item.objects(Item.case).where(Item.id == asked.item).first()
    return item.case if item and is_case(item) else None


# -- lists ----------------------------------------------------------------------------------------


async def lines(
    here: Panel,
    seat: Seat | None,
    show: str = "",
    after: str = "",
    *,
    today: date,
    gone: Collection[int] = (),
) -> list[Line]:
    """A page of the list and one row more when there are more: what is awaited by its day, the
    rest newest first; `gone`: see gone_for. Raises Unreadable for a place that is none."""
    kept, values = _kept(show, seat, today)
    if gone:
        kept, values = f"{kept} AND number NOT IN ({{}})", [*values, tuple(gone)]
    day, number = place(after)
    by_day = show in AWAITED
    if number and by_day:
        kept, values = f"{kept} AND (due, number) > ({{}}, {{}})", [*values, day, number]
    elif number:
        kept, values = f"{kept} AND number < {{}}", [*values, number]
    order, again = (
        ("due, number", "r.due, r.number") if by_day else ("number DESC", "r.number DESC")
    )
    sql = LINES.replace("KEPT", kept).replace("ORDERED", order).replace("AGAIN", again)
    return await rows(sql, here.id, *values, into=Line)


LINES = f"""
SELECT r.number, r.title, r.stage, r.answer_type, r.issued, r.due, r.answered, r.reported_on,
  r.closed, m.date, c.number
FROM (SELECT number, title, stage, answer_type, issued, due, answered, reported_on, closed, meeting,
  item FROM recommendation WHERE panel = {{}}KEPT ORDER BY ORDERED LIMIT {PAGE + 1}) r
LEFT JOIN meeting m ON m.id = r.meeting
LEFT JOIN agenda_item i ON i.id = r.item AND i.part = 'A'
LEFT JOIN "case" c ON c.id = i."case"
ORDER BY AGAIN"""


def _kept(show: str, seat: Seat | None, today: date) -> tuple[str, list[Any]]:
    """The condition for one choice of the filter; what is no choice shows everything."""
    if show in AWAITED:
        return f" AND stage = 'issued' AND {AWAITED[show]}", [today]
    if show in GROUPS and (show != "draft" or reads_drafts(seat)):
        return f" AND {GROUP} = '{show}'", []
    return visible_to(seat), []


def place(after: str) -> tuple[date | None, int]:
    """The last row already shown, from '17' or '2026-03-14.17'; nought for none."""
    if not after:
        return None, 0
    found = CURSOR.match(after)
    if found is None:
        raise Unreadable("This link to older recommendations is not complete. Start at the top.")
    try:
        return date.fromisoformat(found[1] or "9999-12-31"), int(found[2])
    except ValueError:
        raise Unreadable("This link names a day that is in no calendar.") from None


def place_after(line: Line, show: str) -> str:
    return f"{line.due}.{line.number}" if show in AWAITED else str(line.number)


async def register(here: Panel, before: int = 0) -> list[dict[str, Any]]:
    """Every issued recommendation with all its words, newest first, a file's worth at a time."""
    return await rows(REGISTER, here.id, min(before or LAST_NUMBER, LAST_NUMBER))


REGISTER = f"""
SELECT r.number, r.title, r.text, r.reason, r.stage, m.date AS agreed, r.votes_for,
  r.votes_against, r.abstained, r.issued, r.due, r.answer_type, r.answer, r.answered,
  r.reported_on, r.reported, r.closed, r.method, r.closing_note
FROM (SELECT * FROM recommendation WHERE panel = {{}} AND number < {{}} AND issued IS NOT NULL
  ORDER BY number DESC LIMIT {FILE + 1}) r
LEFT JOIN meeting m ON m.id = r.meeting ORDER BY r.number DESC"""


async def happenings(here: Panel) -> list[dict[str, Any]]:
    """The latest public moves of this panel's recommendations, newest first, for the feed."""
    return await rows(HAPPENINGS, here.id)


HAPPENINGS = f"""
SELECT e.id, e.at, e.what, r.number, r.title, r.issued FROM event e
JOIN recommendation r ON r.id = e.about
WHERE e.panel = {{}} AND e.public AND e.what LIKE 'recommendation.%'
ORDER BY e.seq DESC LIMIT {PAGE}"""


# -- what a draft and a vote need -------------------------------------------------------------


async def recent_items(here: Panel, seat: Seat | None) -> list[dict[str, Any]]:
    """Agenda items that a recommendation may come from: those of the latest meetings.

    An item that is a case has the number and the title of the case; none whose concern is held,
    and none from which this reader is recused.
    """
    found = await rows(ITEMS, here.id, ConcernStage.SAFEGUARDING_HOLD.value)
    gone = (await reader_of(seat, here)).recused
    return [row for row in found if not gone & {row["id"], row["case_id"]}]


ITEMS = """
SELECT i.id, coalesce(c.title, i.title) AS title, c.number AS "case", c.id AS case_id, m.date
FROM agenda_item i JOIN meeting m ON m.id = i.meeting LEFT JOIN "case" c ON c.id = i."case"
LEFT JOIN concern ON concern.id = c.concern
WHERE m.id IN (SELECT id FROM meeting WHERE panel = {} ORDER BY date DESC LIMIT 4)
AND (concern.id IS NULL OR concern.stage <> {})
ORDER BY m.date DESC, i.position LIMIT 100"""


async def is_item_of(here: Panel, seat: Seat, item: UUID) -> bool:
    """Whether it is there for this reader: not what they take no part in."""
    if item in (await reader_of(seat, here)).recused:
        return False
    sql = """SELECT 1 FROM agenda_item i JOIN meeting m ON m.id = i.meeting
    WHERE i.id = {} AND m.panel = {}"""
    return bool(await rows(sql, item, here.id))


async def deciders(here: Panel, asked: Recommendation) -> list[Decider]:
    """The latest meetings that are being held or were, with their community members.

    Not those with published minutes: a vote added later would be one that the minutes deny. Nor
    those before the day of the draft: nobody can have voted on what was not written.
    """
    since = await _drafted_on(asked)
    roles, stages = tuple(sorted(COMMUNITY)), (Stage.HELD.value, Stage.IN_SESSION.value)
    return await rows(DECIDERS, roles, here.id, stages, since, into=Decider)


async def _drafted_on(asked: Recommendation) -> date:
    """The day in London, from the first line of its record."""
    first = await history(asked.id, public_only=False, most=1)
    return london(first[0]["at"]).date() if first else date.min


DECIDERS = """
SELECT m.id, m.date, m.quorum, count(DISTINCT s.person) FROM meeting m
LEFT JOIN attendance a ON a.meeting = m.id AND a.status IN ('present', 'joined_late')
  AND a."left" IS NULL
LEFT JOIN seat s ON s.id = a.seat AND s.role IN ({})
WHERE m.panel = {} AND m.stage IN ({}) AND m.date >= {}
GROUP BY m.id, m.date, m.quorum ORDER BY m.date DESC LIMIT 12"""
