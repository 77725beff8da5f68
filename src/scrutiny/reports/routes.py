from datetime import date
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.errors import Missing
from scrutiny.kit.pdf import PdfFailed
from scrutiny.kit.stages import step
from scrutiny.minutes.rules import seen_in
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.reports import actions, queries, rules
from scrutiny.reports.clearing import blocking
from scrutiny.reports.compiling import changes
from scrutiny.reports.document import address, body, figure_body, printed
from scrutiny.reports.forms import Confirmation
from scrutiny.reports.tables import Report
from scrutiny.web.gate import Here, Seated, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

PUBLIC = {"x-published": "1"}
REPORTS = "/{panel:str}/reports"
ONE = f"{REPORTS}/{{year:str}}"


@get(REPORTS, act=Act.ANYONE)
async def listed(seat: Viewer, here: Here) -> Template:
    seat = _reader(seat)
    reading = queries.reads_drafts(seat)
    return page(
        "reports/list.html",
        published=True,
        reports=await queries.listed(here, drafts=False),
        drafts=await queries.listed(here, drafts=True) if reading else [],
    )


@get(ONE, act=Act.ANYONE)
async def show(
    seat: Viewer, here: Here, year: FromPath[str], edition: FromQuery[int] = 0
) -> Template | Response[bytes]:
    """The newest edition or the one asked for, as a page, .pdf or .json; drafts for the panel."""
    seat, (year, kind) = _reader(seat), _ending(year)
    found = await queries.final(seat, here, rules.year_named(year).name, max(0, edition))
    if found is None:
        if kind or not queries.reads_drafts(seat):
            raise Missing(_("No annual report of this year has been published."))
        return await _draft(seat, here, year)
    if kind:
        return _file(found, here, kind)
    editions = await queries.editions(here, year)
    return page(
        "reports/show.html",
        published=True,
        report=found,
        title=_title(here, year),
        body=body(found, here),
        home=address(here, year),
        editions=editions,
        newest=editions[0].number,
        size=len(found.pdf),
        coming=await queries.draft_of(seat, here, year) if queries.reads_drafts(seat) else None,
    )


def _reader(seat: Seat | None) -> Seat | None:
    """Who holds two seats reads with the one that sees more."""
    return visit().seat_for(Act.REPORT_PAGE) or seat


def _ending(year: str) -> tuple[str, str]:
    name, dot, kind = year.partition(".")
    return (name, dot + kind) if kind in ("pdf", "json") else (year, "")


def _title(here: Panel, year: str) -> str:
    return _("Annual report of %(panel)s, %(year)s") % {"panel": here.name, "year": _said(year)}


def _said(year: str) -> str:
    return _("%s (April to March)") % year if "-" in year else year


def _file(found: Report, here: Panel, kind: str) -> Response[bytes]:
    """Exactly the bytes that were published: their SHA-256 is in the ledger."""
    data = bytes(found.pdf) if kind == ".pdf" else found.document.encode()
    name = f"{here.slug}-annual-report-{found.year}-edition-{found.edition}{kind}"
    tag = found.sha256 if kind == ".pdf" else found.approved_hash
    headers = {"content-disposition": f'inline; filename="{name}"', "etag": f'"{tag}"'}
    media_type = "application/pdf" if kind == ".pdf" else "application/json"
    kept = PUBLIC if visit().person is None else {}
    return Response(data, media_type=media_type, headers=headers | kept)


@get(f"{ONE}/figures/{{figure:str}}", act=Act.ANYONE)
async def counted(
    seat: Viewer,
    here: Here,
    year: FromPath[str],
    figure: FromPath[str],
    edition: FromQuery[int] = 0,
) -> Template:
    """What one number of a published report counts, row by row."""
    found = await queries.final(None, here, rules.year_named(year).name, max(0, edition))
    if found is None:
        raise Missing(_("No annual report of this year has been published."))
    back = address(here, year, edition=found.edition)
    return _figure(here, year, await queries.as_read(None, found), figure, back, published=True)


@get(f"{ONE}/draft/figures/{{figure:str}}", act=Act.REPORT_PAGE)
async def counted_in_draft(
    seat: Seated, here: Here, year: FromPath[str], figure: FromPath[str]
) -> Template:
    found = await queries.draft(seat, here, year)
    read = await queries.as_read(seat, found)
    return _figure(here, year, read, figure, f"{address(here, year)}/draft", published=False)


def _figure(
    here: Panel, year: str, document: dict[str, Any], name: str, back: str, *, published: bool
) -> Template:
    figure = rules.figure_named(document, name)
    return page(
        "reports/figure.html",
        published=published,
        title=_title(here, year),
        figure=figure,
        live=document["lists"][figure["of"]]["page"],
        body=figure_body(document, figure),
        counted=date.fromisoformat(document["counted"]),
        back=back,
    )


