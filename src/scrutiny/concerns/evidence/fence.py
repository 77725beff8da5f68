"""The kernel's own fence around the cleaner (Landlock): it opens the code of libraries, no more.

The wall of cleaner.py stands in Python, where a fault in a library written in C would not meet it.
Here nothing can be opened for writing, nothing of ours can be read, the secret file least of all,
and no other process can be touched. What is open already stays open.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

CREATE, ADD, RESTRICT = 444, 445, 446  # system calls, the same on every kind of machine
NO_NEW_PRIVILEGES = 38
EVERYTHING = (1 << 13) - 1  # all that the first edition knows: to run, write, read, list, make ...
TO_READ = 1 << 0 | 1 << 2 | 1 << 3  # to run as a library, to read, to list
BENEATH = 1
LIBRARIES = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/etc/ld.so.cache")


def places() -> list[str]:
    """Where the code lies that the cleaner needs."""
    ours = Path(__file__).parents[2]
    return [sys.prefix, sys.base_prefix, str(ours), str(Path(os.__file__).parent)]


def fence(readable: Iterable[str]) -> bool:
    """From now on open nothing but to read, beneath `readable`; untrue where the kernel cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    asked = struct.pack("=Q", EVERYTHING)
    rules = libc.syscall(CREATE, asked, ctypes.c_size_t(len(asked)), 0)
    if rules < 0:
        return False
    for place in readable:
        _allow(libc, rules, place)
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    fenced = libc.syscall(RESTRICT, rules, 0) == 0
    os.close(rules)
    return fenced


def _allow(libc: ctypes.CDLL, rules: int, place: str) -> None:
    try:
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    may = TO_READ if os.path.isdir(place) else 1 << 2
    libc.syscall(ADD, rules, BENEATH, struct.pack("=Qi", may, handle), 0)
    os.close(handle)
