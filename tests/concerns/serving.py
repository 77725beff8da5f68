"""A real server with a post, a resident who knocks from an odd address, and all that is kept of it.

For proofs of what leaves no trace: every byte on the disk, in the letters and in the logs.
"""

import asyncio
import email
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import quote

import httpx
from aiosmtpd.controller import Controller
from databases import address, as_postgres, create_database, on_postgres
from forms import forms
from kit.proofs import text
from post import Sink

TESTS = Path(__file__).parents[1]
SCRUTINY = Path(sys.executable).with_name("scrutiny")
NAME = "traces"
KNOCKS_FROM = "127.0.0.77"
AGENT = "Umbrellabird/7.31 (Quillmere; rv:88.5)"
PATIENCE = 60
FILL = """
import asyncio
from cast import seat_everybody
from piccolo.apps.migrations.tables import Migration
from piccolo.table import create_db_tables
from scrutiny.kit.db import database
from scrutiny.kit.seal import keys
from scrutiny.kit.sqlite_migrations import install
from scrutiny.kit.waiting import waiting
from scrutiny.piccolo_app import APP_CONFIG, BY_HAND

async def fill():
    install()
    await create_db_tables(*APP_CONFIG.table_classes)
    for sql in BY_HAND:
        await database().run_ddl(sql)
    await Migration.create_table(if_not_exists=True)
    for name in await waiting():
        await Migration.insert(Migration(name=name, app_name="scrutiny"))
    keys()
    await seat_everybody()

asyncio.run(fill())
"""
SIGN_IN = """
import asyncio, sys
from scrutiny.kit.db import write_tx
from scrutiny.people.actions import begin_session
from scrutiny.people.queries import person_by_email

async def sign_in(address):
    person = await person_by_email(address)
    async with write_tx():
        print(await begin_session(person, full=True))

asyncio.run(sign_in(sys.argv[1]))
"""
ROWS = """
import asyncio, json
from scrutiny.piccolo_app import APP_CONFIG

async def rows():
    found = []
    for table in APP_CONFIG.table_classes:
        for row in await table.select():
            found.append([table._meta.tablename, row])
    print(json.dumps(found, default=lambda one: one.isoformat() if hasattr(one, "isoformat")
                     else bytes(one).hex() if isinstance(one, (bytes, memoryview)) else str(one)))

asyncio.run(rows())
"""


