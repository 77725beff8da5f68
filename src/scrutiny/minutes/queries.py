"""Reads of minutes: what is published, what is being drafted, and what they are made of."""

from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.agendas.queries import is_case, items_of, line
from scrutiny.agendas.tables import Item
from scrutiny.cases.rules import ORIGINS, short_power
from scrutiny.kit.clock import london
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.queries import find as find_meeting
from scrutiny.meetings.queries import known_to_public
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes.rules import FINAL, OPEN, Agreed, Discussed, Gathered, Looked, Sitting, Stage
from scrutiny.minutes.tables import Minutes
from scrutiny.people.queries import panel as find_panel
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, may

LISTED = 20


class Edition(NamedTuple):
    """What is said of one published edition beside the newest."""

    number: int
    published: Any
    correction: str


def reads_drafts(seat: Seat | None) -> bool:
    return seat is not None and may(seat.role, Act.MINUTES_READ_DRAFT)


def visible_to(seat: Seat | None, meeting: Meeting):
    """Published editions for everybody; drafts, and those of closed meetings, for the panel."""
    found = Minutes.objects(Minutes.compiled_by).where(Minutes.meeting == meeting.id)
    return found if reads_drafts(seat) else found.where(Minutes.stage == Stage.PUBLISHED)


async def final(seat: Seat | None, meeting: Meeting, edition: int = 0) -> Minutes | None:
    """The newest final edition, or the one asked for. Raises Missing when that one is not there."""
    found = visible_to(seat, meeting).where(Minutes.stage.is_in(list(FINAL)))
    if not edition:
        return await found.order_by(Minutes.edition, ascending=False).first()
    one = await found.where(Minutes.edition == min(edition, 2**31 - 1)).first()
    if one is None:
        raise Missing(f"There is no edition {edition} of these minutes.")
    return one


async def draft_of(seat: Seat, meeting: Meeting) -> Minutes | None:
    """The edition that is still being prepared, if there is one."""
    found = visible_to(seat, meeting).where(Minutes.stage.is_in(list(OPEN)))
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


# -- what minutes are made of ---------------------------------------------------------------------


async def gathered(
    meeting: Meeting, panel: Panel, edition: int = 1, correction: str = ""
) -> Gathered:
    """The meeting's rows as they stand now; a fixed number of queries."""
    then = await _next_meeting(panel, meeting)
    earlier = await _corrections(meeting, edition)
    return Gathered(
        panel=panel.name,
        code=panel.code,
        force=panel.force.name,
        date=meeting.date,
        starts=f"{london(meeting.starts):%H:%M}",
        ends=f"{london(meeting.ends):%H:%M}",
        title=meeting.title,
        venue=meeting.venue,
        public=meeting.public,
        needed=meeting.quorum,
        sittings=await rows(SITTINGS, meeting.id, into=Sitting),
        items=[_discussed(one) for one in await items_of(meeting)],
        agreed=await rows(AGREED, meeting.id, into=Agreed),
        next_date=then.date if then else None,
        next_venue=then.venue if then else "",
        corrections=[*earlier, (edition, correction)] if correction else earlier,
    )


SITTINGS = """
SELECT person.name, seat.public_name, seat.role, attendance.status FROM attendance
JOIN seat ON seat.id = attendance.seat JOIN person ON person.id = seat.person
WHERE attendance.meeting = {} ORDER BY person.name, seat.id"""

AGREED = """
SELECT number, issued, due, title, text, votes_for, votes_against, abstained FROM recommendation
WHERE meeting = {} AND (stage <> 'withdrawn_by_panel' OR issued IS NOT NULL) ORDER BY number"""
"""What was withdrawn before it went out was never public, and does not become so here."""


def _discussed(item: Item) -> Discussed:
    if not is_case(item):
        return Discussed(item.title, item.notes)
    case, shown = item.case, line(item)
    looked = Looked(
        case.number, ORIGINS.get(case.origin, case.origin), short_power(case.power), case.month
    )
    return Discussed(f"Case {shown.case}: {shown.title}", item.notes, looked)


async def _next_meeting(panel: Panel, after: Meeting) -> Meeting | None:
    ahead = [MeetingStage.SCHEDULED, MeetingStage.IN_SESSION]
    return await (
        known_to_public(panel)
        .where((Meeting.date > after.date) & Meeting.stage.is_in(ahead))
        .order_by(Meeting.date)
        .first()
    )


async def _corrections(meeting: Meeting, before: int) -> list[tuple[int, str]]:
    found = await (
        Minutes.select(Minutes.edition, Minutes.correction)
        .where((Minutes.meeting == meeting.id) & (Minutes.edition < before))
        .order_by(Minutes.edition)
    )
    return [(one["edition"], one["correction"]) for one in found if one["correction"]]


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
