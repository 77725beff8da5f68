"""Encrypted files: written and read in chunks, never a byte in clear on the disk.

AES-256-GCM over 64 KiB at a time. The nonce of a chunk is prefix, counter and whether it is the
last, so one that was cut, cut short, reordered or put in another's place does not open.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from scrutiny.kit.clock import midnight, today
from scrutiny.kit.errors import Unreadable

CHUNK, PREFIX, TAG = 64 * 1024, 7, 16


class Writing:
    """A file that is being written. It has its name only once it is whole and on the disk."""

    def __init__(self, path: Path, key: bytes, context: str) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path, self.part, self.size = path, path.with_name(f"{path.name}.part"), 0
        self._seal, self._context = AESGCM(key), context.encode()
        self._prefix, self._count, self._waiting = os.urandom(PREFIX), 0, bytearray()
        handle = os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(handle, "wb")
        try:
            self._file.write(self._prefix)
        except BaseException:
            self.abandon()
            raise

    def write(self, content: bytes) -> None:
        self.size += len(content)
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def _put(self, chunk: bytes, *, last: bool) -> None:
        nonce = self._prefix + struct.pack(">IB", self._count, last)
        self._file.write(self._seal.encrypt(nonce, chunk, self._context))
        self._count += 1

    def finish(self, day: date) -> None:
        """Make it whole. Its time on the disk is the beginning of `day`, which tells of nobody."""
        self._put(bytes(self._waiting), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        forget_the_hour(self.part, day)
        self.part.rename(self.path)
        _to_disk(self.path.parent)
        self._forget_folders(day)

    def abandon(self) -> None:
        """Nothing of it stays, whatever state it is in."""
        with suppress(OSError):
            self._file.close()
        self.part.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)
        self._forget_folders(today())

    def _forget_folders(self, day: date) -> None:
        """Its own, and the one in which that was made."""
        for folder in (self.path.parent, self.path.parent.parent):
            forget_the_hour(folder, day)


def forget_the_hour(path: Path, day: date) -> None:
    when = midnight(day).timestamp()
    os.utime(path, (when, when))


def _to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path, key: bytes, context: str) -> Iterator[bytes]:
    """What was written, in pieces. Raises Unreadable when it is gone, cut or another's."""
    try:
        with path.open("rb") as file:
            yield from _opened(file, AESGCM(key), context.encode())
    except FileNotFoundError:
        raise Unreadable("This file is no longer here.") from None
    except InvalidTag:
        raise Unreadable("This file cannot be opened: it is not as it was kept.") from None


def _opened(file, seal: AESGCM, context: bytes) -> Iterator[bytes]:
    prefix, count = file.read(PREFIX), 0
    if len(prefix) < PREFIX:
        raise InvalidTag
    chunk = file.read(CHUNK + TAG)
    while True:
        following = file.read(CHUNK + TAG)
        nonce = prefix + struct.pack(">IB", count, not following)
        if len(chunk) < TAG:
            raise InvalidTag
        yield seal.decrypt(nonce, chunk, context)
        if not following:
            return
        chunk, count = following, count + 1


def proved(path: Path, key: bytes, context: str) -> int:
    """Read it through to its end; returns its size. Raises Unreadable like read()."""
    return sum(len(piece) for piece in read(path, key, context))
