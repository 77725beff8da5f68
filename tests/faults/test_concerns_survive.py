"""A real server is killed, or its disk is full, while residents write: nothing acknowledged is
lost, and nothing is doubled by those who send it again."""

import asyncio
import os
import random
import re
import resource
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

CONCERNS, AT_ONCE, KILLS = 200, 40, 3
CODE = re.compile(r"<span>([0-9A-Z]{6})</span>")
TESTS = Path(__file__).parents[1]
pytestmark = pytest.mark.timeout(300)
FILL = """
import asyncio
from piccolo.table import create_db_tables
from scrutiny.kit.sqlite_migrations import install
from scrutiny.piccolo_app import APP_CONFIG
from cast import seat_everybody

async def fill():
    install()
    await create_db_tables(*APP_CONFIG.table_classes)
    await seat_everybody()

asyncio.run(fill())
"""
VERIFY = (
    "import asyncio; from scrutiny.record.queries import broken_at; print(asyncio.run(broken_at()))"
)


class House:
    """A database of its own, and a server that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "site.sqlite"
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            self.port = asked.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.env = os.environ | {
            "SCRUTINY_DATA_DIR": str(folder),
            "SCRUTINY_DATABASE_URL": f"sqlite:///{self.file}",
            "SCRUTINY_BASE_URL": self.address,
            "SCRUTINY_SMTP_URL": "",
            "PYTHONPATH": str(TESTS),
        }
        self.log = (folder / "server.log").open("wb")
        self.python("-c", FILL)
        self.start()

    def python(self, *args: str) -> str:
        done = subprocess.run(
            [sys.executable, *args], env=self.env, check=True, capture_output=True, timeout=120
        )
        return done.stdout.decode().strip()

    def start(self) -> None:
        self.server = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "scrutiny.app:asgi", "--factory", "--port",
             str(self.port), "--no-access-log", "--log-level", "warning"],
            env=self.env, stdout=self.log, stderr=self.log,
        )  # fmt: skip
        for _ in range(600):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        pytest.fail("The server did not come up.", pytrace=False)

    def kill(self) -> None:
        self.server.send_signal(signal.SIGKILL)
        self.server.wait(20)

    def ask(self, sql: str) -> list[tuple]:
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as file:
            return file.execute(sql).fetchall()


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    yield made
    made.kill()
    made.log.close()


def form(number: int) -> dict[str, str]:
    return {
        "category": "stop_and_search",
        "words": f"This is concern {number}.",
        "phone": "020 7946 0000",
        "form_key": secrets.token_urlsafe(24),
    }


async def send(client: httpx.AsyncClient, sent: dict[str, str]) -> httpx.Response:
    return await client.post("/lambeth/concerns/new/words", data=sent)


async def insist(client: httpx.AsyncClient, sent: dict[str, str], tries: list[int]) -> str:
    """Send it until it is acknowledged, as a person would; gives the code."""
    for _ in range(300):
        tries[0] += 1
        try:
            reply = await send(client, sent)
        except httpx.TransportError:
            await asyncio.sleep(random.uniform(0.1, 0.5))
            continue
        if reply.status_code in (200, 201):
            return "".join(CODE.findall(reply.text))
        assert reply.status_code == 503, reply.text
        await asyncio.sleep(random.uniform(0.1, 0.5))
    raise AssertionError("It was never acknowledged.")


async def storm(house: House, forms: list[dict[str, str]]) -> tuple[list[str], int]:
    """Everybody writes at once; the server is killed and started again a few times meanwhile."""
    tries, acknowledged = [0], []
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(base_url=house.address, limits=limits, timeout=60) as client:
        writing = [asyncio.create_task(insist(client, sent, tries)) for sent in forms]
        for kill in range(KILLS):
            while sum(task.done() for task in writing) < CONCERNS * (kill + 1) // (KILLS + 1):
                await asyncio.sleep(0.01)
            await asyncio.to_thread(house.kill)
            assert not all(task.done() for task in writing), "killed too late to prove anything"
            await asyncio.to_thread(house.start)
        acknowledged = await asyncio.gather(*writing)
    return acknowledged, tries[0]


def test_what_was_acknowledged_is_there_once_with_its_letter(house):
    forms = [form(number) for number in range(CONCERNS)]

    codes, tries = asyncio.run(storm(house, forms))

    assert tries > CONCERNS, "nobody had to send anything again: the kills proved nothing"
    assert len(set(codes)) == CONCERNS
    assert all(len(code) == 24 for code in codes)
    numbers = [number for (number,) in house.ask("SELECT number FROM concern ORDER BY number")]
    assert numbers == list(range(1, CONCERNS + 1))
    letters = "SELECT count(*), count(DISTINCT key) FROM letter WHERE kind = 'concern.received'"
    assert house.ask(letters) == [(CONCERNS, CONCERNS)]
    assert house.ask("SELECT count(*), count(DISTINCT concern) FROM contact") == [(CONCERNS,) * 2]
    assert house.ask("SELECT count(*) FROM event WHERE what = 'concern.received'") == [(CONCERNS,)]
    assert house.ask("PRAGMA integrity_check") == [("ok",)]
    assert house.python("-c", VERIFY) == f"({CONCERNS}, None)"


def test_every_code_still_opens_what_was_written(house):
    forms = [form(number) for number in range(20)]

    async def write_and_read() -> None:
        async with httpx.AsyncClient(base_url=house.address, timeout=60) as client:
            codes = [await insist(client, sent, [0]) for sent in forms]
            await asyncio.to_thread(house.kill)
            await asyncio.to_thread(house.start)
            for sent, code in zip(forms, codes, strict=True):
                back = {"code": code, "show": "yes"}
                assert sent["words"] in (await client.post("/concerns/return", data=back)).text
                assert "".join(CODE.findall((await send(client, sent)).text)) == code

    asyncio.run(write_and_read())
    assert house.ask("SELECT count(*) FROM concern") == [(20,)]


def test_a_full_disk_is_never_an_acknowledgement(house):
    """The limit on the size of files makes the system refuse to write, as a full disk does."""

    async def fill_and_free() -> None:
        async with httpx.AsyncClient(base_url=house.address, timeout=60) as client:
            assert (await send(client, form(0))).status_code == 201
            kept = house.ask("SELECT count(*) FROM concern")
            log = house.file.with_name(house.file.name + "-wal").stat().st_size
            limit_files(house.server.pid, log)
            waiting = [form(number) for number in range(1, 11)]
            for sent in waiting:
                reply = await send(client, sent)
                assert reply.status_code == 503
                assert "Not received" in reply.text
                assert CODE.findall(reply.text) == []
            assert (await client.get("/lambeth/concerns/new")).status_code == 200
            assert house.ask("SELECT count(*) FROM concern") == kept
            limit_files(house.server.pid, resource.RLIM_INFINITY)
            for sent in waiting:
                assert (await send(client, sent)).status_code == 201

    asyncio.run(fill_and_free())
    assert house.ask("SELECT count(*), max(number) FROM concern") == [(11, 11)]
    assert house.ask("SELECT count(*) FROM letter WHERE kind = 'concern.received'") == [(11,)]
    assert house.python("-c", VERIFY) == "(11, None)"
    assert "concern 1" not in Path(house.log.name).read_text()


def limit_files(pid: int, most: int) -> None:
    hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, hard))


def test_a_database_that_another_program_holds_is_never_an_acknowledgement(house):
    async def hold() -> None:
        other = sqlite3.connect(house.file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        async with httpx.AsyncClient(base_url=house.address, timeout=90) as client:
            sent = form(1)
            reply = await send(client, sent)
            assert (reply.status_code, "Not received" in reply.text) == (503, True)
            other.execute("ROLLBACK")
            assert (await send(client, sent)).status_code == 201
        other.close()

    asyncio.run(hold())
    assert house.ask("SELECT count(*) FROM concern") == [(1,)]
