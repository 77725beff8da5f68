"""The press as a process: it fetches nothing, is stopped when late, and leaves nothing behind."""

import asyncio
import http.server
import json
import re
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from kit.proofs import a_page, document, everything, make, proof

from scrutiny.kit import pdf
from scrutiny.kit.glyphs import fonts
from scrutiny.kit.pdf import PdfFailed, PdfTimeout
from scrutiny.kit.pressroom import Press

SOURCE = Path(__file__).parents[2] / "src"
SECRET = "a-secret-that-must-not-leave"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
SVG = "data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E"
XXE = "data:image/svg+xml,%3C!DOCTYPE s [%3C!ENTITY x SYSTEM %22{file}%22%3E]%3E%3Csvg "

VECTORS = {
    "img http": '<img alt=x src="{http}/img">',
    "img file": '<img alt=x src="{file}">',
    "img relative": '<img alt=x src="../secret.png">',
    "redirect to a file": '<img alt=x src="{http}/redirect">',
    "css import": "<style>@import url({http}/css);</style>",
    "css background": '<p style="background:url({http}/bg)">x</p>',
    "font-face": "<style>@font-face{{font-family:z;src:url({http}/f)}}*{{font-family:z}}</style>",
    "stylesheet": '<link rel=stylesheet href="{http}/sheet">',
    "link attachment": '<link rel=attachment href="{file}">',
    "a attachment": '<a rel=attachment href="{file}">x</a>',
    "svg image": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title>'
    '<image href="{http}/svg" width="9" height="9"/></svg>',
    "svg in data": f'<img alt=x src="{SVG}%3Cimage href=%22{{file}}%22/%3E%3C/svg%3E">',
    "svg entity": f'<img alt=x src="{XXE}xmlns=%22http://www.w3.org/2000/svg%22%3E%3Ctext%3E%26x;'
    '%3C/text%3E%3C/svg%3E">',
    "base": '<base href="{http}/base/"><img alt=x src="q.png">',
    "object": '<object data="{file}"></object>',
    "embed": '<embed src="{http}/embed">',
    "list image": '<ul style="list-style-image:url({http}/list)"><li>x</ul>',
    "content": "<style>p::before{{content:url({http}/content)}}</style><p>x",
}


@pytest.fixture(scope="module")
def trap(tmp_path_factory):
    """A real server that counts its visitors and a real file with a secret in it."""
    file = tmp_path_factory.mktemp("trap") / "secret.txt"
    file.write_text(SECRET)
    visits = []

    class Counter(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            visits.append(self.path)
            self.send_response(302 if self.path == "/redirect" else 200)
            self.send_header("Location", file.as_uri())
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(PIXEL)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {"http": f"http://127.0.0.1:{server.server_port}", "file": file.as_uri()}, visits
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_is_fetched_and_no_file_is_read(trap, vector):
    places, visits = trap
    visits.clear()
    try:
        made = everything(make(a_page(VECTORS[vector].format(**places) + "<p>end")))
    except PdfFailed as refusal:
        made = str(refusal).encode()
        assert re.search(b"may not fetch|Relative URI|Failed to (load|render)", made)
    assert visits == []
    assert SECRET.encode() not in made


UNGUARDED = """
import sys, json, logging
from weasyprint import HTML
logging.getLogger("weasyprint").setLevel(100)
for page in json.load(sys.stdin):
    HTML(string=page, base_url="file:///nowhere/").write_pdf()
"""


def test_the_trap_does_catch_an_unguarded_renderer(trap):
    places, visits = trap
    visits.clear()
    pages = [f"<html lang=en><title>x</title>{v.format(**places)}" for v in VECTORS.values()]
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", UNGUARDED],
        input=json.dumps(pages).encode(), check=True,
    )  # fmt: skip
    assert len(visits) >= 10


DEEDS = """
import os, pathlib, socket, subprocess, sys, urllib.request
from scrutiny.kit.wall import wall
wall((sys.prefix, sys.base_prefix))
for deed in (
    lambda: open("/etc/passwd"),
    lambda: pathlib.Path("/etc/hostname").read_text(),
    lambda: urllib.request.urlopen("file:///etc/passwd"),
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: subprocess.run(["true"]),
    lambda: os.system("true"),
    lambda: os.fork(),
):
    try:
        print("DONE", deed())
    except Exception as no:
        print(no)
"""


def test_the_wall_holds_without_the_fetcher():
    told = {"PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [sys.executable, "-c", DEEDS], env=told, capture_output=True, text=True, check=True
    )
    answers = done.stdout.splitlines()
    assert len(answers) == 7
    assert all("This process may not" in answer for answer in answers), answers


