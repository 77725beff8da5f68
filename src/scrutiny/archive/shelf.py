"""Where files of old minutes lie: encrypted, each found by its id, and nothing else beside them."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import time
from uuid import UUID

from scrutiny.kit.settings import settings

SENT, COPY = "s", "m"
NAME = re.compile(r"([0-9a-f]{32})\.[sm](\.part)?")
IN_THE_MAKING = 1_800.0
"""Seconds in which a file may lie here before its row is written: half an hour."""


def folder() -> Path:
    return settings().data_dir / "archive"


def place(file: UUID, part: str) -> Path:
    return folder() / file.hex[:2] / f"{file.hex}.{part}"


def context(file: UUID, part: str) -> str:
    return f"archive file|{file}|{part}"


def copy_key(file: UUID) -> str:
    """What the key of a clean copy is bound to."""
    return f"archive copy key|{file}"


def sent_key(file: UUID) -> str:
    """What the key of the file that was sent is bound to."""
    return f"archive sent key|{file}"


def discard(files: Iterable[UUID], parts: str = SENT + COPY) -> None:
    """Take these off the disk. Once more does no harm."""
    for file in files:
        for part in parts:
            place(file, part).unlink(missing_ok=True)


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
