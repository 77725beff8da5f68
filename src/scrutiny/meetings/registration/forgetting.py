"""Who registered is forgotten the day after the meeting; how many they were stays."""

from datetime import date
from typing import Any
from uuid import UUID

from scrutiny.kit.clock import midnight
from scrutiny.kit.db import rows, scrub, write_sql, write_tx
from scrutiny.leaks import actions as leaks
from scrutiny.letters.tables import Letter
from scrutiny.meetings.registration.rules import KEPT_WHILE_POSTPONED
from scrutiny.meetings.registration.telling import mark_of
from scrutiny.meetings.tables import Meeting
from scrutiny.record.actions import record

AT_ONCE = 100
OVER = """
SELECT DISTINCT r.meeting FROM registration r JOIN meeting m ON m.id = r.meeting
WHERE r.sealed IS NOT NULL
  AND ((m.stage <> 'postponed' AND m.ends < {}) OR (m.stage = 'postponed' AND m.date < {}))
LIMIT {}
"""
FORGET = """
UPDATE registration SET sealed = NULL, code_hash = CAST(id AS VARCHAR(64))
WHERE meeting = {} AND sealed IS NOT NULL RETURNING id
"""


async def forget(today: date) -> int:
    """For the round: erase who registered for meetings that ended before today; returns how many.

    Their access needs, names and addresses go, their codes open nothing, and so do the letters
    to them. A meeting that stays postponed keeps them for ninety days. Letters that went before
    today leave the outbox whether or not the meeting is over.
    """
    count = 0
    while over := await rows(OVER, midnight(today), today - KEPT_WHILE_POSTPONED, AT_ONCE):
        count += sum([await _forget(row["meeting"]) for row in over])
    async with write_tx():
        gone = await (
            Letter.delete()
            .where(
                Letter.kind.like("registration.%")
                & Letter.state.is_in(["sent", "failed"])
                & (Letter.written < midnight(today))
            )
            .returning(Letter.id)
        )
    if count or gone:
        await scrub()
    return count


async def _forget(known: UUID) -> int:
    async with write_tx():
        erased: list[dict[str, Any]] = await write_sql(FORGET, known)
        meeting = await Meeting.objects().get(Meeting.id == known)
        await leaks.forget(meeting.panel, *(row["id"] for row in erased))
        await Letter.delete().where(Letter.key.like(f"{mark_of(meeting)}%"))
        facts = {"people": len(erased)}
        await record("registration.forgotten", meeting, panel=meeting.panel, **facts)
    return len(erased)
