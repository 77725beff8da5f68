"""Published pages, kept in memory: `python -m benchmarks.pages`."""

import tempfile

from benchmarks.seeds import SLUG, seed
from benchmarks.servers import Asked, Server, hello, in_turns, site
from benchmarks.tables import Figure, bare, rate, show

FLOOR, FLOOR_304 = 0.6, 0.75


def unchanged(server: Server, path: str) -> Asked:
    """The same page for a browser that has it already."""
    server.get(path)
    etag = server.get(path)[1]["etag"]
    return Asked(server, path, {"if-none-match": etag}, status=304)


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="scrutiny-bench-") as folder:
        made = seed(folder, count=200, meetings=12)
        paths = {
            "home": "/",
            "list of 50 recommendations": f"/{SLUG}/recommendations",
            "one recommendation": f"/{SLUG}/recommendations/200",
            "minutes": made["minutes"],
        }
        with hello(folder) as plain, site(folder) as ours:
            h = Asked(plain)
            zipped = {"accept-encoding": "gzip"}
            asked = {name: Asked(ours, path, zipped) for name, path in paths.items()}
            same = unchanged(ours, paths["list of 50 recommendations"])
            in_turns(h, *asked.values(), same)
    return [
        bare(h),
        *(rate(f"public: {name}", one, h, FLOOR) for name, one in asked.items()),
        rate("public: list, not changed (304)", same, h, FLOOR_304),
    ]


if __name__ == "__main__":
    show(measure())
