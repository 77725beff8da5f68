"""From a file as it was sent to what it says and to a clean copy: scanned, read, kept."""

import asyncio
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from scrutiny.archive import shelf
from scrutiny.archive.receiving import Came
from scrutiny.archive.rules import REFUSED
from scrutiny.concerns.evidence.scanning import Unscanned, is_harmful
from scrutiny.concerns.evidence.sealed import CHUNK, Writing
from scrutiny.kit.clock import today
from scrutiny.kit.room import RED, share_free
from scrutiny.kit.seal import new_key, wrap
from scrutiny.kit.settings import settings

SOURCE = Path(__file__).parents[2]
READER = [sys.executable, "-P", "-m", "scrutiny.archive.reader"]
PATIENCE = 60  # seconds; the reader has 30 of the processor's
AT_ONCE = 2


@cache
def _queue() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reading")


@dataclass
class Read:
    """What became of one file: on the shelf with what it says, or `why` there is nothing."""

    name: str
    why: str = ""  # of rules.REFUSED
    file: UUID = field(default_factory=uuid4)
    kind: str = ""
    pages: int = 0
    sent_sha256: str = ""
    sent_size: int = 0
    sent_key: bytes = b""  # wrapped
    sha256: str = ""
    size: int = 0
    key: bytes = b""  # wrapped
    text: str = ""
    words: str = ""  # all of them, as the clean copy has them
    day: date | None = None
    title: str = ""
    found: str = ""

    def drop(self) -> None:
        """Nothing of it stays."""
        shelf.discard([self.file])


class Refusal(Exception):
    """The file is not taken; the word says why, as in rules.REFUSED."""


async def read(came: Came, called: str) -> Read:
    """One file, read beside the event loop; `called` is what its clean copy calls itself."""
    made = Read(came.name, came.why, sent_size=came.size)
    if made.why:
        return made
    try:
        if share_free() < RED:
            raise Refusal("room")
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(_queue(), _read, came, called, made)
    except Refusal as refusal:
        made.why = str(refusal)
    except OSError:
        made.why = "room"
    if made.why:
        made.drop()
    return made


def _read(came: Came, called: str, made: Read) -> None:
    _scan(came.file)
    made.sent_sha256 = fingerprint(_pieces(came.file))
    copy = os.memfd_create("copy", os.MFD_CLOEXEC)
    try:
        order = {"called": called, "name": came.name, "today": today().isoformat()}
        _take(made, _answer(came.file, copy, order))
        made.sha256, made.size = fingerprint(_pieces(copy)), os.fstat(copy).st_size
        made.key = _keep(_pieces(copy), made.file, shelf.COPY, shelf.copy_key(made.file))
        made.sent_key = _keep(_pieces(came.file), made.file, shelf.SENT, shelf.sent_key(made.file))
    finally:
        os.close(copy)


def _scan(file: int) -> None:
    where = settings().clamd
    try:
        if where and is_harmful(where, _pieces(file)):
            raise Refusal("harmful")
    except Unscanned:
        raise Refusal("unscanned") from None


def _pieces(file: int) -> Iterator[bytes]:
    at = 0
    while piece := os.pread(file, CHUNK, at):
        at += len(piece)
        yield piece


def fingerprint(pieces: Iterator[bytes]) -> str:
    """SHA-256 in hexadecimal."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


def _take(made: Read, answer: dict[str, Any]) -> None:
    if "kind" not in answer:
        raise Refusal(answer["why"] if answer.get("why") in REFUSED else "damaged")
    made.kind, made.pages = answer["kind"], answer["pages"]
    made.text, made.words, made.title = answer["text"], answer["read"], answer["title"]
    made.day = date.fromisoformat(answer["day"]) if answer["day"] else None
    made.found = " ".join(answer["found"])


def _answer(given: int, made: int, order: dict[str, str]) -> dict[str, Any]:
    os.lseek(given, 0, os.SEEK_SET)
    try:
        done = subprocess.run(
            [*READER, str(given), str(made)],
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


def _keep(pieces: Iterator[bytes], file: UUID, part: str, context: str) -> bytes:
    """Put it on the shelf; gives its key, wrapped."""
    key = new_key()
    writing = Writing(shelf.place(file, part), key, shelf.context(file, part))
    try:
        for piece in pieces:
            writing.write(piece)
        writing.finish(today())
    except BaseException:
        writing.abandon()
        raise
    return wrap(key, context)
