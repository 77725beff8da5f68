"""The worker: takes letters that are due and hands them to the post, until told to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from piccolo.querystring import QueryString

from scrutiny.kit.alongside import alongside
from scrutiny.kit.clock import london, midnight, now, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.mail import Delivery, Enclosure, Mailbox, Outcome, deliveries, message
from scrutiny.kit.pdf import PdfFailed
from scrutiny.kit.settings import BadSetting, settings
from scrutiny.letters.paper import printed
from scrutiny.letters.queries import Opened, opened
from scrutiny.letters.rules import GIVE_UP_AFTER, LEASE, PRINT_AT_ONCE, is_hopeless, wait
from scrutiny.letters.tables import Letter

log = logging.getLogger("scrutiny")
AT_ONCE = 20
POLL = 1.0


def sender() -> Mailbox:
    """Letters come from one address at the host of this site."""
    host = settings().host
    domain = host if "." in host and not host.replace(".", "").isdigit() else "scrutiny.invalid"
    return Mailbox("Scrutiny", f"panel@{domain}")


async def take(most: int = AT_ONCE, *, paper: bool = False) -> list[dict[str, Any]]:
    """Lease letters that are due, with a paper or without, so that no other worker takes them."""
    due = (
        Letter.select(Letter.id)
        .where((Letter.state == "ready") & (Letter.due <= now()) & (Letter.paper == paper))
        .order_by(Letter.due)
        .limit(most)
    )
    if due.engine_type != "sqlite":
        due = due.lock_rows("UPDATE", skip_locked=True)
    async with write_tx():
        return await (
            Letter.update({Letter.due: now() + LEASE, Letter.tries: Letter.tries + 1})
            .where(QueryString("{} IN ({})", Letter.id, due.querystrings[0]))
            .returning(*Letter.all_columns())
        )


async def settle(letter: Opened, outcome: Outcome, words: str) -> None:
    """Write down what became of a letter, unless another worker has taken it since."""
    changes: dict[Any, Any] = {Letter.problem: words[:300]}
    if outcome is Outcome.SENT:
        changes |= {Letter.state: "sent", Letter.problem: "", **_moment(letter)}
    elif outcome is Outcome.REFUSED or is_hopeless(letter.tries):
        changes |= {Letter.state: "failed", Letter.due: letter.written}
    else:
        changes[Letter.due] = now() + wait(letter.tries)
    async with write_tx():
        await Letter.update(changes).where(
            (Letter.id == letter.id) & (Letter.tries == letter.tries)
        )


def _moment(letter: Opened) -> dict[Any, Any]:
    """When it was sent: the day alone where no hour was kept of when it was written, since a
    letter leaves within a second of what caused it. The lease is forgotten, which had an hour."""
    by_day = letter.written == midnight(london(letter.written).date())
    return {Letter.sent: midnight(today()) if by_day else now(), Letter.due: letter.written}


async def send_due() -> int:
    """Send what is due now and needs no press; returns how many letters were taken."""
    rows = await take()
    await _send([found for row in rows if (found := await _open(row))])
    return len(rows)


async def send_papers() -> int:
    """Print and send the letters that go with a paper; returns how many were taken.

    One that cannot be printed is tried again later, for as long as it takes: it is never sent
    without its paper, and never given up for want of a press.
    """
    rows = await take(PRINT_AT_ONCE, paper=True)
    for row in rows:
        if letter := await _open(row):
            try:
                paper = await printed(letter.words, letter.written)
            except (PdfFailed, BadSetting) as why:
                await put_off(letter, f"Its paper was not printed: {type(why).__name__}.")
            else:
                await _send([letter], (paper,))
    return len(rows)


async def put_off(letter: Opened, words: str) -> None:
    """It was not the post's fault, so the post still has half of its tries afterwards."""
    changes: dict[Any, Any] = {
        Letter.problem: words,
        Letter.due: now() + wait(letter.tries),
        Letter.tries: min(letter.tries, GIVE_UP_AFTER // 2),
    }
    async with write_tx():
        await Letter.update(changes).where(
            (Letter.id == letter.id) & (Letter.tries == letter.tries)
        )


async def _send(letters: list[Opened], enclosed: tuple[Enclosure, ...] = ()) -> None:
    mails = [_mail(letter, enclosed) for letter in letters]
    at = 0
    async for delivery in deliveries(settings().smtp_url, mails) if mails else _none():
        await settle(letters[at], delivery.outcome, delivery.words)
        at += 1


async def _none() -> AsyncIterator[Delivery]:
    for nothing in ():
        yield nothing


async def _open(row: dict[str, Any]) -> Opened | None:
    try:
        return opened(row)
    except Unreadable as why:
        async with write_tx():
            await Letter.update({Letter.state: "failed", Letter.problem: str(why)}).where(
                Letter.id == row["id"]
            )
        return None


def _mail(letter: Opened, enclosed: tuple[Enclosure, ...]):
    house = sender()
    return message(
        key=f"{settings().base_url}|{letter.id}",
        sender=replace(house, address=letter.words.sender or house.address),
        to=letter.to,
        subject=letter.words.subject,
        text=letter.words.text,
        calendar=letter.words.calendar,
        enclosed=enclosed,
        at=letter.written,
        unsubscribe=letter.words.unsubscribe or None,
    )


async def run(stop: asyncio.Event) -> None:
    """Send letters until `stop` is set; those that wait for the press hold up no others."""
    await asyncio.gather(_keep_on(send_due, stop), _keep_on(send_papers, stop))


async def _keep_on(send: Callable[[], Awaitable[int]], stop: asyncio.Event) -> None:
    """One bad round is logged and does not end the worker."""
    while not stop.is_set():
        taken = 0
        try:
            if settings().smtp_url:
                taken = await send()
        except Exception as error:
            log.error("the outbox: %s", type(error).__name__)
        if not taken:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), POLL)


working = alongside(run)
