"""The typist: a process of its own that turns one page of HTML into a Word document.

Run as `python -m scrutiny.kit.typist` by kit/word.py and by nobody else. It takes the order that
the press takes and says the same words; headings, lists and tables become Word's own, so that a
screen reader finds its way and a chair can work on them. The same order gives the same bytes.
"""

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from docx import Document
from docx.enum.text import WD_BREAK
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import html
from lxml.html import HtmlElement

from scrutiny.kit import typeface
from scrutiny.kit.apart import answer

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {
    *HEADINGS,
    *("p", "ul", "ol", "li", "table", "blockquote", "pre", "hr"),
    *("div", "section", "header", "main", "article"),
}
BOXES = {"decision", "note", "reply"}
MARKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "code": "code"}
UNWRITTEN = {"style", "script", "title", "img", "svg", "caption", "head"}
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FIXED = (1980, 1, 1, 0, 0, 0)
DEEPEST_LIST = 3


class Place(NamedTuple):
    """Where the next paragraph goes, and what surrounds it."""

    add: Callable[[], Paragraph]
    boxed: bool = False
    quoted: bool = False
    lists: int = 0


class Typist:
    """One document while it is written."""

    def __init__(self, order: dict) -> None:
        self.document = Document()
        typeface.settle(self.document, order)

    def write(self, page: HtmlElement) -> None:
        self.inside(page.find("body"), Place(self.document.add_paragraph))

    def inside(self, element: HtmlElement, place: Place) -> None:
        """Its blocks one after another; words between them are paragraphs too."""
        open_line: list = [element.text or ""]
        for kid in element:
            if kid.tag in BLOCKS:
                self.line(open_line, element, place)
                open_line = []
                self.block(kid, place)
            elif kid.tag not in UNWRITTEN:
                open_line.append(kid)
            open_line.append(kid.tail or "")
        self.line(open_line, element, place)

    def line(self, parts: list, element: HtmlElement, place: Place) -> None:
        said = "".join(one if isinstance(one, str) else one.text_content() for one in parts)
        if said.strip():
            last = parts[-1]
            parts[-1] = last.rstrip() if isinstance(last, str) else last
            write_runs(self.paragraph(place, element), parts)

    def block(self, element: HtmlElement, place: Place) -> None:
        name = element.tag
        if name in HEADINGS:
            self.said(element, place, f"Heading {HEADINGS[name]}")
        elif name in ("ul", "ol"):
            self.points(element, place)
        elif name == "table":
            self.table(element)
        elif name == "pre":
            self.typed(element, place)
        elif name == "p":
            self.said(element, place, typeface.STYLES.get(element.get("class", ""), ""))
        elif name == "hr":
            typeface.rule(place.add())
        else:
            boxed = place.boxed or bool(BOXES & set(element.get("class", "").split()))
            self.inside(
                element, place._replace(boxed=boxed, quoted=place.quoted or name == "blockquote")
            )

    def said(self, element: HtmlElement, place: Place, style: str) -> None:
        paragraph = self.paragraph(place, element)
        if style:
            paragraph.style = style
        write_runs(paragraph, [element.text or "", *parts_of(element)])

    def paragraph(self, place: Place, element: HtmlElement) -> Paragraph:
        paragraph = place.add()
        if place.quoted:
            paragraph.style = "Quote"
        if place.boxed:
            typeface.box(paragraph)
        if element.get("dir") == "auto" and goes_left(element.text_content()):
            typeface.from_right(paragraph)
        return paragraph

    def typed(self, element: HtmlElement, place: Place) -> None:
        paragraph = self.paragraph(place, element)
        for at, words in enumerate(element.text_content().rstrip("\n").split("\n")):
            if at:
                paragraph.add_run().add_break(WD_BREAK.LINE)
            typeface.mark(paragraph.add_run(clean(words)), {"code"}, "")

    def points(self, element: HtmlElement, place: Place) -> None:
        depth = min(place.lists + 1, DEEPEST_LIST)
        kind = "List Bullet" if element.tag == "ul" else "List Number"
        style = kind if depth == 1 else f"{kind} {depth}"
        number = 0
        if element.tag == "ol":
            number = typeface.fresh_numbers(self.document, style, int(element.get("start", 1)))
        for point in element.iterchildren("li"):
            self.point(point, place, depth, style, number)

    def point(
        self, element: HtmlElement, place: Place, depth: int, style: str, number: int
    ) -> None:
        """Its first line carries the mark; what follows in it goes on below."""
        fresh = True

        def add() -> Paragraph:
            nonlocal fresh
            paragraph = place.add()
            paragraph.style = style if fresh else "List Continue"
            if fresh and number:
                typeface.number(paragraph, number)
            fresh = False
            return paragraph

        self.inside(element, place._replace(add=add, lists=depth))

    def table(self, element: HtmlElement) -> None:
        caption = element.find("caption")
        if caption is not None:
            self.said(caption, Place(self.document.add_paragraph), "Caption")
        rows = list(element.iter("tr"))
        width = max((len(cells_of(row)) for row in rows), default=0)
        if not width:
            return
        table = self.document.add_table(rows=0, cols=width)
        typeface.frame(table, caption is not None and caption.text_content().strip())
        for row in rows:
            cells = table.add_row().cells
            if row.getparent().tag == "thead":
                typeface.head(table.rows[-1])
            for cell, source in zip(cells, cells_of(row), strict=False):
                paragraph = cell.paragraphs[0]
                write_runs(
                    paragraph, [source.text or "", *parts_of(source)], bold=source.tag == "th"
                )
        self.document.add_paragraph(style="Table End")


