"""Minutes as a page and as a PDF, both from the one template and the one document."""

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
from scrutiny.kit.pdf import Attached, Document, pdf
from scrutiny.kit.settings import settings
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


def address(panel: Panel, meeting: Meeting, kind: str = "", edition: int = 0) -> str:
    """The path of the minutes; `kind` is .pdf or .json."""
    path = f"/{panel.slug}/minutes/{meeting.date.isoformat()}{kind}"
    return f"{path}?edition={edition}" if edition else path


def document_of(minutes: Minutes) -> dict[str, Any]:
    return json.loads(minutes.document)


Read = dict[str, Any]
"""The document as one reader may see it: see queries.as_read."""


def body(minutes: Minutes, panel: Panel, meeting: Meeting, read: Read | None = None) -> Markup:
    """The minutes as HTML, without a page round them."""
    shown = environment().get_template("minutes/_body.html")
    return Markup(shown.render(_told(minutes, panel, meeting, read), qr=""))


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
) -> bytes:
    """Approved minutes as PDF/A-3a and PDF/UA-1 with their data inside. Raises PdfFailed.

    The same minutes give the same bytes; `draft=True` says so across every page.
    """
    told = _told(minutes, panel, meeting, read)
    whole = environment().get_template("minutes/document.html")
    html = whole.render(told, language=LANGUAGE, publisher=panel.name, qr=_square(told["seal"]))
    name = f"{panel.slug}-minutes-{meeting.date.isoformat()}.json"
    data = Attached(name, "application/json", "These minutes as data", minutes.document.encode())
    return await pdf(
        Document(
            html=html,
            title=told["title"],
            language=LANGUAGE,
            created=now() if draft else minutes.approved,
            attachments=() if draft else (data,),
            draft=draft,
        )
    )


def _told(minutes: Minutes, panel: Panel, meeting: Meeting, read: Read | None) -> dict[str, Any]:
    document = read or document_of(minutes)
    return {"title": document["title"], "doc": document, "seal": _seal(minutes, panel, meeting)}


def _seal(minutes: Minutes, panel: Panel, meeting: Meeting) -> Seal:
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
