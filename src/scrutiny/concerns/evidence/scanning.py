"""Asking clamd whether a file is harmful. Whatever goes wrong, the answer is never "clean"."""

import socket
import struct
from collections.abc import Iterable

PATIENCE = 60.0  # seconds for one step; a large archive takes its time
PIECE = 64 * 1024


class Unscanned(Exception):
    """No answer was had: the file must wait."""


def is_harmful(where: str, pieces: Iterable[bytes]) -> bool:
    """Send `pieces` to the clamd at host:port or /path. Raises Unscanned without a clear answer."""
    try:
        with _joined(where) as line:
            line.sendall(b"zINSTREAM\0")
            for piece in pieces:
                for start in range(0, len(piece), PIECE):
                    part = piece[start : start + PIECE]
                    line.sendall(struct.pack("!I", len(part)) + part)
            line.sendall(struct.pack("!I", 0))
            answer = _answer(line)
    except (OSError, ValueError) as fault:
        raise Unscanned(type(fault).__name__) from fault
    if answer == b"stream: OK":
        return False
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
        return True
    raise Unscanned("clamd gave no verdict")


def answers(where: str) -> bool:
    """Whether a clamd is there at all."""
    try:
        with _joined(where, 5.0) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == b"PONG"
    except (OSError, ValueError):
        return False


def _joined(where: str, patience: float = PATIENCE) -> socket.socket:
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(patience)
        try:
            line.connect(where)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = where.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), patience)


def _answer(line: socket.socket) -> bytes:
    found = b""
    while not found.endswith(b"\0"):
        more = line.recv(4096)
        if not more or len(found) > 4096:
            raise ValueError("cut short")
        found += more
    return found.rstrip(b"\0\n")
