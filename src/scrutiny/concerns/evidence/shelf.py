"""Where the files of residents lie: two for each, found by its id, and nothing else beside them."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import time
from uuid import UUID

from scrutiny.concerns.evidence.sealed import forget_the_hour
from scrutiny.kit.clock import today
from scrutiny.kit.settings import settings

ORIGINAL, CLEAN = "o", "c"
NAME = re.compile(r"([0-9a-f]{32})\.[oc](\.part)?")
IN_THE_MAKING = 1_800.0
"""Seconds in which a file may lie here before its row is written: half an hour."""


def folder() -> Path:
    return settings().data_dir / "evidence"


def place(file: UUID, part: str) -> Path:
    return folder() / file.hex[:2] / f"{file.hex}.{part}"


def context(file: UUID, part: str) -> str:
    return f"evidence|{file}|{part}"


def key_context(file: UUID) -> str:
    """What the key of a clean copy is bound to."""
    return f"evidence key|{file}"


def discard(files: Iterable[UUID], parts: str = ORIGINAL + CLEAN) -> None:
    """Take these off the disk, whole or half written. Once more does no harm."""
    for file in files:
        for part in parts:
            path = place(file, part)
            for name in (path, path.with_name(f"{path.name}.part")):
                if name.exists():
                    name.unlink()
                    forget_the_hour(path.parent, today())


def lying() -> Iterator[tuple[UUID, Path]]:
    """Every file on the shelf, with the id of what it belongs to."""
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
