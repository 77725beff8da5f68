"""The lines of a Word file, and its clean copy, by python-docx.

Belongs to the reader (reader.py): the web process does not import it.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from scrutiny.archive import scrubbing
from scrutiny.archive.lines import About, Line
from scrutiny.concerns.evidence.kinds import Refused
from scrutiny.kit.words import one_line

MOST_ENTRIES, MOST_UNPACKED, MOST_TIMES, SMALL = 2_000, 100_000_000, 200, 1_000_000
HEADING = re.compile(r"(?:heading|title|subtitle)\s*(\d?)$", re.IGNORECASE)
ACTING = re.compile(r"vbaProject|activeX|\.bin$", re.IGNORECASE)
MACRO = b"macroEnabled"


def opened(given: BinaryIO) -> Document:
    """Raises Refused for what is none, unpacks to too much, or holds programs."""
    try:
        with zipfile.ZipFile(given) as packed:
            _weigh(packed.infolist())
            if MACRO in packed.read("[Content_Types].xml"):
                raise Refused("acts")
        given.seek(0)
        return docx.Document(given)
    except (zipfile.BadZipFile, KeyError, ValueError, PackageNotFoundError, NotImplementedError,
            EOFError):  # fmt: skip
        raise Refused("damaged") from None


def _weigh(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise Refused("large_inside")
    for one in entries:
        if one.flag_bits & 1:
            raise Refused("locked")
        if one.file_size > max(SMALL, MOST_TIMES * max(one.compress_size, 1)):
            raise Refused("large_inside")
        if ACTING.search(one.filename) and "printerSettings" not in one.filename:
            raise Refused("acts" if "oleObject" not in one.filename else "encloses")


def read(old: BinaryIO, new: BinaryIO, _called: str) -> About:
    """Write the clean copy and read that. Raises Refused, and what python-docx raises."""
    document = opened(old)
    found = scrubbing.scrub(document)
    scrubbing.save(document, new)
    lines = lines_of(document)
    return About(lines, scrubbing.all_words(document), found | (set() if lines else {"scan"}))


def lines_of(document: Document) -> list[Line]:
    names = _style_names(document)
    return [line for one in document.iter_inner_content() for line in _lines(one, names)]


def _lines(one: Paragraph | Table, names: dict[str, str]) -> Iterator[Line]:
    if isinstance(one, Paragraph):
        yield from _paragraph(one, names)
    else:
        yield from _table(one)


def _paragraph(one: Paragraph, names: dict[str, str]) -> Iterator[Line]:
    style = names.get(_style_id(one._p), "")
    heading = HEADING.search(style)
    level = max(1, int(heading[1] or 1)) if heading else 0
    about = one._p.pPr
    listed = "list" in style.lower() or (
        about is not None and about.find(qn("w:numPr")) is not None
    )
    for words in map(one_line, one.text.split("\n")):
        if words:
            bold = not level and all(run.bold for run in one.runs if run.text.strip())
            point = listed and not level
            yield Line(words, bold=bold, level=level, whole=True, point=point)


def _table(table: Table) -> Iterator[Line]:
    width = 0
    for row in table.rows:
        cells = tuple(one_line(cell.text) for cell in row.cells)
        width = width or len(cells)
        if any(cells):
            yield Line(" ".join(cells), whole=True, cells=(*cells, *[""] * width)[:width])


def _style_id(paragraph: Any) -> str:
    about = paragraph.pPr
    style = about.pStyle if about is not None else None
    return style.val if style is not None else ""


def _style_names(document: Document) -> dict[str, str]:
    """Of the file's own styles: python-docx would lend its own where a file has none."""
    for rel in document.part.rels.values():
        if rel.reltype.endswith("/styles"):
            found = rel.target_part.element.iter(qn("w:style"))
            return {one.get(qn("w:styleId"), ""): _name(one) for one in found}
    return {}


def _name(style: Any) -> str:
    name = style.find(qn("w:name"))
    return name.get(qn("w:val"), "") if name is not None else ""