class House:
    """`scrutiny serve` with a database, a data folder, a post and a log of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder / "data", folder / "server.log"
        self.spare = folder / "spare"  # what the server and its press put aside for a moment
        for made in (self.folder, self.spare):
            made.mkdir()
        self.sink, mail = Sink(), free_port()
        self.post = Controller(self.sink, hostname="127.0.0.1", port=mail)
        self.post.start()
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.database = address(NAME) if on_postgres() else f"sqlite:///{self.folder}/site.sqlite"
        if on_postgres():
            asyncio.run(create_database(NAME))
        self.env = os.environ | {
            "SCRUTINY_DATA_DIR": str(self.folder),
            "SCRUTINY_DATABASE_URL": self.database,
            "SCRUTINY_BASE_URL": self.address,
            "SCRUTINY_SMTP_URL": f"smtp://127.0.0.1:{mail}",
            "TMPDIR": str(self.spare),
            "PYTHONPATH": str(TESTS),
        }
        self.python(FILL)
        with self.log.open("wb") as log:
            self.server = subprocess.Popen(
                [SCRUTINY, "serve", "--port", str(self.port)], env=self.env, stdout=log, stderr=log
            )
        wait_until(self.is_up)

    def is_up(self) -> bool:
        assert self.server.poll() is None, self.log.read_text()
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", self.port)) == 0

    def python(self, program: str, *args: str) -> str:
        told = [sys.executable, "-c", program, *args]
        done = subprocess.run(told, env=self.env, check=True, capture_output=True, timeout=120)
        return done.stdout.decode().strip()

    def rows(self) -> list[tuple[str, dict]]:
        """Every row of every table."""
        return [(table, row) for table, row in json.loads(self.python(ROWS))]

    def kept(self) -> dict[str, bytes]:
        """Every file under the data folder by its name, the log, and a dump of the database."""
        found = {
            str(path.relative_to(self.folder.parent)): path.read_bytes()
            for path in sorted(self.folder.parent.rglob("*"))
            if path.is_file()
        }
        if on_postgres():
            dump = as_postgres("pg_dump", self.database)
            found["pg_dump"] = subprocess.run(dump, check=True, capture_output=True, cwd="/").stdout
        return found

    def letters(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=default) for raw in list(self.sink.letters)]

    def stop(self) -> None:
        """The server, as an operator stops it; its post stays."""
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(30)

    def close(self) -> None:
        self.stop()
        self.post.stop()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def wait_until(happened, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


# -- who comes ------------------------------------------------------------------------------------


class Visitor:
    """A browser without JavaScript that remembers every answer."""

    def __init__(self, house: House, key: str = "", knocks_from: str = KNOCKS_FROM) -> None:
        self.key, self.replies, self.sent = key, [], []
        self.client = httpx.Client(
            transport=httpx.HTTPTransport(local_address=knocks_from),
            base_url=house.address,
            headers={"user-agent": AGENT},
            timeout=PATIENCE,
        )

    def _seen(self, reply: httpx.Response) -> httpx.Response:
        self.replies.append(reply)
        self.client.cookies.clear()
        return reply

    def _cookie(self) -> dict[str, str]:
        return {"cookie": f"sid={self.key}"} if self.key else {}

    def get(self, path: str) -> httpx.Response:
        return self._seen(self.client.get(path, headers=self._cookie()))

    def post(self, path: str, data: dict, file: bytes = b"", name: str = "") -> httpx.Response:
        files = {"file": (name, file, "image/jpeg")} if file else None
        return self._seen(self.client.post(path, data=data, files=files, headers=self._cookie()))

    def fill(self, action: str, file: bytes = b"", name: str = "", **given) -> httpx.Response:
        """Fill in the form of the last page that goes to this address, and press its button."""
        last = self.replies[-1]
        found = {one.action or last.url.path: one for one in forms(last.text)}
        fields = {key: one for key, one in found[action].fields.items() if key != "file"}
        return self.post(action, {**fields, **given}, file, name)

    @property
    def pages(self) -> Iterator[str]:
        for reply in self.replies:
            if reply.headers.get("content-type", "").startswith("text/html"):
                yield reply.text


def walk(visitor: Visitor, going, name: str) -> str:
    """Go a way of tests/travelling.py to its end; the file is called `name`. Gives the code."""
    step = next(going)
    while True:
        reply = visitor.post(step.path, step.data, step.file, name)
        assert reply.status_code in (200, 201), f"{step.path}: {reply.text}"
        try:
            step = going.send(reply.text)
        except StopIteration as end:
            return end.value


# -- what is looked for ---------------------------------------------------------------------------


Word = str | bytes


def shapes(word: Word) -> set[bytes]:
    """A word as it may lie in a file: plain, for Windows, in an address, as hex."""
    if isinstance(word, bytes):
        return {word.lower(), word.hex().encode()}
    plain = word.encode()
    found = {plain.lower(), word.lower().encode("utf-16-le"), quote(word).lower().encode()}
    found |= {plain.hex().encode(), plain.lower().hex().encode()}
    return found | {quote(word).replace("%20", "+").lower().encode()}


def in_base64(word: Word) -> set[bytes]:
    """What is the same of it wherever it begins: three ways to lie in groups of three bytes."""
    plain = word.encode() if isinstance(word, str) else word
    if len(plain) < 10:  # too little is left of a short one to be no chance
        return set()
    return {b64encode(b"\0" * n + plain)[skip:-4] for n, skip in enumerate((0, 2, 3))}


def leaks(kept: dict[str, bytes], words: Iterable[Word]) -> list[tuple[str, Word]]:
    """Where one of these can be read, in a file or in its name."""
    wanted = [(word, shapes(word), in_base64(word)) for word in words]
    found = []
    for name, content in kept.items():
        small = content.lower()
        found += [
            (name, word)
            for word, plain, coded in wanted
            if (isinstance(word, str) and word.lower() in name.lower())
            or any(one in small for one in plain)
            or any(one in content for one in coded)
        ]
    return found


def said_in(letter: EmailMessage) -> dict[str, bytes]:
    """Everything in a letter: its heads, its parts decoded, and the words of its papers."""
    found = {"heads": str(letter.items()).encode()}
    for number, part in enumerate(letter.walk()):
        content = part.get_payload(decode=True)
        if content is not None:
            found[f"part {number} {part.get_filename() or ''}"] = content
            if part.get_content_type() == "application/pdf":
                found[f"paper {number}"] = text(content).encode()
    return found


def titles(page: str) -> list[str]:
    return re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
