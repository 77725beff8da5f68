"""What of a file that somebody holds is ours: all of it, its beginning, or data inside it.

Files come from anybody, so nothing here parses one: it looks for places in the bytes, unpacks
what stands there up to a limit, and hashes it.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

MOST = 20
"""Ends, and attached files, that are looked at."""
LONGEST = 5_000_000
"""Bytes of one attached file: the data of minutes has some ten thousand."""
HEADER = 2_000
END = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")
STREAM = re.compile(rb"stream\r?\n")


class Copy(NamedTuple):
    """Fingerprints (SHA-256): of the whole, of what it may have been before, of what is in it."""

    whole: str
    beginnings: list[str]
    inside: list[str]


def fingerprints(content: bytes) -> Copy:
    """What a copy of minutes can be known by. Only a PDF has more than its own fingerprint."""
    whole = hashlib.sha256(content).hexdigest()
    if b"%PDF-" not in content[:1024]:
        return Copy(whole, [], [])
    inside = [hashlib.sha256(one).hexdigest() for one in attached(content)]
    return Copy(whole, _beginnings(content), inside)


def _beginnings(content: bytes) -> list[str]:
    """Of the file up to each place where a PDF ended before something was put behind it."""
    known, found, start = hashlib.sha256(), [], 0
    for match in list(END.finditer(content))[-MOST:]:
        if match.end() < len(content):
            known.update(content[start : match.end()])
            found.append(known.hexdigest())
            start = match.end()
    return found[::-1]


def attached(content: bytes) -> Iterator[bytes]:
    """The files inside a PDF. Their streams stand in the open, however it was saved again."""
    left = MOST
    for match in STREAM.finditer(content):
        header = content[max(0, match.start() - HEADER) : match.start()].rpartition(b"obj")[2]
        if b"/EmbeddedFile" not in header:
            continue
        end = content.find(b"endstream", match.end())
        packed = content[match.end() : end if end >= 0 else len(content)]
        yield from _unpacked(packed, b"/FlateDecode" in header)
        left -= 1
        if not left:
            return


def _unpacked(packed: bytes, deflated: bool) -> Iterator[bytes]:
    if not deflated:
        yield packed
        yield packed.rstrip(b"\r\n")
        return
    opened = zlib.decompressobj()
    try:
        found = opened.decompress(packed, LONGEST)
    except zlib.error:
        return
    if opened.eof:
        yield found
