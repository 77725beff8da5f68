from datetime import date
from functools import lru_cache
from typing import Any

from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from markupsafe import Markup
from msgspec import Struct

from scrutiny.kit.clock import london, today
from scrutiny.kit.errors import Missing
from scrutiny.kit.settings import settings
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.recommendations import queries, rules
from scrutiny.recommendations.figures import figures, without
from scrutiny.recommendations.papers import PARTS, paper
from scrutiny.recommendations.queries import Line
from scrutiny.recommendations.register import files
from scrutiny.web.gate import Here, Seated, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import environment, page
from scrutiny.web.visit import visit

PUBLIC = {"x-published": "1"}


class Shown(Struct, frozen=True, gc=False):
    """One line of the list, ready to print."""

    number: int
    ref: str
    title: str
    meta: Markup
    thread: Markup
    case: int | None


def shown(line: Line, code: str, today: date) -> Shown:
    answered = london(line.answered).date() if line.answered else None
    day = rules.latest_day(line.due, answered, line.reported_on, line.closed) or line.meeting
    where = rules.standing(line.stage, line.answer_type, line.due, today)
    late, locale = rules.days_late(line.stage, line.due, today), visit().locale
    return Shown(
        line.number,
        rules.reference(code, line.number, line.issued),
        line.title,
        drawn_meta(where, late, day, locale),
        drawn_thread(rules.thread(where, line.issued), locale),
        line.case,
    )


@lru_cache(maxsize=5_000)
def drawn_meta(where: str, days: int, day: date | None, locale: str) -> Markup:
    """A part that many lines share, kept: drawing it again for each would be most of the work."""
    template = environment().get_template("recommendations/_meta.html")
    return Markup(template.render(where=where, days=days, day=day))  # it escaped what it drew


@lru_cache(maxsize=500)
def drawn_thread(steps: tuple[str, ...], locale: str) -> Markup:
    return Markup(environment().get_template("recommendations/_thread.html").render(steps=steps))


@lru_cache(maxsize=1_000)
def drawn_line(line: Line, code: str, home: str, today: date, locale: str) -> Markup:
    """A whole line of the list, kept for as long as nothing in it changes: most of a page is it."""
    template = environment().get_template("recommendations/_line.html")
    return Markup(template.render(line=shown(line, code, today), home=home))


def drawn_list(lines: list[Line], here: Panel, today: date) -> Markup:
    home, locale = f"/{here.slug}/recommendations", visit().locale
    found = [drawn_line(one, here.code, home, today, locale) for one in lines]
    return Markup("".join(found))  # every one of them is our own template


@get("/recommendations", act=Act.ANYONE)
async def listed(
    seat: Viewer, here: Here, show: FromQuery[str] = "", after: FromQuery[str] = ""
) -> Template:
    return await _page(here, seat, show if show in queries.CHOICES else "", after)


@get("/recommendations/drafts", act=Act.RECOMMENDATION_READ_DRAFT)
async def drafts(seat: Seated, here: Here, after: FromQuery[str] = "") -> Template:
    return await _page(here, seat, "draft", after)


async def _page(here: Panel, seat: Seat | None, show: str, after: str) -> Template:
    gone = await queries.gone_for(seat, here)
    found = await queries.lines(here, seat, show, after, today=today(), gone=gone)
    more = len(found) > queries.PAGE and queries.place_after(found[queries.PAGE - 1], show)
    return page(
        "recommendations/list.html",
        published=True,
        lines=drawn_list(found[: queries.PAGE], here, today()),
        show=show,
        first=not after,
        figures=await without(await figures(today(), here), here, gone, today()),
        next_link=f"?show={show}&after={more}" if more else None,
    )


@get("/recommendations/{number:int}/published/{part:str}", act=Act.ANYONE)
async def published(here: Here, number: FromPath[int], part: FromPath[str]) -> Response[str]:
    """The words whose hash is in the ledger, byte for byte."""
    asked = await queries.find(here, None, number)
    words = paper(asked, here.code, part) if part in PARTS else ""
    if not words:
        raise Missing(_("Nothing has been published at this address yet."))
    return Response(words, media_type="text/plain", headers=PUBLIC)


async def _file(here: Panel, before: int, kind: str) -> tuple[list[dict[str, Any]], str | None]:
    found = await queries.register(here, before)
    base, more = settings().base_url, len(found) > queries.FILE
    found = found[: queries.FILE]
    path = f"{base}/{here.slug}/recommendations.{kind}"
    older = f"{path}?before={found[-1]['number']}" if more else None
    return files.entries(found, here.code, base, here.slug, today()), older


@get("/recommendations.json", act=Act.ANYONE)
async def as_json(here: Here, before: FromQuery[int] = 0) -> Response[bytes]:
    entries, older = await _file(here, before, "json")
    body = files.as_json(entries, older)
    return Response(body, media_type="application/json", headers=PUBLIC)


@get("/recommendations.csv", act=Act.ANYONE)
async def as_csv(here: Here, before: FromQuery[int] = 0) -> Response[bytes]:
    entries, older = await _file(here, before, "csv")
    link = {"link": f'<{older}>; rel="next"'} if older else {}
    body = files.as_csv(entries)
    return Response(body, media_type="text/csv", headers=PUBLIC | link)


@get("/recommendations.atom", act=Act.ANYONE)
async def as_atom(here: Here) -> Response[bytes]:
    found = await queries.happenings(here)
    title = _("What %(panel)s asked for") % {"panel": here.name}
    body = files.as_atom(found, title, here.code, settings().base_url, here.slug)
    return Response(body, media_type="application/atom+xml; charset=utf-8", headers=PUBLIC)


router = Router(
    "/{panel:str}", route_handlers=[listed, drafts, published, as_json, as_csv, as_atom]
)
