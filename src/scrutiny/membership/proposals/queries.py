"""Reads about what two people decide."""

from uuid import UUID

from scrutiny.kit.errors import Missing
from scrutiny.membership.rules import Kind, Stage
from scrutiny.membership.tables import Proposal
from scrutiny.people.tables import Panel, Person

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


async def own_removal(panel: Panel, person: Person, proposal: UUID) -> Proposal:
    """A removal that is about this person. Raises Missing for any other."""
    found = await proposal_on(panel, proposal)
    if found.kind != Kind.REMOVAL or found.seat.person.id != person.id:
        raise Missing("There is no such proposal about a seat of yours.")
    return found


async def own_removals(panel: Panel, person: Person) -> list[Proposal]:
    """The removals about this person that nobody decided yet."""
    mine = (Proposal.panel == panel.id) & (Proposal.seat.person == person.id)
    mine &= (Proposal.stage == Stage.OPEN) & (Proposal.kind == Kind.REMOVAL)
    return await Proposal.objects(Proposal.seat).where(mine).order_by(Proposal.id).limit(MOST)
