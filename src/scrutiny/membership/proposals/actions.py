"""Propose a removal or new second factors, and decide as the second person."""

from datetime import date, timedelta
from uuid import UUID

from scrutiny.accounts.factors.actions import forget_factors
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance, amend
from scrutiny.kit.working_days import add_working_days
from scrutiny.membership import letters
from scrutiny.membership.actions import end_now, must_be_held
from scrutiny.membership.proposals.queries import is_proposed, own_removal, proposal_on
from scrutiny.membership.queries import community_seats, seat_on
from scrutiny.membership.rules import (
    MOVES,
    REPLY_WORKING_DAYS,
    Kind,
    Reason,
    may_decide,
    may_reply,
    must_wait,
)
from scrutiny.membership.tables import Proposal
from scrutiny.people.actions import once
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record

NOBODY_ELSE = "Nobody else sits on the panel who could agree. Invite somebody first."
ASKED = """\
{asker} asks the panel for a second person to decide about the seat of {name} on {panel}.

{link}
"""
TOLD = {
    Kind.REMOVAL: """\
Somebody who runs {panel} proposes to end your seat. A second person decides. You have a right to
reply first, until {reply_until:%d %B %Y}: nobody can agree before that unless you have replied.
What is said against you, and the form for your reply, are here:

{link}
""",
    Kind.NEW_FACTORS: """\
Somebody who runs {panel} proposes to remove your second factors, so that you can set up new ones.
If you did not ask them to, write to {contact} at once: somebody may be posing as you.
""",
}
REPLIED = """\
A reply has come to what {panel} was asked to decide about the seat of {name}.

{link}
"""
OUTCOME = """\
What {panel} was asked to decide about the seat of {name} was {verdict}.

{link}
"""
DECIDED = {
    (Kind.REMOVAL, "agreed"): """\
The panel decided to end your seat on {panel}. Its last day is {last_day:%d %B %Y}. What was said
and what you replied was read before. If you think that this is a mistake, write to {contact}.
""",
    (Kind.REMOVAL, "declined"): """\
It was proposed to end your seat on {panel}. This was declined: you keep your seat.

{link}
""",
    (Kind.NEW_FACTORS, "agreed"): """\
Two people of {panel} agreed to remove your second factors. If you did not ask them to, write to
{contact} at once: somebody may be posing as you.
""",
    (Kind.NEW_FACTORS, "declined"): """\
It was proposed to remove your second factors. This was declined: they stay as they are.
""",
}
"""What the one concerned is told, and nobody else."""
WAIT = "They have until {day:%d %B %Y} to reply, and have not replied yet."
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
        reply_until=add_working_days(today(), REPLY_WORKING_DAYS) if last_day else None,
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
    text = TOLD[Kind(asked.kind)].format(
        panel=panel.name,
        contact=panel.contact,
        reply_until=asked.reply_until,
        link=f"{settings().base_url}/{panel.slug}/seats/mine/removals/{asked.id}",
    )
    await letters.tell(f"seat.{asked.kind}", held.person, panel, text)
    facts = {"name": held.person.name, "panel": panel.name, "link": _link(panel, asked)}
    text = ASKED.format(asker=by.person.name, **facts)
    await _tell_all(f"seat.{asked.kind}_proposed", others, panel, text)


def _link(panel: Panel, asked: Proposal) -> str:
    return f"{settings().base_url}/{panel.slug}/seats/proposals/{asked.id}"


async def _tell_all(kind: str, seats: list[Seat], panel: Panel, text: str) -> None:
    for person in {seat.person.id: seat.person for seat in seats}.values():
        await letters.tell(kind, person, panel, text)


@writes
async def reply(proposal: UUID, text: str, *, by: Seat) -> None:
    """Reply to what is said against one's own seat: once, before the time is over.

    Raises Missing for anybody else's, and NotNow when it came, was decided or is too late.
    """
    asked = await own_removal(by.panel, by.person, proposal)
    if not may_reply(asked.stage, asked.reply_until, asked.replied, today()):
        raise NotNow("You have replied already, or the time to reply is over.")
    await amend(asked, reply=text.strip(), replied=now())
    await record("seat.removal_replied", asked, by=by, seat=asked.seat.id)
    seats = await community_seats(by.panel.id)
    facts = {"name": by.person.name, "panel": by.panel.name, "link": _link(by.panel, asked)}
    others = [seat for seat in seats if seat.person.id != by.person.id]
    await _tell_all("seat.removal_replied", others, by.panel, REPLIED.format(**facts))


@writes
async def decide(proposal: UUID, verdict: str, *, by: Seat) -> None:
    """Agree or decline, as somebody other than who asked and who is concerned.

    Raises NotNow for those two, and when it was decided before.
    """
    asked = await proposal_on(by.panel, proposal)
    if not may_decide(by.person.id, asked.by.person.id, asked.seat.person.id):
        raise NotNow("A second person has to decide this, and not the one it is about.")
    held = await seat_on(by.panel, asked.seat.id)
    if verdict == "agreed" and must_wait(asked.reply_until, asked.replied, today()):
        raise NotNow(WAIT.format(day=asked.reply_until))
    await advance(asked, MOVES, verdict)
    await record(f"seat.{asked.kind}_{verdict}", asked, by=by, seat=held.id)
    last_day = asked.last_day and max(asked.last_day, today() - timedelta(days=1))
    await _tell_outcome(asked, held, verdict, by, last_day)  # never before it was decided
    if verdict == "declined":
        return
    await must_be_held(held, by)
    if asked.kind == Kind.REMOVAL:
        await end_now(held, by=by, last_day=last_day, reason=Reason.REMOVED)
        return
    await forget_factors(held.person)
    text = FORGOTTEN.format(panel=by.panel.name, link=f"{settings().base_url}/sign-in")
    await letters.tell("factor.removed", held.person, by.panel, text)


async def _tell_outcome(
    asked: Proposal, held: Seat, verdict: str, by: Seat, last_day: date | None
) -> None:
    """Everybody who was asked or asked themself; the one it is about reads what was decided."""
    seats = await community_seats(by.panel.id)
    others = [seat for seat in seats if seat.person.id != held.person.id]
    facts = {"name": held.person.name, "panel": by.panel.name, "verdict": verdict}
    text = OUTCOME.format(**facts, link=_link(by.panel, asked))
    kind = f"seat.{asked.kind}_{verdict}"
    await _tell_all(kind, others, by.panel, text)
    link = f"{settings().base_url}/{by.panel.slug}/seats/mine"
    told = {"panel": by.panel.name, "contact": by.panel.contact, "last_day": last_day}
    words = DECIDED[Kind(asked.kind), verdict].format(**told, link=link)
    await letters.tell(kind, held.person, by.panel, words)
