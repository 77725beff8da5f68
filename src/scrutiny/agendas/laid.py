"""An agenda as pages show it, published or drafted, each as far as the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.agendas import queries
from scrutiny.agendas.access import Reader, reads_closed, seen_by
from scrutiny.agendas.outline import (
    CLOSED,
    SECTION,
    Entry,
    known_minutes,
    laid_out,
    may_hold,
    overrun,
    total_minutes,
)
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
    partly: bool = False  # of the open part alone: the rest is not this reader's to know
    least: bool = False  # not all of it is known, and what is known is too long already


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
    inside = _closed(rows, mine, meeting) if reads_closed(reader) else []
    counts = {why: n for why, n in left.items() if n > 0}
    return {
        "rows": rows,
        "closed": {} if reads_closed(reader) else counts,
        "closed_rows": inside,
        "lasting": _lasting(rows + inside, meeting, partly=bool(counts) and not inside),
    }


def _closed(rows: Sequence[Row], mine: Sequence[Item], meeting: Meeting) -> list[Row]:
    """Part B goes on where Part A ends, in numbers and, where that is known, in time."""
    lines = [row.line for row in rows if row.line.number]
    ends = sum(row.minutes for row in rows if row.line.depth == 1)
    known = all(_is_whole(lines, line) for line in lines)
    first = max((int(row.line.number.split(".")[0]) for row in rows if row.line.number), default=0)
    found = laid_out(mine, _later(meeting.starts, ends) if known else None)
    return [entry_row(one, first) for one in found]


def entry_row(entry: Entry, first: int = 0) -> Row:
    line = line_of(entry)
    top, _, rest = entry.number.partition(".")
    number = f"{int(top) + first}{'.' if rest else ''}{rest}"
    words = Line(**vars(line) | {"number": number})
    return Row(words, entry.starts, entry.minutes, entry.item.id)


def timed(lines: Sequence[Line], starts: datetime) -> list[Row]:
    """The lines with the moments that follow from their minutes: each begins where the one before
    it under the same ends, the first of them with what it stands under. After one without minutes
    nobody knows when the next begins."""
    if not any(line.minutes for line in lines):
        return [Row(line, None, 0) for line in lines]
    found: list[Row] = []
    ends: dict[int, datetime | None] = {0: starts}
    for line in lines:
        depth, inner = line.depth, _below(lines, line)
        own = line.minutes - sum(one.minutes for one in inner if one.depth == depth + 1)
        begins = ends.get(depth, ends[0])
        found.append(Row(line, begins, line.minutes))
        ends = {at: moment for at, moment in ends.items() if at < depth}
        ends[depth] = _later(begins, line.minutes) if _is_whole(lines, line) else None
        ends[depth + 1] = _later(begins, max(0, own))
    return found


def _below(lines: Sequence[Line], line: Line) -> list[Line]:
    return [one for one in lines if one.number.startswith(f"{line.number}.")]


def _is_whole(lines: Sequence[Line], line: Line) -> bool:
    """As outline.is_whole, from the lines that were published."""
    inner = _below(lines, line)
    own = line.minutes > 0 or line.kind == SECTION or bool(inner)
    return own and all(_is_whole(lines, one) for one in inner)


def _later(moment: datetime | None, minutes: int) -> datetime | None:
    return moment and moment + timedelta(minutes=minutes)


def _lasting(rows: Sequence[Row], meeting: Meeting, *, partly: bool) -> Times | None:
    """Of all that this reader is shown; `partly`: there is more, of which the times are not."""
    lines = [row.line for row in rows if row.line.number]
    least = not all(_is_whole(lines, line) for line in lines)
    known = sum(row.minutes for row in rows if row.line.depth == 1)
    return times(known, meeting, partly=partly, least=least)


def times(
    minutes: int, meeting: Meeting, *, partly: bool = False, least: bool = False
) -> Times | None:
    """Nothing for an agenda without minutes, or with too few of them to say that it is too long."""
    over = overrun(minutes, meeting.starts, meeting.ends)
    if not minutes or (least and not over):
        return None
    ends = meeting.starts + timedelta(minutes=minutes)
    return Times(minutes, over, ends, partly, least)


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
    return Draft(entries, _all_of(items, meeting), found.closed, text)


def _all_of(items: Sequence[Item], meeting: Meeting) -> Times | None:
    return times(known_minutes(items), meeting, least=not total_minutes(items))


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
