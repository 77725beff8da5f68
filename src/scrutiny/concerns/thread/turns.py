"""The thread: what the resident and the secretariat say to each other, turn by turn."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from scrutiny.concerns import parts
from scrutiny.concerns.rules import GONE
from scrutiny.concerns.tables import Concern, Message
from scrutiny.concerns.thread.rules import KINDS, PANEL, RESIDENT
from scrutiny.kit.db import keep, rows
from scrutiny.leaks.actions import mark

LAST = 'SELECT max(number) AS "last" FROM message WHERE concern = {}'
ALL = "SELECT number, day, by, kind, sealed FROM message WHERE concern = {} ORDER BY number"


@dataclass(frozen=True)
class Turn:
    number: int
    day: date
    by: str  # resident or panel
    kind: str
    text: str


async def say(concern: Concern, by: str, kind: str, text: str, day: date) -> Message:
    """Add one turn, inside write_tx(). Raises Unreadable once the concern has been erased."""
    if kind not in KINDS or by not in (RESIDENT, PANEL):
        raise ValueError(f"No turn of the thread is a {kind} by a {by}.")
    key = await parts.key_of(concern)
    number = await last_number(concern) + 1
    sealed = parts.close(key, concern, f"message|{number}", text)
    turn = Message(
        id=uuid4(), concern=concern.id, number=number, day=day, by=by, kind=kind, sealed=sealed
    )
    await keep(turn)
    await mark(concern.panel, "text", text, concern.id)
    return turn


async def last_number(concern: Concern) -> int:
    """How many turns there are: they are numbered from 1 without a gap."""
    return (await rows(LAST, concern.id))[0]["last"] or 0


async def turns(concern: Concern) -> list[Turn]:
    """All of them, oldest first; none once it was withdrawn or erased."""
    found = await rows(ALL, concern.id) if concern.stage not in GONE else []
    if not found:
        return []
    key = await parts.key_of(concern)
    return [_opened(key, concern, row) for row in found]


def _opened(key: bytes, concern: Concern, row: dict) -> Turn:
    text = parts.opened(key, concern, f"message|{row['number']}", row["sealed"]).decode()
    return Turn(row["number"], row["day"], row["by"], row["kind"], text)
