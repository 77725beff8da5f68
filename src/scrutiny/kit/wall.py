"""Walls round a process that works on what many hands wrote: no network, few files, little room."""

import os
import resource
import sys

FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")


def wall(readable: tuple[str, ...]) -> None:
    """From now on this process opens no socket, starts nothing, and reads only `readable`."""
    readable = tuple(os.path.realpath(place) + os.sep for place in readable)

    def watch(event: str, about: tuple) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"This process may not use {event}.")
        if event == "open" and isinstance(about[0], str | bytes):
            path = os.path.realpath(os.fsdecode(about[0]))
            if not path.startswith(readable):
                raise PermissionError(f"This process may not open {path}.")

    sys.addaudithook(watch)


def libraries() -> tuple[str, ...]:
    """Where the code lies that any process of ours may need to load."""
    ours = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return (sys.prefix, sys.base_prefix, ours, os.path.dirname(os.__file__))


def narrow(memory: int, seconds: int = 0) -> None:
    """At most so many bytes of address space, so much of the processor's time, and no core."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if seconds:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
