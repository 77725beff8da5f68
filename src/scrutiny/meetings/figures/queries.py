"""Reads of what the panel can be measured by: its own deadlines, and who comes to its meetings.

Worked out from the rows as they stand, never stored; what came from a file is left out, as nobody
knows when its papers came out.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from scrutiny.kit.clock import london, today
from scrutiny.kit.db import rows
from scrutiny.meetings.figures.rules import (
    A_YEAR,
    DRAFT_WITHIN,
    PUBLISH_WITHIN,
    WORDS,
    Came,
    Clock,
    Kept,
    clocks,
    in_time,
)
from scrutiny.meetings.rules import CAME, Presence, one_seat_each
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.rules import shown
from scrutiny.people.constitution import constitution_of
from scrutiny.people.queries import current_on
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import COMMUNITY, ONBOARDING

SHOWN = 3
MOST = 200

KEPT = """
SELECT meeting.date, meeting.title, meeting.stage, agenda.published AS agenda,
  (SELECT min(event.at) FROM event WHERE event.about = first.id
    AND event.what = 'minutes.compiled') AS "drafted [TIMESTAMPTZ]",
  first.approved, first.published, meeting.public
FROM meeting LEFT JOIN agenda ON agenda.meeting = meeting.id
LEFT JOIN minutes first ON first.meeting = meeting.id AND first.edition = 1
WHERE NOT EXISTS (SELECT 1 FROM imported WHERE imported.panel = meeting.panel
  AND imported.kind = 'meetings' AND imported.became = meeting.id) """
LAST = (
    KEPT
    + """AND meeting.panel = {} AND meeting.public AND meeting.date <= {}
  AND meeting.stage IN ('scheduled', 'in_session', 'held', 'minuted')
ORDER BY meeting.date DESC LIMIT {}"""
)
ONE = KEPT + "AND meeting.id = {}"


def _kept(*row: Any) -> Kept:
    return Kept(*(london(one).date() if isinstance(one, datetime) else one for one in row))


async def last_clocks(panel: Panel) -> list[tuple[Kept, list[Clock]]]:
    """The panel's own deadlines at its last public meetings, the latest first. One query.

    A meeting to come is among them from the day on which its agenda is due.
    """
    notice = constitution_of(panel).notice_days
    until = today() + timedelta(days=notice)
    found = await rows(LAST, panel.id, until, SHOWN, into=_kept)
    return [(one, clocks(one, notice)) for one in found]


async def clocks_of(panel: Panel, meeting: Meeting) -> list[Clock]:
    """The deadlines of one meeting: nothing for a closed one, or one that came from a file."""
    if meeting.stage not in ("scheduled", "in_session", "held", "minuted"):
        return []
    found = await rows(ONE, meeting.id, into=_kept)
    return clocks(found[0], constitution_of(panel).notice_days) if found else []


async def own_deadlines(panel: Panel) -> dict[str, Any]:
    """What the panel's page says of its last meetings: see templates/meetings/figures/_own.html."""
    meetings = await last_clocks(panel)
    done, over = in_time((one for _, found in meetings for one in found), today())
    return {
        "meetings": meetings,
        "words": WORDS,
        "kept": done,
        "over": over,
        "notice": constitution_of(panel).notice_days,
        "draft": DRAFT_WITHIN,
        "publish": PUBLISH_WITHIN,
    }


async def told_of(panel: Panel, meeting: Meeting) -> dict[str, Any]:
    """The same for the pages of one meeting: see templates/meetings/figures/_meeting.html."""
    found = await clocks_of(panel, meeting)
    return {"own_clocks": found, "own_words": WORDS, "own_today": today()}


# -- who comes ------------------------------------------------------------------------------------

ROLLS = """
FROM meeting WHERE meeting.panel = {} AND meeting.public AND meeting.date > {}
AND meeting.date <= {} AND meeting.stage IN ('held', 'minuted')
AND EXISTS (SELECT 1 FROM attendance WHERE attendance.meeting = meeting.id)"""
HOW_MANY = f'SELECT count(*) AS "n [INTEGER]" {ROLLS}'
OFTEN = f"""
SELECT seat.person, count(DISTINCT counted.id),
  count(DISTINCT CASE WHEN attendance.status IN ({{}}) THEN counted.id END),
  count(DISTINCT CASE WHEN attendance.status = {{}} THEN counted.id END)
FROM seat JOIN (SELECT meeting.id, meeting.date {ROLLS}) counted
  ON counted.date >= seat.since AND (seat.until IS NULL OR counted.date <= seat.until)
LEFT JOIN attendance ON attendance.meeting = counted.id AND attendance.seat = seat.id
WHERE seat.panel = {{}} AND seat.role IN ({{}}) AND (attendance.id IS NOT NULL OR NOT EXISTS (
  SELECT 1 FROM seat_notice away WHERE away.seat = seat.id
  AND away.kind IN ('leave', 'restriction') AND away.since <= counted.date
  AND (away.until IS NULL OR away.until >= counted.date)
  AND (away."over" IS NULL OR away."over" >= counted.date)) AND NOT EXISTS (
  SELECT 1 FROM event begun WHERE begun.about = seat.id
  AND begun.what IN ('seat.activated', 'seat.imported') AND begun.at >= counted.date))
GROUP BY seat.person"""
"""Of the meetings whose roll does not name somebody, only those count that they could have come
to: not while they were on leave or shut out, nor before their seat was active, or known here."""


async def meetings_counted(panel: Panel) -> int:
    """Public meetings of the last twelve months at which the roll was taken."""
    found = await rows(HOW_MANY, panel.id, today() - A_YEAR, today())
    return found[0]["n"]


async def attendance_of_members(panel: Panel) -> list[Came]:
    """How often each who sits today for the community came. Two queries, however many sit.

    Who holds two seats is there once, with the one of the office.
    """
    seats = await _sitting(panel)
    often = {row[0]: row[1:] for row in await _often(panel)}
    people = one_seat_each(seats)
    return [_came(seat, *often.get(seat.person.id, (0, 0, 0))) for seat in people]


def _came(seat: Seat, held: int, came: int, apologies: int) -> Came:
    name = shown(seat.person.name, seat.public_name, seat.role)
    return Came(name, role_name(seat.role), held, came, apologies)


async def _sitting(panel: Panel) -> list[Seat]:
    sits = (Seat.panel == panel.id) & current_on(today()) & (Seat.stage != ONBOARDING)
    sits &= Seat.role.is_in(sorted(COMMUNITY))
    return await Seat.objects(Seat.person).where(sits).order_by(Seat.since, Seat.id).limit(MOST)


async def _often(panel: Panel) -> list[tuple[UUID, int, int, int]]:
    year: tuple[date, date] = (today() - A_YEAR, today())
    community = tuple(sorted(COMMUNITY))
    came, word = tuple(sorted(CAME)), Presence.APOLOGIES.value
    return await rows(
        OFTEN, came, word, panel.id, *year, panel.id, community, into=lambda *row: row
    )
