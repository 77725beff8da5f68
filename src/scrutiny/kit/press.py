"""The press: a process of its own that turns pages of HTML into PDF/A-3a + PDF/UA-1.

Run as `python -m scrutiny.kit.press MEMORY SECONDS` by kit/pdf.py and by nobody else. Orders come
in as length-prefixed JSON; a mark and the bytes of the PDF (or a reason) go out. What it prints was
written by many hands, so it has no network and no files: the fetcher refuses every address but
`data:` images, and a wall under the fetcher refuses whatever would get past it.
"""

import base64
import gc
import json
import logging
import os
import signal
import struct
import sys
from datetime import datetime
from functools import lru_cache
from typing import BinaryIO

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from scrutiny.kit.glyphs import fonts
from scrutiny.kit.pdf_tags import (
    compress_quickly,
    end_streams_plainly,
    keep_inner_languages,
    polish,
)
from scrutiny.kit.wall import libraries, narrow, wall

PRINTED, REFUSED, BROKEN = b"+", b"-", b"!"  # after BROKEN the asking side starts a new press

# What a valid file needs whatever the document's own sheet says: smoothed images are not PDF/A.
FLOOR = "img{image-rendering:pixelated} html,code,pre,kbd,samp,tt{font-family:'Source Sans 3'}"
DRAFT = "@page{background:url(asset:draft.svg) center/62% no-repeat}"
DRAFT_WORDS = {"cy": "DRAFFT"}
DRAFT_TINT = "#f3e9f2"  # ink on it keeps a contrast of 15 to 1

GRACE = 5  # seconds after which a press whose asker died kills itself


class Refused(Exception):
    """The document must be mended; the press itself is well."""


class AssetFetcher(URLFetcher):
    """Gives the bytes it was handed under `asset:` and images inside the page; nothing else."""

    def __init__(self, assets: dict[str, tuple[bytes, str]]):
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
        self.assets = assets

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        if url in self.assets:
            content, mime = self.assets[url]
            return URLFetcherResponse(url, content, {"Content-Type": mime})
        if url.startswith("data:image/"):
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"A document may not fetch {url[:120]!r}.")


