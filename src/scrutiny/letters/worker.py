"""The worker: takes letters that are due and hands them to the post, until told to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from typing import Any

from piccolo.querystring import QueryString

from scrutiny.kit.clock import now
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.mail import Delivery, Mailbox, Outcome, deliveries, message
from scrutiny.kit.settings import settings
from scrutiny.letters.queries import Opened, opened
from scrutiny.letters.rules import LEASE, is_hopeless, wait
from scrutiny.letters.tables import Letter

log = logging.getLogger("scrutiny")
AT_ONCE = 20
POLL = 1.0


def sender() -> Mailbox:
    """Letters come from one address at the host of this site."""
    host = settings().host
    domain = host if "." in host and not host.replace(".", "").isdigit() else "scrutiny.invalid"
    return Mailbox("Scrutiny", f"panel@{domain}")


async def take(most: int = AT_ONCE) -> list[dict[str, Any]]:
    """Lease letters that are due, so that no other worker takes them meanwhile."""
    due = (
        Letter.select(Letter.id)
        .where((Letter.state == "ready") & (Letter.due <= now()))
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
        changes |= {Letter.state: "sent", Letter.sent: now(), Letter.problem: ""}
    elif outcome is Outcome.REFUSED or is_hopeless(letter.tries):
        changes[Letter.state] = "failed"
    else:
        changes[Letter.due] = now() + wait(letter.tries)
    async with write_tx():
        await Letter.update(changes).where(
            (Letter.id == letter.id) & (Letter.tries == letter.tries)
        )


async def send_due() -> int:
    """Send what is due now; returns how many letters were taken."""
    rows = await take()
    letters = [found for row in rows if (found := await _open(row))]
    mails = [_mail(letter) for letter in letters]
    at = 0
    async for delivery in deliveries(settings().smtp_url, mails) if mails else _none():
        await settle(letters[at], delivery.outcome, delivery.words)
        at += 1
    return len(rows)


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


def _mail(letter: Opened):
    return message(
        key=f"{settings().base_url}|{letter.id}",
        sender=sender(),
        to=letter.to,
        subject=letter.words.subject,
        text=letter.words.text,
        calendar=letter.words.calendar,
        at=letter.written,
    )


async def run(stop: asyncio.Event) -> None:
    """Send letters until `stop` is set. One bad round is logged and does not end the worker."""
    while not stop.is_set():
        taken = 0
        try:
            if settings().smtp_url:
                taken = await send_due()
        except Exception as error:
            log.error("the outbox: %s", type(error).__name__)
        if not taken:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), POLL)


@asynccontextmanager
async def working(_: Any) -> AsyncIterator[None]:
    """A lifespan: the worker as a task of the web process, in a context of its own."""
    stop = asyncio.Event()
    task = asyncio.create_task(run(stop), context=Context())
    try:
        yield
    finally:
        stop.set()
        await task
