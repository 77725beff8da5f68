"""How a meeting went by the clock: when it was opened and closed, and while it had its quorum."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import london
from scrutiny.kit.db import rows
from scrutiny.meetings.rules import CAME, STAYED
from scrutiny.meetings.tables import Meeting
from scrutiny.policy import counts_for_quorum
from scrutiny.room.queries import sitters
from scrutiny.room.rules import Move, Sitter, Span, hours, spans

NOTED = """
SELECT what, at AS "at [TIMESTAMPTZ]", facts FROM event WHERE about = {}
AND what IN ('meeting.opened', 'meeting.closed', 'room.presence') ORDER BY seq"""


class Course(NamedTuple):
    """Planned hours, and no spans, where the room was not used while the meeting went on."""

    starts: datetime
    ends: datetime
    quorate: list[Span]


async def course_of(meeting: Meeting, items: Iterable[Item]) -> Course:
    """Three queries."""
    planned = (london(meeting.starts), london(meeting.ends))
    noted = await rows(NOTED, meeting.id)
    at = {row["what"]: london(row["at"]) for row in noted}
    if not any(item.began for item in items):
        return Course(*planned, [])
    known = hours(planned, at.get("meeting.opened"), at.get("meeting.closed"))
    if known is None:
        return Course(*planned, [])
    there = [one for one in await sitters(meeting) if counts_for_quorum(one.role)]
    moves = _moves(there, [row for row in noted if row["what"] == "room.presence"], known[0])
    return Course(*known, spans(moves, meeting.quorum, known[1]))


def _moves(
    there: Sequence[Sitter], noted: Sequence[dict[str, Any]], opened: datetime
) -> list[Move]:
    """Who came and went, in order: those in the roll alone were there from the beginning."""
    counting = {one.seat for one in there}
    told = [(row["at"], json.loads(row["facts"])) for row in noted]
    moves = [
        (at, UUID(facts["of"]), facts["status"] in STAYED)
        for at, facts in told
        if UUID(facts["of"]) in counting
    ]
    first = {seat: here for _, seat, here in reversed(moves)}
    early = [(opened, one.seat, True) for one in there if _was_there(one, first.get(one.seat))]
    gone = [(one.left, one.seat, False) for one in there if one.left and one.seat not in first]
    return sorted([*early, *moves, *gone], key=lambda move: move[0])


def _was_there(one: Sitter, first: bool | None) -> bool:
    """They came, and the first that the room noted of them is nothing, or that they left."""
    return one.status in CAME and not first
