"""From the file as it was sent to the copy that triage may open: scanned, then made anew.

A process for each file, which ends with it: what one resident sent never meets what another did.
Files go to it and come back in memory (memfd), never by the disk.
"""

import asyncio
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from scrutiny.concerns.evidence import shelf
from scrutiny.concerns.evidence.rules import MIMES, REFUSED
from scrutiny.concerns.evidence.scanning import Unscanned, is_harmful
from scrutiny.concerns.evidence.sealed import CHUNK, Writing, read
from scrutiny.kit.errors import Busy
from scrutiny.kit.settings import settings

SOURCE = Path(__file__).parents[3]
CLEANER = [sys.executable, "-P", "-m", "scrutiny.concerns.evidence.cleaner"]
PATIENCE = 60  # seconds; the cleaner has 30 of the processor's
AT_ONCE = 2
MOST_WAITING = 24
"""Files that are cleaned or wait for it; the next is asked to come again, as it would wait long."""
WAIT = 60  # seconds


_waiting = 0


@dataclass(frozen=True)
class Washed:
    """What became of it: `why` says why it is refused, or why its copy is shown to nobody."""

    mime: str = ""
    state: str = "refused"  # clean, quarantined or refused
    why: str = ""


@cache
def _queue() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="cleaning")


async def washed(file: UUID, key: bytes, clean_key: bytes, day: date) -> Washed:
    """Scan the original, write its clean copy beside it. Raises OSError when there is no room,
    Busy when too many wait."""
    global _waiting
    if _waiting >= MOST_WAITING:
        raise Busy(WAIT)
    _waiting += 1
    try:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_queue(), _wash, file, key, clean_key, day)
    finally:
        _waiting -= 1


def _wash(file: UUID, key: bytes, clean_key: bytes, day: date) -> Washed:
    original = shelf.place(file, shelf.ORIGINAL)
    where, told = settings().clamd, shelf.context(file, shelf.ORIGINAL)
    state, why = "clean", ""
    try:
        if where and is_harmful(where, read(original, key, told)):
            return Washed("", "quarantined", "harmful")  # and nothing here opens it
    except Unscanned:
        state, why = "quarantined", "unscanned"
    answer = _through_the_cleaner(file, key, clean_key, day)
    if "mime" not in answer:
        return Washed(why=answer["why"] if answer.get("why") in REFUSED else "damaged")
    return Washed(answer["mime"], state, why)


def _through_the_cleaner(file: UUID, key: bytes, clean_key: bytes, day: date) -> dict[str, str]:
    given = os.memfd_create("given", os.MFD_CLOEXEC)
    made = os.memfd_create("made", os.MFD_CLOEXEC)
    try:
        for piece in read(
            shelf.place(file, shelf.ORIGINAL), key, shelf.context(file, shelf.ORIGINAL)
        ):
            os.write(given, piece)
        os.lseek(given, 0, os.SEEK_SET)
        answer = _answer(given, made)
        if answer.get("mime") in MIMES:
            _keep(made, file, clean_key, day)
        return answer
    finally:
        os.close(given)
        os.close(made)


def _answer(given: int, made: int) -> dict[str, str]:
    try:
        done = subprocess.run(
            [*CLEANER, str(given), str(made)],
            pass_fds=(given, made),
            stdin=subprocess.DEVNULL,
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


def _keep(made: int, file: UUID, clean_key: bytes, day: date) -> None:
    writing = Writing(shelf.place(file, shelf.CLEAN), clean_key, shelf.context(file, shelf.CLEAN))
    try:
        os.lseek(made, 0, os.SEEK_SET)
        while piece := os.read(made, CHUNK):
            writing.write(piece)
        writing.finish(day)
    except BaseException:
        writing.abandon()
        raise
