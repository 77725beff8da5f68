"""Reads for the demo's own pages: whom one may be, and what to try as each."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from scrutiny.concerns.queries import by_receipt, reference_of
from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.kit.words import N_
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Person, Seat
from scrutiny.trying.codes import PLAYED, Code, code_of
from scrutiny.trying.passphrases import OF_ROLES

FIRST = "lambeth"
"""The panel where there is something of everything, and whose residents can be played."""


@dataclass(frozen=True)
class Part:
    """What a role does, and what to try in it."""

    does: str
    tries: tuple[str, ...] = ()


DOES = {
    "chair": Part(
        N_("puts recommendations to the vote, approves minutes, closes what was asked."),
        (
            N_("Agree that a concern is not taken forward, or send it back: it names nobody."),
            N_("Open the case of the car that is stopped again: seven people said this."),
        ),
    ),
    "member": Part(N_("follows cases and drafts recommendations.")),
    "secretariat": Part(
        N_("reads concerns, calls meetings, compiles minutes."),
        (
            N_("Ask the police to keep a video that goes in four days."),
            N_("Read a new concern and decide; join those that are alike."),
            N_("Look at the concern with a photo: hidden data was taken out of the copy."),
        ),
    ),
    "safeguarding_lead": Part(
        N_("reads concerns in which somebody may be at risk."),
        (N_("See the concern that is held for a child's sake, and who was told."),),
    ),
    "data_protection_lead": Part(
        N_("holds the vault of names together with the secretariat."),
        (
            N_("Agree to a look at who wrote, or say no. You need the passphrase below."),
            N_("See what is erased soon, and what is held for the law."),
        ),
    ),
    "police_liaison": Part(
        N_("sees what is asked of the force, and never who complained."),
        (N_("Answer a request to keep video: its page says when and where, not who asked."),),
    ),
    "police_approver": Part(N_("answers for the force.")),
}
SEATED = """
SELECT seat.id, seat.role, person.name, panel.name AS panel_name, panel.slug FROM seat
JOIN person ON person.id = seat.person JOIN panel ON panel.id = seat.panel
WHERE seat.until IS NULL OR seat.until >= {}
ORDER BY panel.name DESC, seat.since, seat.id LIMIT 40"""


async def the_cast() -> list[tuple[str, list[dict[str, Any]]]]:
    """Everybody whom the demo lets one be, by panel."""
    found = defaultdict(list)
    for row in await rows(SEATED, today()):
        part = DOES.get(row["role"], Part(""))
        tries = part.tries if row["slug"] == FIRST else ()
        more = {"does": part.does, "tries": tries, "passphrase": OF_ROLES.get(row["role"], "")}
        found[row["panel_name"]].append({**row, **more, "role": role_name(row["role"])})
    return list(found.items())


async def residents() -> list[Code]:
    """The codes of those whom anybody may play; one that is not there is left out."""
    codes = {shows: code_of(FIRST, name) for name, shows in PLAYED.items()}
    found = [(await by_receipt(code), code, shows) for shows, code in codes.items()]
    return [Code(reference_of(one), code, shows) for one, code, shows in found if one]


async def person_in(seat: str) -> Person:
    try:
        found = await Seat.objects(Seat.person).where(Seat.id == UUID(seat)).first()
    except ValueError:
        found = None
    if found is None:
        raise Missing("There is nobody of that kind in the demo.")
    return found.person
