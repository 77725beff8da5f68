"""Calls for members, as those who run recruitment see them."""

from collections.abc import Mapping
from typing import Any

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.membership.recruitment import actions, equality, forms, queries, rules
from scrutiny.membership.recruitment.choosing.forms import VersionForm
from scrutiny.membership.recruitment.forms import CallForm, call_form, version_of
from scrutiny.membership.recruitment.tables import Application, Call
from scrutiny.membership.standing.queries import vacant
from scrutiny.people.equality import PREFER_NOT
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

HOME = "/{panel:str}/recruitment"
ONE = f"{HOME}/{{number:int}}"


@get(HOME, act=Act.RECRUIT_PAGE)
async def show_all(here: Here, before: FromQuery[int | None] = None) -> Template:
    found = await queries.calls(here, before)
    shown = found[: queries.PAGE]
    counts = await queries.by_stage([call.id for call in shown])
    return page(
        "membership/recruitment/calls.html",
        calls=[(call, sum(counts[call.id].values())) for call in shown],
        more=shown[-1].number if len(found) > queries.PAGE else None,
        first=before is None,
        vacant=await vacant(here),
    )


@get(f"{HOME}/new", act=Act.RECRUIT_PAGE)
async def draft_page() -> Template:
    asked = {"questions": forms.QUESTIONS, "criteria": forms.CRITERIA}
    lines = {name: "\n".join(_(one) for one in found) for name, found in asked.items()}
    return _drafting(CallForm(text=forms.TEXT, opens=today().isoformat(), **lines), {})


@post(f"{HOME}/new", act=Act.RECRUIT)
async def draft(seat: Seated, here: Here, data: URLEncodedBody[CallForm]) -> Template | Redirect:
    if problems := data.problems():
        return _drafting(data, problems, 422)
    call = await actions.draft(data.values(), by=seat, form_key=data.form_key)
    return _to(here, call.number)


def _drafting(
    form: CallForm,
    problems: Mapping[str, str],
    status: int = 200,
    call: Call | None = None,
    saved: CallForm | None = None,
) -> Template:
    return page(
        "membership/recruitment/draft.html",
        status=status,
        form=form,
        problems={name: _(words) for name, words in problems.items()},
        call=call,
        saved=saved,
        longest=forms.LONGEST,
    )


@get(f"{ONE}/change", act=Act.RECRUIT_PAGE)
async def change_page(here: Here, number: FromPath[int]) -> Template:
    call = await queries.find_call(here, number)
    return _drafting(_form_of(call), {}, call=call)


def _form_of(call: Call) -> CallForm:
    return call_form(call, queries.listed(call.questions), queries.listed(call.criteria))


@post(f"{ONE}/change", act=Act.RECRUIT)
async def change(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[CallForm]
) -> Template | Redirect:
    call = await queries.find_call(here, number)
    if problems := data.problems():
        return _drafting(data, problems, 422, call)
    try:
        await actions.change(number, version_of(data.version), data.values(), by=seat)
    except Stale:
        now = await queries.find_call(here, number)
        data.version = str(now.version)
        return _drafting(data, {}, 409, now, _form_of(now))
    return _to(here, number)


@get(ONE, act=Act.RECRUIT_PAGE)
async def show(
    seat: Seated, here: Here, number: FromPath[int], after: FromQuery[int] = 0
) -> Template:
    return await _call(seat, await queries.find_call(here, number), after)


async def _call(
    seat: Seat, call: Call, after: int = 0, refusal: str = "", status: int = 200
) -> Template:
    found = await queries.applications(seat, call, after)
    shown = found[: queries.PAGE]
    stages = (await queries.by_stage([call.id]))[call.id]
    table = await _ranked(seat, call)
    filled = await queries.is_filled(call)
    return page(
        "membership/recruitment/call.html",
        status=status,
        call=call,
        refusal=refusal,
        open=rules.is_open(call.stage, call.opens, call.closes, today()),
        filled=filled,
        closable=rules.may_be_closed(call.stage, call.closes, filled, today()),
        stages=[(rules.STANDS[stage][1], stages[stage]) for stage in rules.Stage if stages[stage]],
        applications=[_line(one) for one in shown],
        more=shown[-1].number if len(found) > queries.PAGE else None,
        first=not after,
        ranked=table,
        most=rules.MOST_POINTS * len(queries.listed(call.criteria)),
        next=next((row for row in table if row["stage"] == rules.Stage.RESERVE), None),
        figures=[_figure(one) for one in await equality.figures(call)],
    )


def _line(one: Application) -> dict[str, Any]:
    kind, words = rules.STANDS[rules.Stage(one.stage)]
    waits = one.sealed_proposal is not None
    return {"row": one, "name": queries.opened(one).name, "status": (kind, words), "waits": waits}


async def _ranked(seat: Seat, call: Call) -> list[dict[str, Any]]:
    """Whose scores the reader may see, the highest mean first."""
    found = {one.number: one for one in await queries.interviewed(seat, call)}
    known = await queries.scored(seat.person, found.values())
    scored = {number: known[one.id] for number, one in found.items()}
    return [
        {
            "row": found[number],
            "name": queries.opened(found[number]).name,
            "mean": f"{float(scored[number].mean or 0):.1f}",
            "spread": scored[number].spread,
            "done": scored[number].done,
            "stage": found[number].stage,
            "words": rules.STANDS[rules.Stage(found[number].stage)][1],
        }
        for number in rules.ranked(scored)
    ]


def _figure(one: equality.Answered) -> dict[str, Any]:
    rows = [[_(one.question.answers[answer]), _said(n)] for answer, n in one.counts.items()]
    rows.append([_("All who answered"), f"{one.people:,}"])
    rows.append([_(PREFER_NOT), _said(one.unsaid)])
    return {"label": one.question.label, "rows": rows}


def _said(count: int | None) -> str:
    return _("not shown") if count is None else f"{count:,}"


@post(f"{ONE}/publication", act=Act.RECRUIT)
async def publish(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[VersionForm]
) -> Template | Redirect:
    try:
        await actions.publish(number, version_of(data.version), by=seat)
    except NotNow as why:
        return await _call(seat, await queries.find_call(here, number), 0, _(str(why)), 409)
    return _to(here, number)


@post(f"{ONE}/closure", act=Act.RECRUIT)
async def close(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[VersionForm]
) -> Template | Redirect:
    try:
        await actions.close(number, version_of(data.version), by=seat)
    except NotNow as why:
        return await _call(seat, await queries.find_call(here, number), 0, _(str(why)), 409)
    return _to(here, number)


def _to(here: Panel, number: int) -> Redirect:
    return Redirect(actions.address(here, number), status_code=303)


router = Router(
    "/",
    route_handlers=[show_all, draft_page, draft, change_page, change, show, publish, close],
)
