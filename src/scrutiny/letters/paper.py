"""A letter's own words as a PDF: printed when it is sent, and kept nowhere."""

from datetime import datetime
from functools import cache
from typing import NamedTuple

from scrutiny.kit.glyphs import uncovered
from scrutiny.kit.mail import Enclosure
from scrutiny.kit.paper import LANGUAGE, templates
from scrutiny.kit.pdf import Document, pdf
from scrutiny.kit.words import many_lines
from scrutiny.letters.rules import Words

BOX = "☐"
"""Stands for a letter that no bundled font has: one odd sign must not keep a request back."""
environment = cache(templates)


class Block(NamedTuple):
    """A paragraph of so many lines, or a list of so many points."""

    points: bool
    lines: list[str]


def blocks(text: str) -> list[Block]:
    """The paragraphs of a letter; one whose lines all begin with "- " is a list."""
    found = []
    for paragraph in many_lines(text).split("\n\n"):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        points = bool(lines) and all(line.startswith("- ") for line in lines)
        if lines:
            found.append(Block(points, [line[2:] for line in lines] if points else lines))
    return found


async def printed(words: Words, at: datetime) -> Enclosure:
    """The paper that a letter asks for, as PDF/A-3a and PDF/UA-1.

    The same words at the same moment give the same bytes. Letters that cannot be printed become
    boxes, and the paper says so. Raises PdfFailed or BadSetting when there is no press to use.
    """
    paper = words.paper
    text, unprintable = words.text, uncovered(f"{words.text}{paper.title}{paper.publisher}")
    boxes = str.maketrans(dict.fromkeys(unprintable, BOX))
    html = environment().get_template("documents/letter.html").render(
        language=LANGUAGE,
        title=paper.title.translate(boxes),
        publisher=paper.publisher.translate(boxes),
        blocks=blocks(text.translate(boxes)),
        boxed=BOX if unprintable else "",
    )  # fmt: skip
    document = Document(html=html, title=paper.title, language=LANGUAGE, created=at)
    return Enclosure(paper.name, "application/pdf", await pdf(document))
