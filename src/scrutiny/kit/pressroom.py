"""Keeps one press: starts it when it is asked, hands it orders in turn, ends it late or at rest."""

import asyncio
import os
import struct
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from scrutiny.kit.glyphs import fonts
from scrutiny.kit.settings import BadSetting

SOURCE = Path(__file__).parents[2]
START = 60  # seconds a press may take to get ready, on the slowest machine we know
PRESS = [sys.executable, "-P", "-m", "scrutiny.kit.press"]
PACKAGES = "the Debian packages libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0"
PRINTED, REFUSED = b"+", b"-"


class PdfFailed(Exception):
    """No PDF was made; the message says why, in a sentence."""


class PdfTimeout(PdfFailed):
    """The document took longer than the press allows."""


@dataclass
class Press:
    """One press and its limits. Orders queue for it: one thread here, one process there."""

    seconds: float = 30  # for one document
    memory: int = 1 << 30  # bytes of address space
    rest: float = 300  # seconds without work after which it ends
    recycle: int = 200  # documents after which a fresh one starts
    _process: subprocess.Popen | None = None
    _room: tempfile.TemporaryDirectory | None = None
    _made: int = 0
    _resting: threading.Timer | None = None
    _queue: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="press")
    )

    async def print(self, order: bytes) -> bytes:
        """The PDF of one order. Raises PdfFailed or PdfTimeout."""
        return await self._in_turn(self._print, order)

    async def ready(self) -> None:
        """Start it now. Raises PdfFailed with a sentence when it cannot print here."""
        await self._in_turn(self._get_ready)

    async def close(self) -> None:
        """End it at once, with whatever it is printing; a later order starts a fresh one."""
        if self._process is not None:
            self._process.kill()
        await self._in_turn(self._stop)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    async def _in_turn(self, deed, *about):
        return await asyncio.get_running_loop().run_in_executor(self._queue, deed, *about)

    # What follows runs on the queue's one thread, so no two of these ever meet.

    def _print(self, order: bytes) -> bytes:
        self._start()
        mark, body = self._exchange(order, self.seconds)
        self._made += 1
        if mark in (PRINTED, REFUSED):
            self._rest()
        else:
            self._stop()
        if mark != PRINTED:
            raise PdfFailed(f"This document cannot be printed. {body.decode()}")
        return body

    def _get_ready(self) -> None:
        self._start()
        self._rest()

    def _start(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
        if self.running and self._made < self.recycle:
            return
        self._stop()
        self._process = self._opened()
        try:
            mark, why = self._exchange(b"", START)
        except PdfFailed as fault:
            raise PdfFailed(f"The press did not start. It needs {PACKAGES}. {fault}") from fault
        if mark != PRINTED:
            self._stop()
            raise PdfFailed(f"The press cannot print here. {why.decode()}")

    def _rest(self) -> None:
        self._resting = threading.Timer(self.rest, self._queue.submit, [self._stop])
        self._resting.daemon = True
        self._resting.start()

    def _opened(self) -> subprocess.Popen:
        self._room = tempfile.TemporaryDirectory(prefix="scrutiny-press-")
        room = Path(self._room.name)
        try:
            (room / "fonts.conf").write_text(_fontconfig(fonts(), room))
        except BadSetting as fault:
            raise PdfFailed(str(fault)) from fault
        with (room / "complaints").open("wb") as complaints:
            return subprocess.Popen(
                [*PRESS, str(self.memory), str(self.seconds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                cwd=room,
                env=_surroundings(room),
                start_new_session=True,  # Ctrl-C is for the web process, which then closes us
            )

    def _exchange(self, order: bytes, seconds: float) -> tuple[bytes, bytes]:
        process, late = self._process, threading.Event()

        def stop_waiting() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, stop_waiting)
        timer.start()
        try:
            if order:
                process.stdin.write(struct.pack("!I", len(order)) + order)
                process.stdin.flush()
            mark, length = struct.unpack("!cI", process.stdout.read(5))
            return mark, process.stdout.read(length)
        except (OSError, struct.error) as fault:
            last_words = self._last_words()
            self._stop()
            if late.is_set():
                raise PdfTimeout(f"The document took more than {seconds:g} s to print.") from fault
            raise PdfFailed(f"The press stopped before it had finished. {last_words}") from fault
        finally:
            timer.cancel()
            if late.is_set():  # it may have been killed just after it answered
                self._stop()

    def _last_words(self) -> str:
        lines = (Path(self._room.name) / "complaints").read_text(errors="replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "")[:300]

    def _stop(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        if self._room is not None:
            self._room.cleanup()
        self._process, self._room, self._made = None, None, 0


def _surroundings(room: Path) -> dict[str, str]:
    """All the press knows of the world: the same wherever and whenever it is started."""
    return {
        "FONTCONFIG_FILE": str(room / "fonts.conf"),
        "SCRUTINY_PDF_FONTS": str(fonts()),
        "PYTHONPATH": str(SOURCE),
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "HOME": str(room),
        "TMPDIR": str(room),
        "PATH": os.defpath,
    }


def _fontconfig(folder: Path, room: Path) -> str:
    """Only the bundled fonts exist: a machine's own would make other bytes of the same words."""
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><dir>{escape(str(folder))}</dir>"
        f"<cachedir>{escape(str(room / 'cache'))}</cachedir></fontconfig>"
    )
