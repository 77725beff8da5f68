"""A real server is killed, or its disk is full, while residents write: nothing acknowledged is
lost, and nothing is doubled by those who send it again.

Each resident goes the whole way in, page after page, and sends a photo.
"""

import asyncio
import io
import os
import random
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from concerns.journey.steps import ANSWERS
from PIL import Image
from travelling import CODE, Step, way_in

CONCERNS, AT_ONCE, KILLS = 1_000, 16, 6
TESTS = Path(__file__).parents[1]
pytestmark = pytest.mark.timeout(900)
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


def photo(number: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), (number % 256, number // 256, 90)).save(made, "PNG")
    return made.getvalue()


def told(number: int) -> dict:
    contact = {"reach": "phone", "phone": "020 7946 0000"}
    return {**ANSWERS, "words": {"words": f"This is concern {number}."}, "contact": contact}


def way(number: int, *, file: bool = True):
    return way_in("lambeth", told(number), photo(number) if file else b"")


async def post(client: httpx.AsyncClient, step: Step) -> httpx.Response:
    files = {"file": ("photo.png", step.file, "image/png")} if step.file else None
    return await client.post(step.path, data=step.data, files=files)


async def insist(client: httpx.AsyncClient, going, again: list[str]) -> str:
    """Send each step until it is answered, as a person would; gives the code."""
    step = next(going)
    while True:
        try:
            reply = await post(client, step)
        except httpx.TransportError:
            reply = None
        if reply is None or reply.status_code == 503:
            again.append(step.path.rsplit("/")[-1])
            await asyncio.sleep(random.uniform(0.1, 0.5))
            continue
        assert reply.status_code in (200, 201), f"{step.path}: {reply.text}"
        try:
            step = going.send(reply.text)
        except StopIteration as end:
            return end.value


async def storm(house: House) -> tuple[list[str], list[str]]:
    """Sixteen at a time; the server is killed and started again a few times meanwhile."""
    again, codes, waiting = [], [], list(range(CONCERNS))
    async with httpx.AsyncClient(base_url=house.address, timeout=60) as client:

        async def resident() -> None:
            while waiting:
                codes.append(await insist(client, way(waiting.pop()), again))

        writing = [asyncio.create_task(resident()) for _ in range(AT_ONCE)]
        for kill in range(KILLS):
            while len(codes) < CONCERNS * (kill + 1) // (KILLS + 1):
                await asyncio.sleep(0.01)
                for task in writing:
                    if task.done():
                        task.result()
            await asyncio.to_thread(house.kill)
            assert len(codes) < CONCERNS, "killed too late to prove anything"
            await asyncio.to_thread(house.start)
        await asyncio.gather(*writing)
    return codes, again


async def opened(house: House, codes: list[str]) -> list[str]:
    """What each code opens, as its resident reads it."""
    async with httpx.AsyncClient(base_url=house.address, timeout=60) as client:
        back = [{"code": code, "show": "words"} for code in codes]
        return [(await client.post("/concerns/return", data=sent)).text for sent in back]


def test_what_was_acknowledged_opens_once_with_its_file_and_its_letter(house):
    codes, again = asyncio.run(storm(house))

    assert len(again) > AT_ONCE, "hardly anybody had to send again: the kills proved nothing"
    assert len(set(again)) > 3, "the kills all struck the same page"
    assert len(set(codes)) == CONCERNS
    numbers = [number for (number,) in house.ask("SELECT number FROM concern ORDER BY number")]
    assert numbers == list(range(1, CONCERNS + 1))
    letters = "SELECT count(*), count(DISTINCT key) FROM letter WHERE kind = 'concern.received'"
    readers = 2  # the secretariat and the safeguarding lead
    assert house.ask(letters) == [(readers * CONCERNS,) * 2]
    assert house.ask("SELECT count(*), count(DISTINCT concern) FROM contact") == [(CONCERNS,) * 2]
    files = "SELECT count(*), count(DISTINCT concern) FROM evidence WHERE state = 'clean'"
    assert house.ask(files) == [(CONCERNS,) * 2]
    assert house.ask("SELECT count(*) FROM draft") == [(0,)]
    assert house.ask("SELECT count(*) FROM event WHERE what = 'concern.received'") == [(CONCERNS,)]
    pages = asyncio.run(opened(house, codes))
    read = {n for n in range(CONCERNS) for page in pages if f"This is concern {n}." in page}
    assert read == set(range(CONCERNS))
    assert all(page.count("This is concern ") == 1 for page in pages)
    assert house.ask("PRAGMA integrity_check") == [("ok",)]
    assert house.python("-c", VERIFY).endswith(", None)")


def test_a_full_disk_is_never_an_acknowledgement(house):
    """The limit on the size of files makes the system refuse to write, as a full disk does."""

    async def fill_and_free() -> None:
        async with httpx.AsyncClient(base_url=house.address, timeout=60) as client:
            await insist(client, way(0, file=False), [])
            kept = house.ask("SELECT count(*) FROM concern")
            going = [way(number, file=False) for number in range(1, 6)]
            last = [await to_the_end(client, one) for one in going]
            log = house.file.with_name(house.file.name + "-wal").stat().st_size
            limit_files(house.server.pid, log)
            for step in last:
                reply = await post(client, step)
                assert reply.status_code == 503
                assert "Not received" in reply.text
                assert CODE.findall(reply.text) == []
            assert (await client.get("/lambeth/concerns/new")).status_code == 200
            assert house.ask("SELECT count(*) FROM concern") == kept
            limit_files(house.server.pid, resource.RLIM_INFINITY)
            for step in last:
                assert (await post(client, step)).status_code == 201

    asyncio.run(fill_and_free())
    assert house.ask("SELECT count(*), max(number) FROM concern") == [(6, 6)]
    assert house.ask("SELECT count(*) FROM letter WHERE kind = 'concern.received'") == [(12,)]
    assert house.python("-c", VERIFY).endswith(", None)")
    assert "concern 1" not in Path(house.log.name).read_text()


async def to_the_end(client: httpx.AsyncClient, going) -> Step:
    """The last step, not sent yet."""
    step = next(going)
    while not step.path.endswith("/check"):
        step = going.send((await post(client, step)).text)
    return step


def limit_files(pid: int, most: int) -> None:
    hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, hard))


def test_a_database_that_another_program_holds_is_never_an_acknowledgement(house):
    async def hold() -> None:
        async with httpx.AsyncClient(base_url=house.address, timeout=90) as client:
            last = await to_the_end(client, way(1, file=False))
            other = sqlite3.connect(house.file, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            reply = await post(client, last)
            assert (reply.status_code, "Not received" in reply.text) == (503, True)
            other.execute("ROLLBACK")
            assert (await post(client, last)).status_code == 201
        other.close()

    asyncio.run(hold())
    assert house.ask("SELECT count(*) FROM concern") == [(1,)]
