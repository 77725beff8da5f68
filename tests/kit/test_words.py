"""What people typed is made safe to print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.kit.words import BIDI, many_lines, one_line


@pytest.mark.parametrize(
    ("typed", "lines", "line"),
    [
        ("Town  Hall", "Town  Hall", "Town Hall"),
        (" a\r\nb\rc\x85d\u2028e\x0bf ", " a\nb\nc\nd\ne\nf ", "a b c d e f"),
        ("\tcode\n", "\tcode\n", "code"),
        ("pay\u202egpj.exe\u2066!", "paygpj.exe!", "paygpj.exe!"),
        ("nul\x00 bell\x07 escape\x1b[31m", "nul bell escape[31m", "nul bell escape[31m"),
        ("half \ud83d", "half \ufffd", "half \ufffd"),
        ("Siân ŵŷ 😀 می‌خواهم", "Siân ŵŷ 😀 می‌خواهم", "Siân ŵŷ 😀 می‌خواهم"),
    ],
)
def test_only_harmless_characters_are_left(typed, lines, line):
    assert many_lines(typed) == lines
    assert one_line(typed) == line


@given(st.text(st.characters()))
def test_whatever_was_typed_can_be_printed(typed):
    lines, line = many_lines(typed), one_line(typed)
    assert lines.encode().decode() == lines
    assert len(line.splitlines()) <= 1
    assert not set(BIDI) & set(lines)
    assert many_lines(lines) == lines and one_line(line) == line
