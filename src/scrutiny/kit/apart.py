"""A deed done in a process of its own that lives for it alone: bytes go in, bytes come out.

The asking side is `done`; the process itself calls `answer`. For work that is rare and whose
libraries would make the web process start late and large; what is printed often has the press.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scrutiny.kit.wall import libraries, narrow, wall

SOURCE = Path(__file__).parents[2]
DONE, REFUSED = b"+", b"-"
MEMORY, SECONDS = 1 << 30, 30
_turns = ThreadPoolExecutor(1, thread_name_prefix="apart")
"""One at a time: a crowd that asks for files waits for its turn and not for the machine."""


class NotDone(Exception):
    """Nothing came of it; the message says why, in a sentence."""


class Refused(Exception):
    """Raised by the deed itself: the message is for whoever asked."""


async def done(program: str, order: bytes, seconds: float = SECONDS) -> bytes:
    """What `program`, a module that calls `answer`, makes of the order. Raises NotDone."""
    return await asyncio.get_running_loop().run_in_executor(_turns, _done, program, order, seconds)


def _done(program: str, order: bytes, seconds: float) -> bytes:
    try:
        said = subprocess.run(
            [sys.executable, "-P", "-m", program],
            input=order, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/",
            timeout=seconds, start_new_session=True, check=False, env=_surroundings(),
        ).stdout  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotDone(f"It took more than {seconds:g} s.") from None
    except OSError as fault:
        raise NotDone(f"The process could not be started: {fault.strerror}.") from fault
    if said[:1] != DONE:
        raise NotDone(said[1:].decode(errors="replace") or "It stopped before it had finished.")
    return said[1:]


def _surroundings() -> dict[str, str]:
    """All that the process knows of the world: the same wherever and whenever it is started."""
    return {
        "PYTHONPATH": str(SOURCE),
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PATH": os.defpath,
    }


def answer(deed: Callable[[bytes], Callable[[], bytes]]) -> None:
    """The one thing that the process does. `deed` takes the order, reads what it may need, and
    gives what is then done behind the wall."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not be taken for an answer
    narrow(MEMORY, SECONDS)
    mark, body = REFUSED, b""
    try:
        work = deed(sys.stdin.buffer.read())
        wall(libraries())
        mark, body = DONE, work()
    except Refused as refusal:
        body = str(refusal).encode(errors="replace")
    except BaseException as trouble:  # MemoryError too: the asker must hear
        body = f"{type(trouble).__name__}: {trouble}"[:300].encode(errors="replace")
    answers.write(mark + body)
    answers.flush()
