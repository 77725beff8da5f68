"""Copies of the database: made while it is in use, proved, and put back."""

import hashlib
import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from scrutiny.commands import evidence_files, keyfiles
from scrutiny.commands.postgres import dump, is_empty, load, read_through
from scrutiny.commands.programs import run
from scrutiny.kit.clock import now
from scrutiny.kit.db import database
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.settings import settings

BESIDE = ("-wal", "-shm", "-journal")  # what SQLite may keep beside its file


def back_up(folder: Path) -> Path:
    """Copy the database into `folder` and prove the copy. Returns the file that was made.

    The keys of concerns go into a file beside it, and files of keys older than seven days are
    removed. Each gets its name when it is whole, so a copy cut short is never taken for one.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = now()
    kind = ".sqlite" if _on_sqlite() else ".pgdump"
    made = folder / f"scrutiny-{moment.strftime(keyfiles.STAMP)}{kind}"
    part, apart = made.with_suffix(".part"), made.with_suffix(".keys.part")
    for file in (part, apart):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        evidence_files.take_along(made)
        _write(part, apart)
        evidence_files.take_along(made)
        _note(made, part, apart)
        apart.rename(made.with_suffix(".keys"))
        part.rename(made)
    finally:
        part.unlink(missing_ok=True)
        apart.unlink(missing_ok=True)
    prove(folder)
    keyfiles.forget_old(folder, moment)
    return made


def _write(part: Path, apart: Path) -> None:
    url = settings().database_url
    if _on_sqlite():
        _copy_sqlite(Path(database().path), part)
        keyfiles.take_out(part, apart)
    elif keyfiles.is_there_in(url):
        dump(url, part, f"--exclude-table-data={keyfiles.TABLE}")
        dump(url, apart, "--data-only", f"--table={keyfiles.TABLE}")
    else:
        dump(url, part)
    _to_disk(part)
    _to_disk(apart)


def _note(made: Path, part: Path, apart: Path) -> None:
    told = {"file": made.name, "sha256": _sha256(part), "keys_sha256": _sha256(apart)}
    made.with_suffix(".json").write_text(json.dumps(told))


def _on_sqlite() -> bool:
    return settings().database_url.startswith("sqlite:///")


def _copy_sqlite(source: Path, made: Path) -> None:
    """VACUUM INTO sees one moment of a database in use; `cp` would miss what is in the WAL."""
    if not source.exists():
        raise Missing(f"There is no database at {source}.")
    with closing(sqlite3.connect(source, timeout=30)) as live:
        live.execute("VACUUM INTO ?", (str(made),))


def newest(folder: Path) -> Path:
    found = sorted([*folder.glob("scrutiny-*.sqlite"), *folder.glob("scrutiny-*.pgdump")])
    if not found:
        raise Missing(f"There is no copy in {folder}.")
    return found[-1]


def prove(folder: Path) -> str:
    """Check the newest copy: its bytes, its structure, and the record inside it."""
    copy = newest(folder)
    for file, name in ((copy, "sha256"), (copy.with_suffix(".keys"), "keys_sha256")):
        if file.exists() and _sha256(file) != _told(copy, name):
            raise NotNow(f"{file.name} is not what was written: its bytes have changed.")
    if copy.suffix == ".pgdump":
        read_through(copy)
        if _has_keys(copy.with_suffix(".keys")):
            read_through(copy.with_suffix(".keys"))
        return f"{copy.name} can be read to its end. `scrutiny record verify` after restoring it."
    trial = copy.with_suffix(".trial")
    shutil.copy(copy, trial)
    try:
        return f"{copy.name}: {_prove_sqlite(trial)}"
    finally:
        for end in ("", *BESIDE):
            Path(f"{trial}{end}").unlink(missing_ok=True)


def _told(copy: Path, name: str) -> str:
    """The SHA-256 of that name that was written down when the copy was made."""
    note = copy.with_suffix(".json")
    try:
        return str(json.loads(note.read_bytes())[name])
    except (OSError, ValueError, KeyError, TypeError):
        raise NotNow(
            f"{note.name} is missing or cannot be read, so {copy.name} cannot be proved."
        ) from None


def _prove_sqlite(trial: Path) -> str:
    try:
        with closing(sqlite3.connect(trial)) as opened:
            whole = opened.execute("PRAGMA integrity_check").fetchone()[0]
            loose = opened.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        raise NotNow(f"The copy is damaged: {error}.") from None
    if whole != "ok" or loose:
        raise NotNow(f"The copy is damaged: {whole}, {len(loose)} loose references.")
    # Brought up to this version first: a copy from before an upgrade is as good as any.
    env = os.environ | {"SCRUTINY_DATABASE_URL": f"sqlite:///{quote(str(trial.resolve()))}"}
    run(sys.executable, "-m", "scrutiny", "migrate", env=env)
    return run(sys.executable, "-m", "scrutiny", "record", "verify", env=env).strip()


def put_back(folder: Path) -> tuple[Path, int]:
    """Restore the newest copy where no database is, with the keys of concerns if they are there.

    Returns the copy, and how many concerns can no longer be opened. Raises NotNow rather than
    overwrite a database.
    """
    copy, url = newest(folder), settings().database_url
    apart = copy.with_suffix(".keys")
    if (copy.suffix == ".sqlite") != _on_sqlite():
        raise NotNow(f"{copy.name} is of another kind than the database in SCRUTINY_DATABASE_URL.")
    if _on_sqlite():
        place = Path(database().path).resolve()
        _refuse_to_overwrite(place)
        prove(folder)
        _put_file(copy, apart, place)
        evidence_files.put_back(copy)
        return copy, keyfiles.shut_in(place)
    if not is_empty(url):
        raise NotNow("That database is not empty. Make a new one first: this may be needed.")
    prove(folder)
    load(copy, url)
    if _has_keys(apart):
        load(apart, url)
    evidence_files.put_back(copy)
    return copy, keyfiles.shut_in_postgres(url)


def _has_keys(apart: Path) -> bool:
    return apart.exists() and apart.stat().st_size > 0


def _refuse_to_overwrite(place: Path) -> None:
    """A log left beside a lost file counts too: SQLite would play it into the copy."""
    for end in ("", *BESIDE):
        there = Path(f"{place}{end}")
        if there.exists():
            raise NotNow(f"There is a database at {there}. Move it away first: it may be needed.")


def _put_file(copy: Path, apart: Path, place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = place.with_name(f"{place.name}.part")
    shutil.copyfile(copy, part)
    part.chmod(0o600)
    if _has_keys(apart):
        keyfiles.put_in(part, apart)
    _to_disk(part)
    part.rename(place)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
