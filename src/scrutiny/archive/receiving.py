"""Taking in a form with several files as it comes: they lie in memory and never on the disk."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from multipart import MultipartError, MultipartSegment, PushMultipartParser

from scrutiny.archive.rules import MOST_BYTES, MOST_FILES, MOST_TOGETHER
from scrutiny.kit.errors import Busy, Unreadable
from scrutiny.kit.words import N_, one_line

MOST_PARTS, LONGEST_FIELD, LONGEST_NAME = 60, 4_000, 200
ROOM_FOR_FORM = 150_000_000
"""Of what is too large we read this much more and throw it away, so that the answer is a page."""
AT_ONCE, WAIT, LONGEST = 2, 30, 1_800.0  # forms, seconds, seconds
TORN = N_("The form could not be read. Nothing was kept. Please send it again.")

_coming = 0


@dataclass
class Came:
    """One file in memory, or why it is not taken: a word of rules.REFUSED."""

    name: str
    why: str = "empty"
    size: int = 0
    file: int = field(default_factory=lambda: os.memfd_create("minutes", os.MFD_CLOEXEC))

    def close(self) -> None:
        os.close(self.file)

    def forget(self) -> None:
        os.ftruncate(self.file, 0)


@dataclass
class Sent:
    """What a form brought: its fields, and its files in their order. Close it."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[Came] = field(default_factory=list)

    def close(self) -> None:
        for one in self.files:
            one.close()


async def take_in(pieces: AsyncIterator[bytes], boundary: str) -> Sent:
    """Read a form to its end. Raises Unreadable for a torn one, Busy when too many come at once."""
    global _coming
    if _coming >= AT_ONCE:
        raise Busy(WAIT)
    _coming += 1
    sent = Sent()
    try:
        async with asyncio.timeout(LONGEST):
            await _read(sent, pieces, boundary)
        return sent
    except BaseException as fault:
        sent.close()
        if isinstance(fault, TimeoutError):
            raise Busy(WAIT) from None
        if isinstance(fault, MultipartError | UnicodeDecodeError | LookupError):
            raise Unreadable(TORN) from None
        raise
    finally:
        _coming -= 1


async def _read(sent: Sent, pieces: AsyncIterator[bytes], boundary: str) -> None:
    form = _Form(sent)
    with PushMultipartParser(boundary, max_segment_count=MOST_PARTS) as parser:
        async for piece in pieces:
            for event in parser.parse(piece) if piece else ():
                form.take(event)


class _Form:
    """Where the reader of a form stands: in a field, in a file, or in what is thrown away."""

    def __init__(self, sent: Sent) -> None:
        self.sent, self.name, self.together = sent, "", 0
        self.field: bytearray | None = None
        self.file: Came | None = None

    def take(self, event: MultipartSegment | bytes | None) -> None:
        if isinstance(event, MultipartSegment):
            self._begin(event)
        elif event is None:
            if self.field is not None:
                self.sent.fields[self.name] = bytes(self.field).decode("utf-8", "strict")
        elif self.field is not None:
            self.field += event
            if len(self.field) > LONGEST_FIELD:
                raise MultipartError("field too long")
        elif self.file is not None:
            self._add(self.file, bytes(event))

    def _begin(self, part: MultipartSegment) -> None:
        self.name, self.file = part.name, None
        self.field = bytearray() if part.filename is None else None
        if part.filename:
            name = one_line(part.filename.replace("\\", "/").rsplit("/", 1)[-1])
            self.file = Came(name[:LONGEST_NAME])
            self.sent.files.append(self.file)
            if len(self.sent.files) > MOST_FILES:
                self.file.why = "many"

    def _add(self, came: Came, piece: bytes) -> None:
        came.size += len(piece)
        if came.why not in ("", "empty"):
            return
        self.together += len(piece)
        came.why = ""
        if came.size > MOST_BYTES:
            came.why = "size"
        elif self.together > MOST_TOGETHER:
            came.why = "together"
        if came.why:
            self.together -= came.size
            came.forget()
        else:
            os.write(came.file, piece)
