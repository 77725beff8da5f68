"""From the file as it was sent to the PDF that is handed out: scanned, cleaned, or printed anew."""

import asyncio
import base64
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from jinja2 import Environment

from scrutiny.agendas.papers import shelf
from scrutiny.agendas.papers.receiving import Sent
from scrutiny.agendas.papers.rules import REFUSED
from scrutiny.concerns.evidence.scanning import Unscanned, is_harmful
from scrutiny.concerns.evidence.sealed import CHUNK, Writing
from scrutiny.kit import markdown
from scrutiny.kit.clock import midnight, today
from scrutiny.kit.paper import LANGUAGE, templates
from scrutiny.kit.pdf import Document, PdfFailed, Unprintable, house_sheet, pdf
from scrutiny.kit.room import RED, share_free
from scrutiny.kit.seal import new_key, wrap
from scrutiny.kit.settings import settings
from scrutiny.letters.paper import blocks

SOURCE = Path(__file__).parents[3]
WASHER = [sys.executable, "-P", "-m", "scrutiny.agendas.papers.washer"]
SHEET = "img { max-height: 165mm }"  # a picture fits under its title
PATIENCE = 60  # seconds; the washer has 30 of the processor's


@dataclass
class Washed:
    """A PDF on the shelf whose row is still to be written; or why there is none."""

    why: str = ""  # of rules.REFUSED
    file: UUID = field(default_factory=uuid4)
    key: bytes = b""  # wrapped
    size: int = 0
    pages: int = 0
    sha256: str = ""

    def drop(self) -> None:
        """Nothing of it stays."""
        shelf.discard([self.file])


class Refusal(Exception):
    """The file is not taken; the word says why, as in rules.REFUSED."""


async def washed(sent: Sent, title: str, publisher: str) -> Washed:
    """The file of a form as a clean PDF on the shelf; `title` is what it will call itself."""
    if sent.why:
        return Washed(sent.why)
    try:
        if share_free() < RED:
            raise Refusal("room")
        await asyncio.to_thread(_scan, sent)
        content, pages = await _made(sent, title, publisher)
        return await asyncio.to_thread(_keep, content, pages)
    except Refusal as refusal:
        return Washed(str(refusal))
    except OSError:
        return Washed("room")


def _scan(sent: Sent) -> None:
    where = settings().clamd
    try:
        if where and is_harmful(where, _pieces(sent.file)):
            raise Refusal("harmful")
    except Unscanned:
        raise Refusal("unscanned") from None


def _pieces(file: int):
    at = 0
    while piece := os.pread(file, CHUNK, at):
        at += len(piece)
        yield piece


async def _made(sent: Sent, title: str, publisher: str) -> tuple[bytes, int]:
    """The PDF and how many pages it has. What is no PDF is printed by the press."""
    answer, content = await asyncio.to_thread(_through_the_washer, sent.file, title)
    if answer["kind"] == "pdf":
        return content, answer["pages"]
    shows = {"kind": answer["kind"], "picture": "", "words": "", "blocks": []}
    if answer["kind"] == "txt":
        words = content.decode("utf-8", "replace")
        shows |= {"words": words} if sent.is_markdown else {"blocks": blocks(words)}
    else:
        shows["picture"] = "data:image/jpeg;base64," + base64.b64encode(content).decode()
    content = await _printed(title, publisher, shows)
    return content, await pages_in(content)


async def _printed(title: str, publisher: str, shows: dict) -> bytes:
    html = environment().get_template("agendas/papers/paper.html").render(
        language=LANGUAGE, title=title, publisher=publisher, **shows
    )  # fmt: skip
    sheet, at = house_sheet() + SHEET, midnight(today())
    made = Document(html=html, title=title, language=LANGUAGE, created=at, css=sheet)
    try:
        return await pdf(made)
    except Unprintable:
        raise Refusal("letters") from None
    except PdfFailed:
        raise Refusal("damaged") from None


async def pages_in(content: bytes) -> int:
    """How many pages a PDF has that was made here. Raises Refusal when it cannot be opened."""
    return await asyncio.to_thread(_counted, content)


def _counted(content: bytes) -> int:
    file = os.memfd_create("printed", os.MFD_CLOEXEC)
    try:
        os.write(file, content)
        return _through_the_washer(file, "")[0]["pages"]
    finally:
        os.close(file)


@cache
def environment() -> Environment:
    env = templates()
    env.filters["markdown"] = markdown.html
    return env


def _through_the_washer(given: int, title: str) -> tuple[dict, bytes]:
    made = os.memfd_create("washed", os.MFD_CLOEXEC)
    try:
        os.lseek(given, 0, os.SEEK_SET)
        answer = _answer(given, made, title)
        if "kind" not in answer:
            raise Refusal(answer["why"] if answer.get("why") in REFUSED else "damaged")
        return answer, b"".join(_pieces(made))
    finally:
        os.close(made)


def _answer(given: int, made: int, title: str) -> dict:
    try:
        done = subprocess.run(
            [*WASHER, str(given), str(made)],
            pass_fds=(given, made),
            input=title.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(SOURCE), "LC_ALL": "C.UTF-8", "PATH": os.defpath},
            cwd="/",
            timeout=PATIENCE,
            start_new_session=True,
            check=False,
        )
        return json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"why": "slow"}
    except ValueError:  # it was ended: by the kernel for its time or memory, or by its own fault
        return {"why": "damaged"}


def _keep(content: bytes, pages: int) -> Washed:
    made = Washed(pages=pages, size=len(content), sha256=hashlib.sha256(content).hexdigest())
    key = new_key()
    writing = Writing(shelf.place(made.file), key, shelf.context(made.file))
    try:
        writing.write(content)
        writing.finish(today())
    except BaseException:
        writing.abandon()
        raise
    made.key = wrap(key, shelf.key_context(made.file))
    return made
