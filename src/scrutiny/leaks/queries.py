"""What is known, by its marks alone; whose names are public; what was let through."""

from dataclasses import dataclass
from uuid import UUID

from scrutiny.kit.db import rows
from scrutiny.people.rules import PublicName
from scrutiny.policy import speaks_for_police

KNOWN = "SELECT packed FROM leak_marks WHERE panel = {}"
SEATED = """
SELECT DISTINCT person.name, seat.public_name, seat.role FROM seat
JOIN person ON person.id = seat.person WHERE seat.panel = {}
"""
CONTACTS = """
SELECT panel.contact AS ours, force.contact, force.complaints_contact FROM panel
JOIN force ON force.id = panel.force WHERE panel.id = {}
"""
LIFTED = "SELECT mark, outlet FROM leak_lift WHERE panel = {} AND about = {}"


async def marks(panel: UUID) -> list[bytes]:
    """All that the panel's confidential records know, packed. Retention keeps it from growing."""
    return await rows(KNOWN, panel, into=bytes)


@dataclass(frozen=True)
class Seated:
    """Who sits or sat on the panel: those who chose their full name in public, and the others."""

    public: list[str]
    private: list[str]


async def seated(panel: UUID) -> Seated:
    public, private = set(), set()
    for row in await rows(SEATED, panel):
        full = row["public_name"] == PublicName.FULL and not speaks_for_police(row["role"])
        (public if full else private).add(row["name"])
    return Seated(sorted(public), sorted(private - public))


async def contacts(panel: UUID) -> list[str]:
    """Addresses that are printed anyway: the panel's own, the force's."""
    found = await rows(CONTACTS, panel)
    return [value for value in found[0].values() if value] if found else []


async def lifted(panel: UUID, about: UUID) -> list[tuple[str, str]]:
    """Marks that were let through for this document, and in which outlet (nothing: in any)."""
    return [(row["mark"], row["outlet"]) for row in await rows(LIFTED, panel, about)]
