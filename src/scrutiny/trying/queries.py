"""Reads for the demo's own pages: whom one may be, and the letters that wait."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Person, Seat

DOES = {
    "chair": "puts recommendations to the vote, approves minutes, closes what was asked.",
    "member": "follows cases and drafts recommendations.",
    "secretariat": "reads concerns, calls meetings, compiles minutes.",
    "police_liaison": "sees what is asked of the force, and never who complained.",
    "police_approver": "answers for the force.",
}
SEATED = """
SELECT seat.id, seat.role, person.name, panel.name AS panel_name FROM seat
JOIN person ON person.id = seat.person JOIN panel ON panel.id = seat.panel
WHERE seat.until IS NULL OR seat.until >= {}
ORDER BY panel.name DESC, seat.since, seat.id LIMIT 40"""


async def the_cast() -> list[tuple[str, list[dict[str, Any]]]]:
    """Everybody whom the demo lets one be, by panel."""
    found = defaultdict(list)
    for row in await rows(SEATED, today()):
        does = DOES.get(row["role"], "")
        found[row["panel_name"]].append({**row, "role": role_name(row["role"]), "does": does})
    return list(found.items())


async def person_in(seat: str) -> Person:
    try:
        found = await Seat.objects(Seat.person).where(Seat.id == UUID(seat)).first()
    except ValueError:
        found = None
    if found is None:
        raise Missing("There is nobody of that kind in the demo.")
    return found.person
