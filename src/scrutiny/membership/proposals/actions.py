"""Propose a removal or new second factors, and decide as the second person."""

from datetime import date
from uuid import UUID

from scrutiny.accounts.factors.actions import forget_factors
from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance
from scrutiny.membership import letters
from scrutiny.membership.actions import end_now, must_be_held
from scrutiny.membership.proposals.queries import is_proposed, proposal_on
from scrutiny.membership.queries import community_seats, seat_on
from scrutiny.membership.rules import MOVES, Kind, Reason, may_decide
from scrutiny.membership.tables import Proposal
from scrutiny.people.actions import once
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record

NOBODY_ELSE = "Nobody else sits on the panel who could agree. Invite somebody first."
ASKED = """\
{asker} asks the panel for a second person to decide about the seat of {name} on {panel}.

{link}
"""
TOLD = {
    Kind.REMOVAL: """\
Somebody who runs {panel} proposes to end your seat. A second person decides. You have a right to
reply first: write to {contact}.
""",
    Kind.NEW_FACTORS: """\
Somebody who runs {panel} proposes to remove your second factors, so that you can set up new ones.
If you did not ask them to, write to {contact} at once: somebody may be posing as you.
""",
}
FORGOTTEN = """\
Two people of {panel} removed your second factors. You were signed out everywhere. Sign in with
your e-mail address and set up new ones now: until then your letters alone stand for you.

{link}
"""


@writes
async def propose(
    seat: UUID, kind: Kind, why: str, *, by: Seat, form_key: str, last_day: date | None = None
) -> None:
    """Ask a second person. The one concerned is told, and has a right to reply.

    Raises NotNow for one's own seat, one that is over, or when it was proposed already.
    """
    held = await seat_on(by.panel, seat)
    await must_be_held(held, by)
    if await is_proposed(held.id, kind):
        await once(form_key, f"/{by.panel.slug}/seats")
        raise NotNow("This was proposed already. A second person has to decide.")
    others = await _who_may_decide(held, by)
    asked = Proposal(
        seat=held.id,
        panel=by.panel.id,
        kind=kind,
        by=by.id,
        why=why.strip(),
        last_day=last_day,
        at=now(),
    )
    await Proposal.insert(asked)
    await record(f"seat.{kind}_proposed", asked, by=by, seat=held.id)
    await _tell(asked, held, by, others)
    await once(form_key, f"/{by.panel.slug}/seats")


async def _who_may_decide(held: Seat, by: Seat) -> list[Seat]:
    seats = await community_seats(by.panel.id)
    found = [s for s in seats if may_decide(s.person.id, by.person.id, held.person.id)]
    if not found:
        raise NotNow(NOBODY_ELSE)
    return found


async def _tell(asked: Proposal, held: Seat, by: Seat, others: list[Seat]) -> None:
    panel = by.panel
    text = TOLD[Kind(asked.kind)].format(panel=panel.name, contact=panel.contact)
    await letters.tell(f"seat.{asked.kind}", held.person, panel, text)
    link = f"{settings().base_url}/{panel.slug}/seats/proposals/{asked.id}"
    text = ASKED.format(asker=by.person.name, name=held.person.name, panel=panel.name, link=link)
    for person in {other.person.id: other.person for other in others}.values():
        await letters.tell(f"seat.{asked.kind}_proposed", person, panel, text)


@writes
async def decide(proposal: UUID, verdict: str, *, by: Seat) -> None:
    """Agree or decline, as somebody other than who asked and who is concerned.

    Raises NotNow for those two, and when it was decided before.
    """
    asked = await proposal_on(by.panel, proposal)
    if not may_decide(by.person.id, asked.by.person.id, asked.seat.person.id):
        raise NotNow("A second person has to decide this, and not the one it is about.")
    held = await seat_on(by.panel, asked.seat.id)
    await advance(asked, MOVES, verdict)
    await record(f"seat.{asked.kind}_{verdict}", asked, by=by, seat=held.id)
    if verdict == "declined":
        return
    await must_be_held(held, by)
    if asked.kind == Kind.REMOVAL:
        await end_now(held, by=by, last_day=asked.last_day, reason=Reason.REMOVED)
        return
    await forget_factors(held.person)
    text = FORGOTTEN.format(panel=by.panel.name, link=f"{settings().base_url}/sign-in")
    await letters.tell("factor.removed", held.person, by.panel, text)
