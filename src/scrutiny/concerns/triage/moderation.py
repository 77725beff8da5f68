"""Abuse is veiled, never deleted: shown again to whoever asks, and each veiling is recorded."""

from scrutiny.concerns.tables import Concern
from scrutiny.kit.db import write_sql, write_tx
from scrutiny.kit.errors import Missing
from scrutiny.kit.stages import amend
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record

VEIL_TURN = "UPDATE message SET veiled = {} WHERE concern = {} AND number = {} RETURNING id"


async def veil(concern: Concern, *, by: Seat, veiled: bool = True, turn: int = 0) -> None:
    """Fold away a concern, or one turn of its thread, or show it again (`veiled=False`).

    Raises Missing where there is no such turn, Stale when somebody else saved first.
    """
    async with write_tx():
        if not turn:
            await amend(concern, veiled=veiled)
        elif not await write_sql(VEIL_TURN, veiled, concern.id, turn):
            raise Missing("There is no such message.")
        what = "concern.veiled" if veiled else "concern.unveiled"
        await record(what, concern, by=by, number=concern.number, turn=turn)
