"""A hold for the law: one custodian proposes it, another agrees, and on its last day it ends.

A concern that its resident withdraws while it is held stays sealed, shown to nobody, and is erased
the moment the hold is over.
"""

from datetime import date
from uuid import UUID

from scrutiny.concerns.erasing import clear_away, erase_everything
from scrutiny.concerns.retention.queries import OPEN_HOLDS, is_held, is_left, other_custodians
from scrutiny.concerns.retention.rules import HOLD_MOVES, LAPSES, HoldStage
from scrutiny.concerns.retention.tables import Erasure, Hold
from scrutiny.concerns.rules import Stage
from scrutiny.concerns.tables import Concern
from scrutiny.kit.clock import today
from scrutiny.kit.db import rows, write_tx
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance
from scrutiny.kit.words import N_
from scrutiny.letters.actions import Words, write
from scrutiny.people.actions import once
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record

BATCH = 100
ONCE = N_(
    "You proposed a hold on this before, and nobody agreed. Another custodian can propose one: "
    "nobody keeps anything back alone."
)
OVER = "SELECT id FROM hold WHERE stage = {} AND until < {} ORDER BY until, id LIMIT {}"
LAPSED = """
SELECT id FROM hold WHERE stage = {} AND (proposed < {} OR until < {})
ORDER BY until, id LIMIT {}
"""


async def propose(concern: Concern, *, by: Seat, why: str, until: date, form_key: str = "") -> None:
    """Ask another custodian to agree. Until they have, or for fourteen days, it is held as well.

    Raises NotNow when nothing is left to hold, or one already waits.
    """
    others = await other_custodians(by)
    async with write_tx():
        await once(form_key, f"/{by.panel.slug}/concerns/{concern.number}/hold")
        if not await is_left(concern):
            raise NotNow(N_("This has been erased. There is nothing left to hold."))
        if await Hold.exists().where((Hold.concern == concern.id) & (Hold.stage == OPEN_HOLDS[0])):
            raise NotNow(N_("A hold on this already waits for a second custodian."))
        if await _asked_in_vain(concern, by):
            raise NotNow(ONCE)
        hold = Hold(concern=concern.id, panel=by.panel.id, why=why, proposed=today(), until=until,
                    proposed_by=by.id)  # fmt: skip
        await Hold.insert(hold)
        await record("hold.proposed", hold, by=by, number=concern.number, why=why, until=until)
        link = f"{settings().base_url}/{by.panel.slug}/retention"
        text = f"A hold waits for a second custodian to agree.\n\n{link}\n"
        for at, to in enumerate(others):
            letter = Words(f"{by.panel.name}: something to decide", text)
            key = f"hold.proposed:{hold.id}:{at}"
            await write("hold.proposed", to, letter, key=key, panel=by.panel)


async def _asked_in_vain(concern: Concern, by: Seat) -> bool:
    """Whether this person proposed one before to which nobody agreed."""
    alone = Hold.agreed_by.is_null() & (Hold.proposed_by.person == by.person.id)
    return await Hold.exists().where((Hold.concern == concern.id) & alone)


async def agree(hold: Hold, concern: Concern, *, by: Seat) -> None:
    """The second custodian agrees: nothing is erased until the hold is over."""
    if await _proposer(hold) == by.person.id:
        raise NotNow(N_("Another custodian must agree: nobody decides this alone."))
    if hold.until < today():
        raise NotNow(N_("Its last day is over. Propose a new one."))
    async with write_tx():
        await advance(hold, HOLD_MOVES, "agreed", agreed_by=by.id)
        await Erasure.delete().where(Erasure.concern == concern.id)
        await record("hold.agreed", hold, by=by, number=concern.number)


async def _proposer(hold: Hold) -> UUID:
    seat = await Seat.select(Seat.person).where(Seat.id == hold.proposed_by).first()
    return seat["person"]


async def decline(hold: Hold, concern: Concern, *, by: Seat) -> None:
    await _end(hold, concern, "declined", by=by)


async def lift(hold: Hold, concern: Concern, *, by: Seat) -> None:
    """It is no longer needed. What was withdrawn meanwhile is erased at once."""
    await _end(hold, concern, "lifted", by=by)


async def _end(hold: Hold, concern: Concern, move: str, *, by: Seat | None = None) -> None:
    panel = concern.panel if isinstance(concern.panel, Panel) else None
    async with write_tx():
        await advance(hold, HOLD_MOVES, move)
        await record(f"hold.{move}", hold, by=by, panel=panel, number=concern.number)
        files = []
        if concern.stage == Stage.WITHDRAWN and not await is_held(concern):
            files = await erase_everything(concern)
            await record("concern.erased", concern, panel=panel, day=today(), stage=concern.stage)
    await clear_away(files)


async def end_holds(day: date) -> int:
    """For the daily round: end those whose last day is over, or to which nobody agreed in time."""
    ended = 0
    for stage in OPEN_HOLDS:
        while found := await _over(stage, day):
            count = sum([await _end_one(row["id"]) for row in found])
            ended += count
            if not count:
                break
    return ended


async def _over(stage: str, day: date) -> list[dict]:
    if stage == HoldStage.AGREED:
        return await rows(OVER, stage, day, BATCH)
    return await rows(LAPSED, stage, day - LAPSES, day, BATCH)


async def _end_one(known: UUID) -> bool:
    hold = await Hold.objects().where(Hold.id == known).first()
    concern = await Concern.objects(Concern.panel).where(Concern.id == hold.concern).first()
    try:
        await _end(hold, concern, "ended")
    except Stale:
        return False
    return True
