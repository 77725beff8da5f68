"""Files beside the database in a copy of the site: taken along encrypted as they lie, and put back.

Those that residents sent, papers, packs and old minutes; their names tell which. Each copy of the
database has a folder of them of its own. What an earlier copy in the same place has already is
linked and not written twice, so removing an old copy removes what only it had.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from scrutiny.agendas.papers import shelf as papers
from scrutiny.archive import shelf as archive
from scrutiny.concerns.evidence import shelf as evidence
from scrutiny.redaction import shelf as redaction

SHELVES = (evidence, papers, archive, redaction)


def take_along(copy: Path) -> int:
    """Copy what is not yet beside `copy`; returns how many files.

    Before the database, so that little is left to do, and after it once more: what came meanwhile
    has its row in the copy. What was erased meanwhile is gone from both or opens no more.
    """
    into, count = _beside(copy), 0
    earlier = [path for path in sorted(copy.parent.glob("scrutiny-*.files")) if path != into]
    for path in list(_lying()):
        target = into / path.parent.name / path.name
        if path.suffix != ".part" and not target.exists():
            count += _copy(path, target, earlier[-1:])
    return count


def _lying() -> Iterator[Path]:
    for shelf in SHELVES:
        yield from (path for _, path in shelf.lying())


def put_back(copy: Path) -> int:
    """Put the files beside `copy` where the site looks for them; returns how many. None is
    overwritten."""
    count = 0
    for path in sorted(_beside(copy).glob("??/*")):
        shelf = next((one for one in SHELVES if one.NAME.fullmatch(path.name)), evidence)
        target = shelf.folder() / path.parent.name / path.name
        if not target.exists():
            count += _copy(path, target, [])
    return count


def _beside(copy: Path) -> Path:
    return copy.with_suffix(".files")


def _copy(path: Path, target: Path, earlier: list[Path]) -> bool:
    """Untrue where it was erased a moment ago."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in earlier:
        if (same := folder / path.parent.name / path.name).exists():
            os.link(same, target)
            return True
    part = target.with_name(f"{target.name}.part")
    try:
        shutil.copy2(path, part)
    except FileNotFoundError:
        part.unlink(missing_ok=True)
        return False
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.rename(target)
    return True
