"""Where results of redaction and what they took the place of lie: encrypted, found by their id."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import time
from uuid import UUID, uuid4

from scrutiny.concerns.evidence import sealed
from scrutiny.kit.clock import today
from scrutiny.kit.seal import new_key, unwrap, wrap
from scrutiny.kit.settings import settings

NAME = re.compile(r"([0-9a-f]{32})\.r(\.part)?")
IN_THE_MAKING = 1_800.0
"""Seconds in which a file may lie here before its row is written: half an hour."""


def folder() -> Path:
    return settings().data_dir / "redaction"


def place(file: UUID) -> Path:
    return folder() / file.hex[:2] / f"{file.hex}.r"


def key_context(file: UUID) -> str:
    """What the key of a file is bound to."""
    return f"redaction key|{file}"


def keep(content: bytes) -> tuple[UUID, bytes]:
    """Put it there; gives its id and its key, wrapped."""
    file, key = uuid4(), new_key()
    write(place(file), key, f"redaction file|{file}", content)
    return file, wrap(key, key_context(file))


def write(path: Path, key: bytes, context: str, content: bytes) -> None:
    writing = sealed.Writing(path, key, context)
    try:
        writing.write(content)
        writing.finish(today())
    except BaseException:
        writing.abandon()
        raise


def bytes_of(file: UUID, key: bytes) -> bytes:
    """Raises Unreadable where it is not whole."""
    opened = unwrap(bytes(key), key_context(file))
    return b"".join(sealed.read(place(file), opened, f"redaction file|{file}"))


def discard(files: Iterable[UUID | None]) -> None:
    """Take these off the disk. Once more does no harm."""
    for file in files:
        if file is not None:
            place(file).unlink(missing_ok=True)


def lying() -> Iterator[tuple[UUID, Path]]:
    """Every file on the shelf, with the id by which it is found."""
    if not folder().exists():
        return
    for within in sorted(folder().iterdir()):
        for entry in os.scandir(within):
            if found := NAME.fullmatch(entry.name):
                yield UUID(found[1]), Path(entry.path)


def is_left(path: Path) -> bool:
    """Whether nobody can be about to write its row: it has not been touched for half an hour."""
    try:
        return time() - path.stat().st_ctime > IN_THE_MAKING
    except FileNotFoundError:
        return False
