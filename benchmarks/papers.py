"""How long the press takes for minutes, beside typst for the same: `python -m benchmarks.papers`.

Each round prints a document that neither has seen, by the press and then by typst, both as
PDF/A-3a and PDF/UA-1 with the same fonts; the quickest of the rounds counts, as what else the
machine does only ever makes them slower. The press is asked as the site asks it, across a pipe.
"""

import asyncio
import io
import json
import os
import re
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pikepdf
import typst

from benchmarks.tables import Figure, at_most, show
from scrutiny.kit.glyphs import fonts
from scrutiny.kit.pdf import Document, close, house_press, pdf, ready
from scrutiny.minutes.document import Seal, paper
from scrutiny.minutes.parts import Agreed, Decided, Discussed, Gathered, Looked, Raised, Sitting
from scrutiny.minutes.rules import document

SIZES = {12: (3, 9, 9.0), 60: (18, 4, 12.0)}
"""Pages -> how many items that takes, rounds, and how often typst's time it may take."""
RENDERS, WARM = int(os.environ.get("BENCH_RENDERS", "100")), 10
MEMORY_BAR, GROWTH_BAR, LAG_BAR = 256, 15, 25
AT_ONCE = 6
DAY = date(2026, 5, 14)
WORDS = re.findall(
    r"\w+",
    "panel reviewed body worn video stop search grounds recorded officer explained respectful "
    "communication missed opportunity learning feedback line manager supervisor proportionate "
    "legality children safeguarding disparity ratio borough data sample random public confidence",
)
SEAL = Seal("20 May 2026", "0" * 64, "https://panel.example/a", "https://panel.example/", False)
CASES = "| Reference | Kind | Grounds recorded | Grade | Votes |"
GRADES = ("Green: appropriate", "Amber: learning", "Red: concern")
VOTE = Decided("Ask for a card.", "show_of_hands", "carried", {"for": 7, "against": 2}, 9, 5)


def sentences(chance: Random, words: int) -> str:
    found = []
    while words > 0:
        some = chance.randint(9, 18)
        found.append(" ".join(chance.choices(WORDS, k=some)).capitalize() + ".")
        words -= some
    return " ".join(found)


def item(chance: Random, number: int) -> Discussed:
    notes = [sentences(chance, 90) for _ in range(2)]
    looked = [
        f"| {number}-{n} | Stop and search | {sentences(chance, 14)} | {chance.choice(GRADES)} "
        f"| {chance.randint(5, 9)} to {chance.randint(0, 3)} |"
        for n in range(8)
    ]
    notes.append("\n".join([CASES, "|---|---|---|---|---|", *looked]))
    raised = [Raised(n, sentences(chance, 16)[:-1], "Secretariat", DAY) for n in range(1, 4)]
    case = Looked(number, "Drawn by lot", "Misuse of Drugs Act s23", "2026-03")
    title = f"Recording {number} {sentences(chance, 3)[:-1]}"
    return Discussed(
        title, "\n\n".join(notes), case, str(number), False, (), [VOTE] * (number % 2), raised
    )


def data(items: int, seed: int) -> dict:
    """Minutes of so many items; another seed, other words."""
    chance = Random(seed)
    return document(
        Gathered(
            panel="Rivermouth Community Scrutiny Panel", code="RIV", force="Rivermouth Police",
            date=DAY, starts="18:30", ends="20:30", title="Spring meeting", venue="Town Hall",
            public=True, needed=5,
            sittings=[Sitting(f"Member {n} Ŵŷn", "full", "member", "present") for n in range(14)],
            items=[item(chance, n) for n in range(1, items + 1)],
            agreed=[Agreed(n, DAY, DAY, sentences(chance, 5)[:-1], sentences(chance, 30), 7, 2, 0)
                    for n in range(1, 4)],
        ),
        edition=1,
    )  # fmt: skip


def ours(doc: dict) -> Document:
    return paper(doc, SEAL, draft=False, created=datetime(2026, 5, 20, tzinfo=UTC))


class Typst:
    """Its compiler, kept as the press is kept, with a file of data that changes."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "minutes.json"
        template = folder / "minutes.typ"
        template.write_bytes((Path(__file__).parent / "minutes.typ").read_bytes())
        self.data.write_text(json.dumps(data(1, 0)))
        self.compiler = typst.Compiler(
            template, root=folder, font_paths=[fonts()], ignore_system_fonts=True
        )

    def print(self, doc: dict) -> bytes:
        self.data.write_text(json.dumps(doc))
        return self.compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"])


def pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return len(opened.pages)


async def timed(deed: Callable[[], Awaitable[bytes]]) -> tuple[float, bytes]:
    began = time.perf_counter()
    made = await deed()
    return time.perf_counter() - began, made


async def compared(other: Typst, size: int) -> list[Figure]:
    items, rounds, bar = SIZES[size]
    mine, theirs = [], []
    for turn in range(rounds):
        doc = data(items, size * 100 + turn)
        took, made = await timed(lambda doc=doc: pdf(ours(doc)))
        mine.append((took, pages(made)))
        began = time.perf_counter()
        also = other.print(doc)
        theirs.append((time.perf_counter() - began, pages(also)))
    (press, long), (quick, there) = min(mine), min(theirs)
    what = f"minutes of {long} pages ({there} by typst)"
    ratio = press / quick
    return [
        Figure(what, f"{press * 1000:.0f} ms, typst {quick * 1000:.0f} ms = {ratio:.1f}x",
               f"≤ {bar:g}x", ratio <= bar)
    ]  # fmt: skip


def resident() -> float:
    """MB that the press holds now."""
    status = Path(f"/proc/{house_press()._process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if "VmRSS" in line) / 1024


async def growth() -> list[Figure]:
    """Of the press between its tenth document of twelve pages and so many more."""
    held = {}
    for turn in range(WARM + RENDERS):
        await pdf(ours(data(SIZES[12][0], 9000 + turn)))
        held[turn] = resident()
    first, last = held[WARM - 1], held[WARM + RENDERS - 1]
    more = 100 * (last - first) / first
    return [at_most(f"memory of the press: growth over {RENDERS} documents of 12 pages "
                    f"({first:.0f} → {last:.0f} MB)", more, GROWTH_BAR, "%")]  # fmt: skip


async def lag() -> list[Figure]:
    """How long the event loop is kept waiting while six documents of twelve pages are printed."""
    docs = [ours(data(SIZES[12][0], 500 + n)) for n in range(AT_ONCE)]
    gaps, last = [], time.perf_counter()
    working = asyncio.gather(*(pdf(one) for one in docs))
    while not working.done():
        await asyncio.sleep(0.002)
        moment = time.perf_counter()
        gaps.append((moment - last - 0.002) * 1000)
        last = moment
    await working
    late = sorted(gaps)[int(len(gaps) * 0.99)]
    return [at_most(f"{AT_ONCE} documents at once: lag of the loop, 99 of 100", late, LAG_BAR,
                    "ms")]  # fmt: skip


async def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="scrutiny-bench-") as folder:
        other = Typst(Path(folder))
        await ready()
        try:
            await pdf(ours(data(3, 1)))
            found = await compared(other, 12)
            found += await lag()
            found += await growth()
            found += await compared(other, 60)
            held = resident()
        finally:
            await close()
    return [*found, at_most("memory of the press after 60 pages", held, MEMORY_BAR, "MB")]


def measure() -> list[Figure]:
    return asyncio.run(figures())


if __name__ == "__main__":
    show(measure())
