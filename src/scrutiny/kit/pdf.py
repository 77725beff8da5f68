"""Ask for a PDF: a document goes to the press, a process of its own, and its bytes come back.

Nothing here imports WeasyPrint, so the web process stays small.
"""

import asyncio
import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from scrutiny.kit.glyphs import named, uncovered
from scrutiny.kit.pressroom import PdfFailed, PdfTimeout, Press
from scrutiny.kit.settings import BadSetting

__all__ = [
    "Attached",
    "Document",
    "PdfFailed",
    "PdfTimeout",
    "Unprintable",
    "close",
    "pdf",
    "ready",
]

HOUSE_SHEET = Path(__file__).parents[3] / "templates" / "documents" / "document.css"
UNPRINTED = {"title", "style", "script", "template"}


class Unprintable(PdfFailed):
    """The words hold characters that no bundled font has; the message names them."""


class Attached(NamedTuple):
    """A file inside the PDF, such as the minutes as data."""

    name: str
    mime: str
    description: str
    content: bytes


@cache
def house_sheet() -> str:
    return HOUSE_SHEET.read_text()


@dataclass(frozen=True)
class Document:
    """A whole page of HTML, and what its PDF says about itself."""

    html: str
    title: str
    language: str  # BCP 47: en-GB, cy
    created: datetime  # aware; whole seconds count
    css: str = field(default_factory=house_sheet)
    attachments: tuple[Attached, ...] = ()
    draft: bool = False

    def __post_init__(self) -> None:
        if self.created.tzinfo is None:
            raise ValueError("A document's `created` must know its time zone.")

    def order(self) -> bytes:
        """What the press is sent: the same document always makes the same order."""
        return json.dumps(
            {
                "html": self.html,
                "css": self.css,
                "title": self.title,
                "language": self.language,
                "created": f"{self.created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
                "draft": self.draft,
                "attachments": [
                    (name, mime, description, base64.b64encode(content).decode())
                    for name, mime, description, content in sorted(self.attachments)
                ],
            }
        ).encode()


@cache
def house_press() -> Press:
    return Press()


async def pdf(document: Document, press: Press | None = None) -> bytes:
    """The document as PDF/A-3a and PDF/UA-1; the same document gives the same bytes.

    Raises Unprintable when a character has no glyph, PdfTimeout when it takes too long, and
    PdfFailed for everything else: an image without `alt`, an address that may not be fetched.
    """
    await asyncio.to_thread(refuse_unprintable, document.html)
    return await (press or house_press()).print(document.order())


def refuse_unprintable(html: str) -> None:
    """Raises Unprintable when a word of the page has a character without a glyph."""
    try:
        missing = uncovered(unescape(html)) and uncovered(words(html))  # nearly always the first
    except BadSetting as fault:
        raise PdfFailed(str(fault)) from fault
    if missing:
        raise Unprintable(
            f"These characters cannot be printed: {named(missing)}. Please write them another way."
        )


async def ready() -> None:
    """Start the press now. Raises PdfFailed with a sentence when PDFs cannot be made here."""
    await house_press().ready()


async def close() -> None:
    """End the press, when the web process ends."""
    await house_press().close()


def words(html: str) -> str:
    """The words of a page that reach the paper."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.found)


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in UNPRINTED:
            self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.found.append(data)
