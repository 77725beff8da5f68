"""Reads for the demo's own pages: whom one may be, and what to try as each."""

from collections import defaultdict
from functools import partial
from typing import Any
from uuid import UUID

from scrutiny.agendas.questions import queries as questions
from scrutiny.concerns.queries import by_receipt, reference_of
from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.meetings.calendar import address
from scrutiny.meetings.queries import next_public
from scrutiny.meetings.registration import queries as registration
from scrutiny.meetings.registration.tables import Registration
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.recruitment import queries as recruitment
from scrutiny.people import queries as people
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Person, Seat
from scrutiny.trying.codes import OUTSIDERS, PLAYED, Code, code_of
from scrutiny.trying.parts import DOES, PERSONS, Part
from scrutiny.trying.passphrases import OF_ROLES

FIRST = "lambeth"
"""The panel where there is something of everything, and whose residents can be played."""


SEATED = """
SELECT seat.id, seat.role, seat.person, person.name, panel.name AS panel_name, panel.slug FROM seat
JOIN person ON person.id = seat.person JOIN panel ON panel.id = seat.panel
WHERE seat.until IS NULL OR seat.until >= {}
ORDER BY panel.name DESC, seat.since, seat.id LIMIT 40"""


async def the_cast() -> list[tuple[str, list[dict[str, Any]]]]:
    """Everybody whom the demo lets one be, by panel: each once, with all their roles."""
    found: dict[str, dict[Any, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in await rows(SEATED, today()):
        found[row["panel_name"]][row["person"]].append(row)
    return [
        (name, sorted(map(_one, people.values()), key=lambda one: list(DOES).index(one["role"])))
        for name, people in found.items()
    ]


def _one(held: list[dict[str, Any]]) -> dict[str, Any]:
    """The latest seat says what they do: an office stands beside the member's own."""
    last, first = held[-1], held[0]["slug"] == FIRST
    part = DOES.get(last["role"], Part(""))
    tries = part.tries + PERSONS.get(last["name"], ()) if first else ()
    passphrase = next((OF_ROLES[row["role"]] for row in held if row["role"] in OF_ROLES), "")
    roles = [role_name(row["role"]) for row in held]
    more = {"does": part.does, "tries": tries, "passphrase": passphrase, "roles": roles}
    return {**last, **more}


async def residents() -> list[Code]:
    """The codes of those whom anybody may play; one that is not there is left out."""
    codes = {shows: code_of(FIRST, name) for name, shows in PLAYED.items()}
    found = [(await by_receipt(code), code, shows) for shows, code in codes.items()]
    return [Code(reference_of(one), code, shows) for one, code, shows in found if one]


async def outsiders() -> list[Code]:
    """The codes of those who asked, applied or mean to come; those not there are left out."""
    panel = next((one for one in await people.panels() if one.slug == FIRST), None)
    meeting = await next_public(panel) if panel else None
    if panel is None or meeting is None:
        return []
    places = {
        "question": "/questions/return",
        "application": f"/{FIRST}/join/return",
        "registration": f"{address(panel, meeting)}/registration/return",
    }
    known = {
        "question": questions.by_code,
        "application": partial(recruitment.by_code, panel),
        "registration": partial(_registered, meeting),
    }
    found = []
    for name, (kind, title, shows) in OUTSIDERS.items():
        code = code_of(FIRST, name)
        if await known[kind](code) is not None:
            found.append(Code(title, code, shows, places[kind]))
    return found


async def _registered(meeting: Meeting, code: str) -> Registration | None:
    try:
        return await registration.by_code(meeting, code)
    except Missing:
        return None


async def person_in(seat: str) -> Person:
    try:
        found = await Seat.objects(Seat.person).where(Seat.id == UUID(seat)).first()
    except ValueError:
        found = None
    if found is None:
        raise Missing("There is nobody of that kind in the demo.")
    return found.person
