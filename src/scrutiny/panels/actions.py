"""Writes about panels: one is added, with its force; its first people are seated."""

import json
from dataclasses import dataclass
from datetime import date

from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow, Unreadable
from scrutiny.kit.mail import Mailbox
from scrutiny.panels.rules import force_problems, problems, retention_problem, too_long
from scrutiny.people.actions import end_other_sessions
from scrutiny.people.tables import Force, Panel, Person, Seat
from scrutiny.record.actions import record

STANDING = [
    "Welcome, wellbeing and apologies",
    "Confidentiality and declarations of interest",
    "Minutes of the last meeting",
    "Recommendations and overdue answers",
    "Case review",
    "Community concerns",
    "Questions to the police",
    "Any other business and date of next meeting",
]
"""What stands on every agenda until the panel says otherwise (domain.md 9.11)."""


@dataclass(frozen=True)
class NewPanel:
    slug: str
    name: str
    code: str
    area: str
    area_code: str
    force: str
    force_name: str
    force_contact: str
    contact: str
    purpose: str = ""
    local_policing_body: str = ""
    quorum: int = 3
    force_complaints: str = ""
    retention_days: int = 31


@writes
async def add_panel(new: NewPanel) -> Panel:
    """Raises Unreadable with what is wrong, NotNow when the address is taken."""
    if wrong := problems(new.slug, new.code, new.name) + too_long(vars(new)):
        raise Unreadable(" ".join(wrong))
    Mailbox(new.name, new.contact)
    if wrong := retention_problem(new.retention_days):
        raise Unreadable(wrong)
    if await Panel.exists().where(Panel.slug == new.slug):
        raise NotNow(f"There is already a panel at /{new.slug}.")
    panel = Panel(
        slug=new.slug,
        name=new.name,
        code=new.code,
        area=new.area,
        area_code=new.area_code,
        force=await _force(new),
        local_policing_body=new.local_policing_body,
        purpose=new.purpose,
        contact=new.contact,
        quorum=new.quorum,
        standing_items=json.dumps(STANDING),
    )
    await Panel.insert(panel)
    await record("panel.added", panel, panel=panel, public=True)
    return panel


async def _force(new: NewPanel) -> Force:
    found = await Force.objects().where(Force.slug == new.force).first()
    if found is None:
        Mailbox(new.force_name, new.force_contact)
        found = Force(slug=new.force, name=new.force_name, contact=new.force_contact)
        found.complaints_contact, found.retention_days = new.force_complaints, new.retention_days
        if new.force_complaints:
            Mailbox(new.force_name, new.force_complaints)
        await Force.insert(found)
    return found


@writes
async def change_force(slug: str, **changes: str | int | None) -> Force:
    """Change name, contact, complaints_contact or retention_days; None leaves one as it is.

    An empty complaints_contact takes it away. Raises Missing, Unreadable, and ValueError for what
    is no e-mail address. Clocks of video that nobody has asked for yet count anew from now on.
    """
    force = await Force.objects().where(Force.slug == slug).first()
    if force is None:
        raise Missing(f"There is no force with the id {slug}.")
    wanted = {name: value for name, value in changes.items() if value is not None}
    if wrong := force_problems(wanted):
        raise Unreadable(" ".join(wrong))
    for name in ("contact", "complaints_contact"):
        if wanted.get(name):
            Mailbox(force.name, str(wanted[name]))
    if wanted:
        await Force.update(wanted).where(Force.id == force.id)
        for panel in await Panel.objects().where(Panel.force == force.id):
            about = {"panel": panel, "public": True, "fields": sorted(wanted)}
            await record("force.changed", force, **about)
    return await Force.objects().get(Force.id == force.id)


async def seat_person(
    person: Person, panel: Panel, role: str, *, since: date, until: date | None = None
) -> Seat:
    """Give somebody a seat, as the operator does for the first ones. Inside write_tx()."""
    seat = Seat(panel=panel, person=person, role=role, since=since, until=until)
    await Seat.insert(seat)
    await end_other_sessions(person)  # one begun with a letter alone never carries into a seat
    await record("seat.taken", seat, panel=panel, public=True, role=role)
    return seat
