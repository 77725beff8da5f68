"""How many concerns a second are taken in: `python -m benchmarks.concerns`.

Each is stored durably (synchronous=FULL) and sealed, with its line in the record and its letter.
The bare page is asked by the same clients, in turns with ours.
"""

import asyncio
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from urllib.parse import urlencode

from benchmarks.seeds import SLUG, seed
from benchmarks.servers import CLIENTS, ROUNDS, SECONDS, Server, hello, site
from benchmarks.tables import Figure, show

FLOOR = 150
WORDS = "They said I fitted a description and would not say whose. " * 10


def bare_page() -> bytes:
    return b"GET / HTTP/1.1\r\nHost: bench\r\n\r\n"


def concern() -> bytes:
    form = {"category": "stop_and_search", "words": WORDS,
            "happened": datetime.now(UTC).date().isoformat(), "place": "By the market",
            "name": "A. Resident", "email": "a@bench.example", "may_contact": "yes",
            "form_key": secrets.token_urlsafe(24)}  # fmt: skip
    body = urlencode(form).encode()
    head = (
        f"POST /{SLUG}/concerns/new/words HTTP/1.1\r\nHost: bench\r\n"
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


async def send(port: int, make: Callable[[], bytes]) -> tuple[float, list[float]]:
    """Answers a second, and the seconds that each took."""
    took: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(*(client(port, make, began + SECONDS, took) for _ in range(CLIENTS)))
    return len(took) / (time.perf_counter() - began), took


def round_of(server: Server, make: Callable[[], bytes]) -> tuple[float, float, list[float]]:
    before = server.processor()
    a_second, took = asyncio.run(send(server.port, make))
    return a_second, (server.processor() - before) / len(took) * 1000, took


def kept(folder: str) -> int:
    with sqlite3.connect(f"{folder}/scrutiny.sqlite") as database:
        return database.execute("SELECT count(*) FROM concern").fetchone()[0]


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="scrutiny-bench-") as folder:
        seed(folder, count=0, meetings=10)
        with hello(folder) as plain, site(folder) as ours:
            warm = len(round_of(ours, concern)[2])
            rounds = [(round_of(plain, bare_page), round_of(ours, concern)) for _ in range(ROUNDS)]
        took = sorted(seconds for _, one in rounds for seconds in one[2])
        if kept(folder) < warm + len(took):
            raise SystemExit("Some that were acknowledged are not in the database.")
    a_second = median(one[0] for _, one in rounds)
    share = a_second / median(bare[0] for bare, _ in rounds)
    ms = median(one[1] for _, one in rounds)
    return [
        Figure("concerns taken in: stored durably, sealed, recorded, letter written",
               f"{a_second:,.0f}/s", f"≥ {FLOOR}/s", a_second >= FLOOR, f"{share:.3f}",
               f"{ms:.2f} ms"),
        Figure("99 of 100 concerns answered within", f"{took[int(len(took) * 0.99)] * 1000:.0f} ms",
               "", True),
    ]  # fmt: skip


if __name__ == "__main__":
    show(measure())
