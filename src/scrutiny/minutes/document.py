"""Minutes as a page and as a PDF, both from the one template and the one document."""

import json
from datetime import date, datetime
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
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes.rules import said
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Panel


class Seal(NamedTuple):
    """What stands under minutes so that anybody can check a copy of them."""

    approved: str  # "20 May 2026", or nothing for a draft
    fingerprint: str
    address: str  # of this edition
    newest: str  # the address without an edition: there is always the newest
    closed: bool


HEAD_SHEET = """
@page {
  @bottom-left {
    content: string(publisher) "\\A" string(head);
    white-space: pre-line;
    overflow-wrap: anywhere;
    font-size: 6.6pt;
  }
}
"""
"""The newest head of the ledger under the panel's name, so that whoever keeps a copy holds it."""
REASON = "Approved minutes, as they were published"


def address(panel: Panel, meeting: Meeting, kind: str = "", edition: int = 0) -> str:
    """The path of the minutes; `kind` is .pdf, .docx or .json."""
    path = f"/{panel.slug}/minutes/{meeting.date.isoformat()}{kind}"
    return f"{path}?edition={edition}" if edition else path


def document_of(minutes: Minutes) -> dict[str, Any]:
    return json.loads(minutes.document)


Read = dict[str, Any]
"""The document as one reader may see it: see queries.as_read."""


def body(minutes: Minutes, panel: Panel, meeting: Meeting, read: Read | None = None) -> Markup:
    """The minutes as HTML, without a page round them."""
    shown, doc = environment().get_template("minutes/_body.html"), read or document_of(minutes)
    return Markup(shown.render(doc=doc, seal=seal_of(minutes, panel, meeting), qr=""))


def closed_body(items: list[dict[str, Any]]) -> Markup:
    """The closed part, for those of the panel who may read it: in no document."""
    return Markup(environment().get_template("minutes/_closed.html").render(items=items))


async def printed(
    minutes: Minutes,
    panel: Panel,
    meeting: Meeting,
    *,
    draft: bool = False,
    read: Read | None = None,
    head: str = "",
) -> bytes:
    """Approved minutes as PDF/A-3a and PDF/UA-1 with their data inside. Raises PdfFailed.

    The same minutes under the same `head` of the ledger give the same bytes; `draft=True` says so
    across every page. What is approved is signed where a key of the panel is set, and a signature
    is another one each time: what comes before it is the same.
    """
    name = f"{panel.slug}-minutes-{meeting.date.isoformat()}.json"
    data = Attached(name, "application/json", "These minutes as data", minutes.document.encode())
    wanted = paper(
        read or document_of(minutes),
        seal_of(minutes, panel, meeting),
        draft=draft,
        created=None if draft else minutes.approved,
        attachments=() if draft else (data,),
        head=head,
    )
    made = await pdf(wanted)
    key = None if draft else key_of(panel.slug)
    return await signed(made, key, REASON) if key else made


def paper(
    doc: Read,
    seal: Seal,
    *,
    draft: bool,
    created: datetime | None,
    attachments: tuple[Attached, ...] = (),
    head: str = "",
    square: bool = True,
) -> Document:
    """A page of HTML with what it says about itself, for the press or, without its `square` code,
    for Word. `created` is the clock's where none is given."""
    html = environment().get_template("minutes/document.html").render(
        title=doc["title"],
        doc=doc,
        seal=seal,
        language=LANGUAGE,
        publisher=doc["panel"],
        qr=_square(seal) if square else "",
        head=head,
    )  # fmt: skip
    return Document(
        html=html,
        title=doc["title"],
        language=LANGUAGE,
        created=created or now(),
        css=house_sheet() + HEAD_SHEET if head else house_sheet(),
        attachments=attachments,
        draft=draft,
    )


def seal_of(minutes: Minutes, panel: Panel, meeting: Meeting) -> Seal:
    path = address(panel, meeting, edition=minutes.edition)
    return Seal(
        approved=said(london(minutes.approved).date()) if minutes.approved else "",
        fingerprint=minutes.approved_hash,
        address=settings().base_url + path,
        newest=settings().base_url + address(panel, meeting),
        closed=not meeting.public,
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
    env.filters |= {"long_date": _long_date, "month_year": _month_year, "markdown": markdown.html}
    return env


def _long_date(day: str) -> str:
    return said(date.fromisoformat(day))


def _month_year(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"
