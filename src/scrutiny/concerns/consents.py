"""The consent grid: what of a concern may go to whom. Rules, and the reads and writes of its rows.

Every cell is asked for alone, kept with its day and the edition of the words shown, and may be
taken back. Nothing is ticked beforehand.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID, uuid4

from scrutiny.concerns.tables import Concern, Consent
from scrutiny.kit.db import bulk, rows
from scrutiny.kit.words import N_

WORDING = 1
"""The edition of the sentences below: raise it whenever one of them changes its meaning."""

CELLS = {
    "statistics.public": N_("Count it in published figures. Small numbers are never shown"),
    "summary.panel": N_("Give panel members a summary that does not say who I am"),
    "summary.police": N_("Give the police a summary that does not say who I am"),
    "quote.public": N_("Publish my words, without anything that shows who I am"),
    "evidence.panel": N_("Show panel members the files I sent, with hidden data taken out"),
    "video.force": N_("Tell the force the day, time, place and officer number, to keep the video"),
    "identity.force": N_("Give my name to the force's complaints department"),
    "contact.force": N_("Let the force's complaints department reach me"),
    "identity.lpb": N_("Give my name to the office that oversees the force"),
    "contact.lpb": N_("Let the office that oversees the force reach me"),
    "identity.iopc": N_("Give my name to the Independent Office for Police Conduct"),
    "contact.iopc": N_("Let the Independent Office for Police Conduct reach me"),
    "contact.support": N_("Let a support organisation that I choose reach me"),
    "contact.consultation": N_("Ask me about future consultations"),
}
"""field.recipient -> the sentence that the resident ticks."""
GROUPS = {
    N_("The panel and the public"): (
        *("statistics.public", "summary.panel", "quote.public", "evidence.panel"),
    ),
    N_("What the police may be told of it"): ("summary.police", "video.force"),
    N_("Who I am"): (
        *("identity.force", "contact.force", "identity.lpb", "contact.lpb"),
        *("identity.iopc", "contact.iopc", "contact.support", "contact.consultation"),
    ),
}
NEEDS_CONTACT = frozenset(GROUPS["Who I am"])
"""Cells that mean nothing while no name or address was given."""

LATEST = """
SELECT cell, given, version, day FROM consent WHERE concern = {} AND version =
(SELECT max(version) FROM consent WHERE concern = {})
"""


def answered(cells: Iterable[str], contact: bool) -> dict[str, bool]:
    """Every cell that was asked, with its answer; those about oneself only where `contact`."""
    given = set(cells)
    return {cell: cell in given for cell in CELLS if contact or cell not in NEEDS_CONTACT}


async def given_for(concern: Concern) -> set[str]:
    """The cells to which the resident says yes today."""
    found = await rows(LATEST, concern.id, concern.id)
    return {row["cell"] for row in found if row["given"]}


async def is_given(concern: Concern, cell: str) -> bool:
    """Raises KeyError for a cell that is not in the grid."""
    if cell not in CELLS:
        raise KeyError(cell)
    return cell in await given_for(concern)


async def keep_answers(concern: Concern, cells: dict[str, bool], day: date) -> int:
    """Add the whole grid as its next version, inside write_tx(); returns that version."""
    last = await rows('SELECT max(version) AS "last" FROM consent WHERE concern = {}', concern.id)
    version = (last[0]["last"] or 0) + 1
    given = [
        (known, concern.id, version, cell, yes, WORDING, day)
        for known, (cell, yes) in zip(_ids(), cells.items(), strict=False)
    ]
    await bulk(Consent, Consent._meta.columns, given)
    return version


def _ids() -> Iterator[UUID]:
    """Ids that tell no moment. One is chance and the others follow it: they lie side by side in
    the database, which then writes one page and not fourteen."""
    first = uuid4().int & ~0xFF
    return (UUID(int=first + n) for n in range(0x100))
