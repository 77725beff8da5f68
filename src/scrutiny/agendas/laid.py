"""An agenda as pages show it, published or drafted, each as far as the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.agendas import queries
from scrutiny.agendas.access import Reader, reads_closed, seen_by
from scrutiny.agendas.outline import CLOSED, Entry, laid_out, may_hold, overrun, total_minutes
from scrutiny.agendas.rules import (
    Line,
    agenda_due,
    closed_of,
    counted,
    days_of_notice,
    document,
    is_late,
    line_of,
    lines_of,
)
from scrutiny.agendas.tables import Agenda, Item
from scrutiny.kit.clock import london
from scrutiny.meetings.tables import Meeting
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Panel


class Row(NamedTuple):
    """One line as it is shown: with the moment it is planned for, if the agenda is timed."""

    line: Line
    at: datetime | None
    minutes: int
    id: UUID | None = None


@dataclass(frozen=True)
class Times:
    """What the whole takes, and by how many minutes that is more than the meeting has."""

    minutes: int
    over: int
    ends: datetime


def told_of(panel: Panel, meeting: Meeting, agenda: Agenda | None, today: date) -> dict[str, Any]:
    """When it came out, and whether that was in time under the panel's own rule."""
    out = london(agenda.published).date() if agenda and agenda.published else None
    again = london(agenda.changed).date() if agenda and agenda.changed else None
    owed = constitution_of(panel).notice_days
    due = agenda_due(meeting.date, owed)
    return {
        "published_on": out,
        "changed_on": again,
        "due": due,
        "owed": owed,
        "late": is_late(out, due, today),
        "notice": days_of_notice(out, meeting.date) if out else 0,
    }


def published(
    reader: Reader, meeting: Meeting, agenda: Agenda | None, items: Sequence[Item]
) -> dict[str, Any]:
    """What was published: for everybody the open lines and counted reasons; for the panel the
    closed items themselves. `items` are only looked at for those who have a seat."""
    if agenda is None or agenda.published is None:
        return {"rows": [], "closed": {}, "closed_rows": [], "lasting": None}
    lines = queries.kept_lines(reader, agenda, lines_of(agenda.document))
    shown = [one for one in items if one.shown == one.part]
    behind = [one for one in shown if one.part == CLOSED]
    mine = seen_by(reader, behind)
    gone = counted(one for one in behind if one.id in reader.recused)
    left = {why: n - gone.get(why, 0) for why, n in closed_of(agenda.document).items()}
    rows = timed(lines, meeting.starts)
    return {
        "rows": rows,
        "closed": {} if reads_closed(reader) else {why: n for why, n in left.items() if n > 0},
        "closed_rows": _closed(rows, mine, meeting, items) if reads_closed(reader) else [],
        "lasting": times(sum(row.minutes for row in rows if row.line.depth == 1), meeting),
    }


def _closed(
    rows: Sequence[Row], mine: Sequence[Item], meeting: Meeting, items: Sequence[Item]
) -> list[Row]:
    """Part B goes on where Part A ends, in numbers and in time."""
    ends = sum(row.minutes for row in rows if row.line.depth == 1)
    first = max((int(row.line.number.split(".")[0]) for row in rows if row.line.number), default=0)
    found = laid_out(mine, meeting.starts + timedelta(minutes=ends))
    return [entry_row(one, first) for one in found]


def entry_row(entry: Entry, first: int = 0) -> Row:
    line = line_of(entry)
    top, _, rest = entry.number.partition(".")
    number = f"{int(top) + first}{'.' if rest else ''}{rest}"
    words = Line(**vars(line) | {"number": number})
    return Row(words, entry.starts, entry.minutes, entry.item.id)


def timed(lines: Sequence[Line], starts: datetime) -> list[Row]:
    """The lines with the moments that follow from their minutes: each begins where the one before
    it under the same ends, the first of them with what it stands under."""
    if not any(line.minutes for line in lines):
        return [Row(line, None, 0) for line in lines]
    found, ends = [], {0: starts}
    for line in lines:
        depth = line.depth
        inner = [one for one in lines if one.number.startswith(f"{line.number}.")]
        own = line.minutes - sum(one.minutes for one in inner if one.depth == depth + 1)
        begins = ends.get(depth, ends[0])
        found.append(Row(line, begins, line.minutes))
        ends = {at: moment for at, moment in ends.items() if at < depth}
        ends[depth] = begins + timedelta(minutes=line.minutes)
        ends[depth + 1] = begins + timedelta(minutes=max(0, own))
    return found


def times(minutes: int, meeting: Meeting) -> Times | None:
    """Nothing for an agenda without minutes."""
    if not minutes:
        return None
    ends = meeting.starts + timedelta(minutes=minutes)
    return Times(minutes, overrun(minutes, meeting.starts, meeting.ends), ends)


@dataclass(frozen=True)
class Draft:
    """The agenda as it is being prepared, as far as the reader sees it."""

    entries: list[tuple[Entry, Line]]
    times: Times | None
    closed: dict[str, int]
    looked_at: str  # the document that would be published of what they see


async def drafted(items: Sequence[Item], meeting: Meeting) -> Draft:
    found = await queries.draft_of(items)
    entries = [(one, line_of(one, found.voices)) for one in laid_out(items, meeting.starts)]
    text = document(found.lines, found.closed)
    return Draft(entries, times(total_minutes(items), meeting), found.closed, text)


def may_stand_under(items: Sequence[Item], item: Item | None = None) -> list[tuple[str, str]]:
    """What an item may stand under, by its id, in its number and words; None is a new one."""
    found = [(one.item.id, one.number, line_of(one)) for one in may_hold(items, item)]
    return [(str(known), f"{number}. {line.title}") for known, number, line in found]


async def differs(agenda: Agenda | None, items: Sequence[Item]) -> bool:
    """Whether the whole draft is other than what was published; `items` are all of them."""
    if agenda is None or agenda.published is None:
        return agenda is not None
    found = await queries.draft_of(items)
    moved = any(item.shown != item.part for item in items)
    return moved or agenda.document != document(found.lines, found.closed)
