"""What people typed, made safe to print: no controls, no tricks with the direction of text."""

import re

BIDI = "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
"""Overrides and isolates: they make words read other than they are."""
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
DROPPED = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f{BIDI}]")
HALVES = re.compile("[\ud800-\udfff]")


def many_lines(text: str) -> str:
    """The same words with plain line breaks; half characters become U+FFFD."""
    return HALVES.sub("\ufffd", DROPPED.sub("", BREAKS.sub("\n", text)))


def one_line(text: str) -> str:
    """The same words on one line, single spaces between them."""
    return " ".join(many_lines(text).split())
