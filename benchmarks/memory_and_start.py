"""How soon the site answers, and what all of its processes hold: `benchmarks.memory_and_start`."""

import asyncio
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.seeds import SLUG, seed
from benchmarks.servers import Server, environment, hello, site
from benchmarks.tables import Figure, at_most, show
from scrutiny.kit.pdf import Document, close, pdf

STARTS = 5
START_BAR, MEMORY_BAR = 1.2, 220
PAGE = (
    "<!doctype html><html lang=en-GB><title>A page</title><h1>Minutes</h1>" + "<p>Words.</p>" * 200
)


def started(folder: str) -> tuple[float, float]:
    """Medians in seconds: of ours until /healthz answers, and of the bare page's first answer."""
    ours, bare = [], []
    for _ in range(STARTS):
        with site(folder) as one:
            ours.append(one.seconds)
        with hello(folder) as other:
            bare.append(other.seconds)
    return median(ours), median(bare)


def held(process: int) -> float:
    """MiB of a process and all that it started; shared pages are divided (PSS)."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    children = [int(child) for path in tasks for child in path.read_text().split()]
    return own / 1024 + sum(map(held, children))


def read_all(server: Server, made: dict[str, str]) -> None:
    """Every kind of page, signed in and not, until nothing more is loaded."""
    for path in ("/", f"/{SLUG}/recommendations", f"/{SLUG}/meetings.ics", made["minutes"]) * 50:
        server.get(path)
        server.get(path, {"cookie": made["cookie"]})


async def press() -> float:
    """MiB of the press once it has printed. It is the same process that the site starts."""
    await pdf(Document(html=PAGE, title="A page", language="en-GB", created=datetime.now(UTC)))
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    found = [int(child) for path in children for child in path.read_text().split()]
    try:
        return sum(map(held, found))
    finally:
        await close()


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="scrutiny-bench-") as folder:
        made = seed(folder, count=200, meetings=220)
        ours, bare = started(folder)
        os.environ |= environment(folder)
        with site(folder) as one:
            read_all(one, made)
            web = held(one.process.pid)
            printing = asyncio.run(press())
    return [
        at_most("start of `scrutiny serve` until /healthz answers", ours, START_BAR, "s"),
        Figure("start of the bare page", f"{bare:.2f} s", "", True, f"{ours / bare:.2f}x"),
        at_most("memory: serve and press, after every kind of page", web + printing, MEMORY_BAR,
                "MiB"),
        Figure("memory: of that, the press after a PDF", f"{printing:.0f} MiB", "", True),
    ]  # fmt: skip


if __name__ == "__main__":
    show(measure())
