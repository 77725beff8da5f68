"""Fifty megabytes go through a small process: the web server, over a real socket."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from concerns.evidence.sending import BOUNDARY, MULTIPART, NEW, form, kept, lying, new_code
from scrutiny.concerns.evidence.rules import MOST_BYTES

HEAVY = {"PIL", "pikepdf", "av", "puremagic", "filetype", "defusedxml"}
MB = 1_000_000


@pytest.fixture
def server(cast):
    """The site in a process of its own, on the database and the data folder of this test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = os.environ | {"SCRUTINY_BASE_URL": f"http://127.0.0.1:{port}"}
    made = subprocess.Popen(
        [
            *(sys.executable, "-m", "uvicorn", "scrutiny.app:create_app", "--factory"),
            *("--port", str(port), "--no-access-log", "--log-level", "error"),
        ],
        env=where,
    )
    for _ in range(200):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield port, made.pid
    made.terminate()
    made.wait()


def resident(pid: int) -> int:
    """The most bytes that this process ever had in memory."""
    line = next(
        line for line in Path(f"/proc/{pid}/status").read_text().split("\n") if "VmHWM" in line
    )
    return int(line.split()[1]) * 1024


def test_a_film_of_50_mb_passes_through_in_pieces(server):
    port, pid = server
    ask(port, form(b"warm up", {"code": new_code(), "police": "no"}))
    before = resident(pid)
    content = b"Words and words\n" * (MOST_BYTES // 16)
    answer = ask(port, form(content, {"code": new_code(), "police": "no"}))
    assert answer == 200
    assert resident(pid) - before < 25 * MB
    [_, row] = sorted(kept(), key=lambda one: one.size)
    assert row.size == len(content)
    assert [path.suffix for path in lying()] == [".c", ".o"] * 2


def test_a_sender_who_hangs_up_leaves_nothing(server):
    port, _ = server
    body = form(b"Words\n" * 2_000_000, {"code": new_code(), "police": "no"})
    with socket.create_connection(("127.0.0.1", port)) as line:
        head = f"POST {NEW} HTTP/1.1\r\nHost: x\r\nContent-Type: {MULTIPART['content-type']}\r\n"
        line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:6_000_000])
        until(lambda: lying() != [])
        assert lying()[0].name.endswith(".o.part")
    until(lambda: lying() == [])
    assert (kept(), lying()) == ([], [])


def until(so) -> None:
    for _ in range(200):
        if so():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to be so")


def ask(port: int, body: bytes) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    line.request("POST", NEW, body, {"content-type": f"multipart/form-data; boundary={BOUNDARY}"})
    answer = line.getresponse()
    answer.read()
    return answer.status


def test_the_web_process_never_loads_what_opens_files():
    source = "import sys, scrutiny.app; print(sorted(set(sys.modules) & set(sys.argv[1:])))"
    done = subprocess.run(
        [sys.executable, "-c", source, *HEAVY],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