# --- limits ---

BOMBS = {
    "wide cells": "<table>" + "<tr>" + "<td colspan=65534>x" * 200 + "</table>",
    "long table": "<table>" + "<tr><td>x<td>y" * 100_000 + "</table>",
    "deep nesting": "<div>" * 20_000 + "x",
}


@pytest.fixture(scope="module")
def short_press():
    press = Press(seconds=1)
    yield press
    asyncio.run(press.close())


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_stopped_and_the_next_document_is_the_same(bomb, short_press):
    before = make(a_page("<p>calm"), short_press)
    begun = time.monotonic()
    with pytest.raises(PdfFailed, match=r"more than 1 s to print|MemoryError") as caught:
        make(a_page(BOMBS[bomb]), short_press)
    assert time.monotonic() - begun < short_press.seconds + 1
    assert isinstance(caught.value, PdfTimeout) or bomb == "wide cells"
    assert not short_press.running
    assert make(a_page("<p>calm"), short_press) == before


def test_too_much_memory_is_a_failure():
    press = Press(memory=320 << 20)
    with pytest.raises(PdfFailed, match=r"MemoryError|stopped before"):
        make(a_page(f"<!--{'x' * 30_000_000}-->"), press)
    asyncio.run(press.close())


# --- the web process meanwhile ---


def test_the_event_loop_stays_free():
    async def watched() -> tuple[float, float]:
        await pdf.pdf(a_page("<p>warm"))
        gaps, working = [], asyncio.gather(pdf.pdf(document(long)), pdf.pdf(document(long)))
        begun = last = time.perf_counter()
        while not working.done():
            await asyncio.sleep(0.002)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now
        await working
        return last - begun, sorted(gaps)[int(len(gaps) * 0.99)]

    long = proof(parts=6)
    took, lag = asyncio.run(watched())
    assert took > 0.3, "too short to show anything"
    assert lag < took / 10, "printing in the loop itself would hold it for half the time"


def test_documents_asked_for_at_once_are_all_right():
    async def all_at_once() -> list[bytes]:
        return await asyncio.gather(*(pdf.pdf(a_page(f"<p>{n % 2}")) for n in range(6)))

    made = asyncio.run(all_at_once())
    assert made[0] == made[2] == made[4] != made[1] == made[3] == made[5]


def test_a_press_is_replaced_after_its_share_and_ends_at_rest():
    press = Press(recycle=1, rest=0.3)
    made, numbers = [], []
    for _ in range(2):
        made.append(make(a_page("<p>x"), press))
        numbers.append(press._process.pid)
    assert made[0] == made[1]
    assert numbers[0] != numbers[1]
    room = Path(press._room.name)
    assert room.exists()
    until = time.monotonic() + 5
    while press.running or room.exists():
        assert time.monotonic() < until, "still running"
        time.sleep(0.05)


def test_closing_stops_what_is_printing():
    async def closed_early() -> None:
        press = Press()
        await press.ready()
        working = asyncio.ensure_future(press.print(a_page(BOMBS["long table"]).order()))
        await asyncio.sleep(0.5)
        await press.close()
        with pytest.raises(PdfFailed, match="stopped before"):
            await working
        assert not press.running

    begun = time.monotonic()
    asyncio.run(closed_early())
    assert time.monotonic() - begun < 8


def test_the_press_ends_when_its_asker_is_gone():
    asked = [sys.executable, "-m", "scrutiny.kit.press", str(1 << 30), "5"]
    told = {"PYTHONPATH": str(SOURCE), "SCRUTINY_PDF_FONTS": str(fonts())}
    press = subprocess.Popen(asked, env=told, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert press.stdout.read(5) == struct.pack("!cI", b"+", 0)
    press.stdin.close()
    assert press.wait(5) == 0
    press.stdout.close()


def test_a_missing_subsetter_is_named():
    script = (
        "import scrutiny.kit.press as press, sys\n"
        "press.harfbuzz_subset = None\n"
        "sys.argv[1:] = ['1073741824', '5']\n"
        "press.main()\n"
    )
    told = {"PYTHONPATH": str(SOURCE), "SCRUTINY_PDF_FONTS": str(fonts())}
    done = subprocess.run(
        [sys.executable, "-c", script], env=told, input=b"", capture_output=True, check=True
    )
    assert done.stdout.startswith(b"-")
    assert b"apt-get install libharfbuzz-subset0" in done.stdout


def test_the_trap_is_open(trap):
    """Last: the counting server really answered all along."""
    places, visits = trap
    visits.clear()
    urllib.request.urlopen(f"{places['http']}/img").read()
    assert visits == ["/img"]
