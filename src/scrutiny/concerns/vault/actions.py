"""Who wrote a concern: put away, looked at by two, erased."""

import json
from collections.abc import Mapping
from datetime import date, datetime

from scrutiny.concerns import parts
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vault import letters, queries
from scrutiny.concerns.vault.keys import unlock
from scrutiny.concerns.vault.rules import (
    ANSWERED_WITHIN,
    LOOK_MOVES,
    OPEN_FOR,
    WAITING,
    LookStage,
    open_sealed,
    seal_to,
)
from scrutiny.concerns.vault.tables import Contact, Look
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import keep, rows, scrub, write_sql, write_tx
from scrutiny.kit.errors import Missing, NotNow, Unreadable
from scrutiny.kit.made import fresh
from scrutiny.kit.seal import seal
from scrutiny.kit.stages import advance, step
from scrutiny.people.rules import is_current
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record

ALONE = "Nobody else keeps this vault yet. A second custodian has to join before either can look."
TWICE = "You asked for this already. Another custodian has to answer."
OVER = """
SELECT id FROM look WHERE (stage = 'open' AND until <= {})
OR (stage = 'asked' AND asked <= {}) ORDER BY id LIMIT 100
"""


async def put_away(concern: Concern, contact: Mapping[str, str], key: bytes) -> None:
    """Seal who wrote it to the panel's custodians, under its own `key` too, inside write_tx().

    Raises NotNow where the panel has no vault yet: the pages then ask for no name at all.
    """
    vault = await queries.newest(concern.panel)
    inner = seal_to(vault.public_key, json.dumps(contact).encode(), queries.place_of(concern))
    sealed = parts.close(key, concern, "contact", inner)
    await keep(fresh(Contact, concern=concern.id, vault=vault.id, sealed=sealed))


async def erase(concern: Concern) -> None:
    """Inside write_tx(): nobody can be reached any more, and no look at it stays open."""
    await Contact.delete().where(Contact.concern == concern.id)
    await close_looks(concern)


async def close_looks(concern: Concern) -> None:
    """Inside write_tx(): from now on no look at it is open, and none waits."""
    for look in await Look.objects().where(
        (Look.concern == concern.id) & Look.stage.is_in([stage.value for stage in WAITING])
    ):
        await _close(look, concern, today())
    await write_sql("UPDATE look SET sealed = {} WHERE concern = {}", b"", concern.id)


# -- looking --------------------------------------------------------------------------------------


async def ask(concern: Concern, *, by: Seat, why: str) -> Look:
    """Ask the other custodians for a look at who wrote it.

    Raises Missing when none is known, NotNow when nobody else could agree or it was asked already.
    """
    async with write_tx():
        if not await queries.has_contact(concern):
            raise Missing("They left no way to reach them.")
        others = await queries.other_holders(by.panel, by)
        if not others:
            raise NotNow(ALONE)
        if queries.is_waiting(await queries.own_look(concern, by, why)):
            raise NotNow(TWICE)
        look = Look(concern=concern.id, panel=by.panel.id, why=why, asked_by=by.id, asked=now())
        await Look.insert(look)
        await _note("asked", concern, look, by)
        people = [key.seat.person for key in others]
        await letters.tell("look.asked", people, by.panel, "looks")
    return look


async def open_for(look: Look, *, by: Seat, passphrase: str) -> bool:
    """Agree: the contact is opened for who asked, for thirty minutes. Untrue when the passphrase is
    wrong.

    `look` comes from queries.look_on. Raises NotNow for who asked, at another stage, and for who
    holds no key; Stale when another custodian was first; Unreadable when the rows were changed,
    which is recorded.
    """
    _must_be_another(look, by)
    step(LOOK_MOVES, look.stage, "agreed")
    concern = look.concern
    try:
        vault, inner = await queries.sealed_contact(concern)
        private = await unlock(by, vault, passphrase)
        if private is None:
            return False
        contact = open_sealed(private, inner, queries.place_of(concern)).decode()
    except Unreadable:
        await _note_unreadable(concern, by)
        raise
    async with write_tx():
        if not await queries.has_contact(concern):
            raise NotNow("The resident has taken this back. There is nothing to read any more.")
        sealed, until = seal(contact, queries.context_of(look, concern)), now() + OPEN_FOR
        await advance(look, LOOK_MOVES, "agreed", agreed_by=by.id, until=until, sealed=sealed)
        await _note("agreed", concern, look, by)
        path = f"concerns/{concern.number}/contact"
        await letters.tell("look.agreed", [look.asked_by.person], by.panel, path)
    return True


async def decline(look: Look, *, by: Seat, why: str) -> None:
    """Say no, for one of DECLINES. Raises NotNow for who asked, Stale when another was first."""
    _must_be_another(look, by)
    async with write_tx():
        await advance(look, LOOK_MOVES, "declined", agreed_by=by.id, declined=why)
        concern = look.concern
        told = {"number": concern.number, "why": why}
        await record("concern.contact_declined", concern, by=by, **told)
        path = f"concerns/{concern.number}/contact"
        await letters.tell("look.declined", [look.asked_by.person], by.panel, path)


def _must_be_another(look: Look, by: Seat) -> None:
    if look.asked_by.person.id == by.person.id:
        raise NotNow("You asked for this yourself. Another custodian has to answer.")
    if look.stage == LookStage.ASKED and not is_current(
        look.asked_by.since, look.asked_by.until, today()
    ):
        raise NotNow("Whoever asked for this no longer holds a seat on the panel.")


async def read(concern: Concern, *, by: Seat, why: str = "") -> dict[str, str] | None:
    """Who wrote it, for who asked, while their look is open; recorded each time. Else None.

    With `why`, only a look that was agreed to for that reason.

    Raises Unreadable when the row was changed, which is recorded too.
    """
    try:
        async with write_tx():
            found = await queries.open_look(concern, by, why)
            if found is not None:
                await _note("read", concern, await queries.own_look(concern, by, why), by)
            return found
    except Unreadable:
        await _note_unreadable(concern, by)
        raise


async def _note(deed: str, concern: Concern, look: Look, by: Seat) -> None:
    await record(f"concern.contact_{deed}", concern, by=by, number=concern.number, why=look.why)


async def _note_unreadable(concern: Concern, by: Seat) -> None:
    async with write_tx():
        await record("concern.contact_unreadable", concern, by=by, number=concern.number)


async def close_expired(moment: datetime) -> int:
    """End the looks whose time is over and erase what was open; returns how many."""
    found = await rows(OVER, moment, moment - ANSWERED_WITHIN)
    for row in found:
        async with write_tx():
            look = await Look.objects(Look.concern).where(Look.id == row["id"]).first()
            if look is not None and look.stage in WAITING:
                await _close(look, look.concern)
    if found:
        await scrub()
    return len(found)


async def _close(look: Look, concern: Concern, day: date | None = None) -> None:
    """`day` where a resident caused it, and the hour could tell who."""
    panel = look.panel.id if isinstance(look.panel, Panel) else look.panel
    await advance(look, LOOK_MOVES, "closed", sealed=b"")
    facts = {"number": concern.number, "why": look.why}
    await record("concern.contact_closed", concern, panel=panel, day=day, **facts)
