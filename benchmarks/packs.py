"""How long a pack of 40 items, 60 papers and 300 pages takes, and how much it holds.

`python -m benchmarks.packs`. It is made as the worker makes it, from the shelf to the shelf.
"""

import asyncio
import io
import os
import tempfile
import time
from datetime import timedelta
from threading import Event, Thread

from PIL import Image

from benchmarks.memory_and_start import held
from benchmarks.seeds import PANEL
from benchmarks.servers import environment
from benchmarks.tables import Figure, at_most, show
from scrutiny.agendas import queries as agendas
from scrutiny.agendas.packs import actions as packs
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.packs.worker import make_next
from scrutiny.agendas.papers import actions as papers
from scrutiny.agendas.papers.receiving import Sent
from scrutiny.agendas.papers.washing import washed
from scrutiny.agendas.rules import document
from scrutiny.agendas.tables import Agenda, Item
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import close_database, open_database, write_tx
from scrutiny.kit.migrating import migrate
from scrutiny.kit.pdf import Document, close, pdf
from scrutiny.meetings.tables import Meeting
from scrutiny.panels.actions import add_panel, seat_person
from scrutiny.people.actions import add_person
from scrutiny.people.tables import Seat

ITEMS, PAPERS, PAGES = 40, 60, 300
SECONDS_BAR, MEMORY_BAR, ASK_BAR = 60, 600, 0.5
FRONT = 4  # pages of the cover and its list
WORDS = "<h2>Findings</h2>" + "<p>What the figures say of each ward, in words. </p>" * 14
TABLE = "<table><tr><th scope=col>Ward<th scope=col>Searches" + "<tr><td>North<td>12" * 8


async def papers_of(meeting: Meeting, items: list[Item], secretary: Seat) -> None:
    """Three kinds, as panels have them: written, scanned, and longer reports."""
    left = PAGES - FRONT
    for number in range(PAPERS):
        count = left // (PAPERS - number)
        left -= count
        content = scanned(count) if number % 3 == 0 else await written(number, count)
        made = await washed(_sent(content), f"Paper {number}", "Bench")
        if made.why:
            raise SystemExit(f"Paper {number} is refused: {made.why}.")
        on = items[number % len(items)].id
        audience = "members" if number % 5 == 0 else "public"
        await papers.add(meeting, on, f"Paper {number}", audience, made, by=secretary)


def _sent(content: bytes) -> Sent:
    sent = Sent(why="", name="paper.pdf", size=len(content))
    os.write(sent.file, content)
    return sent


async def written(number: int, pages: int) -> bytes:
    """Tagged, with a table, from the press."""
    body = f"<div style='break-after:page'>{WORDS}{TABLE}</table></div>" * pages
    html = f"<!doctype html><html lang=en-GB><title>Paper {number}</title><h1>Paper</h1>{body}"
    return await pdf(Document(html=html, title="Paper", language="en-GB", created=now()))


def scanned(pages: int) -> bytes:
    """Pictures of pages, about 100 kB each, without a word in them."""
    noise = Image.effect_noise((850, 1200), 60).convert("RGB")
    made = io.BytesIO()
    noise.save(made, "PDF", save_all=True, append_images=[noise] * (pages - 1), quality=40)
    return made.getvalue()


async def prepared() -> tuple[Seat, Meeting]:
    panel = await add_panel(PANEL)
    async with write_tx():
        person = await add_person("A. Secretary", "secretary@bench.example")
        seat = await seat_person(person, panel, "secretariat", since=today() - timedelta(1))
    seat.panel, seat.person = panel, person
    day = today() + timedelta(60)
    meeting = Meeting(
        panel=panel.id, date=day, starts=now() + timedelta(60), ends=now() + timedelta(60, 7200),
        title="Panel meeting", venue="Bench Town Hall", stage="scheduled", quorum=3,
        called=now(), changed=now(),
    )  # fmt: skip
    async with write_tx():
        await Meeting.insert(meeting)
        await Item.insert(
            *[Item(meeting=meeting.id, position=n, title=f"Item {n}") for n in range(1, ITEMS + 1)]
        )
        await Agenda.insert(Agenda(meeting=meeting.id))
    items = await agendas.items_of(meeting)
    await papers_of(meeting, items, seat)
    draft = await agendas.draft_of(items)
    async with write_tx():
        out = {Agenda.document: document(draft.lines, draft.closed), Agenda.published: now()}
        await Agenda.update(out).where(Agenda.meeting == meeting.id)
    return seat, meeting


class Watch:
    """The most that this process and those it started hold, looked at ten times a second."""

    def __init__(self) -> None:
        self.most, self.over = 0.0, Event()
        self.thread = Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self) -> None:
        while not self.over.wait(0.1):
            try:
                self.most = max(self.most, held(os.getpid()))
            except (OSError, StopIteration):
                continue

    def stop(self) -> float:
        self.over.set()
        self.thread.join()
        return self.most


async def made(seat: Seat, meeting: Meeting) -> tuple[float, float, Pack, float]:
    """Seconds to ask and to make the members' pack, the pack, and MiB at the most."""
    began = time.perf_counter()
    await packs.make(meeting, by=seat)
    asked = time.perf_counter() - began
    async with write_tx():
        await Pack.delete().where(Pack.audience == "public")
    watch, began = Watch(), time.perf_counter()
    await make_next()
    took = time.perf_counter() - began
    return asked, took, await Pack.objects().first(), watch.stop()


async def measured() -> list[Figure]:
    await migrate()
    await open_database()
    try:
        asked, took, pack, most = await made(*await prepared())
    finally:
        await close()
        await close_database()
    if pack.stage != "done":
        raise SystemExit(f"No pack was made: {pack.problem}")
    what = f"pack of {ITEMS} items, {PAPERS} papers, {pack.pages} pages"
    return [
        at_most(f"{what}: made", took, SECONDS_BAR, "s"),
        at_most(f"{what}: asked for", asked, ASK_BAR, "s"),
        at_most(f"{what}: memory, worker, press and binder", most, MEMORY_BAR, "MiB"),
        Figure("size of that pack", f"{pack.size / 1e6:.1f} MB", "", True),
    ]


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="scrutiny-bench-") as folder:
        os.environ |= environment(folder)
        return asyncio.run(measured())


if __name__ == "__main__":
    show(measure())
