"""The cleaner: a process of its own, for one file, that makes the copy which triage may open.

Run as `python -m scrutiny.concerns.evidence.cleaner IN OUT` by washing.py and by nobody else. IN
and OUT are open files in memory. One line of JSON comes out: what it was, or why it is refused.
What it opens was sent by anybody, so it has no network, little memory and little time, and may
write nothing but OUT; libraries are loaded only for the kind that is at hand.
"""

import ctypes
import json
import os
import resource
import sys
from importlib import import_module

from scrutiny.concerns.evidence.fence import LIBRARIES, fence, places
from scrutiny.concerns.evidence.kinds import Refused, family_of

MEMORY, SECONDS, LARGEST = 1 << 30, 30, 120_000_000
NO_NETWORK = 0x40000000 | 0x10000000  # CLONE_NEWNET | CLONE_NEWUSER
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")
ROOMS = {
    **dict.fromkeys(("jpeg", "png", "webp"), "pictures"),
    "pdf": "papers",
    **dict.fromkeys(("docx", "odt", "txt"), "writings"),
    **dict.fromkeys(("mp3", "wav", "iso", "webm"), "recordings"),
}


def narrow() -> None:
    """From now on: so much memory, so much time, files no larger, no core, no network, and nothing
    to open but the code of libraries."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    ctypes.CDLL(None).unshare(NO_NETWORK)  # where the kernel allows it; the wall stands anyway
    fence([*places(), *LIBRARIES])  # the same


def wall() -> None:
    """No socket, no other program, and no file but the code of the libraries themselves."""
    readable = tuple(os.path.realpath(one) + os.sep for one in places())

    def watch(event: str, about: tuple) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(event)
        if event == "open" and isinstance(about[0], str | bytes):
            path = os.path.realpath(os.fsdecode(about[0]))
            if not path.startswith(readable) or about[2] & (os.O_WRONLY | os.O_RDWR):
                raise PermissionError(event)

    sys.addaudithook(watch)


def cleaned(given: int, made: int) -> dict[str, str]:
    """What the file was, or why it is refused."""
    with os.fdopen(given, "rb") as old, os.fdopen(made, "w+b") as new:
        try:
            family = family_of(old)
            room = import_module(f"scrutiny.concerns.evidence.{ROOMS[family]}")
            wall()
            return {"mime": room.clean(old, new, family)}
        except Refused as refusal:
            return {"why": str(refusal)}
        except MemoryError:
            return {"why": "large_inside"}
        except Exception as trouble:  # every library has its own; the file is at fault
            return {"why": "damaged", "trouble": type(trouble).__name__}


def main() -> None:
    narrow()
    print_to = os.dup(1)
    os.dup2(2, 1)  # a stray print must not be taken for an answer
    answer = cleaned(int(sys.argv[1]), int(sys.argv[2]))
    os.write(print_to, json.dumps(answer).encode())


if __name__ == "__main__":
    main()
