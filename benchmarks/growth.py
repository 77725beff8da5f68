"""How lists grow, from 10,000 rows to 1,000,000: `python -m benchmarks.growth [ROWS]`."""

import os
import sys
import tempfile
import time
from statistics import median

from benchmarks.seeds import SLUG, seed
from benchmarks.servers import Server, site
from benchmarks.tables import Figure, show

SMALL, LARGE = 10_000, int(os.environ.get("BENCH_ROWS", "1000000"))
TIMES = 400
BAR = 1.3
LIST = f"/{SLUG}/recommendations"


def places(rows: int) -> dict[str, str]:
    """The list, its last page, and filters; the last page is reached by key."""
    return {
        "list": LIST,
        "last page": f"{LIST}?after=51",
        "middle": f"{LIST}?after={rows // 2}",
        "late": f"{LIST}?show=late",
        "partly done": f"{LIST}?show=partly",
        "one recommendation": f"{LIST}/{rows // 2}",
    }


def once(server: Server, path: str, cookie: str) -> float:
    began = time.perf_counter()
    status = server.get(path, {"cookie": cookie})[0]
    if status != 200:
        raise SystemExit(f"{path} answers {status}.")
    return time.perf_counter() - began


def compare(name: str, servers: list[tuple[Server, str, int]]) -> Figure:
    """Both asked in turns, never from a kept page; the medians."""
    took: tuple[list[float], list[float]] = ([], [])
    for at in range(TIMES):
        for times, (server, cookie, rows) in zip(took, servers, strict=True):
            seconds = once(server, places(rows)[name], cookie)
            if at >= TIMES // 10:  # the first ones find everything cold
                times.append(seconds)
    small, large = (median(times) * 1000 for times in took)
    said = f"{small:.2f} → {large:.2f} ms"
    grown = large / small
    return Figure(
        f"{SMALL:,} → {LARGE:,} rows: {name}", f"{said} = {grown:.2f}x", f"≤ {BAR}x", grown <= BAR
    )


def measure() -> list[Figure]:
    with (
        tempfile.TemporaryDirectory(prefix="scrutiny-bench-") as few,
        tempfile.TemporaryDirectory(prefix="scrutiny-bench-") as many,
    ):
        cookies = [seed(few, SMALL)["cookie"], seed(many, LARGE)["cookie"]]
        with site(few) as little, site(many) as large:
            servers = [(little, cookies[0], SMALL), (large, cookies[1], LARGE)]
            return [compare(name, servers) for name in places(SMALL)]


if __name__ == "__main__":
    LARGE = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    show(measure())
