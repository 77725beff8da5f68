"""Reads of claims: one's own, and all of them for whoever decides."""

from datetime import date
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.meetings.expenses.rules import WITHIN, Stage, totals
from scrutiny.meetings.expenses.tables import Claim
from scrutiny.meetings.queries import visible_to
from scrutiny.meetings.rules import UNDER_WAY_OR_OVER
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat

PAGE = 50


def _of(panel: Panel):
    return Claim.objects(Claim.meeting, Claim.seat, Claim.seat.person).where(
        Claim.panel == panel.id
    )


async def mine(seat: Seat) -> list[Claim]:
    """One's own, newest first, the last fifty."""
    own = _of(seat.panel).where(Claim.seat.person == seat.person.id)
    return await own.order_by(Claim.id, ascending=False).limit(PAGE)


async def waiting(panel: Panel) -> list[Claim]:
    """Those to be decided or paid, oldest first."""
    still = Claim.stage.is_in([Stage.CLAIMED, Stage.AGREED])
    return await _of(panel).where(still).order_by(Claim.id).limit(PAGE)


async def claim_on(panel: Panel, known: UUID) -> Claim:
    found = await _of(panel).where(Claim.id == known).first()
    if found is None:
        raise Missing("There is no such claim on this panel.")
    return found


async def year_totals(panel: Panel, year: int) -> dict[str, int]:
    """Pence agreed or paid for the meetings of a year, by kind: what taking part costs."""
    found = await rows(SPENT, panel.id, date(year, 1, 1), date(year, 12, 31))
    return totals((row["kind"], row["stage"], row["pence"]) for row in found)


SPENT = """
SELECT expense_claim.kind, expense_claim.stage, sum(expense_claim.pence) AS pence
FROM expense_claim JOIN meeting ON meeting.id = expense_claim.meeting
WHERE expense_claim.panel = {} AND meeting.date BETWEEN {} AND {}
GROUP BY expense_claim.kind, expense_claim.stage"""


async def claimable(seat: Seat) -> list[Meeting]:
    """Meetings of the last three months that were held, newest first."""
    recent = (Meeting.date <= today()) & (Meeting.date >= today() - WITHIN)
    held = Meeting.stage.is_in(list(UNDER_WAY_OR_OVER))
    found = visible_to(seat, seat.panel).where(recent & held)
    return await found.order_by(Meeting.date, ascending=False).limit(PAGE)
