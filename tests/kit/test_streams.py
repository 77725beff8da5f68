"""Streams whose last byte is a carriage return: their length reads the same for everybody."""

import io
import zlib
from hashlib import sha256

import pikepdf
import pydyf
import pytest
from kit.proofs import broken_rules

from scrutiny.kit.pdf_tags import end_streams_plainly

TOO_SHORT = "PDFA3A-STREAM-LENGTH-001"


@pytest.fixture
def mended(monkeypatch):
    """Mends when called; whatever it did ends with the test."""
    monkeypatch.setattr(pydyf.Stream, "data", pydyf.Stream.data)
    return end_streams_plainly


def ending_in(last: bytes) -> bytes:
    """Drawing whose compressed bytes end in this one."""
    tries = (b"0 0 9 9 re f %% %s" % sha256(b"%d" % n).hexdigest().encode() for n in range(9_999))
    return next(one for one in tries if zlib.compress(one, 9).endswith(last))


def a_file(drawing: bytes) -> bytes:
    pdf = pydyf.PDF()
    stream = pydyf.Stream([drawing], compress=True)
    pdf.add_object(stream)
    page = {"Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": pydyf.Array([0, 0, 9, 9])}
    pdf.add_page(pydyf.Dictionary(page | {"Contents": stream.reference}))
    found = io.BytesIO()
    pdf.write(found)
    return found.getvalue()


def test_a_length_that_can_be_read_in_two_ways_is_seen(tmp_path):
    assert TOO_SHORT in broken_rules(a_file(ending_in(b"\r")), tmp_path)


@pytest.mark.parametrize("last", [b"\r", b"\n", b"x"])
def test_it_reads_in_one_way_and_gives_the_same_drawing(mended, tmp_path, last):
    mended()
    drawing = ending_in(last)
    made = a_file(drawing)
    assert TOO_SHORT not in broken_rules(made, tmp_path)
    with pikepdf.open(io.BytesIO(made)) as read:
        assert read.pages[0].Contents.read_bytes() == drawing


def test_mending_twice_is_mending_once(mended):
    mended()
    once = a_file(ending_in(b"\r"))
    mended()
    assert a_file(ending_in(b"\r")) == once
