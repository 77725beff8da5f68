"""Taking in a form with a file as it comes: the file goes straight into an encrypted one.

Nothing of it is ever on the disk in clear, nor in memory whole.
"""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from uuid import UUID, uuid4

from multipart import MultipartError, MultipartSegment, PushMultipartParser

from scrutiny.concerns.evidence import shelf
from scrutiny.concerns.evidence.originals import whole_key
from scrutiny.concerns.evidence.rules import MOST_BYTES, looks_like_police, promises_more
from scrutiny.concerns.evidence.sealed import Writing
from scrutiny.kit.errors import Busy, Unreadable
from scrutiny.kit.room import RED, share_free
from scrutiny.kit.seal import keys, new_key
from scrutiny.kit.words import N_

MOST_PARTS, LONGEST_FIELD = 12, 2_000
AT_ONCE = 12
"""Forms taken in at the same time. One more pushes out the slowest, or is asked to try again."""
WAIT = 60  # seconds
GRACE = 10.0  # seconds in which nobody is pushed out
LONGEST = 3_600.0  # seconds for one form: 50 MB on a poor line
TORN = N_("The form could not be read. Nothing was kept. Please send it again.")


@dataclass
class Sent:
    """What a form brought: its fields, and its file in an encrypted place of its own."""

    fields: dict[str, str] = field(default_factory=dict)
    why: str = ""  # of rules.REFUSED: no file was kept
    promised: bool = False  # its name, which nobody keeps, said that it is more than text
    id: UUID = field(default_factory=uuid4)
    half: bytes = field(default_factory=new_key, repr=False)  # for the vault: see originals.py
    clean_key: bytes = field(default_factory=new_key, repr=False)
    size: int = 0
    digest: str = ""

    @property
    def key(self) -> bytes:
        """The original's."""
        return whole_key(self.half, self.clean_key)

    def drop(self) -> None:
        """Nothing of its file stays."""
        shelf.discard([self.id])


async def take_in(pieces: AsyncIterator[bytes], boundary: str, day: date) -> Sent:
    """Read a form to its end. Raises Unreadable for a torn one, Busy when too many come at once.

    Whatever goes wrong, the sender going away in the middle too, no file is left.
    """
    form, mine = _Form(Sent(why="" if share_free() >= RED else "room")), _Taking()
    _make_room(mine.begun)
    _taking.append(mine)
    try:
        async with mine.limit:
            with PushMultipartParser(boundary, max_segment_count=MOST_PARTS) as parser:
                async for piece in pieces:
                    mine.size += len(piece)
                    for event in parser.parse(piece) if piece else ():
                        form.take(event)
        mine.comes = False
        await asyncio.to_thread(form.finish, day)
        return form.sent
    except BaseException as fault:
        form.abandon()
        if isinstance(fault, TimeoutError):
            raise Busy(WAIT) from None
        if isinstance(fault, MultipartError | UnicodeDecodeError | LookupError):
            raise Unreadable(TORN) from None
        raise
    finally:
        _taking.remove(mine)


@dataclass(eq=False)
class _Taking:
    """One form that is coming in: since when, how much of it came, and until when it may take."""

    begun: float = field(default_factory=monotonic)
    size: int = 0
    comes: bool = True
    limit: asyncio.Timeout = field(default_factory=lambda: asyncio.timeout(LONGEST))

    def speed(self, now: float) -> float:
        return self.size / max(now - self.begun, 1.0)


_taking: list[_Taking] = []


def _make_room(now: float) -> None:
    """Whoever sends next to nothing keeps no place that somebody else needs. Raises Busy."""
    if len(_taking) < AT_ONCE:
        return
    slow = [one for one in _taking if one.comes and now - one.begun >= GRACE]
    if not slow:
        raise Busy(WAIT)
    slowest = min(slow, key=lambda one: one.speed(now))
    slowest.comes = False
    slowest.limit.reschedule(asyncio.get_running_loop().time())


class _Form:
    """Where the reader of a form stands: in a field, in the file, or in what is thrown away."""

    def __init__(self, sent: Sent) -> None:
        self.sent, self.name = sent, ""
        self.field: bytearray | None = None
        self.file: Writing | None = None
        self.proof = hmac.new(keys().pepper, b"evidence|", hashlib.sha256)

    def take(self, event: MultipartSegment | bytes | None) -> None:
        if isinstance(event, MultipartSegment):
            self._begin(event)
        elif event is None:
            self._end()
        elif self.field is not None:
            self.field += event
            if len(self.field) > LONGEST_FIELD:
                raise MultipartError("field too long")
        else:
            self._add(bytes(event))

    def _begin(self, part: MultipartSegment) -> None:
        self.name, self.field = part.name, None if part.filename else bytearray()
        if part.filename is None or not part.filename:
            return
        if self.file is not None:
            self.sent.why = self.sent.why or "one"
        self.sent.promised = promises_more(part.filename)
        if looks_like_police(part.filename):
            self.sent.why = self.sent.why or "looks_police"
        if self.sent.fields.get("police") == "yes":
            self.sent.why = "police"
        if self.file is None and not self.sent.why:
            place = shelf.place(self.sent.id, shelf.ORIGINAL)
            context = shelf.context(self.sent.id, shelf.ORIGINAL)
            try:
                self.file = Writing(place, self.sent.key, context)
            except OSError:
                self.sent.why = "room"

    def _add(self, piece: bytes) -> None:
        if self.sent.why:
            return
        try:
            self.file.write(piece)
        except OSError:
            self.sent.why = "room"
        self.proof.update(piece)
        if self.file.size > MOST_BYTES:
            self.sent.why = "size"
        if self.sent.why:
            self.file.abandon()

    def _end(self) -> None:
        if self.field is not None:
            self.sent.fields[self.name] = bytes(self.field).decode("utf-8", "strict")

    def finish(self, day: date) -> None:
        sent = self.sent
        if not sent.why and (self.file is None or self.file.size == 0):
            sent.why = "none" if self.file is None else "empty"
        if not sent.why and sent.fields.get("police") != "no":
            sent.why = "police" if sent.fields.get("police") == "yes" else "asked"
        if sent.why:
            return self.abandon()
        try:
            self.file.finish(day)
        except OSError:
            sent.why = "room"
            return self.abandon()
        sent.size, sent.digest = self.file.size, self.proof.hexdigest()
        return None

    def abandon(self) -> None:
        if self.file is not None:
            self.file.abandon()
