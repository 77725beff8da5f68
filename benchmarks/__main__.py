"""Runs every part by itself, one after another, and prints one table: `python -m benchmarks`.

`--write` puts the table into docs/performance.md, between its two marks.
"""

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.tables import HEAD

PARTS = ("pages", "signed_in", "feed", "concerns", "growth", "packs", "papers", "memory_and_start",
         "imports")  # fmt: skip
DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"
MARKS = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures -->)", re.DOTALL)


def rows(part: str) -> list[str]:
    """The lines of one part's table, without its head."""
    print(f"{part} …", file=sys.stderr)
    command = [sys.executable, "-m", f"benchmarks.{part}"]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [line for line in said.splitlines() if line.startswith("|") and line not in HEAD]


def machine() -> str:
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    busy = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%-d %B %Y}, {os.cpu_count()} cores"
        f"{f' ({model[1]})' if model else ''}, Python {platform.python_version()}, SQLite, "
        f"load {busy:.1f} as it began."
    )


def write(text: str) -> None:
    before = DOCUMENT.read_text()
    DOCUMENT.write_text(MARKS.sub(lambda marks: f"{marks[1]}{text}\n{marks[2]}", before))


def main() -> None:
    named = [part for part in sys.argv[1:] if part in PARTS] or PARTS
    began = machine()
    found = [row for part in named for row in rows(part)]
    text = "\n".join([began, "", *HEAD, *found])
    print(text)
    if "--write" in sys.argv:
        write(text)
    if any("**no**" in row for row in found):
        raise SystemExit("Not every bar was passed.")


if __name__ == "__main__":
    main()
