"""The meetings that a panel's own rhythm proposes: the next one, and all of the coming year."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import NotNow
from scrutiny.meetings.plan import Plan
from scrutiny.meetings.rhythm import bank_holiday, days_after, times_on
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Panel

YEAR = timedelta(days=365)
MOST = 60
TITLE = "Panel meeting"
LAST_PLACE = """
SELECT title, venue, access, public FROM meeting
WHERE panel = {} AND kind = 'ordinary' ORDER BY date DESC LIMIT 1
"""
TAKEN = "SELECT date FROM meeting WHERE panel = {} AND date > {} ORDER BY date LIMIT 2000"


@dataclass(frozen=True)
class Proposed:
    """A day of the rhythm: what is proposed for it, and what should be known of it."""

    plan: Plan
    taken: bool = False
    holiday: str = ""  # the name of the bank holiday that it is


async def next_plan(panel: Panel, after: date | None = None) -> Plan:
    """The first free day of the panel's rhythm later than `after`, where it met last.

    Days for which the notice of the panel's own rules can no longer be given are passed over.
    Raises NotNow when the rhythm gives no day.
    """
    free = (one for one in await _days(panel, after) if not one.taken)
    found = next(free, None)
    if found is None:
        raise NotNow("The panel's own rules give no day for a next meeting. Choose one yourself.")
    return found.plan


async def year_ahead(panel: Panel) -> list[Proposed]:
    """Every day of the rhythm in the coming year, those already taken marked."""
    until = today() + YEAR
    return [one for one in await _days(panel, None) if one.plan.date <= until]


async def _days(panel: Panel, after: date | None) -> list[Proposed]:
    own = constitution_of(panel)
    soonest = today() + timedelta(days=own.notice_days - 1)
    after = max(soonest, after) if after else soonest
    taken = {row["date"] for row in await rows(TAKEN, panel.id, after)}
    last = await rows(LAST_PLACE, panel.id)
    found = []
    for day in islice(days_after(own.rhythm, after), MOST):
        starts, ends = times_on(own.rhythm, day)
        plan = Plan(day, starts, ends, *_place(last))
        found.append(Proposed(plan, day in taken, bank_holiday(day)))
    return found


def _place(last: list[dict]) -> tuple[str, str, str, bool]:
    if not last:
        return TITLE, "", "", True
    return last[0]["title"], last[0]["venue"], last[0]["access"], bool(last[0]["public"])
