"""Reads of clearances: what somebody may open today, who holds what, and what is to be signed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.membership.clearances.rules import IN_HAND, SIGNED, SOON, Outcome, counts, opened_by
from scrutiny.membership.clearances.tables import Agreement, Clearance
from scrutiny.membership.clearances.texts import FIRST
from scrutiny.people.constitution import Clearing, Deed, constitution_of
from scrutiny.people.queries import current_on
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.policy import POLICE

PAGE = 50
HELD = "SELECT kind, outcome, granted, expires FROM clearance WHERE panel = {} AND person = {}"
FIELDS = ("outcome", "granted", "expires")
HOLDERS = """
SELECT person.id, person.name, seat.id AS seat, seat.role, seat.stage FROM person
JOIN seat ON seat.person = person.id WHERE seat.panel = {} AND seat.role NOT IN ({})
AND seat.since <= {} AND (seat.until IS NULL OR seat.until >= {}) AND person.id > {}"""
ONLY_SOON = """ AND EXISTS (SELECT 1 FROM clearance WHERE clearance.person = person.id
AND clearance.panel = seat.panel AND clearance.outcome = 'cleared' AND clearance.expires <= {})"""
LAST_HOLDERS = " ORDER BY person.id, seat.id LIMIT {}"
RUNNING_OUT = """
SELECT clearance.id, clearance.panel, clearance.kind, clearance.expires, clearance.person,
person.name FROM clearance JOIN person ON person.id = clearance.person
WHERE clearance.outcome = 'cleared' AND clearance.expires >= {} AND clearance.expires <= {}
AND clearance.panel = {} AND EXISTS (SELECT 1 FROM seat WHERE seat.person = clearance.person
AND seat.panel = clearance.panel AND seat.since <= {}
AND (seat.until IS NULL OR seat.until >= {})) ORDER BY clearance.expires, clearance.id LIMIT 500"""
FIRST_ID = UUID(int=0)


async def valid_kinds(panel: Panel, person: UUID, on: date | None = None) -> set[str]:
    """The kinds of clearance that count for this person on a day (today)."""
    day = on or today()
    held = await rows(HELD, panel.id, person)
    return {row["kind"] for row in held if counts(**{k: row[k] for k in FIELDS}, day=day)}


async def cleared(panel: Panel, person: UUID, on: date | None = None) -> frozenset[Deed]:
    """What the clearances of this person open on a day (today), under the panel's own rules.

    Read at each request: what lapsed this morning opens nothing more.
    """
    return opened_by(await valid_kinds(panel, person, on), constitution_of(panel).clearances)


@dataclass
class Holder:
    """Somebody with seats on the panel, with every clearance of theirs by kind."""

    id: UUID
    name: str
    seat: UUID
    roles: list[str]
    held: dict[str, Clearance]


async def holders(
    panel: Panel, *, soon: bool = False, after: UUID | None = None
) -> tuple[list[Holder], UUID | None]:
    """A page of those who sit here today, and after whom the next one begins. Two queries.

    `soon` leaves those of whom something ran out or will within ninety days.
    """
    day = today()
    sql = HOLDERS + (ONLY_SOON if soon else "") + LAST_HOLDERS
    asked = [panel.id, tuple(sorted(POLICE)), day, day, after or FIRST_ID]
    asked += [day + SOON] if soon else []
    found: dict[UUID, Holder] = {}
    seats = await rows(sql, *asked, PAGE * 3)
    for row in seats:
        one = found.setdefault(row["id"], Holder(row["id"], row["name"], row["seat"], [], {}))
        one.roles.append(row["role"])
    shown = list(found.values())[:PAGE]
    for row in await _held_by(panel, [one.id for one in shown]):
        found[row.person].held[row.kind] = row
    more = len(found) > PAGE or len(seats) == PAGE * 3
    return shown, shown[-1].id if more else None


async def _held_by(panel: Panel, people: list[UUID]) -> list[Clearance]:
    if not people:
        return []
    wanted = (Clearance.panel == panel.id) & Clearance.person.is_in(people)
    return await Clearance.objects().where(wanted)


async def held_by(panel: Panel, person: UUID) -> dict[str, Clearance]:
    """Every clearance of one person on this panel, by kind."""
    return {row.kind: row for row in await _held_by(panel, [person])}


# -- what is signed -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """An agreement in the version that is in force."""

    kind: Clearing
    number: int
    text: str
    since: date | None = None


async def agreement(panel: Panel, kind: Clearing) -> Words:
    """The newest version of this agreement. Raises Missing for what is not signed."""
    if kind not in SIGNED:
        raise Missing("There is no such agreement.")
    wanted = (Agreement.panel == panel.id) & (Agreement.kind == kind.value)
    found = await Agreement.objects().where(wanted).order_by(Agreement.number, ascending=False)
    if not found:
        return Words(kind, 1, FIRST[kind])
    return Words(kind, found[0].number, found[0].text, found[0].since)


async def agreements(panel: Panel) -> list[Words]:
    return [await agreement(panel, kind) for kind in SIGNED]


# -- what the force is asked, and what runs out -------------------------------------------------


async def requested(panel: Panel) -> list[Clearance]:
    """The vettings that were asked for and not answered, of those who still sit here."""
    sitting = Seat.select(Seat.person).where((Seat.panel == panel.id) & current_on(today()))
    wanted = (Clearance.panel == panel.id) & (Clearance.kind == Clearing.VETTING.value)
    wanted &= Clearance.outcome.is_in([one.value for one in IN_HAND])
    wanted &= Clearance.person.is_in(sitting)
    return await Clearance.objects(Clearance.person).where(wanted).order_by(Clearance.id).limit(200)


async def requested_one(panel: Panel, clearance: UUID) -> Clearance:
    """Raises Missing for what was not asked of the force, or is answered."""
    found = [one for one in await requested(panel) if one.id == clearance]
    if not found:
        raise Missing("No such vetting is asked for.")
    return found[0]


async def running_out(panel: Panel, day: date, within: timedelta = SOON) -> list[dict[str, Any]]:
    """The clearances of people who sit here that run out within so many days, the soonest first:
    for the round and for the secretariat's desk (id, kind, expires, person, name)."""
    return await rows(RUNNING_OUT, day, day + within, panel.id, day, day)


async def to_sign(panel: Panel, person: Person) -> list[Words]:
    """The agreements of which this person has not signed the newest version."""
    held = await held_by(panel, person.id)
    return [words for words in await agreements(panel) if not is_signed(held, words)]


def is_signed(held: dict[str, Clearance], words: Words) -> bool:
    row = held.get(words.kind)
    signed = row is not None and row.outcome == Outcome.CLEARED
    return signed and row.document_version >= words.number
