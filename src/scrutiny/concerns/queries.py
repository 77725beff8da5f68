"""Reads about concerns: by the receipt for who wrote, by the seat for the secretariat."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from scrutiny.concerns.rules import Stage, happening
from scrutiny.concerns.tables import Concern, Contact
from scrutiny.kit.clock import london, today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.seal import keys, unseal
from scrutiny.kit.tokens import clean_receipt, keyed_hash
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, may, who_may
from scrutiny.record.tables import Event

PAGE = 50
LARGEST = 2**31 - 1
"""The greatest number that a column of numbers can hold: no row has a greater one."""
RESIDENTS = ("concern.added", "concern.withdrawn")
TRAIL = ("concern.triaged", "concern.linked", "concern.contact_read", *RESIDENTS)
LONGEST_TRAIL = 50
READERS = """
SELECT person.name, person.email FROM seat JOIN person ON person.id = seat.person
WHERE seat.panel = {} AND seat.role IN ({}) AND seat.since <= {}
AND (seat.until IS NULL OR seat.until >= {}) ORDER BY seat.since, seat.id
"""


@dataclass(frozen=True)
class Said:
    """What is sealed: what the resident wrote, and what the secretariat replied."""

    words: str = ""
    place: str = ""
    reply: str = ""


@dataclass(frozen=True)
class Step:
    """One line of what became of a concern."""

    by: str  # panel or resident
    day: date
    words: str
    address: str


@dataclass(frozen=True)
class Counts:
    heard: int
    told: int


def context(concern: Concern, part: str) -> str:
    """What a seal is bound to: the words of one concern cannot be opened as another's."""
    panel = concern.panel.id if isinstance(concern.panel, Panel) else concern.panel
    return f"concern|{panel}|{concern.id}|{part}"


def receipt_hash(typed: str) -> str:
    """The keyed hash under which a receipt is found; of what is no receipt at all, none has it."""
    return keyed_hash(keys().pepper, "receipt", clean_receipt(typed) or f"not a receipt|{typed}")


async def by_receipt(typed: str) -> Concern | None:
    """The concern of this receipt. One look, whether or not the code could be one."""
    return await (
        Concern.objects(Concern.panel).where(Concern.receipt_hash == receipt_hash(typed)).first()
    )


async def sent_before(receipt: str) -> bool:
    """Whether this form was taken in already. SQL, as every submission asks it in its turn."""
    return bool(await rows("SELECT 1 FROM concern WHERE receipt_hash = {}", receipt))


async def readers(panel: Panel) -> list[Mailbox]:
    """Who gets a letter when something comes: all who hold a seat that may triage, today."""
    return await rows(READERS, panel.id, tuple(who_may(Act.CONCERN_TRIAGE)), *[today()] * 2,
                      into=Mailbox)  # fmt: skip


def visible_to(seat: Seat):
    """Every concern of the panel, to those who may read them; to nobody else any."""
    if not may(seat.role, Act.CONCERNS_READ):
        raise Missing("There is no such concern.")
    return Concern.objects(Concern.panel).where(Concern.panel == seat.panel.id)


async def find(seat: Seat, number: int) -> Concern:
    found = await visible_to(seat).where(Concern.number == min(number, LARGEST)).first()
    if found is None:
        raise Missing("There is no such concern.")
    return found


async def at_stage(
    seat: Seat, stage: str, before: int | None = None, most: int = PAGE
) -> list[Concern]:
    """Those at one stage, newest first; `before` is the last number of the page before."""
    found = visible_to(seat).where(Concern.stage == stage)
    if before is not None:
        found = found.where(Concern.number < min(before, LARGEST))
    return await found.order_by(Concern.number, ascending=False).limit(most)


def opened(concern: Concern) -> Said:
    """Raises Unreadable when a seal was made for another row, or its key is gone."""
    if concern.stage == Stage.WITHDRAWN:
        return Said()
    what = json.loads(unseal(bytes(concern.sealed_words), context(concern, "words")))
    return Said(what["words"], what["place"], reply_to(concern))


def reply_to(concern: Concern) -> str:
    sealed = bytes(concern.sealed_reply)
    return unseal(sealed, context(concern, "reply")) if sealed else ""


async def has_contact(concern: Concern) -> bool:
    return await Contact.exists().where(Contact.concern == concern.id)


async def contact_of(concern: Concern) -> dict[str, Any]:
    """Who wrote and how to reach them. Whoever asks this records why: actions.look()."""
    found = await Contact.objects().where(Contact.concern == concern.id).first()
    if found is None:
        raise Missing("Whoever wrote this left no name and no address.")
    said = json.loads(unseal(bytes(found.sealed), context(concern, "contact")))
    return {**said, "may_contact": found.may_contact}


async def trail(concern: Concern) -> list[Step]:
    """What became of it, oldest first, as whoever wrote it may read it."""
    found = await (
        Event.select(Event.at, Event.what, Event.facts)
        .where((Event.about == concern.id) & Event.what.is_in(list(TRAIL)))
        .order_by(Event.seq)
        .limit(LONGEST_TRAIL)
    )
    return [_step(concern.panel.slug, row) for row in found]


def _step(slug: str, row: dict[str, Any]) -> Step:
    facts = json.loads(row["facts"])
    public = facts.get("to") in ("meeting", "recommendation")
    address = f"/{slug}/{facts['to']}s/{facts['name']}" if public else ""
    by = "resident" if row["what"] in RESIDENTS else "panel"
    return Step(by, london(row["at"]).date(), happening(row["what"], facts), address)


async def counts(panel: Panel) -> Counts:
    """How many concerns were ever heard, and of how many the resident was told an outcome.

    From the panel's counters, so that no page counts rows. A cached page shows them as they were
    when something else was last published: the figure does not move at the moment of a deed.
    """
    found = await rows(
        "SELECT kind, last FROM counter WHERE panel = {} AND kind IN ({})",
        panel.id,
        ("concern", "concern.told"),
    )
    last = {row["kind"]: row["last"] for row in found}
    return Counts(last.get("concern", 0), last.get("concern.told", 0))