def cells_of(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("th", "td")]


def parts_of(element: HtmlElement) -> Iterator[HtmlElement | str]:
    for kid in element:
        yield kid
        yield kid.tail or ""


class Writing:
    """The runs of one paragraph: white space between words is one space, and none begins it."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph, self.begun = paragraph, False

    def words(self, text: str, marks: set[str], language: str, into) -> None:
        text = re.sub(r"[ \t\r\n]+", " ", clean(text))
        if not self.begun:
            text = text.lstrip(" ")
        if text:
            self.begun = not text.endswith(" ")
            typeface.mark(Run(into.add_r(), self.paragraph), marks, language).text = text

    def parts(self, parts: list, marks: set[str], language: str, into) -> None:
        for one in parts:
            if isinstance(one, str):
                self.words(one, marks, language, into)
            elif isinstance(one.tag, str) and one.tag not in UNWRITTEN:
                self.element(one, marks, language, into)

    def element(self, element: HtmlElement, marks: set[str], language: str, into) -> None:
        if element.tag == "br":
            Run(into.add_r(), self.paragraph).add_break(WD_BREAK.LINE)
            self.begun = False
            return
        if element.tag == "a" and element.get("href"):
            into, marks = typeface.link(self.paragraph, element.get("href")), marks | {"link"}
        marks = marks | ({MARKS[element.tag]} if element.tag in MARKS else set())
        language = element.get("lang", language)
        self.parts([element.text or "", *parts_of(element)], marks, language, into)


def write_runs(paragraph: Paragraph, parts: list, bold: bool = False) -> None:
    Writing(paragraph).parts(parts, {"bold"} if bold else set(), "", paragraph._p)


def clean(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)


def goes_left(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left."""
    found = (unicodedata.bidirectional(char) for char in text)
    return next((one for one in found if one in ("L", "R", "AL")), "L") != "L"


def packed(document: Document) -> bytes:
    """The file with its parts in one order, all of one moment."""
    loose, tight = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as old, zipfile.ZipFile(tight, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name[0] != "[", name)):
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(entry, old.read(name))
    return tight.getvalue()


def typed(order: bytes) -> Callable[[], bytes]:
    def work() -> bytes:
        told = json.loads(order)
        told["created"] = datetime.fromisoformat(told["created"])
        page = html.document_fromstring(told["html"])
        told["publisher"] = " ".join(page.xpath("string(//*[@class='publisher'])").split())
        told["page"], told["of"] = (page.get(f"data-{name}", "") for name in ("page", "of"))
        typist = Typist(told)
        typist.write(page)
        return packed(typist.document)

    return work


if __name__ == "__main__":
    answer(typed)
