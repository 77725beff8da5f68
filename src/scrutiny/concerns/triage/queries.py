"""Reads for triage: the lists, what is to be decided, and what goes with one concern."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from uuid import UUID

from piccolo.custom_types import Combinable

from scrutiny.concerns import parts
from scrutiny.concerns.queries import LARGEST, PAGE, visible_to
from scrutiny.concerns.rules import ENDS, GONE, URGENT, Stage
from scrutiny.concerns.tables import Cluster, Concern
from scrutiny.concerns.triage.rules import RefusalStage
from scrutiny.concerns.triage.tables import HandOff, Referral, Refusal
from scrutiny.kit.db import rows
from scrutiny.people.tables import Seat

FIRST_PROPOSER = """
SELECT seat.person FROM refusal JOIN seat ON seat.id = refusal.proposed_by
WHERE refusal.concern = {} AND refusal.review = true
"""
HELD_IN_CLUSTER = """
SELECT count(*) AS "n" FROM concern WHERE cluster = {} AND stage = {} AND again = false
"""
SIZE_OF = """
SELECT cluster.id, cluster.size FROM cluster JOIN concern ON concern.cluster = cluster.id
WHERE concern.id = {}
"""
ONE_UNSCREENED = (
    "SELECT number FROM concern WHERE panel = {} AND stage = {} AND screened = false LIMIT 1"
)
MOST_REFERRALS = 20
OVER = (*ENDS, *GONE, Stage.CLOSED)
FLAGGED = [f"% {flag} %" for flag in URGENT]
HURRIES = reduce(or_, [Concern.flags.like(flag) for flag in FLAGGED])
CAN_WAIT = reduce(and_, [Concern.flags.not_like(flag) for flag in FLAGGED])


@dataclass(frozen=True)
class Referred:
    to: str
    day: date
    what: str


async def listed(
    seat: Seat,
    stage: str,
    before: int | None = None,
    *,
    screened: bool = True,
    others: bool = False,
) -> list[Concern]:
    """One page and one more: what is urgent before all others, and newest first in each.

    `before` is the last number of the page before, which ended among the `others` or before.
    """
    there = (Concern.stage == stage) & (Concern.screened == screened)
    if stage in OVER:  # nothing hurries any more
        return await _listed(seat, there, before, PAGE + 1)
    found = [] if others else await _listed(seat, there & HURRIES, before, PAGE + 1)
    if len(found) <= PAGE:
        start, left = before if others else None, PAGE + 1 - len(found)
        found += await _listed(seat, there & CAN_WAIT, start, left)
    return found


async def _listed(seat: Seat, there: Combinable, before: int | None, most: int) -> list[Concern]:
    found = visible_to(seat).where(there)
    if before is not None:
        found = found.where(Concern.number < min(before, LARGEST))
    return await found.order_by(Concern.number, ascending=False).limit(most)


async def any_unscreened(seat: Seat) -> bool:
    """Whether anything waits behind a flood."""
    return bool(await rows(ONE_UNSCREENED, seat.panel.id, Stage.SUBMITTED.value))


async def clusters_of(found: list[Concern]) -> dict[UUID, Cluster]:
    """The clusters that these concerns are in, by id: one question for a whole list."""
    ids = {one.cluster for one in found if one.cluster is not None}
    there = await Cluster.objects().where(Cluster.id.is_in(list(ids))) if ids else []
    return {one.id: one for one in there}


async def said_about(concern: UUID) -> int | None:
    """How many people said what this concern says, held ones left out; None when it is alone."""
    found = await rows(SIZE_OF, concern)
    if not found:
        return None
    held = await rows(HELD_IN_CLUSTER, found[0]["id"], Stage.SAFEGUARDING_HOLD.value)
    return found[0]["size"] - held[0]["n"]


# -- refusals --------------------------------------------------------------------------------------


async def waiting_refusal(concern: Concern) -> Refusal | None:
    waiting = (Refusal.concern == concern.id) & (Refusal.stage == RefusalStage.PROPOSED)
    return await Refusal.objects().where(waiting).first()


async def agreed_refusal(concern: Concern) -> Refusal | None:
    agreed = (Refusal.concern == concern.id) & (Refusal.stage == RefusalStage.AGREED)
    return await Refusal.objects().where(agreed).order_by(Refusal.number, ascending=False).first()


async def last_refusal(concern: Concern) -> Refusal | None:
    of_it = Refusal.objects().where(Refusal.concern == concern.id)
    return await of_it.order_by(Refusal.number, ascending=False).first()


async def was_reviewed(concern: Concern) -> bool:
    """Whether the resident has used the one review that they may ask for."""
    return await Refusal.exists().where((Refusal.concern == concern.id) & Refusal.review.eq(True))


async def may_ask_review(concern: Concern) -> bool:
    """Whether the resident may ask now that it be looked at again: once, after a refusal."""
    return concern.stage == Stage.NOT_TAKEN_FORWARD and not await was_reviewed(concern)


async def first_proposer(concern: Concern) -> UUID | None:
    """The person who proposed the refusal that the resident asked to have looked at again."""
    found = await rows(FIRST_PROPOSER, concern.id)
    return found[0]["person"] if found else None


# -- what goes with one concern --------------------------------------------------------------------


async def hand_off_of(concern: Concern) -> HandOff | None:
    return await HandOff.objects().where(HandOff.concern == concern.id).first()


async def referrals_of(concern: Concern) -> list[Referred]:
    """Whom triage told outside the panel, oldest first; empty once it has been erased."""
    found = await (
        Referral.objects()
        .where(Referral.concern == concern.id)
        .order_by(Referral.day, Referral.id)
        .limit(MOST_REFERRALS)
    )
    if not found:
        return []
    key = await parts.key_of(concern)
    return [
        Referred(
            one.to,
            one.day,
            parts.opened(key, concern, f"referral|{one.id}", one.sealed).decode(),
        )
        for one in found
    ]


async def veiled_turns(concern: Concern) -> set[int]:
    found = await rows(
        "SELECT number FROM message WHERE concern = {} AND veiled = true", concern.id
    )
    return {row["number"] for row in found}
