"""Joining a panel, without an account: what it is, applying, and coming back with a code.

The code goes along in forms alone, so that no address, no history and no log ever holds it.
"""

from collections.abc import Mapping
from typing import Any

from litestar import Router, get, post
from litestar.params import URLEncodedBody
from litestar.response import Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.membership.recruitment import queries, rules
from scrutiny.membership.recruitment.applying import actions
from scrutiny.membership.recruitment.applying.forms import ApplicationForm, ReturnForm
from scrutiny.membership.recruitment.forms import LONGEST
from scrutiny.membership.recruitment.showing import conditions, eligibility, said
from scrutiny.membership.recruitment.tables import Application, Call
from scrutiny.people.constitution import constitution_of
from scrutiny.people.equality import QUESTIONS
from scrutiny.people.tables import Panel
from scrutiny.policy import Act
from scrutiny.web import floods
from scrutiny.web.gate import Here
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

JOIN = "/{panel:str}/join"
UNKNOWN = "We do not know this code. Check each group of six letters and figures."


@get(JOIN, act=Act.ANYONE)
async def show(here: Here) -> Template:
    call = await queries.current_call(here)
    rule = constitution_of(here).eligibility
    return page(
        "membership/recruitment/join.html",
        published=True,
        call=call,
        open=_is_open(call),
        filled=call is not None and await queries.is_filled(call),
        who=[_(words) for words in eligibility(rule)],
        kept=(rules.KEPT_MONTHS, rules.RESERVE_MONTHS),
    )


def _is_open(call: Call | None) -> bool:
    return call is not None and rules.is_open(call.stage, call.opens, call.closes, today())


@get(f"{JOIN}/apply", act=Act.ANYONE)
async def apply_page(here: Here) -> Template:
    return _form(here, await queries.current_call(here), ApplicationForm(), {})


@post(f"{JOIN}/apply", act=Act.ANYONE_SENDS, status_code=200)
async def apply(here: Here, data: URLEncodedBody[ApplicationForm]) -> Template:
    """Look it over first, then send it; the same page sent twice is one application."""
    call = await queries.current_call(here)
    if call is None or not _is_open(call):
        return _form(here, call, data, {"name": actions.NOT_OPEN}, 409)
    questions = queries.listed(call.questions)
    rule = constitution_of(here).eligibility
    if problems := data.problems(len(questions), rule):
        return _form(here, call, data, problems, 422)
    if data.step == "change":
        return _form(here, call, data, {})
    sent = data.sent(len(questions))
    if data.step != "send":
        rows, marks = said(sent, questions, rule), rules.not_eligible(sent, rule)
        name = "membership/recruitment/check.html"
        return page(name, call=call, form=data, rows=rows, marks=marks)
    fine = (await floods.verdict(data.worked)).screened
    code = queries.code_for(call.id, data.form_key)
    try:
        await actions.apply(call.id, here, sent, code, screened=fine)
    except NotNow as why:
        return _form(here, call, data, {"name": str(why)}, 409)
    return page("membership/recruitment/sent.html", code=code, letters=bool(sent.email))


def _form(
    here: Panel,
    call: Call | None,
    form: ApplicationForm,
    problems: Mapping[str, str],
    status: int = 200,
) -> Template:
    rule = constitution_of(here).eligibility
    return page(
        "membership/recruitment/apply.html",
        status=status,
        call=call,
        open=_is_open(call),
        form=form,
        problems={name: _(words) for name, words in problems.items()},
        questions=queries.listed(call.questions) if call else [],
        rule=rule,
        police={value: _(words) for value, words in rules.police_options(rule).items()},
        longest=LONGEST,
    )


@get(f"{JOIN}/equality", act=Act.ANYONE)
async def equality_page(here: Here) -> Template:
    call = await queries.latest_call(here)
    questions = {
        name: (_(one.label), {value: _(words) for value, words in one.options.items()})
        for name, one in QUESTIONS.items()
    }
    return page("membership/recruitment/equality.html", call=call, questions=questions)


@post(f"{JOIN}/equality", act=Act.ANYONE_SENDS, status_code=200)
async def count(here: Here, data: URLEncodedBody[dict[str, Any]]) -> Template:
    """Nothing is sent along that leads to an application."""
    call = await queries.latest_call(here)
    if call is None:
        raise NotNow(_("No call is open to which this could be counted."))
    given = {name: value for name, value in data.items() if isinstance(value, str)}
    form_key = given.pop("form_key", "")
    await actions.count_equality(call.id, here, given, form_key)
    return page("membership/recruitment/counted.html")


@get(f"{JOIN}/return", act=Act.ANYONE)
async def return_page() -> Template:
    return page("membership/recruitment/return.html", problems={}, code="")


@post(f"{JOIN}/return", act=Act.ANYONE_SENDS, status_code=200)
async def come_back(here: Here, data: URLEncodedBody[ReturnForm]) -> Template:
    """Where it stands; an offer answered; all of it taken back. One answer for every wrong code."""
    try:
        return await _do(here, data)
    except Missing:
        why = {"code": _(UNKNOWN)}
        name = "membership/recruitment/return.html"
        return page(name, status=422, problems=why, code=data.code)


async def _do(here: Panel, data: ReturnForm) -> Template:
    mine = await queries.by_code(here, data.code)
    if mine is None:
        raise Missing(queries.NOT_THERE)
    if not data.deed:
        return _own(here, mine, data)
    if not data.is_sure():
        problem = {f"sure_{data.deed}": _("Tick this first. It cannot be undone.")}
        return _own(here, mine, data, problem, 422)
    try:
        await _answer(here, data)
    except NotNow as why:
        return _own(here, await _again(here, data), data, {"email": _(str(why))}, 409)
    if data.deed == "withdraw":
        return page("membership/recruitment/withdrawn.html")
    return _own(here, await _again(here, data), data)


async def _answer(here: Panel, data: ReturnForm) -> None:
    if data.deed == "accept":
        await actions.accept(here, data.code, data.email)
    elif data.deed == "decline":
        await actions.decline(here, data.code)
    elif data.deed == "withdraw":
        await actions.withdraw(here, data.code)


async def _again(here: Panel, data: ReturnForm) -> Application:
    found = await queries.by_code(here, data.code)
    if found is None:
        raise Missing(queries.NOT_THERE)
    return found


def _own(
    here: Panel,
    mine: Application,
    form: ReturnForm,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    sent = queries.opened(mine)
    rule = constitution_of(here).eligibility
    return page(
        "membership/recruitment/own.html",
        status=status,
        mine=mine,
        stands=rules.STANDS[rules.Stage(mine.stage)],
        feedback=queries.feedback(mine),
        conditions=[_(words) for words in conditions(mine)],
        rows=said(sent, queries.listed(mine.call.questions), rule),
        email=form.email or sent.email,
        code=form.code,
        offered=mine.stage == rules.Stage.OFFERED,
        may_withdraw=(mine.stage, "withdrawn") in rules.MOVES,
        problems=problems or {},
    )


router = Router(
    "/",
    route_handlers=[show, apply_page, apply, equality_page, count, return_page, come_back],
)
