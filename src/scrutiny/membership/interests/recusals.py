"""From what somebody is recused: read by every page, list, count, feed, pack and letter."""

from uuid import UUID

from scrutiny.kit.db import rows
from scrutiny.membership.interests.tables import Recusal
from scrutiny.people.tables import Seat

RECUSED = "SELECT about FROM recusal WHERE person = {} AND panel = {} AND lifted IS NULL"


async def recused(seat: Seat) -> frozenset[UUID]:
    """The items, cases and recommendations in which the holder of this seat takes no part."""
    found = await rows(RECUSED, seat.person.id, seat.panel.id)
    return frozenset(row["about"] for row in found)


def recused_by(seat: Seat):
    """The same as a subquery: `Case.id.not_in(recused_by(seat))`."""
    mine = (Recusal.person == seat.person.id) & (Recusal.panel == seat.panel.id)
    return Recusal.select(Recusal.about).where(mine & Recusal.lifted.is_null())


async def recused_from(about: UUID) -> frozenset[UUID]:
    """The persons who take no part in this."""
    found = Recusal.select(Recusal.person).where(
        (Recusal.about == about) & Recusal.lifted.is_null()
    )
    return frozenset(row["person"] for row in await found)
