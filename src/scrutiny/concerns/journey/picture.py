"""A secret code drawn as a QR code, in a tenth of the time that drawing each afresh would take.

In QR codes of one size and one mask each bit of the text turns over the same dots, whatever the
other bits are: error correction and mask are sums without carry. So segno draws one code for each
bit, once, and after that dots are only turned over.
"""

import zlib
from base64 import b64encode
from functools import cache

import segno

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""What a QR code packs in pairs, each pair as one number of eleven bits."""
LONG = 27  # four groups of six, with three dashes
SIDE, BORDER = 25, 3  # dots
WIDE = SIDE + 2 * BORDER
ROW = 1 + (WIDE + 7) // 8  # bytes: which filter, then the dots


def drawn(code: str) -> str:
    """A QR code as a picture in an address of its own (PNG); one dot is one pixel.

    It holds the bare code: an address in it would land in the history of the phone that reads it.
    Raises ValueError for what is no code in four groups.
    """
    if len(code) != LONG:
        raise ValueError("This is no code.")
    dots, turned = _turns()
    for value, bits in zip(_numbers(code), turned, strict=True):
        for place, bit in enumerate(bits):
            if value >> place & 1:
                dots ^= bit
    return f"data:image/png;base64,{b64encode(_png(dots)).decode()}"


def _numbers(code: str) -> list[int]:
    values = [LETTERS.index(letter) for letter in code]
    pairs = zip(values[:-1:2], values[1::2], strict=True)
    return [*(45 * first + second for first, second in pairs), values[-1]]


@cache
def _turns() -> tuple[int, list[list[int]]]:
    """The dots of a code of nothing but zeros, and those that each bit of each pair turns over."""
    blank, nothing = "0" * LONG, _dots("0" * LONG)
    turned = []
    for at in range(0, LONG, 2):
        width = min(2, LONG - at)
        turned.append([])
        for place in range(11 if width == 2 else 6):
            pair = (LETTERS[(1 << place) // 45] + LETTERS[(1 << place) % 45])[-width:]
            turned[-1].append(nothing ^ _dots(blank[:at] + pair + blank[at + width :]))
    return nothing, turned


def _dots(text: str) -> int:
    """The rows of the picture as one number: a light dot is one, as PNG has it for grey."""
    found = segno.make_qr(
        text, error="q", version=2, mode="alphanumeric", mask=3, boost_error=False
    )
    light = [1] * BORDER
    empty = [[1] * WIDE] * BORDER
    rows = [*empty, *([*light, *(1 - dot for dot in row), *light] for row in found.matrix), *empty]
    packed = (int("".join(map(str, row)), 2) << -WIDE % 8 for row in rows)
    return int.from_bytes(b"".join(row.to_bytes(ROW, "big") for row in packed), "big")


def _png(dots: int) -> bytes:
    """One bit a dot, in grey."""
    size = WIDE.to_bytes(4, "big") * 2
    rows = zlib.compress(dots.to_bytes(WIDE * ROW, "big"))
    parts = ((b"IHDR", size + bytes([1, 0, 0, 0, 0])), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(kind, content) for kind, content in parts)


def _part(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + kind + content + check
