"""Reads about what two people decide."""

from uuid import UUID

from scrutiny.kit.errors import Missing
from scrutiny.membership.rules import Stage
from scrutiny.membership.tables import Proposal
from scrutiny.people.tables import Panel

MOST = 50


async def open_proposals(panel: Panel) -> list[Proposal]:
    waiting = (Proposal.panel == panel.id) & (Proposal.stage == Stage.OPEN)
    joined = (Proposal.seat, Proposal.seat.person)
    return await Proposal.objects(*joined).where(waiting).order_by(Proposal.id).limit(MOST)


async def proposal_on(panel: Panel, proposal: UUID) -> Proposal:
    """Raises Missing when there is none on this panel."""
    joined = (Proposal.seat, Proposal.seat.person, Proposal.by, Proposal.by.person)
    wanted = (Proposal.id == proposal) & (Proposal.panel == panel.id)
    found = await Proposal.objects(*joined).where(wanted).first()
    if found is None:
        raise Missing("There is no such proposal on this panel.")
    return found


async def is_proposed(seat: UUID, kind: str) -> bool:
    same = (Proposal.seat == seat) & (Proposal.kind == kind) & (Proposal.stage == Stage.OPEN)
    return await Proposal.exists().where(same)
