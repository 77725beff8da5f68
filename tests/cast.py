"""The cast: the same few people in every test and in the demo, so nobody is introduced twice.

Lambeth: Amara chairs, Bilal and Chidi are members, Grace is the secretariat, Claire is the
force's liaison, Owen approves for the force. Dev is signed in and has no seat here: he sits on
Hackney, where Ruth chairs. Nadia is a resident and never signs in.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.people.actions import add_person
from scrutiny.people.tables import Force, Panel, Person, Seat
from scrutiny.policy import Role

LAMBETH = {
    "amara": ("Amara Okafor", Role.CHAIR),
    "bilal": ("Bilal Hussain", Role.MEMBER),
    "chidi": ("Chidi Eze", Role.MEMBER),
    "grace": ("Grace Mensah", Role.SECRETARIAT),
    "claire": ("Claire Walsh", Role.LIAISON),
    "owen": ("Owen Price", Role.APPROVER),
}
HACKNEY = {"ruth": ("Ruth Stein", Role.CHAIR), "dev": ("Dev Patel", Role.MEMBER)}
STANDING = '["Welcome and apologies", "Minutes of the last meeting", "Cases", "Any other business"]'


@dataclass
class Cast:
    lambeth: Panel
    hackney: Panel
    people: dict[str, Person]
    seats: dict[str, Seat]


async def seat_everybody(since: date | None = None) -> Cast:
    """Two panels and everybody on them; seats begin two years ago."""
    since = since or today() - timedelta(days=730)
    async with write_tx():
        force = Force(slug="metropolitan", name="Metropolitan Police", contact="liaison@met.test")
        await Force.insert(force)
        lambeth = await _panel(force, "lambeth", "LAM", "Lambeth", "E09000022")
        hackney = await _panel(force, "hackney", "HAC", "Hackney", "E09000012")
        people: dict[str, Person] = {}
        seats: dict[str, Seat] = {}
        for panel, cast in ((lambeth, LAMBETH), (hackney, HACKNEY)):
            for key, (name, role) in cast.items():
                people[key] = await add_person(name, f"{key}@panel.test")
                seats[key] = Seat(panel=panel, person=people[key], role=role, since=since)
                await Seat.insert(seats[key])
    return Cast(lambeth, hackney, people, seats)


async def _panel(force: Force, slug: str, code: str, area: str, area_code: str) -> Panel:
    panel = Panel(
        slug=slug,
        code=code,
        name=f"{area} Scrutiny Panel",
        area=area,
        area_code=area_code,
        force=force,
        local_policing_body="Mayor's Office for Policing and Crime",
        purpose=f"Residents of {area} who check how police powers are used.",
        contact=f"hello@{slug}.test",
        quorum=2,
        standing_items=STANDING,
    )
    await Panel.insert(panel)
    return panel
