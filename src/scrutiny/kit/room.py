"""How much room is left on the disk that holds our data."""

import shutil
from pathlib import Path
from time import monotonic

from scrutiny.kit.settings import settings

RED = 0.10
"""Less than this share free, and health turns red: somebody must make room. No file is taken in."""
FULL = 0.03
"""Less than this, and nothing more is taken in: what is there must still be able to be saved."""
LOOK_AGAIN = 5.0  # seconds

_seen: dict[Path, tuple[float, float]] = {}


def share_free() -> float:
    """The share of the data disk that is free, from 0 to 1; looked at every five seconds."""
    folder = settings().data_dir
    looked, share = _seen.get(folder, (float("-inf"), 1.0))
    if monotonic() - looked >= LOOK_AGAIN:
        share = _share(folder)
        _seen[folder] = (monotonic(), share)
    return share


def _share(folder: Path) -> float:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    usage = shutil.disk_usage(there)
    return usage.free / usage.total if usage.total else 1.0
