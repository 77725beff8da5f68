"""The leak guard: what of a text to be published a confidential record of the panel knows."""

import asyncio
from collections.abc import Iterable, Mapping
from itertools import chain
from uuid import UUID

from scrutiny.kit.errors import NotNow
from scrutiny.leaks import names, numbers, places, queries
from scrutiny.leaks.blind import KNOWN, blinded, secret_of, unpacked
from scrutiny.leaks.plain import readings, stretches, tokens
from scrutiny.leaks.rules import Finding, Hit, findings_of, refusal
from scrutiny.leaks.spots import Spot, Spots
from scrutiny.people.tables import Panel

Place = tuple[bool, int, int, str]
Places = dict[bytes, tuple[str, Place]]
"""Mark -> its key and where it stands."""
IN_FULL = ("n|", "g|")


async def findings(
    panel: Panel, outlets: Mapping[str, str], *, about: UUID | None = None, public: str = ""
) -> list[Finding]:
    """Everything in these outlets (name -> text) that must not or should not be published.

    `about` is the document, for which some may have been let through; what the text `public` says
    everybody may know (the address of a venue). Four questions to the database, however much there
    is; the reading goes on beside the event loop.
    """
    marks = await queries.marks(panel.id)
    found, said_anyway = await asyncio.to_thread(_places, panel.id, dict(outlets), public)
    known = await asyncio.to_thread(_known, marks, found)
    seated = await queries.seated(panel.id)
    contacts = await queries.contacts(panel.id)
    through = await queries.lifted(panel.id, about) if about else []
    secret = secret_of(panel.id)
    free = said_anyway | _marks(secret, seated.public, contacts)
    discreet = _marks(secret, seated.private, [], IN_FULL) - known - free
    made: list[Finding] = []
    for outlet, spots in found.items():
        hits = [_hit(spots, mark) for mark in (known - free) & spots.keys()]
        hits += [_hit(spots, mark, warns=True) for mark in discreet & spots.keys()]
        lifted = frozenset(mark for mark, place in through if place in ("", outlet))
        made += findings_of(outlet, hits, lifted)
    return made


async def refuse(
    panel: Panel, outlets: Mapping[str, str], *, about: UUID | None = None
) -> list[Finding]:
    """The same for what is published at once: raises NotNow when something blocks."""
    found = await findings(panel, outlets, about=about)
    if why := refusal(found):
        raise NotNow(why)
    return found


def _hit(spots: Places, mark: bytes, *, warns: bool = False) -> Hit:
    key, place = spots[mark]
    return Hit(key, Spot(*place), mark.hex(), warns)


def _known(marks: Iterable[bytes], found: Mapping[str, Places]) -> frozenset[bytes]:
    """Of all places those of which a record knows."""
    met = set().union(*found.values())
    return frozenset(mark for blob in marks for mark in unpacked(blob) if mark in met)


def _places(
    panel: UUID, outlets: dict[str, str], public: str
) -> tuple[dict[str, Places], frozenset[bytes]]:
    secret = secret_of(panel)
    found = {outlet: _blind(secret, seen(text)) for outlet, text in outlets.items()}
    return found, frozenset(_blind(secret, seen(public)) if public else ())


def _blind(secret: bytes, spots: dict[str, Place]) -> Places:
    return {blinded(secret, key): (key, spot) for key, spot in spots.items()}


def seen(text: str) -> dict[str, Place]:
    """Every key that may stand in a text, in each way in which it can be read, and where."""
    spots = Spots()
    for reading in chain.from_iterable(map(readings, stretches(text))):
        spots.text, found = reading, tokens(reading)
        names.look(reading, found, spots)
        for run in numbers.runs(reading, found):
            numbers.look_for_phones(run, found, spots)
            numbers.look_for_collars(reading, run, found, spots)
        numbers.look_for_receipts(reading, spots)
        places.look_for_houses(found, spots)
        places.look_for_postcodes(reading, spots)
        places.look_for_mails(reading, spots)
    return spots.found


def _marks(
    secret: bytes, people: Iterable[str], contacts: Iterable[str], only: tuple[str, ...] = ("",)
) -> frozenset[bytes]:
    """Under which marks these names and addresses would stand; `only` keys that begin so."""
    keys = {key for name in people for key in names.keys_of(name) if key.startswith(only)}
    keys |= {key for address in contacts for key in KNOWN["email"](address)}
    return frozenset(blinded(secret, key) for key in keys)
