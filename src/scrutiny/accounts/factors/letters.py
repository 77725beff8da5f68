"""What people are told when a second factor was changed or a recovery code was used."""

from scrutiny.kit.ids import new_id
from scrutiny.kit.settings import settings
from scrutiny.letters.actions import Words, write
from scrutiny.people.queries import people_on, seats_of
from scrutiny.people.tables import Panel, Person
from scrutiny.policy import CHAIRS, CONVENORS

SUBJECT = "A notice about your account"
CHANGED = """\
{what}

You were signed out everywhere else. If this was not you, tell the secretariat of your panel at
once: somebody can read your letters.

{link}
"""
USED = """\
Somebody, we hope you, signed in to {host} with one of your recovery codes. {left} are left.
You were signed out everywhere else. If this was not you, tell the secretariat of your panel at
once. If your phone is lost, set up a new second factor:

{link}
"""
TOLD = """\
{name} of {panel} signed in with a recovery code, which people do when their phone is lost.

Please ask them, face to face or by telephone, whether it was they. If it was not, end their seat:

{link}
"""


async def tell_of_change(person: Person, what: str) -> None:
    text = CHANGED.format(what=what, link=f"{settings().base_url}/account")
    await write("factor.changed", person, Words(SUBJECT, text), key=f"factor|{new_id()}")


async def tell_of_recovery(person: Person, left: int) -> None:
    """Write to the person, and to whoever chairs each panel on which they sit."""
    link = f"{settings().base_url}/account"
    text = USED.format(host=settings().host, left=left, link=link)
    await write("recovery.used", person, Words(SUBJECT, text), key=f"recovery|{new_id()}")
    panels = {seat.panel.id: seat.panel for seat in await seats_of(person.id)}
    for panel in panels.values():
        await _tell_chairs(person, panel)


async def _tell_chairs(person: Person, panel: Panel) -> None:
    """When the person is the only chair, the secretariat is told instead."""
    text = TOLD.format(
        name=person.name, panel=panel.name, link=f"{settings().base_url}/{panel.slug}/seats"
    )
    for roles in (CHAIRS, CONVENORS):
        others = [one for one in await people_on(panel.id, roles) if one.id != person.id]
        for other in others:
            await write(
                "recovery.used_by_member",
                other,
                Words("A notice about a member", text),
                key=f"recovery|{new_id()}",
                panel=panel,
            )
        if others:
            return
