"""Reads in the room: who is here, whether they make a quorum, which item is being discussed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from scrutiny.agendas.access import CLOSED, needs
from scrutiny.agendas.queries import items_of
from scrutiny.agendas.rules import Kind
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.meetings.queries import expected_at
from scrutiny.meetings.tables import Attendance, Meeting
from scrutiny.membership.clearances.rules import counts, opened_by
from scrutiny.membership.interests.tables import Recusal
from scrutiny.membership.rules import shown
from scrutiny.people.constitution import Deed, constitution_of
from scrutiny.people.rules import is_current
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import ACTIVE
from scrutiny.room.rules import Sitter, Standing, standing, who_chairs
from scrutiny.room.tables import Chairing, Decision
from scrutiny.voting import queries as voting


async def sitters(meeting: Meeting) -> list[Sitter]:
    """Everybody who belongs at the meeting, by name, each with how they came. Two queries."""
    joined = Attendance.objects(Attendance.seat).where(Attendance.meeting == meeting.id)
    known = {one.seat.person: one for one in await joined}
    return [_sitter(seat, known.get(seat.person.id)) for seat in await expected_at(meeting)]


def _sitter(seat: Seat, came: Attendance | None) -> Sitter:
    active = seat.stage == ACTIVE and is_current(seat.since, seat.until, today())
    who = (seat.id, seat.person.id, seat.person.name, seat.role, active)
    return Sitter(*who, came.status, came.mode, came.came, came.left) if came else Sitter(*who)


class Stood(NamedTuple):
    """Who is there and who is recused from what: everything a quorum is worked out from."""

    sitters: list[Sitter]
    recused: dict[UUID, set[UUID]]  # item -> persons
    cleared: dict[UUID, frozenset[Deed]]
    unheld: frozenset[Deed]  # what is open to somebody without any clearance


async def stood(meeting: Meeting, panel: Panel, item: UUID | None = None) -> Stood:
    """Four queries, however many items there are; `item` is one of an earlier meeting's."""
    unheld = opened_by(set(), constitution_of(panel).clearances)
    people, recused = await sitters(meeting), await _recused(meeting, item)
    return Stood(people, recused, await _cleared(panel), unheld)


async def _recused(meeting: Meeting, item: UUID | None) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for row in await rows(RECUSED, meeting.id, item):
        found.setdefault(row["item"], set()).add(row["person"])
    return found


async def apart_from(item: UUID) -> set[UUID]:
    """The persons who take no part in this item, of whatever meeting."""
    return {row["person"] for row in await rows(RECUSED, None, item)}


RECUSED = """
WITH RECURSIVE up AS (
  SELECT id AS item, id AS above FROM agenda_item WHERE meeting = {} OR id = {}
  UNION
  SELECT up.item, higher.id FROM up JOIN agenda_item one ON one.id = up.above
  JOIN agenda_item higher ON higher.id = one.parent OR higher.id = one.carried_from
)
SELECT DISTINCT up.item AS "item [UUID]", recusal.person FROM up
JOIN agenda_item one ON one.id = up.above
JOIN recusal ON recusal.about = one.id OR recusal.about = one."case" OR recusal.about = one.about
WHERE recusal.lifted IS NULL"""
"""As agendas.access has it: also from what an item stands under or was carried over from."""
CLEARANCES = "SELECT person, kind, outcome, granted, expires FROM clearance WHERE panel = {}"


async def _cleared(panel: Panel) -> dict[UUID, frozenset[Deed]]:
    """Person -> what their clearances open today, for whoever has any on this panel."""
    held: dict[UUID, set[str]] = {}
    for row in await rows(CLEARANCES, panel.id):
        kinds = held.setdefault(row["person"], set())
        if counts(row["outcome"], row["granted"], row["expires"], today()):
            kinds.add(row["kind"])
    asked = constitution_of(panel).clearances
    return {person: opened_by(kinds, asked) for person, kinds in held.items()}


def standing_for(meeting: Meeting, item: Item | None, stood: Stood) -> Standing:
    if item is None:
        return standing(stood.sitters, meeting.quorum)
    return standing(
        stood.sitters,
        meeting.quorum,
        recused=stood.recused.get(item.id, set()),
        asked=needs(item, meeting),
        cleared={one.person: stood.cleared.get(one.person, stood.unheld) for one in stood.sitters},
    )


