"""Files are scanned by clamd where it is set: whatever goes wrong, a file is held back."""

import dataclasses
import os
import shutil
import socket
import struct
import subprocess
import threading
import time
from contextlib import contextmanager

import pytest
from conftest import run

from concerns.evidence import media
from concerns.evidence.sending import kept, lying, new_code, send
from concerns.evidence.test_sending import sent_in
from scrutiny.concerns.evidence import rounds, washing
from scrutiny.concerns.evidence.scanning import Unscanned, answers, is_harmful
from scrutiny.kit.clock import today
from scrutiny.kit.settings import settings

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def sink(*said: bytes):
    """A socket that takes what clamd would be sent and answers with these bytes, one a visit."""
    server = socket.create_server(("127.0.0.1", 0))
    came: list[bytes] = []

    def serve() -> None:
        for answer in said:
            line, _ = server.accept()
            with line:
                came.append(_taken(line))
                line.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}", came
    finally:
        server.close()


def _taken(line: socket.socket) -> bytes:
    assert _exactly(line, 10) == b"zINSTREAM\0"
    found = b""
    while size := struct.unpack("!I", _exactly(line, 4))[0]:
        found += _exactly(line, size)
    return found


def _exactly(line: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        found += line.recv(size - len(found))
    return found


@pytest.fixture
def scanner(monkeypatch):
    """Set SCRUTINY_CLAMD for what washes and what scans again."""

    def at(where: str) -> None:
        changed = dataclasses.replace(settings(), clamd=where)
        monkeypatch.setattr(washing, "settings", lambda: changed)
        monkeypatch.setattr(rounds, "settings", lambda: changed)

    return at


def test_clamd_is_sent_every_byte_in_pieces_it_takes():
    content = os.urandom(200_000)
    with sink(b"stream: OK\0") as (where, came):
        assert is_harmful(where, [content[:150_000], content[150_000:]]) is False
    assert came == [content]


@pytest.mark.parametrize(
    "said",
    [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK", b"stream: \0", b"OK\0",
     b"stream: Can't allocate memory ERROR\0", b"x" * 20_000],
)  # fmt: skip
def test_every_answer_but_a_clear_one_is_none(said):
    with sink(said) as (where, _), pytest.raises(Unscanned):
        is_harmful(where, [b"Hello"])


@pytest.mark.parametrize("where", ["127.0.0.1:1", "/nowhere/clamd.ctl", "127.0.0.1:no"])
def test_a_clamd_that_is_not_there_is_no_answer(where):
    with pytest.raises(Unscanned):
        is_harmful(where, [b"Hello"])
    assert answers(where) is False


def test_what_was_not_scanned_is_held_back_until_it_is(browse, cast, scanner):
    scanner("127.0.0.1:1")
    code = new_code()
    answer = send(browse(), media.photo(), code)
    assert answer.status_code == 200
    assert "It is being checked." in answer.text
    [row] = kept()
    assert (row.state, row.why) == ("quarantined", "unscanned")
    sent_in(cast.lambeth, code)
    assert browse("grace").get("/lambeth/concerns/1/files/1").status_code == 404
    assert run(rounds.scan_again(today())) == 0
    with sink(b"stream: OK\0") as (where, came):
        scanner(where)
        assert run(rounds.scan_again(today())) == 1
    assert came[0].startswith(b"\xff\xd8")
    answer = browse("grace").get("/lambeth/concerns/1/files/1")
    assert (answer.status_code, answer.content) == (200, came[0])


def test_what_was_found_harmful_is_never_opened_by_us(browse, cast, scanner):
    with sink(b"stream: Win.Test.EICAR_HDB-1 FOUND\0") as (where, came):
        scanner(where)
        answer = send(browse(), media.photo())
    assert came == [media.photo()]
    assert "something harmful" in answer.text
    [row] = kept()
    assert (row.state, row.why, row.mime) == ("quarantined", "harmful", "")
    assert [path.name for path in lying()] == [f"{row.id.hex}.o"]


def test_what_is_found_harmful_later_stays_held_back(browse, cast, scanner):
    scanner("127.0.0.1:1")
    code = new_code()
    send(browse(), media.photo(), code)
    sent_in(cast.lambeth, code)
    with sink(b"stream: Something FOUND\0") as (where, _):
        scanner(where)
        assert run(rounds.scan_again(today())) == 0
    assert [(row.state, row.why) for row in kept()] == [("quarantined", "harmful")]


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """Debian's own clamd with a signature of our own, as there are none without the network."""
    found = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        pytest.fail("clamd is missing: apt-get install clamav-daemon.")
    home = tmp_path_factory.mktemp("clamd")
    (home / "db").mkdir()
    (home / "db" / "own.ndb").write_text(f"Own.Eicar:0:*:{EICAR.hex()}\n")
    (home / "clamd.conf").write_text(
        f"LocalSocket {home}/s\nDatabaseDirectory {home}/db\nForeground yes\nStreamMaxLength 60M\n"
        + ("User root\n" if os.geteuid() == 0 else "")
    )
    daemon = subprocess.Popen([found, "-c", str(home / "clamd.conf")])
    for _ in range(300):
        if answers(f"{home}/s"):
            break
        time.sleep(0.1)
    yield f"{home}/s"
    daemon.terminate()
    daemon.wait()


def test_the_real_clamd_finds_eicar_and_passes_a_photo(clamd):
    assert answers(clamd)
    assert is_harmful(clamd, [EICAR]) is True
    assert is_harmful(clamd, [media.zipped({"a.txt": EICAR})]) is True
    assert is_harmful(clamd, [media.photo()]) is False


def test_the_real_clamd_holds_back_what_is_too_large_for_it(clamd):
    with pytest.raises(Unscanned):
        is_harmful(clamd, [bytes(1_000_000)] * 70)
