"""From a PDF and what is to be taken out of it to pictures of its pages, and to a new file."""

import asyncio
import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from scrutiny.kit.clock import midnight, today
from scrutiny.kit.glyphs import uncovered
from scrutiny.kit.paper import LANGUAGE, templates
from scrutiny.kit.pdf import Document, PdfFailed, house_sheet, pdf
from scrutiny.redaction.rules import REFUSED, Box, stands_for, stored

SOURCE = Path(__file__).parents[2]
CUTTER = [sys.executable, "-P", "-m", "scrutiny.redaction.cutter"]
PATIENCE = 60  # seconds; the cutter has 30 of the processor's
AT_ONCE = 2
MOST_BYTES = 20_000_000
SHEET = "figure { margin: 0 } figure img { max-width: 100%; max-height: 215mm }"


class Refusal(Exception):
    """Nothing came of it; the word says why, as in rules.REFUSED."""


class Shown(NamedTuple):
    """A page as it will be: its picture, what remains of its words, how many parts are gone."""

    number: int
    picture: bytes
    lines: list[str]
    taken: int


@dataclass(frozen=True)
class Cut:
    pages: int
    shown: list[Shown]
    missing: list[int]  # of the words those that are on no page as text, by their place

    @property
    def taken(self) -> int:
        return sum(one.taken for one in self.shown)


@dataclass(frozen=True)
class Wanted:
    """What is taken out of a file, and why."""

    words: Sequence[str]
    boxes: Sequence[Box]
    reason: str


@cache
def _queue() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="cutting")


async def cut(
    content: bytes,
    wanted: Wanted,
    pages: Sequence[int] = (),
    *,
    draw: bool = True,
    most: int | None = None,
) -> Cut:
    """Pictures of these pages, or of all, with the parts painted over. Raises Refusal."""
    boxed = stands_for(wanted.reason) if wanted.reason else ""
    order: dict[str, Any] = {"words": list(wanted.words), "boxes": stored(wanted.boxes)}
    order |= {"boxed": boxed, "pages": list(pages), "draw": draw}
    order |= {"most": most} if most else {}
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_queue(), _cut, content, order)


def _cut(content: bytes, order: dict[str, Any]) -> Cut:
    given = os.memfd_create("whole", os.MFD_CLOEXEC)
    made = os.memfd_create("cut", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(given), "wb") as file:
            file.write(content)
        os.lseek(given, 0, os.SEEK_SET)
        answer = _answer(given, made, order)
        if "pages" not in answer:
            raise Refusal(answer["why"] if answer.get("why") in REFUSED else "damaged")
        return Cut(answer["pages"], list(_shown(answer["shown"], made)), answer["missing"])
    finally:
        os.close(given)
        os.close(made)


def _shown(told: list[dict[str, Any]], made: int):
    at = 0
    for number, one in enumerate(told, start=1):
        picture = os.pread(made, one["size"], at) if one["size"] else b""
        at += one["size"]
        yield Shown(number, picture, one["lines"], one["taken"])


def _answer(given: int, made: int, order: dict[str, Any]) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [*CUTTER, str(given), str(made)],
            pass_fds=(given, made),
            input=json.dumps(order).encode(),
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


async def made_anew(
    content: bytes, wanted: Wanted, title: str, publisher: str, note: str
) -> tuple[bytes, Cut, int]:
    """A new file of pictures and words that holds nothing of the old one, and its pages.

    It is looked through for the words again before anybody gets it. Raises Refusal.
    """
    found = await cut(content, wanted)
    html = _environment().get_template("redaction/paper.html").render(
        language=LANGUAGE, title=title, publisher=publisher, note=note, pages=found.shown,
        picture=_picture, printable=_printable,
    )  # fmt: skip
    css, at = house_sheet() + SHEET, midnight(today())
    try:
        made = await pdf(Document(html, title, LANGUAGE, at, css))
    except PdfFailed:
        raise Refusal("press") from None
    if len(made) > MOST_BYTES:
        raise Refusal("size")
    again = await cut(made, Wanted(wanted.words, (), wanted.reason), draw=False, most=1_000)
    if again.taken:
        raise Refusal("left")
    return made, found, again.pages


def _picture(one: Shown) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(one.picture).decode()


def _printable(line: str) -> str:
    """What has no letter in the fonts of the house is shown as a square."""
    missing = uncovered(line)
    return "".join("□" if letter in missing else letter for letter in line) if missing else line


@cache
def _environment():
    return templates()
