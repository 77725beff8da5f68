"""How many concerns a second are taken in: `python -m benchmarks.concerns`.

Each is stored durably (synchronous=FULL), sealed, with its line in the record and its letter,
through the real server in one process, on SQLite. The share is of a Litestar application that
only says hello, asked by the same clients in the same run.
"""

import asyncio
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from piccolo.table import create_db_tables

from scrutiny.concerns.tables import Concern, Contact
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.sqlite_migrations import install
from scrutiny.letters.tables import Letter
from scrutiny.panels.actions import NewPanel, add_panel, seat_person
from scrutiny.people.actions import add_person
from scrutiny.piccolo_app import APP_CONFIG

CLIENTS, SECONDS = 16, 8.0
HELLO = """
from litestar import Litestar, get

@get("/")
async def hello() -> str:
    return "hello"

app = Litestar([hello], openapi_config=None)
"""
PANEL = NewPanel("bench", "Bench Panel", "BEN", "Bench", "E09000001", "bench", "Bench Police",
                 "liaison@bench.example", "panel@bench.example")  # fmt: skip
WORDS = "They said I fitted a description and would not say whose. " * 10


async def fill() -> None:
    install()
    await create_db_tables(*APP_CONFIG.table_classes)
    panel = await add_panel(PANEL)
    async with write_tx():
        clerk = await add_person("Bench Clerk", "clerk@bench.example")
        await seat_person(clerk, panel, "secretariat", since=today())


def serve(port: int, *app: str, folder: str) -> subprocess.Popen:
    """One uvicorn process, as `scrutiny serve` runs it."""
    command = [sys.executable, "-m", "uvicorn", *app, "--port", str(port), "--no-access-log"]
    server = subprocess.Popen([*command, "--log-level", "warning"], cwd=folder)
    for _ in range(300):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.1)
    server.terminate()
    raise SystemExit("The server did not start.")


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def hello() -> bytes:
    return b"GET / HTTP/1.1\r\nHost: bench\r\n\r\n"


def concern() -> bytes:
    form = {"category": "stop_and_search", "words": WORDS, "happened": today().isoformat(),
            "place": "By the market", "name": "A. Resident", "email": "a@bench.example",
            "may_contact": "yes", "form_key": secrets.token_urlsafe(24)}  # fmt: skip
    body = urlencode(form).encode()
    head = (
        "POST /bench/concerns/new/words HTTP/1.1\r\nHost: bench\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def client(port: int, make: Callable[[], bytes], ends: float, took: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < ends:
        began = time.perf_counter()
        writer.write(make())
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
            raise SystemExit(head.decode())
        length = head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]
        await reader.readexactly(int(length))
        took.append(time.perf_counter() - began)
    writer.close()


async def rate(port: int, make: Callable[[], bytes], seconds: float) -> tuple[float, float, int]:
    """(answers a second, the time within which 99 of 100 came, how many)."""
    took: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(*(client(port, make, began + seconds, took) for _ in range(CLIENTS)))
    whole = time.perf_counter() - began
    return len(took) / whole, sorted(took)[int(len(took) * 0.99)], len(took)


def processor_time(server: subprocess.Popen) -> float:
    """Seconds of processor that the server has used: it tells more than the clock on a busy
    machine."""
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(make: Callable[[], bytes], *app: str, folder: str) -> tuple[float, float, int, float]:
    """What rate() says, and the milliseconds of processor for each answer."""
    port = free_port()
    server = serve(port, *app, folder=folder)
    try:
        asyncio.run(rate(port, make, 1.5))
        before = processor_time(server)
        a_second, slowest, count = asyncio.run(rate(port, make, SECONDS))
        return a_second, slowest, count, (processor_time(server) - before) / count * 1000
    finally:
        server.terminate()
        server.wait(20)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="scrutiny-bench-") as folder:
        os.environ |= {
            "SCRUTINY_DATA_DIR": folder,
            "SCRUTINY_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite",
            "SCRUTINY_SMTP_URL": "",
        }
        asyncio.run(fill())
        Path(folder, "bare.py").write_text(HELLO)
        bare, _, _, bare_ms = measure(hello, "bare:app", folder=folder)
        taken, slowest, count, ms = measure(
            concern, "scrutiny.app:asgi", "--factory", folder=folder
        )
        kept = [asyncio.run(table.count().run()) for table in (Concern, Contact, Letter)]
    print(f"{taken:.0f} concerns a second ({count} in {SECONDS:.0f} s, {CLIENTS} clients)")
    print(f"{ms:.1f} ms of processor for each, {bare_ms:.2f} for a hello")
    print(f"99 of 100 answered within {slowest * 1000:.0f} ms")
    print(f"{bare:.0f} hellos a second from bare Litestar: a concern is {taken / bare:.1%} of that")
    print(f"kept, warm-up included: {kept[0]} concerns, {kept[1]} contacts, {kept[2]} letters")


if __name__ == "__main__":
    main()
