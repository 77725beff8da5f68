"""What minutes are made of, from the meeting's rows: what was written, declared and decided."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.actions.queries import owner_words, raised_at
from scrutiny.actions.rules import SIDES
from scrutiny.actions.tables import Action
from scrutiny.agendas import outline
from scrutiny.agendas.access import CLOSED, OPEN, opens, reader_of
from scrutiny.agendas.outline import Entry
from scrutiny.agendas.queries import is_case, items_of, line
from scrutiny.agendas.questions.queries import questions_of
from scrutiny.agendas.rules import CLOSED_REASONS, Kind, counted
from scrutiny.agendas.tables import Item
from scrutiny.cases.rules import ORIGINS, short_power
from scrutiny.kit.clock import london
from scrutiny.kit.db import rows
from scrutiny.meetings.queries import known_to_public
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import parts
from scrutiny.minutes.parts import (
    Agreed,
    Asked,
    Decided,
    Discussed,
    Gathered,
    Looked,
    Raised,
    Sitting,
)
from scrutiny.minutes.rules import canonical, document
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Panel, Seat
from scrutiny.room import queries as room
from scrutiny.room.course import course_of


class Told(NamedTuple):
    """What the room recorded of a meeting, by item; actions on no item are under None."""

    declared: dict[UUID, list[str]]
    decided: dict[UUID, list[Decided]]
    raised: dict[UUID | None, list[Action]]


async def gathered(
    meeting: Meeting,
    panel: Panel,
    edition: int = 1,
    correction: str = "",
    replaces: bool = False,
) -> Gathered:
    """The meeting's rows as they stand now, without what was closed; a fixed number of queries
    for whatever number of items. What said why of editions that go away goes with them."""
    then = await _next_meeting(panel, meeting)
    earlier = [] if replaces else await _corrections(meeting, edition)
    items, told = await items_of(meeting), await _told(meeting)
    course = await course_of(meeting, items)
    open_ones = [one for one in outline.laid_out(items) if one.item.part == OPEN]
    return Gathered(
        panel=panel.name,
        code=panel.code,
        force=panel.force.name,
        date=meeting.date,
        starts=f"{london(course.starts):%H:%M}",
        ends=f"{london(course.ends):%H:%M}",
        title=meeting.title,
        venue=meeting.venue,
        public=meeting.public,
        needed=meeting.quorum,
        quorate=[tuple(f"{london(at):%H:%M}" for at in span) for span in course.quorate],
        sittings=await rows(SITTINGS, meeting.id, into=Sitting),
        items=[_discussed(one, told, closed=not meeting.public) for one in open_ones],
        ids=[one.item.id for one in open_ones],
        raised=_raised(told.raised.get(None, []), closed=not meeting.public),
        asked=[
            Asked(one.number, one.shown_as, one.text, one.answer)
            for one in await questions_of(meeting)
        ],
        closed=_reasons(one for one in items if one.part == CLOSED),
        agreed=await rows(AGREED, meeting.id, OPEN, into=Agreed),
        next_date=then.date if then else None,
        next_venue=then.venue if then else "",
        corrections=[*earlier, (edition, correction)] if correction else earlier,
    )


async def composed(
    meeting: Meeting, panel: Panel, edition: int, correction: str, replaces: bool = False
) -> Minutes:
    """The minutes as they would be if they were written now; not a row yet."""
    found = await gathered(meeting, panel, edition, correction, replaces)
    return Minutes(
        _ignore_missing=True,
        panel=panel.id,
        meeting=meeting.id,
        edition=edition,
        correction=correction,
        replaces=replaces,
        document=canonical(document(found, edition)),
        items=json.dumps([str(one) for one in found.ids]),
    )


SITTINGS = """
SELECT person.name, seat.public_name, seat.role,
  CASE WHEN attendance."left" IS NULL THEN attendance.status ELSE 'left_early' END AS status,
  attendance.mode, CASE WHEN seat.id = meeting.chair_of_day THEN 1 ELSE 0 END AS chosen
FROM attendance JOIN meeting ON meeting.id = attendance.meeting
JOIN seat ON seat.id = attendance.seat JOIN person ON person.id = seat.person
WHERE attendance.meeting = {} ORDER BY person.name, seat.id"""
"""As meetings.queries.turnout_of: whoever left the room, and did not come back, left early."""

AGREED = """
SELECT r.number, r.issued, r.due, r.title, r.text, r.votes_for, r.votes_against, r.abstained
FROM recommendation r LEFT JOIN agenda_item item ON item.id = r.item
WHERE r.meeting = {} AND (r.stage <> 'withdrawn_by_panel' OR r.issued IS NOT NULL)
  AND (item.id IS NULL OR item.part = {}) ORDER BY r.number"""
"""What was withdrawn before it went out was never public, and does not become so here; nor does
what a closed item led to."""


async def _told(meeting: Meeting) -> Told:
    told = Told({}, {}, {})
    for said in await room.declarations_of(meeting):
        told.declared.setdefault(said.item, []).append(said.sentence)
    for one in await room.decisions_of(meeting):
        if one.result:
            how = (one.text, one.method, one.result, one.counts or {})
            made = Decided(*how, one.present, one.needed, one.dissents)
            told.decided.setdefault(one.item, []).append(made)
    for action in await raised_at(meeting):
        told.raised.setdefault(action.item, []).append(action)
    return told


def _discussed(entry: Entry, told: Told, *, closed: bool) -> Discussed:
    item = entry.item
    looked, title = None, item.title
    if is_case(item):
        case, shown = item.case, line(item)
        origin = ORIGINS.get(case.origin, case.origin)
        looked = Looked(case.number, origin, short_power(case.power), case.month)
        title = f"Case {shown.case}: {shown.title}"
    return Discussed(
        title,
        item.notes,
        looked,
        entry.number,
        item.kind == Kind.SECTION,
        told.declared.get(item.id, []),
        told.decided.get(item.id, []),
        _raised(told.raised.get(item.id, []), closed=closed),
    )


def _raised(found: Iterable[Action], *, closed: bool) -> list[Raised]:
    """Owners by role, and never by name; `closed`: for those who read of closed matters too."""
    return [
        Raised(one.number, one.text, owner_words(one) or SIDES.get(one.side, one.side), one.due)
        for one in found
        if closed or one.public
    ]


def _reasons(closed: Iterable[Item]) -> dict[str, int]:
    """Reason in words -> how many items: all that is told of the closed part."""
    found = counted(closed)
    return {CLOSED_REASONS.get(why, "A reason that was not given"): n for why, n in found.items()}


async def closed_part(seat: Seat | None, here: Panel, meeting: Meeting) -> list[dict[str, Any]]:
    """The closed items that this reader may open, as the document has the open ones."""
    if seat is None:
        return []
    reader = await reader_of(seat, here)
    entries = [one for one in outline.laid_out(await items_of(meeting)) if one.item.part == CLOSED]
    mine = [one for one in entries if opens(reader, one.item, meeting)]
    told = await _told(meeting) if mine else Told({}, {}, {})
    return [parts.item(one.number, _discussed(one, told, closed=True)) for one in mine]


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
