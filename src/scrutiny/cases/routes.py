from collections.abc import Awaitable
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.cases import actions, queries
from scrutiny.cases.forms import DrawForm, FindingForm, RemovalForm, TitleForm, whole
from scrutiny.cases.rules import MOVES, ORIGINS, REASONS, Origin, Stage
from scrutiny.cases.tables import Case
from scrutiny.concerns import queries as concerns
from scrutiny.concerns.rules import MOVES as CONCERN_MOVES
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vocabulary import CATEGORIES
from scrutiny.kit.clock import london
from scrutiny.kit.errors import Missing, NotNow, Unreadable
from scrutiny.kit.stages import open_moves, step
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.stops.queries import Month
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import long_date, month_year, page
from scrutiny.web.visit import visit

PUBLIC = {"x-published": "1"}


# -- cases ----------------------------------------------------------------------------------------


@get("/cases", act=Act.CASES_READ)
async def listed(seat: Seated, stage: FromQuery[str] = "", before: FromQuery[str] = "") -> Template:
    stage = stage if stage in list(Stage) else ""
    found = await queries.newest(seat, stage, whole(before))
    cases = found[: queries.PAGE]
    more = f"?stage={stage}&before={cases[-1].number}" if len(found) > queries.PAGE else None
    return page("cases/list.html", cases=cases, stage=stage, origins=ORIGINS, next_link=more)


