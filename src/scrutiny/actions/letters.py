"""Letters about actions: to the owner when one is theirs or falls due, and back to the panel."""

from datetime import date, timedelta
from typing import Any

from scrutiny.actions.rules import Stage
from scrutiny.actions.tables import Action
from scrutiny.kit.db import rows, write_tx
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.settings import settings
from scrutiny.letters.actions import Words, write
from scrutiny.people import queries as people
from scrutiny.people.queries import seats_on
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.policy import Act, who_may

SUBJECT = "Panel action"  # somebody else may see the screen
AHEAD = timedelta(days=7)


def link(panel: Panel, number: int) -> str:
    return f"{settings().base_url}/{panel.slug}/actions/{number}"


async def tell_owner(action: Action, owner: Seat, panel: Panel) -> None:
    due = f" by {action.due:%-d %B %Y}" if action.due else ""
    text = (
        f"A meeting of {panel.name} asks you to do something{due}.\n\n"
        f"What it is, and where you say that it is done:\n{link(panel, action.number)}\n"
    )
    key = f"action.raised|{action.id}|{owner.id}"
    await _write("action.raised", owner.person, text, key, panel)


async def tell_not_accepted(action: Action, owner: Seat, panel: Panel) -> None:
    text = (
        f"The meeting of {panel.name} looked at your action and does not think that it is done "
        f"yet.\n\nWhy:\n{link(panel, action.number)}\n"
    )
    key = f"action.not_accepted|{action.id}|{action.version}"
    await _write("action.not_accepted", owner.person, text, key, panel)


async def tell_convenors(action: Action, by: Seat) -> None:
    """Whoever runs the panel puts what is reported done to the next meeting."""
    text = (
        f"Action {action.number} of {by.panel.name} is reported done. The next meeting decides "
        f"whether it is.\n\n{link(by.panel, action.number)}\n"
    )
    for seat in await seats_on(by.panel.id, who_may(Act.ACTION_EDIT)):
        if seat.person.id != by.person.id:
            key = f"action.reported|{action.id}|{action.version}|{seat.person.id}"
            await _write("action.reported", seat.person, text, key, by.panel)


async def remind(today: date) -> int:
    """A letter to the owner seven days before it is due and one when the day has passed, once each.

    Returns how many were written.
    """
    found = await rows(DUE, OWED, today - AHEAD, today + AHEAD)
    keyed = {f"action.due|{row['id']}|{row['due']}|{row['due'] < today}": row for row in found}
    known = {row["key"] for row in await rows(WRITTEN, tuple(keyed))}
    new = keyed.keys() - known
    panels = {one.id: one for one in await people.panels()} if new else {}
    for key in sorted(new):
        row = keyed[key]
        await _remind(row, key, panels[row["panel"]], late=row["due"] < today)
    return len(new)


OWED = (Stage.OPEN.value, Stage.IN_PROGRESS.value)
WRITTEN = "SELECT key FROM letter WHERE key IN ({})"
DUE = """
SELECT action.id, action.number, action.due, person.name AS who, person.email, action.panel
FROM action JOIN seat ON seat.id = action.owner JOIN person ON person.id = seat.person
WHERE action.stage IN ({}) AND action.due BETWEEN {} AND {} ORDER BY action.id LIMIT 1000"""


async def _remind(row: dict[str, Any], key: str, panel: Panel, *, late: bool) -> None:
    said = "was due on" if late else "is due on"
    text = (
        f"Your action for {panel.name} {said} {row['due']:%-d %B %Y}.\n\n"
        f"Say what was done:\n{link(panel, row['number'])}\n"
    )
    async with write_tx():
        to = Mailbox(row["who"], row["email"])
        await write("action.due", to, Words(SUBJECT, text), key=key, panel=panel)


async def _write(kind: str, to: Person, text: str, key: str, panel: Panel) -> None:
    await write(kind, to, Words(SUBJECT, text), key=key, panel=panel)
