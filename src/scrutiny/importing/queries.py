"""Reads for an import: what of a sheet is here already, and what does not fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scrutiny.importing.rules import Kind, Row, Sheet, day
from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.words import N_, sentence
from scrutiny.membership.rules import clash
from scrutiny.people.constitution import constitution_of
from scrutiny.people.rules import email_key, is_current
from scrutiny.people.tables import Panel
from scrutiny.policy import counts_for_quorum

KNOWN = "SELECT key FROM imported WHERE panel = {} AND kind = {}"
MEETINGS = "SELECT id, date FROM meeting WHERE panel = {}"
SEATS = """
SELECT person.email_key, seat.role, seat.since, seat.until FROM seat
JOIN person ON person.id = seat.person WHERE seat.panel = {}"""


@dataclass(frozen=True)
class Dry:
    """What an import would do: rows to add, rows that are here, and those that cannot be added."""

    new: list[Row]
    here: list[Row]
    wrong: list[Row]
    crowded: int = 0
    """How many more residents would sit today than the panel has places: a warning, no fault."""


async def dry(panel: Panel, kind: str, sheet: Sheet) -> Dry:
    """Changes nothing; the same number of queries for any number of rows."""
    known = {row["key"] for row in await rows(KNOWN, panel.id, kind)}
    fits = await FITTING[kind](panel)
    new, here, wrong = [], [], []
    for row in sheet.rows:
        problem = "" if row.wrong else fits(row.values)
        if row.wrong or problem not in ("", HERE):
            words = row.wrong or (problem,)
            wrong.append(Row(row.line, row.values, row.key, words))
        elif row.key in known or problem == HERE:
            here.append(row)
        else:
            new.append(row)
    more = await _crowded(panel, new) if kind == Kind.MEMBERS else 0
    return Dry(new, here, wrong, more)


async def _crowded(panel: Panel, new: list[Row]) -> int:
    seats = [
        (email_key(row.values["email"]), row.values["role"], day(row.values["since"]),
         day(row.values["until"]))
        for row in new
    ]  # fmt: skip
    seats += [tuple(row.values()) for row in await rows(SEATS, panel.id)]
    sits = {
        who for who, role, since, until in seats
        if counts_for_quorum(role) and is_current(since, until, today())
    }  # fmt: skip
    return max(0, len(sits) - constitution_of(panel).places) if new else 0


HERE = "here"


async def _seats(panel: Panel):
    held: dict[str, list[tuple[str, date, date | None]]] = {}
    for row in await rows(SEATS, panel.id):
        held.setdefault(row["email_key"], []).append((row["role"], row["since"], row["until"]))

    def fits(values: Mapping[str, str]) -> str:
        mine = held.get(email_key(values["email"]), [])
        since, until = day(values["since"]), day(values["until"])
        if (values["role"], since) in [(role, began) for role, began, _ in mine]:
            return HERE
        ends = until or date.max
        beside = [
            role for role, began, last in mine if began <= ends and (last or date.max) >= since
        ]
        held.setdefault(email_key(values["email"]), []).append((values["role"], since, until))
        return clash(values["role"], beside)

    return fits


async def meetings_by_day(panel: Panel) -> dict[date, UUID]:
    return {row["date"]: row["id"] for row in await rows(MEETINGS, panel.id)}


async def _meetings(panel: Panel):
    there = await meetings_by_day(panel)
    return lambda values: HERE if day(values["date"]) in there else ""


async def _actions(panel: Panel):
    there = await meetings_by_day(panel)
    words = N_("There is no meeting on {day}. Import the meetings first.")

    def fits(values: Mapping[str, str]) -> str:
        return "" if day(values["meeting"]) in there else sentence(words, day=values["meeting"])

    return fits


FITTING = {Kind.MEMBERS: _seats, Kind.MEETINGS: _meetings, Kind.ACTIONS: _actions}
