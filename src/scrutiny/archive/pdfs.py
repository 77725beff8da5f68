"""The lines of a PDF, with the size of their letters, by pypdf.

Belongs to the reader (reader.py): the web process does not import it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from pypdf import PdfReader

from scrutiny.agendas.papers import documents
from scrutiny.archive.lines import About, Line
from scrutiny.archive.rules import FEW_LETTERS
from scrutiny.kit.words import one_line

SAME_LINE = 0.6
"""Words that stand this share of their height apart are on two lines."""
DOTS = tuple("•●▪■◦‣")


def read(old: BinaryIO, new: BinaryIO, called: str) -> About:
    """Write the clean copy and read that. Raises Refused, and what pypdf raises."""
    pages = documents.clean(old, new, called)
    new.seek(0)
    lines = lines_of(new)
    found = {"scan"} if is_scan(lines, pages) else set()
    return About(lines, "\n".join(line.words for line in lines), found, pages)


def lines_of(given: BinaryIO) -> list[Line]:
    """Every line, page after page. Raises what pypdf raises; the file is at fault."""
    return [
        line
        for number, page in enumerate(PdfReader(given).pages, start=1)
        for line in _page(page, number)
    ]


def is_scan(lines: list[Line], pages: int) -> bool:
    """Whether there is next to no text: pictures of pages, as scanners make them."""
    return sum(len(line.words) for line in lines) < FEW_LETTERS * max(pages, 1)


@dataclass
class _Pieces:
    """What is drawn on a page, a piece at a time, put together to lines."""

    page: int
    words: str = ""
    sizes: Counter = field(default_factory=Counter)
    bold: int = 0
    lines: list[Line] = field(default_factory=list)
    stood: float = 0.0
    """How high the last words stood on the page, in points."""

    def take(self, text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        drawn, at = _drawn(cm, tm, size), tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        if text.strip():
            if self.words.strip() and abs(at - self.stood) > SAME_LINE * max(drawn, self.largest):
                self.end()
            self.stood = at
        first, *more = text.split("\n")
        self._add(first, drawn, _is_bold(font))
        for part in more:
            self.end()
            self._add(part, drawn, _is_bold(font))

    @property
    def largest(self) -> float:
        return max(self.sizes, default=0.0)

    def _add(self, text: str, size: float, bold: bool) -> None:
        self.words += text
        letters = len(text.strip())
        if letters:
            self.sizes[size] += letters
            self.bold += letters if bold else 0

    def end(self) -> None:
        words = _begun(one_line(self.words))
        if words:
            size = self.sizes.most_common(1)[0][0] if self.sizes else 0.0
            bold = self.bold * 2 > sum(self.sizes.values())
            self.lines.append(Line(words, size, bold, self.page))
        self.words, self.sizes, self.bold = "", Counter(), 0


def _begun(words: str) -> str:
    """Some programs draw the dot of a list after its words."""
    return f"{words[-1]} {words[:-1]}".rstrip() if words[-1:] in DOTS and words[1:] else words


def _page(page: Any, number: int) -> Iterator[Line]:
    pieces = _Pieces(number)
    page.extract_text(visitor_text=pieces.take)
    pieces.end()
    return iter(pieces.lines)


def _drawn(cm: Any, tm: Any, size: float) -> float:
    """The height of letters on the page, to half a point, whatever the matrices make of it."""
    up = (abs(tm[3]) or abs(tm[1]) or 1.0) * (abs(cm[3]) or abs(cm[1]) or 1.0)
    return round(2 * up * (size or 0.0)) / 2


def _is_bold(font: Any) -> bool:
    name = str((font or {}).get("/BaseFont", "")).lower()
    return any(mark in name for mark in ("bold", "black", "heavy", "semibd", "demi"))
