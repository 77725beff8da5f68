"""A meeting that the public registers for, and people who do."""

import re

from meetings.steps import home, meeting, stored
from scrutiny.kit.tokens import receipt_code
from scrutiny.meetings.registration import actions, queries
from scrutiny.meetings.registration.rules import Entry
from scrutiny.meetings.registration.tables import Registration
from scrutiny.meetings.tables import Meeting

CODE = re.compile(r"(?:[0-9A-Z]{6}-){3}[0-9A-Z]{6}")
KEY = "k" * 32


async def open_meeting(cast, places: int = 2, stage: str = "scheduled", **changes) -> Meeting:
    row = await meeting(cast, "scheduled" if stage == "scheduled" else "proposed", **changes)
    values = {"capacity": places, "registration_opens": None, "registration_closes": None}
    await actions.set_places(row, values, by=cast.seats["grace"])
    return await stored(row)


async def enter(cast, row: Meeting, name: str, *, email: str = "", needs: str = "", **how) -> str:
    """Somebody registers; gives their code."""
    code = receipt_code()
    entry = Entry(name, email, needs, how.pop("mode", "in_person"))
    await actions.register(row, cast.lambeth, entry, code, **how)
    return code


async def standings(row: Meeting) -> list[tuple[int, str, str]]:
    """(number, stage, name) of each, also of those who gave up."""
    found = (
        await Registration.objects()
        .where(Registration.meeting == row.id)
        .order_by(Registration.number)
    )
    return [(one.number, one.stage, queries.entry_of(one).name) for one in found]


def door(row: Meeting) -> str:
    return f"{home(row)}/registration"
