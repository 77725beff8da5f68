"""The list of 50 recommendations to somebody signed in, never cached: benchmarks.signed_in."""

import tempfile

from benchmarks.seeds import SLUG, seed
from benchmarks.servers import Asked, hello, in_turns, site
from benchmarks.tables import Figure, bare, rate, show

FLOOR = 0.05


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="scrutiny-bench-") as folder:
        made = seed(folder, count=200, meetings=12)
        with hello(folder) as plain, site(folder) as ours:
            h, cookie = Asked(plain), {"cookie": made["cookie"]}
            listed = Asked(ours, f"/{SLUG}/recommendations", cookie)
            one = Asked(ours, f"/{SLUG}/recommendations/200", cookie)
            in_turns(h, listed, one)
    return [
        bare(h),
        rate("signed in: list of 50 recommendations", listed, h, FLOOR),
        rate("signed in: one recommendation", one, h, FLOOR),
    ]


if __name__ == "__main__":
    show(measure())
