"""Reads of refusals for the chair: by their own numbers, and never with who wrote, or what."""

from dataclasses import dataclass

from scrutiny.concerns import parts
from scrutiny.concerns.queries import LARGEST, PAGE
from scrutiny.concerns.rules import Stage
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.triage.rules import RefusalStage
from scrutiny.concerns.triage.tables import Refusal
from scrutiny.kit.errors import Missing, Unreadable
from scrutiny.people.tables import Seat
from scrutiny.policy import Act, may


@dataclass(frozen=True)
class Said:
    """What stands in a refusal; empty once the concern has been erased."""

    summary: str = ""
    reply: str = ""
    why: str = ""


def visible_to(seat: Seat):
    """Refusals of the panel, to whom agrees to them; none of a concern that is held."""
    if not may(seat.role, Act.CONCERN_REFUSE):
        raise Missing("There is no such refusal.")
    return Refusal.objects(Refusal.concern).where(
        (Refusal.panel == seat.panel.id)
        & (Refusal.concern.stage != Stage.SAFEGUARDING_HOLD)
        & (Refusal.stage != RefusalStage.TAKEN_BACK)
    )


async def find(seat: Seat, number: int) -> Refusal:
    found = await visible_to(seat).where(Refusal.number == min(number, LARGEST)).first()
    if found is None:
        raise Missing("There is no such refusal.")
    return found


async def waiting(seat: Seat) -> list[Refusal]:
    """Those that wait for the chair, oldest first."""
    found = visible_to(seat).where(
        (Refusal.stage == RefusalStage.PROPOSED) & (Refusal.concern.stage == Stage.IN_TRIAGE)
    )
    return await found.order_by(Refusal.number).limit(PAGE)


async def decided(seat: Seat, before: int | None = None) -> list[Refusal]:
    """One page and one more of those decided, newest first."""
    found = visible_to(seat).where(Refusal.stage != RefusalStage.PROPOSED)
    if before is not None:
        found = found.where(Refusal.number < min(before, LARGEST))
    return await found.order_by(Refusal.number, ascending=False).limit(PAGE + 1)


async def said(refusal: Refusal) -> Said:
    """`refusal` comes with its concern, or with the id of it."""
    known = refusal.concern
    concern = (
        known if isinstance(known, Concern) else await Concern.objects().get(Concern.id == known)
    )
    try:
        key = await parts.key_of(concern)
    except Unreadable:
        return Said()

    def opened(part: str, blob: bytes) -> str:
        place = f"refusal|{refusal.id}|{part}"
        return parts.opened(key, concern, place, blob).decode() if blob else ""

    return Said(
        opened("summary", refusal.sealed_summary),
        opened("reply", refusal.sealed_reply),
        opened("why", refusal.sealed_why),
    )