# -- drafts ---------------------------------------------------------------------------------------


@get(f"{ONE}/draft", act=Act.REPORT_PAGE)
async def draft_page(seat: Seated, here: Here, year: FromPath[str]) -> Template:
    return await _draft(seat, here, year)


@get(f"{ONE}/draft.pdf", act=Act.REPORT_PAGE)
async def draft_pdf(seat: Seated, here: Here, year: FromPath[str]) -> Template | Response[bytes]:
    """Marked as a draft on every page."""
    found = await queries.draft(seat, here, year)
    try:
        read = await queries.as_read(seat, found)
        data = await printed(found, here, draft=True, read=read)
    except PdfFailed as why:
        return await _draft(seat, here, year, str(why), 422)
    name = f'inline; filename="{here.slug}-draft-annual-report-{year}.pdf"'
    headers = {"content-disposition": name}
    return Response(data, media_type="application/pdf", headers=headers)


async def _draft(
    seat: Seat, here: Panel, year: str, refusal: str = "", status: int = 200
) -> Template:
    found = await queries.draft(seat, here, year)
    read = await queries.as_read(seat, found)
    return page(
        "reports/draft.html",
        status=status,
        refusal=refusal,
        report=found,
        title=_title(here, year),
        body=body(found, here, read),
        apart=await queries.is_apart(seat, found),
        unwritten=rules.unwritten(read),
        home=address(here, year),
        due=rules.due(found.until),
    )


# -- approving and publishing ---------------------------------------------------------------------


async def _confirm(
    name: str, here: Panel, found: Report, *, status: int = 200, **more: Any
) -> Template:
    """The page that says what a deed does before it is done."""
    return page(
        f"reports/{name}.html",
        status=status,
        report=found,
        title=_title(here, found.year),
        home=address(here, found.year),
        seen=f"{found.edition}.{found.version}",
        **more,
    )


@get(f"{ONE}/approval", act=Act.REPORT_APPROVE_PAGE)
async def approve_page(seat: Seated, here: Here, year: FromPath[str]) -> Template:
    found = await queries.draft(seat, here, year)
    step(rules.MOVES, found.stage, "approved")
    read = await queries.as_read(seat, found)
    return await _confirm(
        "approval",
        here,
        found,
        body=body(found, here, read),
        unwritten=rules.unwritten(read),
        changed=await changes(seat, found),
        apart=await queries.is_apart(seat, found),
        own=found.compiled_by.person == seat.person.id,
    )


@post(f"{ONE}/approval", act=Act.REPORT_APPROVE)
async def approve(
    seat: Seated, here: Here, year: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Redirect:
    await actions.approve(year, by=seat, seen=seen_in(data.seen), form_key=data.form_key)
    return Redirect(f"{address(here, year)}/draft", status_code=303)


@get(f"{ONE}/publication", act=Act.REPORT_PUBLISH_PAGE)
async def publish_page(seat: Seated, here: Here, year: FromPath[str]) -> Template:
    found = await queries.draft(seat, here, year)
    step(rules.MOVES, found.stage, "published")
    return await _publication(seat, here, found)


@post(f"{ONE}/publication", act=Act.REPORT_PUBLISH)
async def publish(
    seat: Seated, here: Here, year: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Template | Redirect:
    draft = await queries.draft_of(seat, here, year)
    if draft is not None and draft.stage == rules.Stage.APPROVED:
        if data.reason.strip():
            await actions.let_through(year, data.reason, by=seat)
        if await blocking(draft, here):
            return await _publication(seat, here, draft, status=409)
    seen = seen_in(data.seen)
    try:
        await actions.publish(year, by=seat, seen=seen, form_key=data.form_key)
    except PdfFailed as why:
        found = await queries.draft(seat, here, year)
        return await _publication(seat, here, found, str(why), 422)
    return Redirect(address(here, year), status_code=303)


async def _publication(
    seat: Seat, here: Panel, found: Report, refusal: str = "", status: int = 200
) -> Template:
    """With what the leak guard found, before anything is published."""
    own = found.approved_by.person == seat.person.id
    leaks = await blocking(found, here)
    told = {"own": own, "refusal": refusal, "leaks": leaks}
    told["liftable"] = bool(leaks) and all(one.liftable for one in leaks)
    return await _confirm("publication", here, found, status=status, **told)


router = Router(
    "/",
    route_handlers=[
        *(listed, show, counted, counted_in_draft, draft_page, draft_pdf),
        *(approve_page, approve, publish_page, publish),
    ],
)
