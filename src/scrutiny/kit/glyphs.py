"""Which letters the fonts bundled for PDFs can print, read from the fonts themselves."""

import os
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from scrutiny.kit.settings import BadSetting

BUNDLED = Path(__file__).parents[3] / "static" / "pdf-fonts"
# Spaces, joiners, directions and variation selectors leave no mark, so they need no glyph.
UNSEEN = frozenset(
    [
        *b"\t\n\r",
        *(0x061C, 0x180E, 0x3000, 0xFEFF),
        *range(0x2000, 0x2010),
        *range(0x202A, 0x2030),
        *range(0x205F, 0x2070),
        *range(0xFE00, 0xFE10),
    ]
)


def fonts() -> Path:
    """The folder of bundled fonts. Raises BadSetting when there is none in it."""
    folder = Path(os.environ.get("SCRUTINY_PDF_FONTS") or BUNDLED).resolve()
    if not any(folder.glob("*.ttf")):
        raise BadSetting(
            f"There are no fonts for PDFs in {folder}. Build the assets first, "
            "or let SCRUTINY_PDF_FONTS name a folder of .ttf files."
        )
    return folder


def uncovered(text: str) -> set[str]:
    """The characters of `text` that no bundled font can print. Raises BadSetting."""
    printable = covered(fonts()) | UNSEEN
    return {char for char in set(text) if ord(char) not in printable}


def named(characters: set[str]) -> str:
    """Characters for a sentence: “🚓” (police car), “அ” (tamil letter a)."""
    return ", ".join(
        f"“{char}” ({unicodedata.name(char, f'U+{ord(char):04X}').lower()})"
        if char.isprintable()
        else f"U+{ord(char):04X}"
        for char in sorted(characters)
    )


@cache
def covered(folder: Path) -> frozenset[int]:
    """Every code point that some font in `folder` maps to a glyph."""
    return frozenset(
        code for path in sorted(folder.glob("*.ttf")) for code in _mapped(path.read_bytes())
    )


def _mapped(font: bytes) -> Iterator[int]:
    """Code points in the `cmap` table, formats 4 and 12 (OpenType specification, cmap).

    Read here in 40 lines because fontTools would cost the web process 10 MB for good.
    """
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(tables))
    (start,) = (offset for tag, _, offset, _ in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for n in range(count):
        platform, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * n)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if platform in (0, 3) and form in FORMATS:
            yield from FORMATS[form](font, start + offset)


def _format_4(font: bytes, at: int) -> Iterator[int]:
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2
    columns = [at + 14, *(at + 16 + 2 * segments * n for n in (1, 2, 3))]
    ends, starts, deltas, jumps = (
        struct.unpack_from(f">{segments}H", font, column) for column in columns
    )
    for n, (end, first, delta, jump) in enumerate(zip(ends, starts, deltas, jumps, strict=True)):
        for code in range(first, min(end, 0xFFFE) + 1):
            if not jump:
                found = (code + delta) % 0x10000
            else:  # 0 here means .notdef, whatever the delta
                place = columns[3] + 2 * n + jump + 2 * (code - first)
                (found,) = struct.unpack_from(">H", font, place)
            if found:
                yield code


def _format_12(font: bytes, at: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">I", font, at + 12)
    for n in range(groups):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * n)
        yield from (code for code in range(first, last + 1) if glyph + code - first)


FORMATS = {4: _format_4, 12: _format_12}
