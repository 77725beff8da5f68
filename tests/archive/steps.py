"""Old minutes brought as far as a test needs them, by the deeds themselves or through a form."""

import os
from hashlib import sha256
from secrets import token_bytes

from cast import Cast
from concerns.evidence.sending import BOUNDARY, MULTIPART

from scrutiny.archive import actions, queries, shelf
from scrutiny.archive.reading import Read, _keep, read
from scrutiny.archive.receiving import Came
from scrutiny.archive.rules import CheckForm
from scrutiny.archive.tables import OldMinutes
from scrutiny.record.tables import Event

IMPORT = "/lambeth/archive/import"
CHECKED = {
    "day": "2019-03-14",
    "title": "Minutes of 14 March 2019",
    "text": "## 1. Search figures\n\nThe force showed its **figures**.",
    "shows": "both",
}


async def reading(content: bytes, name: str = "minutes.pdf") -> Read:
    """What becomes of one file."""
    came = Came(name, why="", size=len(content))
    try:
        os.write(came.file, content)
        return await read(came, "Lambeth Scrutiny Panel: minutes")
    finally:
        came.close()


def quick(content: bytes | None = None, **changes) -> Read:
    """As if it had been read: the files are on the shelf, and nothing was guessed."""
    content = content or token_bytes(40)
    made = Read("old minutes.docx", kind="docx", size=len(content), sent_size=len(content))
    made.sent_sha256 = made.sha256 = sha256(content).hexdigest()
    for part, name in ((shelf.COPY, "copy_key"), (shelf.SENT, "sent_key")):
        kept = _keep(iter([content]), made.file, part, getattr(shelf, name)(made.file))
        setattr(made, "key" if part == shelf.COPY else "sent_key", kept)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


async def imported(cast: Cast, made: Read | None = None, by: str = "grace") -> OldMinutes:
    row, _ = await actions.take_in(made or quick(), by=cast.seats[by])
    return await queries.waiting(cast.lambeth, row.id)


async def offered(cast: Cast, made: Read | None = None, **changes) -> OldMinutes:
    row = await imported(cast, made)
    form = CheckForm(**CHECKED | changes)
    return await actions.save(row, form, by=cast.seats["grace"], offer=True)


async def published(cast: Cast, made: Read | None = None, **changes) -> OldMinutes:
    row = await offered(cast, made, **changes)
    await actions.publish(row, by=cast.seats["amara"])
    return await stored(row)


async def stored(row: OldMinutes) -> OldMinutes | None:
    return await OldMinutes.objects().get(OldMinutes.id == row.id)


async def events(row: OldMinutes) -> list[tuple[str, bool]]:
    found = await Event.objects().where(Event.about == row.id).order_by(Event.seq)
    return [(one.what, one.public) for one in found]


def send(browser, *sent: tuple[str, bytes], path: str = IMPORT, token: str | None = None):
    """A form with its files, as a browser sends it: the token first."""
    body = _field("_csrf", browser.token() if token is None else token)
    for name, content in sent:
        head = f'Content-Disposition: form-data; name="files"; filename="{name}"'
        kind = "Content-Type: application/octet-stream"
        body += f"--{BOUNDARY}\r\n{head}\r\n{kind}\r\n\r\n".encode() + content + b"\r\n"
    return browser._ask("POST", path, content=body + f"--{BOUNDARY}--\r\n".encode(),
                        headers=MULTIPART)  # fmt: skip


def _field(name: str, value: str) -> bytes:
    return (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
    ).encode()


def at(row: OldMinutes, more: str = "") -> str:
    return f"/lambeth/archive/drafts/{row.id}{more}"
