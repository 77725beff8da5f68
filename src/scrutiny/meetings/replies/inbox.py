"""Where answers come in by mail: a folder that the post fills, and a port that takes SMTP."""

import asyncio
import logging
import mailbox
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from scrutiny.kit.alongside import alongside
from scrutiny.kit.settings import settings
from scrutiny.letters.worker import sender
from scrutiny.meetings.replies.actions import take
from scrutiny.meetings.replies.reading import LARGEST
from scrutiny.meetings.replies.rules import Outcome

log = logging.getLogger("scrutiny")
EVERY = 15.0  # seconds between two looks into the folder
AT_ONCE = 200
KEPT = frozenset({Outcome.NO_ANSWER, Outcome.UNREADABLE})
"""Somebody may have written to us: these stay in the folder, put aside, for a person to read."""
MANY = 20  # recipients of one message


def _files(folder: Path) -> Iterator[Path]:
    """New messages of a Maildir, or the .eml files of a plain folder, oldest first."""
    new = folder / "new"
    found = new.iterdir() if new.is_dir() else folder.glob("*.eml")
    files = [path for path in found if path.is_file() and not path.name.startswith(".")]
    yield from sorted(files, key=lambda path: path.name)[:AT_ONCE]


def _put_aside(folder: Path, path: Path) -> None:
    """Into cur, marked as looked at, as every program that reads mail understands it."""
    if (folder / "new").is_dir():
        mailbox.Maildir(folder)  # makes what is missing of it
        path.rename(folder / "cur" / f"{path.name.partition(':')[0]}:2,S")
        return
    (folder / "aside").mkdir(exist_ok=True)
    path.rename(folder / "aside" / path.name)


async def empty(folder: Path) -> list[Outcome]:
    """Take every message that lies in the folder; returns what became of each.

    One that was taken is deleted. A crash between the two takes it again, which changes nothing.
    """
    outcomes = []
    for path in await asyncio.to_thread(lambda: list(_files(folder))):
        raw = await asyncio.to_thread(_read, path)
        outcome = await take(raw)
        if outcome in KEPT:
            await asyncio.to_thread(_put_aside, folder, path)
        else:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        outcomes.append(outcome)
    return outcomes


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


class Receiver:
    """What aiosmtpd asks: answers to invitations come in, anything else is sent back."""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        local, _, domain = address.casefold().partition("@")
        house, _, ours = sender().address.casefold().partition("@")
        if domain != ours or local.partition("+")[0] != house:
            return "550 5.1.1 Nobody here has this address"
        if len(envelope.rcpt_tos) >= MANY:
            return "452 4.5.3 Too many at once"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        try:
            outcome = await take(envelope.original_content or b"", envelope.rcpt_tos)
        except Exception as error:
            log.error("an answer by mail: %s", type(error).__name__)
            return "451 4.3.0 Not taken, please try again later"
        if outcome in KEPT:
            return "554 5.6.0 Only answers of calendars are read here"
        return "250 2.0.0 Taken"


async def listen() -> asyncio.Server:
    """Take SMTP on the port of the settings, until the server is closed."""
    host, _, port = settings().inbound_smtp.rpartition(":")
    loop = asyncio.get_running_loop()

    def protocol() -> SMTP:
        return SMTP(
            Receiver(), data_size_limit=LARGEST, hostname=settings().host, ident="Scrutiny",
            loop=loop, enable_SMTPUTF8=True, timeout=60,
        )  # fmt: skip

    return await loop.create_server(protocol, host.strip("[]"), int(port))


async def run(stop: asyncio.Event) -> None:
    """Take what comes until `stop` is set; without a folder and a port there is nothing to do."""
    server = await listen() if settings().inbound_smtp else None
    try:
        while not stop.is_set():
            await _look()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), EVERY)
    finally:
        if server is not None:
            server.close()


async def _look() -> None:
    """One bad look is logged by its kind alone and does not end the others."""
    if not settings().inbox:
        return
    try:
        await empty(Path(settings().inbox))
    except Exception as error:
        log.error("the inbox: %s", type(error).__name__)


taking_answers = alongside(run)
