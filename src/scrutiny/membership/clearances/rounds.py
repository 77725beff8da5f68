"""What the days bring for clearances: those who hold them are told before they run out."""

from datetime import date

from scrutiny.kit.db import write_tx
from scrutiny.letters.tables import Letter
from scrutiny.membership.clearances import letters
from scrutiny.membership.clearances.queries import running_out
from scrutiny.membership.clearances.rules import warning
from scrutiny.people import queries as people
from scrutiny.people.tables import Panel, Person
from scrutiny.policy import Act, who_may


async def warn(today: date) -> int:
    """Tell of what runs out, at 90, 30 and 0 days, once each; returns of how many clearances."""
    return sum([await _warn(panel, today) for panel in await people.panels()])


async def _warn(panel: Panel, today: date) -> int:
    due = {}
    for row in await running_out(panel, today):
        days = warning(row["expires"], today)
        if days is not None:
            due[letters.expiry_key(row["id"], row["expires"], days)] = (row, days)
    fresh = await unwritten(due)
    if not fresh:
        return 0
    async with write_tx():
        readers = await people.seats_on(panel.id, who_may(Act.CLEARANCE_RECORD))
        for key in fresh:
            row, days = due[key]
            person = await Person.objects().where(Person.id == row["person"]).first()
            others = [seat for seat in readers if seat.person.id != person.id]
            await letters.warn(row, person, panel, days, others)
    return len(fresh)


async def unwritten(keys: object) -> list[str]:
    """Those of these letters that are not in the outbox yet, in their order."""
    wanted = list(keys)
    if not wanted:
        return []
    there = await Letter.select(Letter.key).where(Letter.key.is_in(wanted))
    written = {row["key"] for row in there}
    return [key for key in wanted if key not in written]
