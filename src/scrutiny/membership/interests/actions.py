"""Writes in the register of interests: everybody their own, and a reminder each year."""

from datetime import date
from typing import Any
from uuid import UUID

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import rows, write_tx, writes
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import amend
from scrutiny.kit.words import many_lines
from scrutiny.letters.actions import Words, write
from scrutiny.membership.interests.queries import one_of_mine
from scrutiny.membership.interests.rules import AGAIN_AFTER, InterestForm, day_of
from scrutiny.membership.interests.tables import Declaration, Interest
from scrutiny.people import queries as people
from scrutiny.people.actions import once
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import PANEL
from scrutiny.record.actions import record

HOME = "/{}/interests/mine"


@writes
async def declare(form: InterestForm, *, by: Seat) -> Interest:
    """Add an interest of one's own. Raises AlreadyMade for the same form."""
    await once(form.form_key, HOME.format(by.panel.slug))
    own = Interest(panel=by.panel.id, person=by.person.id, added=now(), **_facts(form))
    await Interest.insert(own)
    await _looked_over(by, none=False)
    await record("interest.declared", own, by=by, public=own.public, nature=own.nature)
    return own


@writes
async def change(known: UUID, seen: int, form: InterestForm, *, by: Seat) -> None:
    own = await one_of_mine(by, known)
    public, own.version = own.public, seen
    await amend(own, **_facts(form))
    await _looked_over(by, none=False)
    await record("interest.changed", own, by=by, public=public or own.public, nature=own.nature)


@writes
async def take_off(known: UUID, *, by: Seat) -> None:
    """It is over: gone from the register, kept in the table with its day."""
    own = await one_of_mine(by, known)
    await amend(own, ended=now())
    await record("interest.ended", own, by=by, public=own.public, nature=own.nature)


@writes
async def look_over(*, by: Seat, none: bool) -> None:
    """Everything stands as it should, or there is nothing to declare."""
    await _looked_over(by, none=none)
    await record("interests.looked_over", by=by, panel=by.panel.id, public=True, none=none)


async def _looked_over(by: Seat, *, none: bool) -> None:
    same = (Declaration.panel == by.panel.id) & (Declaration.person == by.person.id)
    if await Declaration.exists().where(same & (Declaration.day == today())):
        await Declaration.update({Declaration.none: none}).where(same, Declaration.day == today())
        return
    row = Declaration(panel=by.panel.id, person=by.person.id, day=today(), none=none)
    await Declaration.insert(row)


def _facts(form: InterestForm) -> dict[str, Any]:
    return {
        "nature": form.nature,
        "text": many_lines(form.text).strip(),
        "since": day_of(form.since) if form.since.strip() else None,
        "until": day_of(form.until) if form.until.strip() else None,
        "public": form.public == "yes",
    }


async def remind(today: date) -> int:
    """Ask everybody whose last look is a year back, once; returns how many letters were written."""
    until = today - AGAIN_AFTER
    found = await rows(FORGOTTEN, tuple(sorted(PANEL)), today, today, until)
    keyed = {f"interests.due|{row['panel']}|{row['person']}|{row['last']}": row for row in found}
    known = {row["key"] for row in await rows(WRITTEN, tuple(keyed))}
    new = keyed.keys() - known
    panels = {one.id: one for one in await people.panels()} if new else {}
    for key in sorted(new):
        await _remind(keyed[key], key, panels[keyed[key]["panel"]])
    return len(new)


WRITTEN = "SELECT key FROM letter WHERE key IN ({})"
FORGOTTEN = """
SELECT seat.panel, seat.person, person.name AS who, person.email,
  max(interest_declaration.day) AS "last [DATE]"
FROM seat JOIN person ON person.id = seat.person
JOIN interest_declaration ON interest_declaration.person = seat.person
  AND interest_declaration.panel = seat.panel
WHERE seat.role IN ({}) AND seat.stage = 'active' AND seat.since <= {}
  AND (seat.until IS NULL OR seat.until >= {})
GROUP BY seat.panel, seat.person, person.name, person.email
HAVING max(interest_declaration.day) <= {} ORDER BY seat.person LIMIT 500"""


async def _remind(row: dict[str, Any], key: str, panel: Panel) -> None:
    link = settings().base_url + HOME.format(panel.slug)
    text = (
        f"A year ago you looked over your entry in the register of interests of {panel.name}.\n\n"
        f"Please look again, also when nothing has changed:\n{link}\n"
    )
    async with write_tx():
        to = Mailbox(row["who"], row["email"])
        words = Words("A notice from your panel", text)
        await write("interests.due", to, words, key=key, panel=panel)