async def quorum_for(meeting: Meeting, item: Item | None, panel: Panel | None = None) -> Standing:
    """From who is in the room at this moment; without an item, for the meeting as a whole.

    The item may be an earlier meeting's, to which this one comes back.
    """
    if panel is None:
        known = getattr(meeting.panel, "id", meeting.panel)
        panel = await Panel.objects().get(Panel.id == known)
    return standing_for(meeting, item, await stood(meeting, panel, item.id if item else None))


# -- items ----------------------------------------------------------------------------------------


def current(items: Iterable[Item]) -> Item | None:
    """The one being discussed: begun last of those that have not ended."""
    running = [one for one in items if one.began and not one.ended]
    return max(running, key=lambda one: one.began, default=None)


def upcoming(items: Sequence[Item], now: Item | None) -> Item | None:
    """The next one that has not begun: after the current one, else from the top."""
    after = items[items.index(now) + 1 :] if now in items else items
    waiting = [one for one in [*after, *items] if one.began is None and one.kind != Kind.SECTION]
    return waiting[0] if waiting else None


def first_began(items: Iterable[Item]) -> datetime | None:
    return min((one.began for one in items if one.began), default=None)


# -- who chairs -----------------------------------------------------------------------------------


async def chosen_chairs(meeting: Meeting) -> dict[UUID, UUID]:
    """Item -> the seat that was chosen to chair it."""
    found = Chairing.select(Chairing.item, Chairing.seat).where(Chairing.meeting == meeting.id)
    return {row["item"]: row["seat"] for row in await found}


def chair_of(
    meeting: Meeting, item: Item | None, now: Standing, chosen: dict[UUID, UUID]
) -> Sitter | None:
    """Who chairs this item: None when those present have to choose somebody."""
    of_day = getattr(meeting.chair_of_day, "id", meeting.chair_of_day)
    return who_chairs(now.able, chosen.get(item.id) if item else None, of_day)


# -- for the minutes ------------------------------------------------------------------------------


class Said(NamedTuple):
    """A sentence for the minutes about an item; `closed` ones are not for the public."""

    item: UUID
    closed: bool
    sentence: str


async def declarations_of(meeting: Meeting) -> list[Said]:
    """Who declared an interest in which item, and who took the chair for it: in order of time."""
    items = {one.id: one for one in await items_of(meeting)}
    mine = (Recusal.meeting == meeting.id) & (Recusal.kind == "item")
    found = await Recusal.select(Recusal.about, Recusal.sentence, Recusal.at).where(mine)
    told = [(row["at"], row["about"], row["sentence"]) for row in found]
    joined = (Chairing.seat, Chairing.seat.person)
    for one in await Chairing.objects(*joined).where(Chairing.meeting == meeting.id):
        name = shown(one.seat.person.name, one.seat.public_name, one.seat.role)
        told.append((one.at, one.item, f"{name} took the chair for this item."))
    told.sort(key=lambda one: one[0])
    return [Said(at, items[at].part == CLOSED, words) for _, at, words in told if at in items]


class Decided(NamedTuple):
    """What was put on an item, and what came of it."""

    item: UUID
    closed: bool
    text: str
    stage: str  # put, carried, lost, withdrawn
    method: str
    result: str  # carried, lost, tied; nothing while it is open
    counts: dict[str, int] | None
    present: int
    needed: int
    dissents: list[tuple[str, str]]  # (name, or nothing when they asked not to be named; words)


async def decisions_of(meeting: Meeting) -> list[Decided]:
    """Everything that was put at this meeting and not withdrawn, the first first."""
    items = {one.id: one for one in await items_of(meeting)}
    there = (Decision.meeting == meeting.id) & (Decision.stage != "withdrawn")
    found = await Decision.objects().where(there).order_by(Decision.at, Decision.id)
    polls = {one.about: one for one in await voting.polls_about_any([one.id for one in found])}
    return [
        await _decided(one, polls[one.id], items[one.item])
        for one in found
        if one.item in items and one.id in polls
    ]


async def _decided(one: Decision, poll, item: Item) -> Decided:
    dissents = [
        (_name(said.seat), said.text) for said in await voting.dissents(poll)
    ]  # a handful at most: a meeting decides few things
    figures = await voting.counted(poll)
    what = (item.id, item.part == CLOSED, one.text, one.stage, poll.method, poll.result, figures)
    return Decided(*what, one.present, one.needed, dissents)


def _name(seat: Seat | None) -> str:
    named = seat is not None and getattr(seat, "id", None) is not None
    return shown(seat.person.name, seat.public_name, seat.role) if named else ""
