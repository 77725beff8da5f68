"""Reads about concerns: by the receipt for who wrote, by the seat for the secretariat."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from scrutiny.concerns import parts
from scrutiny.concerns.answers import Answers, unpacked
from scrutiny.concerns.rules import (
    AGREED_TO,
    CONTACTED,
    DONE,
    GONE,
    HANDED_ON,
    LOOKED,
    VIDEO_EVENTS,
    WROTE,
    happening,
    reference,
)
from scrutiny.concerns.tables import Concern
from scrutiny.kit.clock import london, today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.kit.made import columns, maker
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.seal import keys
from scrutiny.kit.tokens import clean_receipt, keyed_hash
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, may, who_may
from scrutiny.record.tables import Event

PAGE = 50
LARGEST = 2**31 - 1
"""The greatest number that a column of numbers can hold: no row has a greater one."""
RESIDENTS = tuple(DONE)
TRAIL = (
    *("concern.triaged", "concern.linked", WROTE),
    *(*CONTACTED, *HANDED_ON, *VIDEO_EVENTS, *RESIDENTS),
)
LONGEST_TRAIL = 500
BY_RECEIPT = (
    f"SELECT {columns(Concern)}, {columns(Panel)} FROM concern "
    "JOIN panel ON panel.id = concern.panel WHERE concern.receipt_hash = {}"
)
with_panel = maker(Concern, panel=Panel)
READERS = """
SELECT person.name, person.email FROM seat JOIN person ON person.id = seat.person
WHERE seat.panel = {} AND seat.role IN ({}) AND seat.stage = 'active' AND seat.since <= {}
AND (seat.until IS NULL OR seat.until >= {})
GROUP BY person.id, person.name, person.email ORDER BY min(seat.since), person.id
"""


@dataclass(frozen=True)
class Step:
    """One line of what became of a concern."""

    by: str  # panel or resident
    day: date
    words: str
    address: str
    what: str = ""  # the event
    turn: int = 0  # of the thread, where it is one
    role: str = ""  # whose deed it was, where the resident is told that


@dataclass(frozen=True)
class Counts:
    heard: int
    told: int


def receipt_hash(typed: str) -> str:
    """The keyed hash under which a receipt is found; of what is no receipt at all, none has it."""
    return keyed_hash(keys().pepper, "receipt", clean_receipt(typed) or f"not a receipt|{typed}")


async def by_receipt(typed: str) -> Concern | None:
    """The concern of this receipt, with its panel. One look, whether or not the code could be one.

    SQL, as every submission asks it twice.
    """
    found = await rows(BY_RECEIPT, receipt_hash(typed), into=with_panel)
    return found[0] if found else None


async def waits(key: str) -> bool:
    """Whether this letter still lies in the outbox, or could not be sent: nobody has it yet."""
    return bool(await rows("SELECT 1 FROM letter WHERE key = {} AND state <> 'sent'", key))


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


async def opened(concern: Concern) -> Answers:
    """What was answered, without who answered; nothing of it once it has been erased.

    Raises Unreadable when a seal was made for another row.
    """
    if concern.stage in GONE:
        return Answers()
    key = await parts.key_of(concern)
    return unpacked(parts.opened(key, concern, parts.words_of(concern), concern.sealed_words))


def reference_of(concern: Concern) -> str:
    """`concern` comes with its panel."""
    return reference(concern.panel.code, concern.number, concern.received)


async def trail(concern: Concern) -> list[Step]:
    """What became of it and of its video, in the order of the record, as its resident reads it."""
    asked = await rows("SELECT id FROM preservation WHERE concern = {}", concern.id)
    about = [concern.id, *(row["id"] for row in asked)]
    found = await (
        Event.select(Event.at, Event.what, Event.facts, Event.seat.role)
        .where(Event.about.is_in(about) & Event.what.is_in(list(TRAIL)))
        .order_by(Event.seq)
        .limit(LONGEST_TRAIL)
    )
    return list(_once_a_look(_step(concern.panel.slug, row) for row in found))


def _once_a_look(steps: Iterable[Step]) -> Iterator[Step]:
    """Each look once, however often its page was read while it was open."""
    read: set[tuple[str, str]] = set()
    for step in steps:
        if step.what == AGREED_TO:
            read.clear()
        if step.what != LOOKED or (step.role, step.words) not in read:
            yield step
        if step.what == LOOKED:
            read.add((step.role, step.words))


def _step(slug: str, row: dict[str, Any]) -> Step:
    facts = json.loads(row["facts"])
    public = facts.get("to") in ("meeting", "recommendation")
    address = f"/{slug}/{facts['to']}s/{facts['name']}" if public else ""
    by = "resident" if row["what"] in RESIDENTS else "panel"
    day, words = london(row["at"]).date(), happening(row["what"], facts)
    role = role_name(row["seat.role"]) if row["what"] in CONTACTED and row["seat.role"] else ""
    return Step(by, day, words, address, row["what"], facts.get("turn", 0), role)


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
