"""Reads of access needs: one's own, and everybody's for whoever arranges the room."""

from dataclasses import dataclass
from datetime import date

from scrutiny.kit.clock import today
from scrutiny.kit.seal import unseal
from scrutiny.membership.needs.tables import Need
from scrutiny.people.queries import active_on
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import AT_THE_TABLE


@dataclass(frozen=True)
class Said:
    name: str
    text: str
    day: date


async def need_of(seat: Seat) -> Need | None:
    own = (Need.panel == seat.panel.id) & (Need.person == seat.person.id)
    return await Need.objects().where(own).first()


def words_of(need: Need | None) -> str:
    return unseal(need.sealed, place(need)) if need else ""


def place(need: Need) -> str:
    return f"access need|{need.id}"


async def needs_on(panel: Panel) -> list[Said]:
    """What everybody who is asked to meetings needs, by name."""
    sitting = Seat.select(Seat.person).where(
        (Seat.panel == panel.id) & Seat.role.is_in(list(AT_THE_TABLE)) & active_on(today())
    )
    found = await (
        Need.objects(Need.person)
        .where((Need.panel == panel.id) & Need.person.is_in(sitting))
        .order_by(Need.person.name)
        .limit(200)
    )
    return [Said(one.person.name, words_of(one), one.changed) for one in found]
