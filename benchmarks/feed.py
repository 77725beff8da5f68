"""A calendar of 200 meetings to subscribe to, kept and drawn anew: `python -m benchmarks.feed`."""

import tempfile

from benchmarks.seeds import SLUG, seed
from benchmarks.servers import Asked, hello, in_turns, site
from benchmarks.tables import Figure, bare, rate, show

FLOOR = 0.1


def measure() -> list[Figure]:
    """Somebody signed in never gets a kept answer: so the second figure is the query's own."""
    with tempfile.TemporaryDirectory(prefix="scrutiny-bench-") as folder:
        made = seed(folder, count=50, meetings=220)
        with hello(folder) as plain, site(folder) as ours:
            h, path = Asked(plain), f"/{SLUG}/meetings.ics"
            kept = Asked(ours, path, {"accept-encoding": "gzip"})
            fresh = Asked(ours, path, {"cookie": made["cookie"]})
            entries = ours.get(path)[2].count(b"BEGIN:VEVENT")
            in_turns(h, kept, fresh)
    return [
        bare(h),
        rate(f"calendar of {entries} meetings", kept, h, FLOOR),
        rate(f"calendar of {entries} meetings, drawn anew", fresh, h),
    ]


if __name__ == "__main__":
    show(measure())
