"""An operator at a terminal: types commands of the real console script, reads what they say."""

import asyncio
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import asyncpg
import httpx
from databases import address, create_database, on_postgres

SCRUTINY = str(Path(sys.executable).with_name("scrutiny"))
PANEL = (
    *("panel", "add", "lambeth", "Lambeth Scrutiny Panel", "--code", "LAM"),
    *("--area", "Lambeth", "--area-code", "E09000022", "--force", "metropolitan"),
    *("--force-name", "Metropolitan Police", "--force-contact", "liaison@force.test"),
    *("--contact", "hello@panel.test"),
)
GRACE = ("person", "add", "Grace Mensah", "grace@panel.test", "--panel", "lambeth")


class Operator:
    """Somebody who looks after one site: its folder, its database, its settings."""

    def __init__(self, home: Path, name: str) -> None:
        self.home, self.name = home, name
        self.file = home / "scrutiny.sqlite"
        database = f"{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{name}"  # each has its own
        self.url = address(database) if on_postgres() else f"sqlite:///{self.file}"
        self.env = {word: said for word, said in os.environ.items() if "SCRUTINY_" not in word}
        self.env |= {"SCRUTINY_DATA_DIR": str(home), "SCRUTINY_DATABASE_URL": self.url}
        home.mkdir(parents=True, exist_ok=True)
        if on_postgres():
            asyncio.run(create_database(database))

    def types(self, *words: str, **settings: str) -> subprocess.CompletedProcess:
        told = {f"SCRUTINY_{name}": value for name, value in settings.items()}
        return subprocess.run(
            [SCRUTINY, *words], env=self.env | told, capture_output=True, text=True, timeout=100
        )

    def does(self, *words: str, **settings: str) -> str:
        """What a command that works prints."""
        done = self.types(*words, **settings)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def is_refused(self, *words: str, code: int = 1, **settings: str) -> str:
        """The one sentence that a command which does not work ends with."""
        done = self.types(*words, **settings)
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        said = done.stderr.strip().splitlines()[-1]
        assert said.startswith("Error: ") and said.endswith("."), done.stderr
        return said.removeprefix("Error: ")

    def sql(self, *statements: str) -> None:
        """What somebody with the database's own password could do."""
        if on_postgres():
            asyncio.run(_execute(self.url, statements))
            return
        with closing(sqlite3.connect(self.file)) as opened, opened:
            for statement in statements:
                opened.execute(statement)

    def moved(self, name: str) -> "Operator":
        """The same site on another machine, which has only the secret file of it yet."""
        other = Operator(self.home.with_name(name), name)
        shutil.copy(self.home / "secret.json", other.home)
        return other

    @contextmanager
    def keeps_running(self, *words: str, **settings: str) -> Iterator[subprocess.Popen]:
        told = {f"SCRUTINY_{name}": value for name, value in settings.items()}
        running = subprocess.Popen(
            [SCRUTINY, *words], env=self.env | told, stderr=subprocess.PIPE, text=True
        )
        try:
            yield running
        finally:
            running.kill()
            running.communicate(timeout=30)


async def _execute(url: str, statements: tuple[str, ...]) -> None:
    connection = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def wait_for(address: str, running: subprocess.Popen) -> None:
    """Until the site there is healthy. Fails when its process has ended."""
    end = time.monotonic() + 60
    while time.monotonic() < end and running.poll() is None:
        try:
            if httpx.get(f"{address}/healthz", timeout=5).text == "ok\n":
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError("the server did not come up")
