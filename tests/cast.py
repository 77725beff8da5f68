"""The cast: the same few people in every test and in the demo, so nobody is introduced twice.

Lambeth: Amara chairs, Bilal and Chidi are members, Grace is the secretariat, Claire is the
force's liaison, Owen approves for the force; Hana leads on data protection and holds the vault with
Grace; Sol leads on safeguarding. Dev is signed in and has no seat here: he sits on
Hackney, where Ruth chairs. Nadia is a resident and never signs in.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from nacl.public import PrivateKey

from scrutiny.concerns.vault.keys import vault_place
from scrutiny.concerns.vault.passphrases import Cost, derive
from scrutiny.concerns.vault.rules import seal_to
from scrutiny.concerns.vault.tables import CustodianKey, Vault
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
    "hana": ("Hana Suleiman", Role.DATA_LEAD),
    "sol": ("Sol Adebayo", Role.SAFEGUARDING),
}
HACKNEY = {"ruth": ("Ruth Stein", Role.CHAIR), "dev": ("Dev Patel", Role.MEMBER)}
VAULT_KEY = PrivateKey(bytes(range(32)))  # of both panels' vaults
PASSPHRASES = {
    "grace": "quiet herons cross the bridge",
    "hana": "seven kettles sing at dawn",
}
"""With which the custodians of Lambeth open its vault."""
QUICK = Cost(memory=8, passes=1, lanes=1)
SALT = b"salt of the cast"
NOTHING_ASKED = '{"clearances": {}, "before_active": []}'
"""No clearance is asked for, so that tests of other things need none."""
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
            vault = Vault(panel=panel.id, number=1, public_key=bytes(VAULT_KEY.public_key))
            await Vault.insert(vault)
            for key in cast.keys() & PASSPHRASES.keys():
                await CustodianKey.insert(custodian_key(vault, seats[key], PASSPHRASES[key]))
    return Cast(lambeth, hackney, people, seats)


@cache
def pair(passphrase: str) -> PrivateKey:
    return derive(passphrase, SALT, QUICK)


def custodian_key(vault: Vault, seat: Seat, passphrase: str) -> CustodianKey:
    """One as its custodian was given it when their seat began."""
    public = bytes(pair(passphrase).public_key)
    locked = seal_to(public, bytes(VAULT_KEY), vault_place(vault))
    same = {"salt": SALT, "cost": str(QUICK), "public": public, "locked": locked}
    return CustodianKey(vault=vault.id, seat=seat.id, since=seat.since, **same)


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
        constitution=NOTHING_ASKED,
        standing_items=STANDING,
    )
    await Panel.insert(panel)
    return panel
