"""What an item may lead to: themes, actions, recommendations and the minutes of earlier meetings.

Actions, recommendations and minutes belong to later storeys: only their numbers and names are read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from scrutiny.agendas.access import Reader, reader_of, sees
from scrutiny.agendas.rules import A_DRAFT, LONGEST_TITLE, Kind
from scrutiny.agendas.tables import Item
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.meetings.queries import visible_to
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, may

MOST = 50
THEMES = """
SELECT id, number, title FROM cluster WHERE panel = {} AND title <> '' AND size > 0
ORDER BY number DESC LIMIT 50"""
ACTIONS = """
SELECT action.id, action.number, action.item, action.text AS title, agenda_item.part
FROM action LEFT JOIN agenda_item ON agenda_item.id = action.item
WHERE action.panel = {} AND action.stage IN ('open', 'in_progress', 'reported_done')
ORDER BY action.number DESC LIMIT 50"""
RECOMMENDATIONS = """
SELECT id, number, item, CASE WHEN issued IS NULL THEN '' ELSE title END AS title
FROM recommendation WHERE panel = {} AND stage NOT IN ('withdrawn_by_panel', 'closed_implemented')
ORDER BY number DESC LIMIT 50"""
MINUTES = """
SELECT id, date, stage FROM meeting WHERE panel = {} AND date < {} AND stage IN ('held', 'minuted')
ORDER BY date DESC LIMIT 10"""
SOURCES = {Kind.THEME: THEMES, Kind.ACTION: ACTIONS, Kind.RECOMMENDATION: RECOMMENDATIONS}


@dataclass(frozen=True)
class Thing:
    """Something that an item may lead to, under the name that the public may read."""

    kind: str
    ref: int
    about: UUID
    title: str
    apart: str = ""  # what tells it from others of the same title, for whoever chooses

    @property
    def columns(self) -> dict[str, Any]:
        """As an item of an agenda holds it."""
        return {"kind": self.kind, "ref": self.ref, "about": self.about, "title": self.title}

    @property
    def words(self) -> str:
        return f"{self.title} ({self.apart})" if self.apart else self.title

    @property
    def value(self) -> str:
        return f"{self.kind}:{self.ref}"


async def things(reader: Reader, panel: Panel, meeting: Meeting) -> list[Thing]:
    """The newest of each kind, four queries. Nothing that is gone for this reader is offered."""
    found = [
        _named(kind, row)
        for kind, sql in SOURCES.items()
        for row in await rows(sql, panel.id)
        if not reader.recused & {row["id"], row.get("item")}
    ]
    return found + [
        Thing(Kind.MINUTES, int(f"{row['date']:%Y%m%d}"), row["id"],
              f"Minutes of {row['date'].day} {row['date']:%B %Y}",
              "" if row["stage"] == "minuted" else "not published yet")
        for row in await rows(MINUTES, panel.id, meeting.date)
    ]  # fmt: skip


def _named(kind: str, row: Mapping[str, Any]) -> Thing:
    title = row["title"] or A_DRAFT
    if kind == Kind.ACTION and row["part"] == "B":
        title = "An action of an earlier meeting"  # what was agreed behind closed doors stays there
    apart = "" if row["title"] else f"number {row['number']}"
    return Thing(kind, row["number"], row["id"], title[:LONGEST_TITLE], apart)


async def thing(reader: Reader, panel: Panel, meeting: Meeting, value: str) -> Thing:
    """What was chosen. Raises Missing when it is not there to be chosen."""
    for one in await things(reader, panel, meeting):
        if one.value == value:
            return one
    raise Missing("That cannot be put on this agenda.")


@dataclass(frozen=True)
class Stand:
    """One agenda on which something stands, as the pages of that thing show it."""

    meeting: Meeting
    title: str
    late: bool


async def items_about(
    seat: Seat | None, panel: Panel, kind: str, ref: int | None = None, case: UUID | None = None
) -> list[Stand]:
    """On which agendas something stands, newest first: a case by its id, the rest by number.

    Everybody reads of open items that were published, the panel also of closed ones, and whoever
    prepares agendas of drafts. At most fifty.
    """
    about = (Item.case == case) if case else (Item.kind == kind) & (Item.ref == ref)
    found = await (
        Item.objects(Item.meeting)
        .where(about & (Item.meeting.panel == panel.id))
        .order_by(Item.meeting.date, ascending=False)
        .limit(MOST)
    )
    if not found:
        return []
    there = Meeting.id.is_in([item.meeting.id for item in found])
    known = {meeting.id for meeting in await visible_to(seat, panel).where(there)}
    reader = await reader_of(seat, panel)
    drafts = seat is not None and may(seat.role, Act.AGENDA_EDIT, seat.stage)
    return [
        Stand(item.meeting, item.title, item.late)
        for item in found
        if item.meeting.id in known and sees(reader, item) and (drafts or item.shown == item.part)
    ]
