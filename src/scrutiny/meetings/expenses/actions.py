"""Writes about claims: made by whoever it cost, decided by somebody else."""

from datetime import date
from uuid import UUID

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance
from scrutiny.kit.words import one_line
from scrutiny.letters.actions import Words, write
from scrutiny.meetings.expenses.queries import claim_on
from scrutiny.meetings.expenses.rules import (
    MOVES,
    ClaimForm,
    may_claim_for,
    may_decide,
    pence_of,
)
from scrutiny.meetings.expenses.tables import Claim
from scrutiny.meetings.queries import find
from scrutiny.people.actions import once
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Seat
from scrutiny.policy import Act, who_may
from scrutiny.record.actions import record

SUBJECT = "A notice from your panel"


@writes
async def claim(day: date, form: ClaimForm, *, by: Seat) -> Claim:
    """Claim what taking part in the meeting of that day cost; the form has no problems.

    Raises NotNow before the meeting and three months after it, AlreadyMade for the same form.
    """
    await once(form.form_key, f"/{by.panel.slug}/expenses")
    meeting = await find(by, by.panel, day)
    if not may_claim_for(meeting.date, today()):
        raise NotNow("Claim from the day of a meeting until three months after it.")
    made = Claim(panel=by.panel.id, seat=by.id, meeting=meeting.id, kind=form.kind, at=now())
    made.pence, made.note = pence_of(form.pounds), one_line(form.note)
    await Claim.insert(made)
    await record("expense.claimed", made, by=by, meeting=meeting.date, kind=made.kind)
    await _tell_deciders(made, by)
    return made


async def _tell_deciders(made: Claim, by: Seat) -> None:
    link = f"{settings().base_url}/{by.panel.slug}/expenses/decisions"
    text = f"Somebody claims what taking part in {by.panel.name} cost.\n\nDecide here:\n{link}\n"
    for seat in await seats_on(by.panel.id, who_may(Act.EXPENSE_DECIDE)):
        if may_decide(seat.person.id, by.person.id):
            key = f"expense.claimed|{made.id}|{seat.person.id}"
            await write(
                "expense.claimed", seat.person, Words(SUBJECT, text), key=key, panel=by.panel
            )


@writes
async def take_back(known: UUID, *, by: Seat) -> None:
    """Take one's own claim back before it is decided. Raises NotNow for somebody else's."""
    made = await claim_on(by.panel, known)
    if made.seat.person.id != by.person.id:
        raise NotNow("Only whoever made a claim takes it back.")
    await advance(made, MOVES, "withdrawn")
    await record("expense.withdrawn", made, by=by)


@writes
async def decide(known: UUID, seen: int, verdict: str, why: str, *, by: Seat) -> None:
    """Agree, refuse or mark as paid. Raises NotNow for one's own, Stale when it was changed."""
    made = await claim_on(by.panel, known)
    if not may_decide(by.person.id, made.seat.person.id):
        raise NotNow("Nobody decides on their own claim.")
    made.version = seen
    await advance(made, MOVES, verdict, decided_by=by.id, why=one_line(why))
    await record(f"expense.{verdict}", made, by=by)
    link = f"{settings().base_url}/{by.panel.slug}/expenses"
    text = f"What you claimed from {by.panel.name} was looked at.\n\nRead here:\n{link}\n"
    key = f"expense.{verdict}|{made.id}"
    await write(f"expense.{verdict}", made.seat.person, Words(SUBJECT, text), key=key,
                panel=by.panel)  # fmt: skip
