"""Triage writes to the resident without deciding anything."""

from scrutiny.concerns.rules import WROTE
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.thread.notices import tell_resident
from scrutiny.concerns.thread.rules import CHANGED, FULL, MOST_TURNS, is_open
from scrutiny.concerns.thread.turns import PANEL, say, turns
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record


async def write_to(concern: Concern, *, by: Seat, text: str, last: int) -> None:
    """Add a message to the thread, at any stage while it is open. The same one sent twice is one.

    `last` is the last turn that the writer saw. Raises NotNow once it is closed or its thread is
    full, Stale when something else was added meanwhile.
    """
    day = today()
    async with write_tx():
        before = await turns(concern)
        if (PANEL, "message", text) in [(one.by, one.kind, one.text) for one in before[last:]]:
            return
        if not is_open(concern.stage):
            raise NotNow("It is closed, so nothing more can be written to the resident.")
        if len(before) >= MOST_TURNS:
            raise NotNow(FULL)
        if len(before) != last:
            raise Stale(CHANGED)
        turn = await say(concern, PANEL, "message", text, day)
        await record(WROTE, concern, by=by, number=concern.number, turn=turn.number)
        await tell_resident(concern, day)
