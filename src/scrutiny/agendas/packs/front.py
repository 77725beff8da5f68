"""The first pages of a pack: its cover, and the agenda with the page of each paper."""

from datetime import date, datetime
from functools import cache

from jinja2 import Environment

from scrutiny.agendas.packs.rules import Contents, first_pages
from scrutiny.agendas.papers.rules import name_of
from scrutiny.agendas.papers.washing import pages_in
from scrutiny.agendas.rules import CLOSED_REASONS
from scrutiny.kit.glyphs import uncovered
from scrutiny.kit.paper import LANGUAGE, templates
from scrutiny.kit.pdf import Document, house_sheet, pdf

NO_BREAK = "\N{NO-BREAK SPACE}"
BOX = "☐"
"""Stands for a letter that no bundled font has: one odd sign must not keep a pack back."""
PLACE = "https://pack.invalid/"
"""Addresses of pages within the pack, until the binder turns them into places."""
SHEET = """
@page { @bottom-right { content: " " } }
.entries { margin: 0; padding: 0; list-style: none }
.entries li { break-inside: avoid; margin: 0; padding: 1mm 0 }
.entries .has { break-after: avoid }
.entries .d2 { padding-left: 8mm }
.entries .d3 { padding-left: 16mm }
.entries .paper { padding: .4mm 0 .4mm 13mm; color: #46525a; font-size: 9.5pt }
.entries .paper a { color: #7a1f63 }
.entries .n { font-weight: 700; color: #4a1942 }
"""
MOST_PASSES = 5


async def printed(contents: Contents, first: int) -> tuple[bytes, int]:
    """The front as PDF/A-3a and PDF/UA-1, and how many pages it has. Raises PdfFailed.

    It is printed until the pages it names are those on which the papers come to lie.
    """
    front = 1 + len(contents.entries) // 25
    for _ in range(MOST_PASSES):
        made = await _once(contents, first, front)
        pages = await pages_in(made)
        if pages == front:
            break
        front = pages
    return made, pages


async def _once(contents: Contents, first: int, front: int) -> bytes:
    title = title_of(contents)
    html = environment().get_template("agendas/packs/front.html").render(
        language=LANGUAGE,
        title=_unbroken(title, contents),
        publisher=contents.panel,
        pack=contents,
        day=date.fromisoformat(contents.day),
        places=first_pages(contents, front, first),
        place=PLACE,
        first=first,
        name_of=name_of,
        reasons=CLOSED_REASONS,
        code=contents.source[:8],
    )  # fmt: skip
    html = html.translate(str.maketrans(dict.fromkeys(uncovered(html), BOX)))
    created = datetime.fromisoformat(contents.created)
    sheet = house_sheet() + SHEET
    return await pdf(
        Document(html=html, title=title, language=LANGUAGE, created=created, css=sheet)
    )


def _unbroken(title: str, contents: Contents) -> str:
    """For the page: the day stays on one line, as there is room for it."""
    day = f"{date.fromisoformat(contents.day):%-d %B %Y}"
    return title.replace(day, day.replace(" ", NO_BREAK))


def title_of(contents: Contents) -> str:
    day = date.fromisoformat(contents.day)
    kind = f"Supplement {contents.supplement}" if contents.supplement else "Agenda pack"
    return f"{kind}: {contents.title}, {day:%-d %B %Y}"


@cache
def environment() -> Environment:
    return templates()
