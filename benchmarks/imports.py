"""Reading real files of stop and search records: `python -m benchmarks.imports FOLDER`.

The files are those that data.police.uk publishes, one a force and month; GeoJSON boundaries in
the folder, or the one above, are read first so that each record is placed in its borough. Without
a folder (or BENCH_FILES) this part is left out: the files are not ours to carry.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.servers import environment
from benchmarks.tables import Figure, at_most, show

SECONDS, MEMORY = 15, 300


def scrutiny(folder: str, *words: str) -> tuple[float, float, str]:
    """Run a command: (seconds, the most MiB it held, what it said)."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "scrutiny", *words]
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, env=environment(folder), stdout=said)
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
        if status:
            raise SystemExit(f"{' '.join(words[:2])} failed.")
        said.seek(0)
        return took, used.ru_maxrss / 1024, said.read()


def measure(files: Path) -> list[Figure]:
    areas = sorted([*files.glob("*.geojson"), *files.parent.glob("*.geojson")])
    stops = sorted(files.glob("*.csv"))
    with tempfile.TemporaryDirectory(prefix="scrutiny-bench-") as folder:
        scrutiny(folder, "migrate")
        if areas:
            scrutiny(folder, "import", "areas", *map(str, areas))
        took, held, said = scrutiny(folder, "import", "stops", *map(str, stops))
    added = sum(int(count) for count in re.findall(r": (\d+) records added", said))
    size = sum(path.stat().st_size for path in stops) / 1e6
    what = f"import of {len(stops)} files ({size:.1f} MB, {added:,} records added)"
    return [
        at_most(f"{what}: time", took, SECONDS, "s"),
        at_most(f"{what}: most memory", held, MEMORY, "MB"),
    ]


def folder_named() -> Path | None:
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BENCH_FILES")
    return Path(named).resolve() if named else None


if __name__ == "__main__":
    found = folder_named()
    show(measure(found) if found else [])
