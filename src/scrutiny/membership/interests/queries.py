"""Reads of the register: all of it for the panel, what is public for everybody."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.membership.interests.rules import is_due
from scrutiny.membership.interests.tables import Interest
from scrutiny.membership.rules import shown
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import PANEL

MOST = 500


@dataclass(frozen=True)
class Entry:
    """What one person has declared, and when they last looked it over."""

    name: str
    interests: list[Interest]
    looked: date | None
    due: bool


async def register(panel: Panel, *, everything: bool) -> list[Entry]:
    """Everybody who sits on the panel today, by the name they go by; three queries.

    Without `everything` only what they declared for the public.
    """
    seats = await rows(SITTING, panel.id, tuple(sorted(PANEL)), today(), today())
    looked = {row["person"]: row["day"] for row in await rows(LOOKED, panel.id)}
    mine: dict[UUID, list[Interest]] = {}
    for one in await _standing(panel, everything=everything):
        mine.setdefault(one.person, []).append(one)
    entries: dict[UUID, Entry] = {}
    for row in seats:
        name = row["name"] if everything else shown(row["name"], row["public_name"], row["role"])
        day = looked.get(row["person"])
        found = mine.get(row["person"], [])
        entries.setdefault(row["person"], Entry(name, found, day, is_due(day, today())))
    return list(entries.values())


SITTING = """
SELECT seat.person, person.name, seat.public_name, seat.role FROM seat
JOIN person ON person.id = seat.person WHERE seat.panel = {} AND seat.role IN ({})
AND seat.since <= {} AND (seat.until IS NULL OR seat.until >= {}) AND seat.stage <> 'onboarding'
ORDER BY person.name, seat.id LIMIT 200"""
LOOKED = """
SELECT person, max(day) AS "day [DATE]" FROM interest_declaration WHERE panel = {} GROUP BY person
"""


async def _standing(panel: Panel, *, everything: bool) -> list[Interest]:
    found = Interest.objects().where((Interest.panel == panel.id) & Interest.ended.is_null())
    if not everything:
        found = found.where(Interest.public.eq(True))
    return await found.order_by(Interest.id).limit(MOST)


async def mine(seat: Seat) -> list[Interest]:
    """What the holder of this seat has declared on this panel and not taken off."""
    own = (Interest.panel == seat.panel.id) & (Interest.person == seat.person.id)
    found = Interest.objects().where(own & Interest.ended.is_null())
    return await found.order_by(Interest.id).limit(MOST)


async def last_look(seat: Seat) -> date | None:
    found = await rows(LAST, seat.panel.id, seat.person.id)
    return found[0]["day"]


LAST = """
SELECT max(day) AS "day [DATE]" FROM interest_declaration WHERE panel = {} AND person = {}"""


async def one_of_mine(seat: Seat, known: UUID) -> Interest:
    """Raises Missing for what is somebody else's, and what was taken off."""
    for found in await mine(seat):
        if found.id == known:
            return found
    raise Missing("There is no such entry of yours in the register.")
