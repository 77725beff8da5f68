"""Who gets the heads by mail: they ask, say that it was they, are told, and leave."""

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from scrutiny.kit.clock import midnight, today
from scrutiny.kit.db import keep, scrub, write_tx, writes
from scrutiny.kit.errors import Missing
from scrutiny.kit.made import fresh
from scrutiny.kit.mail import Mailbox
from scrutiny.kit.seal import keys, seal, unseal
from scrutiny.kit.settings import settings
from scrutiny.kit.tokens import keyed_hash, link_token
from scrutiny.ledger.queries import newest_head
from scrutiny.ledger.rules import SignedHead
from scrutiny.letters.actions import write
from scrutiny.letters.tables import Letter
from scrutiny.record.actions import record
from scrutiny.verifying.heads.rules import UNCONFIRMED, confirmation, telling
from scrutiny.verifying.heads.tables import Subscriber

AT_ONCE = 100


@writes
async def ask(address: str) -> None:
    """Write to the address and ask; one letter a day at most, and none to who gets them already.

    Raises ValueError when it is no address.
    """
    to = Mailbox("", address)
    mark = keyed_hash(keys().pepper, "subscriber to heads", address.lower())
    row = await Subscriber.objects().where(Subscriber.mark == mark).first()
    if row is not None and row.confirmed is not None:
        return
    if row is None:
        row, token = _made(mark, address)
        await keep(row)
        await record("subscription.asked", day=today())
    else:
        token = _opened(row.id, row.sealed)["token"]
    key = f"{_mark(row.id)}confirm|{today()}"
    await write("heads.confirm", to, confirmation(settings().base_url, token), key=key, day=today())


def _made(mark: str, address: str) -> tuple[Subscriber, str]:
    known, token = uuid4(), link_token()
    said = seal(json.dumps({"address": address, "token": token}), _place(known))
    told = {"mark": mark, "token_hash": _hash(token), "sealed": said, "asked": today()}
    return fresh(Subscriber, id=known, **told), token


def _opened(known: UUID, sealed: Any) -> dict[str, str]:
    return json.loads(unseal(bytes(sealed), _place(known)))


def _place(known: UUID) -> str:
    return f"subscriber|{known}"


def _mark(known: UUID) -> str:
    """How the keys of all their letters begin."""
    return f"heads|{known}|"


def _hash(token: str) -> str:
    return keyed_hash(keys().pepper, "subscription", token)


async def subscriber(token: str) -> Subscriber:
    """Raises Missing when no letters go out under this link."""
    found = await Subscriber.objects().where(Subscriber.token_hash == _hash(token)).first()
    if found is None:
        raise Missing("No letters go out under this link, and no address is kept with it.")
    return found


@writes
async def confirm(token: str) -> None:
    """It was they who asked. Doing it again changes nothing. Raises Missing."""
    row = await subscriber(token)
    if row.confirmed is None:
        await Subscriber.update({Subscriber.confirmed: today()}).where(Subscriber.id == row.id)
        await record("subscription.confirmed", day=today())


async def leave(token: str) -> None:
    """Their address is erased at once, and letters that hold it. Raises Missing."""
    async with write_tx():
        row = await subscriber(token)
        await _erase(row.id)
        await record("subscription.ended", day=today())
    await scrub()


async def _erase(known: UUID) -> None:
    await Subscriber.delete().where(Subscriber.id == known)
    await Letter.delete().where(Letter.key.like(f"{_mark(known)}%"))


async def tell_all(day: date) -> int:
    """The round: the newest head to everybody who was not told one today. Returns how many."""
    head = await newest_head()
    count = 0
    while head is not None and (told := await _tell_some(head, day)):
        count += told
    return count


@writes
async def _tell_some(head: SignedHead, day: date) -> int:
    news = Subscriber.confirmed.is_not_null() & (Subscriber.told < head.number)
    news &= Subscriber.told_on.is_null() | (Subscriber.told_on < day)
    found = await Subscriber.select().where(news).order_by(Subscriber.id).limit(AT_ONCE)
    for row in found:
        said = _opened(row["id"], row["sealed"])
        words = telling(settings().base_url, said["token"], head)
        to, key = Mailbox("", said["address"]), f"{_mark(row['id'])}{head.number}"
        await write("heads.head", to, words, key=key, day=day)
    told = {Subscriber.told: head.number, Subscriber.told_on: day}
    if found:
        await Subscriber.update(told).where(Subscriber.id.is_in([row["id"] for row in found]))
    return len(found)


async def forget(day: date) -> None:
    """The round: addresses that nobody confirmed, and letters that went before today."""
    async with write_tx():
        old = Subscriber.confirmed.is_null() & (Subscriber.asked < day - UNCONFIRMED)
        found = await Subscriber.select(Subscriber.id).where(old).limit(AT_ONCE)
        for row in found:
            await _erase(row["id"])
        went = Letter.kind.like("heads.%") & Letter.state.is_in(["sent", "failed"])
        gone = (
            await Letter.delete()
            .where(went & (Letter.written < midnight(day)))
            .returning(Letter.id)
        )
    if found or gone:
        await scrub()
