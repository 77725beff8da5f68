"""What of a file is ours is found in any bytes, however hostile, and in little time."""

import hashlib
import time
import zlib

from hypothesis import given
from hypothesis import strategies as st

from scrutiny.verifying.copies import LONGEST, MOST, attached, fingerprints


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def embedded(content: bytes, deflated: bool = True) -> bytes:
    how = b"/Filter /FlateDecode " if deflated else b""
    body = zlib.compress(content) if deflated else content
    return b"7 0 obj\n<< /Type /EmbeddedFile " + how + b">>\nstream\n" + body + b"\nendstream\n"


def test_all_that_a_copy_can_be_known_by():
    first = b"%PDF-1.7\n" + embedded(b'{"a": 1}') + b"%%EOF\n"
    second = first + embedded(b"plain", deflated=False) + b"%%EOF\r\n"
    copy = fingerprints(second + b"more")
    assert copy.whole == sha(second + b"more")
    assert copy.beginnings == [sha(second), sha(first)]
    assert {sha(b'{"a": 1}'), sha(b"plain")} <= set(copy.inside)


def test_what_is_no_pdf_has_nothing_but_its_own():
    assert fingerprints(embedded(b"x") + b"%%EOF\nmore") == (
        sha(embedded(b"x") + b"%%EOF\nmore"), [], [],
    )  # fmt: skip


def test_other_streams_are_left_alone():
    page = b"%PDF-1.7\n" + embedded(b"text").replace(b"/EmbeddedFile", b"/Page")
    assert list(attached(page)) == []


def test_a_file_that_unpacks_into_gigabytes_is_left():
    bomb = b"%PDF-1.7\n" + embedded(b"\0" * (LONGEST + 1)) * 5
    assert list(attached(bomb)) == []


def test_a_file_of_nothing_but_beginnings_takes_no_time():
    content = b"%PDF-1.7\n" + (b"obj/EmbeddedFile stream\n%%EOF\n" * 100_000)
    begun = time.monotonic()
    copy = fingerprints(content)
    assert time.monotonic() - begun < 5
    assert len(copy.beginnings) <= MOST
    assert len(copy.inside) <= 2 * MOST


@given(st.binary(max_size=200))
def test_any_bytes_are_read(content):
    found = fingerprints(b"%PDF-" + content)
    assert found.whole == sha(b"%PDF-" + content)
