"""An annual report as a page and as a PDF, both from the one template and the one document."""

import json
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import segno
from jinja2 import Environment
from markupsafe import Markup

from scrutiny.kit import markdown
from scrutiny.kit.clock import london, now
from scrutiny.kit.paper import LANGUAGE, templates
from scrutiny.kit.pdf import Attached, Document, house_sheet, pdf
from scrutiny.kit.settings import settings
from scrutiny.kit.signing import key_of, signed
from scrutiny.minutes.document import HEAD_SHEET
from scrutiny.minutes.rules import said
from scrutiny.people.tables import Panel
from scrutiny.reports.rules import LEFT_OUT, counted
from scrutiny.reports.tables import Report

SHEET = ".kept { break-inside: avoid } caption { break-after: avoid }"
"""A table of figures is short, so it stays whole; no table is parted from what it is called."""
REASON = "An approved annual report, as it was published"


class Seal(NamedTuple):
    """What stands under a report so that anybody can check a copy of it."""

    approved: str  # "20 May 2026", or nothing for a draft
    fingerprint: str
    address: str  # of this edition
    newest: str  # the address without an edition: there is always the newest


class Links(NamedTuple):
    """Where the figures and the rows of a report lead to."""

    site: str  # before every address of a row
    home: str  # of the report
    after: str = ""  # what stands behind the address of a figure

    def figure(self, name: str) -> str:
        return f"{self.home}/figures/{name}{self.after}"


def address(panel: Panel, year: str, kind: str = "", edition: int = 0) -> str:
    """The path of a report; `kind` is .pdf or .json."""
    path = f"/{panel.slug}/reports/{year}{kind}"
    return f"{path}?edition={edition}" if edition else path


def links(report: Report, panel: Panel) -> Links:
    """Within the site: a draft leads to its own figures, an edition to those of that edition."""
    home = address(panel, report.year)
    if report.published:
        return Links("", home, f"?edition={report.edition}")
    return Links("", f"{home}/draft")


Read = dict[str, Any]
"""The document as one reader may see it: see queries.as_read."""


def body(report: Report, panel: Panel, read: Read | None = None) -> Markup:
    """The report as HTML, without a page round it."""
    shown = environment().get_template("reports/_body.html")
    return Markup(shown.render(_told(report, panel, read), to=links(report, panel), qr=""))


async def printed(
    report: Report,
    panel: Panel,
    *,
    draft: bool = False,
    read: Read | None = None,
    head: str = "",
) -> bytes:
    """An approved report as PDF/A-3a and PDF/UA-1 with its data inside. Raises PdfFailed.

    The same report under the same `head` of the ledger gives the same bytes; `draft=True` says so
    across every page. What is approved is signed where a key of the panel is set.
    """
    told = _told(report, panel, read)
    base = settings().base_url
    to = Links(base, base + address(panel, report.year), f"?edition={report.edition}")
    whole = environment().get_template("reports/document.html")
    square = _square(told["seal"])
    about = {"language": LANGUAGE, "publisher": panel.name, "qr": square, "head": head}
    html = whole.render(told, to=to, **about)
    name = f"{panel.slug}-annual-report-{report.year}.json"
    data = Attached(name, "application/json", "This report as data", report.document.encode())
    made = await pdf(
        Document(
            html=html,
            title=told["title"],
            language=LANGUAGE,
            created=now() if draft else report.approved,
            css=house_sheet() + SHEET + (HEAD_SHEET if head else ""),
            attachments=() if draft else (data,),
            draft=draft,
        )
    )
    key = None if draft else key_of(panel.slug)
    return await signed(made, key, REASON) if key else made


def _told(report: Report, panel: Panel, read: Read | None) -> dict[str, Any]:
    document = read or json.loads(report.document)
    return {"title": document["title"], "doc": document, "seal": _seal(report, panel)}


def _seal(report: Report, panel: Panel) -> Seal:
    base = settings().base_url
    return Seal(
        approved=said(london(report.approved).date()) if report.approved else "",
        fingerprint=report.approved_hash,
        address=base + address(panel, report.year, edition=report.edition),
        newest=base + address(panel, report.year),
    )


def _square(seal: Seal) -> str:
    """A code that a telephone reads: the page that says whether this is the newest edition."""
    if not seal.approved:
        return ""
    return segno.make(seal.address, error="m", micro=False).svg_data_uri(border=0, dark="#21131f")


@cache
def environment() -> Environment:
    """What was approved was approved in one language: readers in another see these same words."""
    env = templates()
    env.filters |= {"long_date": _long_date, "markdown": markdown.html}
    env.globals |= {"cell": cell, "left_out": LEFT_OUT}
    return env


def _long_date(day: str) -> str:
    return said(date.fromisoformat(day))


def cell(value: Any, kind: str) -> str:
    """One value of a row as it is read: days and months in words, small numbers left out."""
    if value is None:
        return LEFT_OUT
    if kind == "day":
        return said(date.fromisoformat(value)) if value else ""
    if kind == "month":
        return f"{date.fromisoformat(f'{value}-01'):%B %Y}" if value else ""
    return str(value)


def figure_body(document: Read, figure: dict[str, Any]) -> Markup:
    """What one figure counts, as a table, or that it counts nothing."""
    found = document["lists"][figure["of"]]
    shown = environment().get_template("reports/_figure.html")
    return Markup(shown.render(figure=figure, list=found, rows=counted(found["rows"], figure)))
