"""The request to keep video leaves for the force once, with its paper, whatever is killed.

A real server and a real worker are killed with SIGKILL while residents ask for their video. What a
post cannot rule out is a letter that it took and that was not yet written down as sent: it goes
again, byte for byte the same and under the same Message-ID, so that the force sees one letter.
"""

import email
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from kit.proofs import broken_rules, text
from post import Sink

REQUESTS, KILLS = 8, 5
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
SERVER = """
import asyncio
from scrutiny.app import create_app
from scrutiny.people import queries as people
from scrutiny.concerns.answers import Answers
from scrutiny.concerns.intake import take_in
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow
from datetime import timedelta
import sys

async def serve(codes):
    app = create_app(worker=True)
    day = (today() - timedelta(days=27)).isoformat()
    async with app.lifespan():
        panel = await people.panel("lambeth")
        for number, code in enumerate(codes):
            told = Answers(wants=["video"], whose="me", category="stop_and_search",
                           words="Zebedee", happened=day, place=f"Acre Lane {number}",
                           band="evening", officer="9911QX", consents=["video.force"])
            receipt = await take_in(panel, code, told)
            print(receipt.number, flush=True)
            await asyncio.sleep(0.1)
        await asyncio.sleep(600)

asyncio.run(serve(sys.argv[1:]))
"""
CODES = "from scrutiny.kit.tokens import receipt_code; print(*[receipt_code() for _ in range(%d)])"


class DeadlySink(Sink):
    """A post that takes a letter and never says so: whoever handed it over is dead by then."""

    def __init__(self) -> None:
        super().__init__()
        self.victim: subprocess.Popen | None = None

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        if self.victim is not None and "liaison@met.test" in envelope.rcpt_tos:
            self.victim.send_signal(signal.SIGKILL)
            self.victim = None
        return answer


class House:
    """A database of its own, a post, and a process that takes concerns in and sends letters."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "site.sqlite"
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            self.mail = asked.getsockname()[1]
        self.sink = DeadlySink()
        self.post = Controller(self.sink, hostname="127.0.0.1", port=self.mail)
        self.post.start()
        self.env = os.environ | {
            "SCRUTINY_DATA_DIR": str(folder),
            "SCRUTINY_DATABASE_URL": f"sqlite:///{self.file}",
            "SCRUTINY_BASE_URL": "https://panel.test",
            "SCRUTINY_SMTP_URL": f"smtp://127.0.0.1:{self.mail}",
            "PYTHONPATH": str(TESTS),
        }
        self.log = (folder / "server.log").open("wb")
        self.python(FILL)
        self.codes = self.python(CODES % REQUESTS).split()
        self.told: list[str] = []
        self.start()

    def python(self, program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program], env=self.env, check=True, capture_output=True,
            timeout=120,
        )  # fmt: skip
        return done.stdout.decode().strip()

    def start(self) -> None:
        """It sends every concern again, as residents do who saw no receipt."""
        self.server = subprocess.Popen(
            [sys.executable, "-c", SERVER, *self.codes],
            env=self.env, stdout=subprocess.PIPE, stderr=self.log,
        )  # fmt: skip
        threading.Thread(target=self._listen, args=[self.server.stdout], daemon=True).start()

    def _listen(self, lines) -> None:
        for line in lines:
            self.told.append(line.decode().strip())

    def kill(self) -> None:
        self.server.send_signal(signal.SIGKILL)
        self.server.wait(20)

    def end_leases(self) -> None:
        """A letter that a dead worker took is due again after two minutes: those have passed."""
        with sqlite3.connect(self.file, timeout=30) as file:
            file.execute("UPDATE letter SET due = written WHERE state = 'ready'")

    def ask(self, sql: str) -> list[tuple]:
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as file:
            return file.execute(sql).fetchall()

    def requests(self) -> list[email.message.EmailMessage]:
        read = [email.message_from_bytes(raw, policy=default) for raw in list(self.sink.letters)]
        return [one for one in read if "liaison@met.test" in one["To"]]


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    yield made
    made.kill()
    made.post.stop()
    made.log.close()


def wait_until(happened, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_each_request_is_one_letter_with_its_paper(house, tmp_path, capsys):
    chance = random.Random(7)
    for kill in range(1, KILLS + 1):
        wait_until(lambda wanted=kill: len(house.requests()) >= wanted)
        time.sleep(chance.uniform(0, 0.15))
        house.kill()
        house.end_leases()
        house.start()
    sent = "SELECT count(*) FROM letter WHERE kind = 'video.asked' AND state = 'sent'"
    wait_until(lambda: house.ask(sent) == [(REQUESTS,)])

    asked = house.requests()
    by_id = Counter(one["Message-ID"] for one in asked)
    with capsys.disabled():
        sys.stdout.write(f"\n{KILLS} kills: {len(asked)} deliveries of {len(by_id)} letters\n")
    assert len(by_id) == REQUESTS
    assert len(asked) <= REQUESTS + KILLS, "a kill repeats one letter at most"
    assert house.ask("SELECT count(*), count(DISTINCT concern) FROM preservation") == [
        (REQUESTS, REQUESTS)
    ]
    assert house.ask("SELECT max(number), min(number) FROM preservation") == [(REQUESTS, 1)]
    assert house.ask("SELECT count(*) FROM event WHERE what = 'video.asked'") == [(REQUESTS,)]
    copies: dict[str, set[bytes]] = {}
    for one in asked:
        copies.setdefault(one["Message-ID"], set()).add(one.as_bytes())
    assert {len(found) for found in copies.values()} == {1}, "a letter that goes again is the same"
    assert_papers(asked, tmp_path)
    assert "Zebedee" not in Path(house.log.name).read_text()


def assert_papers(asked, folder: Path) -> None:
    seen = set()
    for one in {letter["Message-ID"]: letter for letter in asked}.values():
        (paper,) = one.iter_attachments()
        made = paper.get_content()
        said = " ".join(text(made).split())
        assert "Place: Acre Lane" in said
        assert "9911QX" in said
        assert "Zebedee" not in said
        seen.add(paper.get_filename())
        assert broken_rules(made, folder) == []
    assert len(seen) == REQUESTS


def test_a_letter_that_was_taken_but_not_written_down_is_known_as_the_same(house, tmp_path):
    """The worst moment: the post has it, and its sender dies before hearing so."""
    kills = 3
    for _ in range(kills):
        house.sink.victim = house.server
        wait_until(lambda: house.server.poll() is not None)
        house.end_leases()
        house.start()
    sent = "SELECT count(*) FROM letter WHERE kind = 'video.asked' AND state = 'sent'"
    wait_until(lambda: house.ask(sent) == [(REQUESTS,)])

    asked = house.requests()
    assert len(asked) == REQUESTS + kills
    assert len({one["Message-ID"] for one in asked}) == REQUESTS
    assert len({one.as_bytes() for one in asked}) == REQUESTS
    assert_papers(asked, tmp_path)


def test_a_worker_killed_between_taking_and_sending_loses_nothing(house):
    """The lease of a letter that nobody sent runs out, and the next worker takes it."""
    house.sink.refusal = "451 not now"
    wait_until(lambda: house.ask("SELECT count(*) FROM preservation") == [(REQUESTS,)])
    house.kill()
    assert house.requests() == []
    house.sink.refusal = ""
    house.end_leases()
    house.start()
    wait_until(lambda: len({one["Message-ID"] for one in house.requests()}) == REQUESTS)
    assert {len(list(one.iter_attachments())) for one in house.requests()} == {1}