@get("/cases/{number:int}", act=Act.CASES_READ)
async def show(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    case = await queries.find(seat, number)
    category = await queries.category_of(case) if case.origin == Origin.CONCERN else ""
    return page(
        "cases/show.html",
        case=case,
        origin=_(ORIGINS[case.origin]),
        facts=facts_of(case, here) if case.origin == Origin.DRAW else {},
        category=CATEGORIES.get(category, category),
        people=await queries.people_of(case),
        reason=REASONS.get(case.reason, ""),
        moves=open_moves(MOVES, case.stage),
        trail=await queries.trail(case),
        clock=await queries.video_of(case),
    )


def facts_of(case: Case, here: Panel) -> dict[str, str]:
    """What the police published about the search, in plain words."""
    stop, silent = case.stop, _("not stated")
    told = {True: _("yes"), False: _("no"), None: silent}
    return {
        _("Day"): long_date(london(stop.happened).date()),
        _("Borough"): here.area if stop.area_code == here.area_code else silent,
        _("Kind of search"): stop.kind,
        _("Age"): stop.age_range or silent,
        _("Gender"): stop.gender or silent,
        _("Ethnicity, in the person's own words"): stop.self_defined or silent,
        _("Ethnicity, as officers saw it"): stop.officer_defined or silent,
        _("Power"): stop.legislation or silent,
        _("Looking for"): stop.object or silent,
        _("Outcome"): stop.outcome or silent,
        _("Outcome linked to what was looked for"): told[stop.linked],
        _("More than outer clothing removed"): told[stop.more_removed],
    }


async def attempt(
    deed: Awaitable[None], name: str, seat: Seat, number: int, form: Any
) -> Template | Redirect:
    """Do it and go back to the case; refused, keep what was typed and show the case as it is."""
    try:
        await deed
    except NotNow as refusal:
        case = await queries.find(seat, number)
        return form_page(name, case, form, {}, status=409, refusal=str(refusal))
    return Redirect(f"/{seat.panel.slug}/cases/{number}", status_code=303)


def form_page(
    name: str, case: Case, form: Any, problems: dict[str, str], status: int = 200, refusal: str = ""
) -> Template:
    return page(
        name,
        status=status,
        case=case,
        form=form,
        problems=problems,
        refusal=refusal,
        reasons=REASONS,
    )


@get("/cases/{number:int}/conclusion", act=Act.CASE_CONCLUDE_PAGE)
async def conclusion_page(seat: Seated, number: FromPath[int]) -> Template:
    case = await queries.find(seat, number)
    step(MOVES, case.stage, "concluded")
    return form_page("cases/conclusion.html", case, FindingForm(), {})


@post("/cases/{number:int}/conclusion", act=Act.CASE_CONCLUDE)
async def conclude(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[FindingForm]
) -> Template | Redirect:
    case = await queries.find(seat, number)
    if problems := data.problems():
        return form_page("cases/conclusion.html", case, data, problems, status=422)
    deed = actions.conclude(case, by=seat, finding=data.clean())
    return await attempt(deed, "cases/conclusion.html", seat, number, data)


@get("/cases/{number:int}/removal", act=Act.CASE_REMOVE_PAGE)
async def removal_page(seat: Seated, number: FromPath[int]) -> Template:
    case = await queries.find(seat, number)
    step(MOVES, case.stage, "removed")
    return form_page("cases/removal.html", case, RemovalForm(), {})


@post("/cases/{number:int}/removal", act=Act.CASE_REMOVE)
async def remove(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[RemovalForm]
) -> Template | Redirect:
    case = await queries.find(seat, number)
    if problems := data.problems():
        return form_page("cases/removal.html", case, data, problems, status=422)
    deed = actions.remove(case, by=seat, reason=data.reason)
    return await attempt(deed, "cases/removal.html", seat, number, data)


# -- a concern becomes a case ---------------------------------------------------------------------


@get("/concerns/{number:int}/case", act=Act.CASE_TAKE_UP_PAGE)
async def take_up_page(seat: Seated, number: FromPath[int]) -> Template:
    concern = await concerns.find(seat, number)
    step(CONCERN_MOVES, concern.stage, "linked")
    return title_page(concern, TitleForm(), {})


@post("/concerns/{number:int}/case", act=Act.CASE_TAKE_UP)
async def take_up(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[TitleForm]
) -> Template | Redirect:
    concern = await concerns.find(seat, number)
    if problems := data.problems():
        return title_page(concern, data, problems)
    case = await actions.take_up(concern, by=seat, title=data.clean(), form_key=data.form_key)
    return Redirect(f"/{seat.panel.slug}/cases/{case.number}", status_code=303)


def title_page(concern: Concern, form: TitleForm, problems: dict[str, str]) -> Template:
    status = 422 if problems else 200
    return page("cases/take_up.html", status=status, number=concern.number, form=form,
                category=CATEGORIES.get(concern.category, ""), problems=problems)  # fmt: skip


# -- draws ----------------------------------------------------------------------------------------


@get("/draws", act=Act.ANYONE)
async def draws(here: Here, before: FromQuery[str] = "") -> Template:
    found = await queries.draws(here, whole(before))
    shown = found[: queries.PAGE]
    more = f"?before={shown[-1]['number']}" if len(found) > queries.PAGE else None
    return page("cases/draws.html", published=True, draws=shown, next_link=more)


@get("/draws/{name:str}", act=Act.ANYONE)
async def certificate(here: Here, name: FromPath[str]) -> Template | Response[bytes]:
    """/draws/3 is the page, /draws/3.json the bytes whose hash is in the ledger."""
    number = whole(name.removesuffix(".json"))
    if number is None:
        raise Missing(_(queries.NO_DRAW))
    draw = await queries.drawn(here, number)
    if name.endswith(".json"):
        body = draw.certificate.encode()
        return Response(body, media_type="application/json", headers=PUBLIC)
    drawn = await queries.cases_of(draw) if visit().may(Act.CASES_READ) else []
    return page("cases/draw.html", published=True, draw=draw, said=queries.said(draw), cases=drawn)


@get("/draws/new", act=Act.DRAW_PAGE)
async def draw_page(here: Here) -> Template:
    return drawing_page(DrawForm(), {}, await queries.months_to_draw(here))


@post("/draws/new", act=Act.DRAW)
async def draw(seat: Seated, here: Here, data: URLEncodedBody[DrawForm]) -> Template | Redirect:
    months = await queries.months_to_draw(here)
    problems = data.problems([month.month for month in months])
    if not problems:
        try:
            made = await actions.draw_cases(
                here, month=data.month, n=whole(data.n) or 0, by=seat, form_key=data.form_key
            )
        except Unreadable as too_many:
            problems = {"n": str(too_many)}
        else:
            return Redirect(f"/{here.slug}/draws/{made.number}", status_code=303)
    return drawing_page(data, problems, months)


def drawing_page(form: DrawForm, problems: dict[str, str], months: list[Month]) -> Template:
    words = {"": _("Choose a month")}
    for month in months:
        said = {"month": month_year(month.month), "count": f"{month.searches:,}"}
        words[month.month] = _("%(month)s: %(count)s searches") % said
        if month.partial:
            words[month.month] += f" ({_('part of the month')})"
    status = 422 if problems else 200
    return page("cases/new_draw.html", status=status, form=form, problems=problems, months=words)


router = Router(
    "/{panel:str}",
    route_handlers=[
        listed,
        show,
        conclusion_page,
        conclude,
        removal_page,
        remove,
        take_up_page,
        take_up,
        draws,
        certificate,
        draw_page,
        draw,
    ],
)
