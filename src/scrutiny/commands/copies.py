"""Copies of the database: made while it is in use, proved, and put back."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from scrutiny.kit.clock import now
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.settings import settings


def back_up(folder: Path) -> Path:
    """Copy the database into `folder` and prove the copy. Returns the file that was made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = now().strftime("%Y%m%dT%H%M%SZ")
    url = settings().database_url
    if url.startswith("sqlite:///"):
        made = folder / f"scrutiny-{stamp}.sqlite"
        _copy_sqlite(Path(url.removeprefix("sqlite:///")), made)
    else:
        made = folder / f"scrutiny-{stamp}.pgdump"
        _run("pg_dump", "--format=custom", f"--file={made}", f"--dbname={url}")
    made.chmod(0o600)
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    made.with_suffix(".json").write_text(json.dumps({"file": made.name, "sha256": digest}))
    prove(folder)
    return made


def _copy_sqlite(source: Path, made: Path) -> None:
    """VACUUM INTO sees one moment of a database in use; `cp` would miss what is in the WAL."""
    if not source.exists():
        raise Missing(f"There is no database at {source}.")
    with sqlite3.connect(source, timeout=30) as live:
        live.execute("VACUUM INTO ?", (str(made),))


def newest(folder: Path) -> Path:
    found = sorted([*folder.glob("scrutiny-*.sqlite"), *folder.glob("scrutiny-*.pgdump")])
    if not found:
        raise Missing(f"There is no copy in {folder}.")
    return found[-1]


def prove(folder: Path) -> str:
    """Check the newest copy: its bytes, its structure, and the record inside it."""
    copy = newest(folder)
    told = json.loads(copy.with_suffix(".json").read_text())
    if hashlib.sha256(copy.read_bytes()).hexdigest() != told["sha256"]:
        raise NotNow(f"{copy.name} is not what was written: its bytes have changed.")
    if copy.suffix == ".pgdump":
        _run("pg_restore", "--list", str(copy))
        return f"{copy.name} can be read by pg_restore; restore it to check the record inside."
    trial = copy.with_suffix(".trial")
    shutil.copy(copy, trial)
    try:
        return f"{copy.name}: {_prove_sqlite(trial)}"
    finally:
        for left in (trial, Path(f"{trial}-wal"), Path(f"{trial}-shm")):
            left.unlink(missing_ok=True)


def _prove_sqlite(trial: Path) -> str:
    with sqlite3.connect(trial) as opened:
        whole = opened.execute("PRAGMA integrity_check").fetchone()[0]
        loose = opened.execute("PRAGMA foreign_key_check").fetchall()
    if whole != "ok" or loose:
        raise NotNow(f"The copy is damaged: {whole}, {len(loose)} loose references.")
    env = os.environ | {"SCRUTINY_DATABASE_URL": f"sqlite:///{trial.resolve()}"}
    return _run(sys.executable, "-m", "scrutiny", "record", "verify", env=env).strip()


def put_back(folder: Path) -> Path:
    """Restore the newest copy where no database is. Raises NotNow rather than overwrite one."""
    copy, url = newest(folder), settings().database_url
    prove(folder)
    if not url.startswith("sqlite:///"):
        _run("pg_restore", "--exit-on-error", f"--dbname={url}", str(copy))
        return copy
    place = Path(url.removeprefix("sqlite:///"))
    if place.exists():
        raise NotNow(f"There is a database at {place}. Move it away first: it may be needed.")
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copy(copy, place)
    return copy


def _run(*command: str, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no reason given"]
        raise NotNow(f"{Path(command[0]).name} failed: {said[-1]}")
    return done.stdout
