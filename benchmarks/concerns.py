"""How many concerns a second are taken in: `python -m benchmarks.concerns`.

What is measured is the last page of the way in: the answers of a draft become a concern, stored
durably (synchronous=FULL), with a key of its own, its consents, its name sealed to the vault, its
line in the record and its letter. The bare page is asked by the same clients, in turns with ours.
"""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable
from itertools import count
from statistics import median
from urllib.parse import urlencode

from benchmarks.seeds import SLUG, code, seed
from benchmarks.servers import CLIENTS, ROUNDS, SECONDS, Server, hello, site
from benchmarks.tables import Figure, show

FLOOR = 150
AT_ONCE = 50
SLOWEST_MS = 500  # for 99 of 100, with fifty at once
UNSENT = 12_000
"""Drafts to send; a machine that needs more of them in all rounds has nothing to prove."""


def bare_page() -> bytes:
    return b"GET / HTTP/1.1\r\nHost: bench\r\n\r\n"


def sending(was: str) -> Callable[[], bytes]:
    """Makes the last step of one draft after the other."""
    numbers = count()

    def concern() -> bytes:
        body = urlencode({"code": code(next(numbers)), "was": was}).encode()
        head = (
            f"POST /{SLUG}/concerns/new/check HTTP/1.1\r\nHost: bench\r\nContent-Type: "
            f"application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    return concern


async def client(port: int, make: Callable[[], bytes], ends: float, took: list[float]) -> None:
    want = b"HTTP/1.1 20"
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < ends:
        began = time.perf_counter()
        writer.write(make())
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(want):
            raise SystemExit(head.decode())
        length = head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]
        await reader.readexactly(int(length))
        took.append(time.perf_counter() - began)
    writer.close()


async def send(
    port: int, make: Callable[[], bytes], clients: int = CLIENTS
) -> tuple[float, list[float]]:
    """Answers a second, and the seconds that each took."""
    took: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(*(client(port, make, began + SECONDS, took) for _ in range(clients)))
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
        concern = sending(seed(folder, count=0, meetings=10, unsent=UNSENT)["was"])
        with hello(folder) as plain, site(folder) as ours:
            warm = len(round_of(ours, concern)[2])
            rounds = [(round_of(plain, bare_page), round_of(ours, concern)) for _ in range(ROUNDS)]
            crowd = sorted(asyncio.run(send(ours.port, concern, AT_ONCE))[1])
        took = sum(len(one[2]) for _, one in rounds)
        if kept(folder) < warm + took + len(crowd):
            raise SystemExit("Some that were acknowledged are not in the database.")
    a_second = median(one[0] for _, one in rounds)
    share = a_second / median(bare[0] for bare, _ in rounds)
    ms, slow = median(one[1] for _, one in rounds), crowd[int(len(crowd) * 0.99)] * 1000
    return [
        Figure("concerns taken in: stored durably, sealed, recorded, letter written",
               f"{a_second:,.0f}/s", f"≥ {FLOOR}/s", a_second >= FLOOR, f"{share:.3f}",
               f"{ms:.2f} ms"),
        Figure(f"99 of 100 concerns answered within, {AT_ONCE} at once", f"{slow:.0f} ms",
               f"≤ {SLOWEST_MS} ms", slow <= SLOWEST_MS),
    ]  # fmt: skip


if __name__ == "__main__":
    show(measure())
