"""The chair's pages: what triage would not take forward, without who wrote it and what."""

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.concerns.forms import number_in
from scrutiny.concerns.queries import PAGE
from scrutiny.concerns.triage.refusals import actions, queries
from scrutiny.concerns.triage.refusals.forms import MOST_WHY, RefusalForm
from scrutiny.concerns.triage.rules import REFUSAL_NAMES
from scrutiny.concerns.triage.tables import Refusal
from scrutiny.concerns.vocabulary import REASONS
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

BEATEN = "Somebody else answered this a moment ago. Your text is kept."


@get("/{panel:str}/refusals", act=Act.CONCERN_REFUSE_PAGE)
async def show_all(seat: Seated, before: FromQuery[int] = 0) -> Template:
    found = await queries.decided(seat, before or None)
    shown = found[:PAGE]
    return page(
        "concerns/triage/refusals.html",
        waiting=[] if before else await queries.waiting(seat),
        decided=shown,
        reasons=REASONS,
        names=REFUSAL_NAMES,
        older=shown[-1].number if len(found) > PAGE else None,
        first=not before,
    )


@get("/{panel:str}/refusals/{number:int}", act=Act.CONCERN_REFUSE_PAGE)
async def show(seat: Seated, number: FromPath[int]) -> Template:
    refusal = await queries.find(seat, number)
    return await _show(refusal, RefusalForm(version=str(refusal.version)), {})


@post("/{panel:str}/refusals/{number:int}", act=Act.CONCERN_REFUSE)
async def decide(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[RefusalForm]
) -> Template | Redirect:
    refusal = await queries.find(seat, number)
    if number_in(data.version, refusal.version) != refusal.version:
        return await _refused(seat, number, data, Stale(BEATEN))
    if problems := data.problems():
        return await _show(refusal, data, problems, 422)
    try:
        if data.answer == "agree":
            await actions.agree(refusal, by=seat)
        else:
            await actions.send_back(refusal, by=seat, why=data.reasons())
    except NotNow as why:
        return await _refused(seat, number, data, why)
    return Redirect(f"/{seat.panel.slug}/refusals", status_code=303)


async def _refused(seat: Seat, number: int, form: RefusalForm, why: NotNow) -> Template:
    fresh = await queries.find(seat, number)
    form.version = str(fresh.version)
    said = _(BEATEN) if isinstance(why, Stale) else _(str(why))
    return await _show(fresh, form, {}, 409, said)


async def _show(
    refusal: Refusal, form: RefusalForm, problems: dict[str, str], status: int = 200, why: str = ""
) -> Template:
    return page(
        "concerns/triage/refusal.html",
        status=status,
        refusal=refusal,
        said=await queries.said(refusal),
        reason=REASONS.get(refusal.reason, ""),
        standing=REFUSAL_NAMES[refusal.stage],
        most=MOST_WHY,
        form=form,
        problems=problems,
        refused=why,
    )


router = Router("/", route_handlers=[show_all, show, decide])