class Complaints(logging.Handler):
    """WeasyPrint only logs what it leaves out; a public record may not leave things out."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        serious = record.levelno >= logging.ERROR and not text.startswith("No anchor")
        if serious or text.startswith(".notdef"):
            self.found.append(text[:200])


def listen() -> Complaints:
    logger = logging.getLogger("weasyprint")
    logger.handlers[:], logger.propagate = [complaints := Complaints()], False
    return complaints


@lru_cache(maxsize=1)
def font_map() -> FontConfiguration:
    return FontConfiguration()


@lru_cache(maxsize=16)
def sheet(css: str) -> CSS:
    """Parsed once and kept: the same sheet serves every document of its kind."""
    return CSS(string=css, url_fetcher=AssetFetcher({}), font_config=font_map())


@lru_cache(maxsize=4)
def watermark(language: str) -> bytes:
    """The word DRAFT as an SVG picture, drawn with the outlines of the bold house font."""
    word = DRAFT_WORDS.get(language.split("-")[0], "DRAFT")
    font = TTFont(max(fonts().glob("*.ttf"), key=_boldness), lazy=True)
    outlines, names, pen, right = font.getGlyphSet(), font.getBestCmap(), SVGPathPen(None), 0
    for letter in word:
        outline = outlines[names[ord(letter)]]
        outline.draw(TransformPen(pen, (1, 0, 0, -1, right, 0)))
        right += outline.width
    half = right // 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-half} {-half} {right} {right}">'
        f'<g transform="rotate(-52) translate({-half} 330)" fill="{DRAFT_TINT}">'
        f'<path d="{pen.getCommands()}"/></g></svg>'
    ).encode()


def _boldness(path: os.PathLike) -> tuple[int, str]:
    about = TTFont(path, lazy=True)["OS/2"]
    return (about.usWeightClass if not about.fsSelection & 1 else 0, str(path))


def printed(order: dict, complaints: Complaints) -> bytes:
    """The PDF of one order. Raises Refused with a sentence when the document must be mended."""
    complaints.found.clear()
    fetcher = AssetFetcher(assets(order))
    sheets = [sheet(FLOOR), sheet(order["css"])]
    if order["draft"]:
        sheets.append(CSS(string=DRAFT, url_fetcher=fetcher))
    options = {"stylesheets": sheets, "pdf_variant": "pdf/a-3a", "cache": {}}
    page = HTML(string=order["html"], url_fetcher=fetcher)
    pages = page.render(font_config=font_map(), **options)
    about = pages.metadata
    about.title, about.lang = order["title"], order["language"]
    about.created = about.modified = order["created"]
    result = pages.write_pdf(finisher=polish, attachments=attached(order, fetcher), **options)
    if complaints.found:
        raise Refused("; ".join(dict.fromkeys(complaints.found)))
    return result


def assets(order: dict) -> dict[str, tuple[bytes, str]]:
    """All that this order may fetch: address -> (content, media type)."""
    found = {"asset:draft.svg": (watermark(order["language"]), "image/svg+xml")}
    for n, (_, mime, _, content) in enumerate(order["attachments"]):
        found[f"asset:attached/{n}"] = (base64.b64decode(content), mime)
    return found


def attached(order: dict, fetcher: AssetFetcher) -> list[Attachment]:
    """Both times are the document's own: WeasyPrint would take the clock's."""
    when = datetime.fromisoformat(order["created"])
    return [
        Attachment(
            url=f"asset:attached/{n}",
            url_fetcher=fetcher,
            name=name,
            description=description,
            created=when,
            modified=when,
            relationship="Data",
        )
        for n, (name, _, description, _) in enumerate(order["attachments"])
    ]


def answer(order: bytes, complaints: Complaints) -> tuple[bytes, bytes]:
    """One order in, a mark and a body out. Nothing that goes wrong goes further than this."""
    gc.disable()  # a document is made and thrown away whole: collecting halfway costs a tenth
    try:
        return PRINTED, printed(json.loads(order), complaints)
    except (Refused, FatalURLFetchingError) as refusal:
        return REFUSED, str(refusal).encode(errors="replace")
    except BaseException as trouble:  # MemoryError and RecursionError too: the asker must hear
        return BROKEN, f"{type(trouble).__name__}: {trouble}"[:500].encode(errors="replace")
    finally:
        gc.enable()
        gc.collect()


WARM_UP = {
    "html": "<!doctype html><html lang=en><title>x</title><h1>x</h1><p><b>x</b> <i>x</i>",
    "css": "",
    "title": "x",
    "language": "en",
    "created": "2000-01-01T00:00:00Z",
    "draft": True,
    "attachments": [["x", "text/plain", "x", ""]],
}


def warm_up(complaints: Complaints) -> None:
    """Print a page, so that fonts and modules are loaded before anybody waits for them."""
    printed(WARM_UP, complaints)
    gc.collect()
    gc.freeze()


def open_press(memory: int) -> Complaints:
    if harfbuzz_subset is None:
        raise Refused(
            "The library libharfbuzz-subset is missing, so PDFs would be slow and different. "
            "Install it: apt-get install libharfbuzz-subset0."
        )
    narrow(memory)
    complaints = listen()
    keep_inner_languages()
    end_streams_plainly()
    compress_quickly()
    warm_up(complaints)
    wall((*libraries(), str(fonts()), os.getcwd()))
    return complaints


def serve(orders: BinaryIO, answers: BinaryIO, memory: int, seconds: float) -> None:
    def reply(mark: bytes, body: bytes) -> None:
        answers.write(struct.pack("!cI", mark, len(body)) + body)
        answers.flush()

    try:
        complaints = open_press(memory)
    except Exception as trouble:
        return reply(REFUSED, str(trouble).encode())
    reply(PRINTED, b"")
    while length := orders.read(4):
        order = orders.read(*struct.unpack("!I", length))
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
        reply(*answer(order, complaints))
        signal.setitimer(signal.ITIMER_REAL, 0)


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not be taken for an answer
    serve(sys.stdin.buffer, answers, int(sys.argv[1]), float(sys.argv[2]))


if __name__ == "__main__":
    main()
