"""Reads of what is about to be erased, and of what is held."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scrutiny.concerns.queries import PAGE
from scrutiny.concerns.retention.rules import (
    WHY_THEN,
    HoldStage,
    due,
    erased_on,
    is_in_force,
    kept_as,
    warn_on,
)
from scrutiny.concerns.retention.tables import Hold
from scrutiny.concerns.rules import reference
from scrutiny.concerns.tables import Concern, ConcernKey
from scrutiny.concerns.vault.queries import has_contact
from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.kit.mail import Mailbox
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, may, who_may

HOLDS_OF = """
SELECT stage, until, proposed FROM hold WHERE concern = {} AND stage IN ({})
"""
ANNOUNCED = "SELECT day, warned FROM erasure WHERE concern = {}"
COMING = """
SELECT erasure.number, erasure.day, concern.received FROM erasure
JOIN concern ON concern.id = erasure.concern
WHERE erasure.panel = {} AND (erasure.day, erasure.number) > ({}, {})
ORDER BY erasure.day, erasure.number LIMIT {}
"""
HOLDS = """
SELECT hold.id, hold.why, hold.stage, hold.until, concern.number, concern.received
FROM hold JOIN concern ON concern.id = hold.concern
WHERE hold.panel = {} AND hold.stage = {} AND hold.id > {} ORDER BY hold.id LIMIT {}
"""
OPEN_HOLDS = (HoldStage.PROPOSED.value, HoldStage.AGREED.value)
LONGEST_LIST = 20


@dataclass(frozen=True)
class Coming:
    """One that is about to be erased, as a custodian's list shows it: no word of what it says."""

    reference: str
    number: int
    day: date


@dataclass(frozen=True)
class Held:
    id: UUID
    reference: str
    number: int
    why: str
    stage: str
    until: date


async def is_held(concern: Concern, on: date | None = None) -> bool:
    """Whether the law wants it kept, today or on a day: nothing of it may then be erased."""
    found = await rows(HOLDS_OF, concern.id, OPEN_HOLDS)
    day = on or today()
    return any(is_in_force(one["stage"], one["until"], one["proposed"], day) for one in found)


async def due_of(concern: Concern) -> date | None:
    """When the policy wants it erased, whatever stops it."""
    return due(
        concern.stage,
        reason=concern.reason,
        ended=concern.ended,
        touched=concern.touched,
        reachable=await has_contact(concern),
    )


async def why_then(concern: Concern) -> str:
    """Why it is erased when it is, for its resident; nothing where nothing counts yet."""
    reachable = await has_contact(concern)
    kept = kept_as(concern.stage, concern.reason, reachable=reachable)
    return WHY_THEN.get(kept.name, "") if kept else ""


async def erasure_of(concern: Concern) -> date | None:
    """The day on which it will be erased, as things stand; None while it is kept or held."""
    planned = await due_of(concern)
    if planned is None or await is_held(concern):
        return None
    announced = await rows(ANNOUNCED, concern.id)
    warned = announced[0]["warned"] if announced else max(warn_on(planned), today())
    return erased_on(planned, warned)


async def coming(panel: Panel, after: tuple[date, int]) -> list[Coming]:
    """One page and one more of what is announced, soonest first."""
    found = await rows(COMING, panel.id, *after, PAGE + 1)
    return [Coming(_reference(panel, row), row["number"], row["day"]) for row in found]


async def held(panel: Panel, stage: str, after: UUID) -> list[Held]:
    """One page and one more of the holds at one stage, oldest first."""
    found = await rows(HOLDS, panel.id, stage, after, PAGE + 1)
    return [
        Held(row["id"], _reference(panel, row), row["number"], row["why"], row["stage"],
             row["until"])
        for row in found
    ]  # fmt: skip


def _reference(panel: Panel, row: dict) -> str:
    return reference(panel.code, row["number"], row["received"])


async def holds_of(concern: Concern) -> list[Hold]:
    """The latest holds of one concern, newest first, with who proposed and who agreed."""
    return await (
        Hold.objects(Hold.proposed_by.person, Hold.agreed_by.person)
        .where(Hold.concern == concern.id)
        .order_by(Hold.id, ascending=False)
        .limit(LONGEST_LIST)
    )


async def can_be_held(concern: Concern) -> bool:
    """Whether anything is left of it, and no hold waits for a second custodian."""
    waits = (Hold.concern == concern.id) & (Hold.stage == HoldStage.PROPOSED)
    return await is_left(concern) and not await Hold.exists().where(waits)


async def is_left(concern: Concern) -> bool:
    return await ConcernKey.exists().where(ConcernKey.id == concern.id)


async def find_hold(seat: Seat, concern: Concern, known: UUID | None) -> Hold:
    """One hold of this concern. Raises Missing."""
    found = None
    if known and may(seat.role, Act.HOLD):
        found = (
            await Hold.objects().where((Hold.id == known) & (Hold.concern == concern.id)).first()
        )
    if found is None:
        raise Missing("There is no such hold.")
    return found


async def other_custodians(seat: Seat) -> list[Mailbox]:
    """Those who may agree with what this one proposes."""
    seats = await seats_on(seat.panel.id, who_may(Act.HOLD))
    others = {one.person.id: one.person for one in seats if one.person.id != seat.person.id}
    return [Mailbox(one.name, one.email) for one in others.values()]
