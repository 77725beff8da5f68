"""Taking in a form with a paper as it comes: the file lies in memory and never on the disk."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from multipart import MultipartError, MultipartSegment, PushMultipartParser

from scrutiny.agendas.papers.rules import MOST_BYTES
from scrutiny.kit.errors import Busy, Unreadable
from scrutiny.kit.words import N_

MOST_PARTS, LONGEST_FIELD = 12, 4_000
ROOM_FOR_FORM = 60_000_000
"""Of what is too large we read this much more and throw it away, so that the answer is a page."""
AT_ONCE, WAIT, LONGEST = 4, 30, 900.0  # forms, seconds, seconds
TORN = N_("The form could not be read. Nothing was kept. Please send it again.")

_coming = 0


@dataclass
class Sent:
    """What a form brought: its fields, and its file in memory. Close it."""

    fields: dict[str, str] = field(default_factory=dict)
    name: str = ""
    why: str = "none"  # of rules.REFUSED: no file was kept
    size: int = 0
    file: int = field(default_factory=lambda: os.memfd_create("paper", os.MFD_CLOEXEC))

    def close(self) -> None:
        os.close(self.file)

    @property
    def is_markdown(self) -> bool:
        return self.name.lower().endswith((".md", ".markdown"))


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
    """Where the reader of a form stands: in a field, in the file, or in what is thrown away."""

    def __init__(self, sent: Sent) -> None:
        self.sent, self.name = sent, ""
        self.field: bytearray | None = None

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
        else:
            self._add(bytes(event))

    def _begin(self, part: MultipartSegment) -> None:
        is_file = part.filename is not None
        self.name, self.field = part.name, None if is_file else bytearray()
        if is_file and part.filename:
            self.sent.why = "empty" if self.sent.why == "none" else "one"
            self.sent.name = part.filename

    def _add(self, piece: bytes) -> None:
        sent = self.sent
        sent.size += len(piece)
        if sent.size > MOST_BYTES:
            sent.why = "size"
        elif sent.why in ("", "empty"):
            os.write(sent.file, piece)
            sent.why = ""
