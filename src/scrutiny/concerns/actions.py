"""Writes that several rooms of this slice share. Each leaves one line in the record."""

from datetime import date
from uuid import uuid4

from scrutiny.concerns.rules import LINKS, MOVES, Stage
from scrutiny.concerns.tables import Concern
from scrutiny.kit.db import write_sql, write_tx
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import advance, amend
from scrutiny.letters.actions import Words, write
from scrutiny.letters.rules import is_hopeless
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record

STOP = "DELETE FROM letter WHERE key = {} AND state <> 'sent' RETURNING state, tries"
URGENT = "urgent"
"""The deed of letters that say on the outside that they cannot wait."""


async def tell(readers: list[Mailbox], panel: Panel, deed: str, words: str, day: date) -> None:
    """Neutral letters that name no concern, so that the hour they are sent tells of none."""
    link = f"{settings().base_url}/{panel.slug}/concerns"
    waits = "urgent, please read today" if deed == URGENT else "something to read"
    letter = Words(f"{panel.name}: {waits}", f"{words}\n\n{link}\n")
    for to in readers:
        key = f"concern.{deed}:{uuid4()}"
        await write(f"concern.{deed}", to, letter, key=key, panel=panel, day=day)


async def stop_letter(key: str) -> bool | None:
    """Inside write_tx(): it is not sent any more. True where it never went; untrue where it was
    tried, and may have arrived; None where it had gone, or there was none."""
    stopped = await write_sql(STOP, key)
    if not stopped:
        return None
    state, tries = stopped[0]["state"], stopped[0]["tries"]
    return not is_hopeless(tries) if state == "failed" else tries == 0


async def note_reading(concern: Concern, *, by: Seat) -> None:
    """That the words were opened, and by whom: recorded before they are shown."""
    async with write_tx():
        await record("concern.read", concern, by=by, number=concern.number)


async def link(concern: Concern, *, by: Seat, to: str, name: str, turn: int = 0) -> None:
    """It is now part of a case, a meeting or a recommendation, named as in its address.
    `turn` is what was said with it on the thread.

    Alone or inside the transaction that makes the other; the first one moves it to linked.
    """
    if to not in LINKS:
        raise ValueError(f"A concern is not linked to a {to}.")
    if concern.stage == Stage.LINKED:
        await amend(concern)
    else:
        await advance(concern, MOVES, Stage.LINKED)
    facts = {"to": to, "name": name, **({"turn": turn} if turn else {})}
    await record("concern.linked", concern, by=by, **facts)
