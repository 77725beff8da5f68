"""Word, OpenDocument and plain text: the words alone, as text, because the rest cannot be trusted.

Tracked changes, comments, fields and pictures within hide more than anybody sees; a list of what to
take out would never be complete. Belongs to the cleaner (cleaner.py).
"""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from scrutiny.concerns.evidence.kinds import Refused
from scrutiny.kit.words import many_lines

MOST_ENTRIES, MOST_UNPACKED, MOST_TIMES = 2_000, 20_000_000, 200
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
HIDDEN = {
    *(WORDS + name for name in ("del", "moveFrom", "instrText", "delText", "sectPr", "pPr")),
    *(TEXT + name for name in ("tracked-changes", "hidden-text", "hidden-paragraph", "script")),
    *(OFFICE + name for name in ("annotation", "annotation-end", "scripts", "forms")),
}
BREAKS = {WORDS + "tab": "\t", WORDS + "br": "\n", WORDS + "cr": "\n", TEXT + "tab": "\t",
          TEXT + "line-break": "\n", TEXT + "s": " "}  # fmt: skip
PARAGRAPHS = {WORDS + "p", TEXT + "p", TEXT + "h"}


def clean(given: BinaryIO, made: BinaryIO, family: str) -> str:
    """Write the words; returns what the file was. Raises Refused."""
    if family == "txt":
        made.write(many_lines(_decoded(given.read())).encode())
        return "text/plain"
    main = "word/document.xml" if family == "docx" else "content.xml"
    words = "".join(_said(_tree(given, main)))
    made.write(many_lines(words).strip().encode() + b"\n")
    return DOCX if family == "docx" else ODT


def _decoded(raw: bytes) -> str:
    for name in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _tree(given: BinaryIO, name: str) -> Element:
    try:
        with zipfile.ZipFile(given) as packed:
            entry = packed.getinfo(name)
            if len(packed.infolist()) > MOST_ENTRIES or entry.file_size > MOST_UNPACKED:
                raise Refused("large_inside")
            if entry.flag_bits & 1:
                raise Refused("locked")
            if entry.file_size > MOST_TIMES * max(entry.compress_size, 1):
                raise Refused("large_inside")
            with packed.open(entry) as inside:
                content = inside.read(MOST_UNPACKED + 1)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, EOFError, ValueError):
        raise Refused("damaged") from None
    if len(content) > MOST_UNPACKED:
        raise Refused("large_inside")
    try:
        return fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise Refused("damaged") from None


def _said(one: Element) -> Iterator[str]:
    """The words in their order: what was struck out, commented or hidden is not among them."""
    if one.tag in HIDDEN or _is_hidden(one):
        return
    if one.tag in BREAKS:
        yield BREAKS[one.tag]
    spoken = one.tag == WORDS + "t" or one.tag.startswith(TEXT)
    if spoken and one.text:
        yield one.text
    for child in one:
        yield from _said(child)
        if child.tail and one.tag.startswith(TEXT):
            yield child.tail
    if one.tag in PARAGRAPHS:
        yield "\n"


def _is_hidden(one: Element) -> bool:
    about = one.find(WORDS + "rPr") if one.tag == WORDS + "r" else None
    return about is not None and about.find(WORDS + "vanish") is not None
