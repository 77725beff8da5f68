"""A version of the terms on its way: drafted, consulted on, answered, put to the vote."""

from dataclasses import fields
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.words import N_
from scrutiny.membership.clearances.rules import KINDS
from scrutiny.membership.rules import day
from scrutiny.membership.terms import actions, queries, rules
from scrutiny.membership.terms.forms import (
    CommentForm,
    StepForm,
    TermsForm,
    filled,
    form_of,
    whole,
)
from scrutiny.membership.terms.provisions import (
    DEEDS,
    MAJORITIES,
    METHODS,
    MONTHS,
    NTHS,
    WEEKDAYS,
    provisions_of,
)
from scrutiny.membership.terms.rules import Stage
from scrutiny.membership.terms.tables import Terms
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

ONE = "/{panel:str}/terms/{number:int}"
STEPS = {
    "consultation": (N_("Ask for comments"), Stage.DRAFTING),
    "poll": (N_("Put it to the vote"), Stage.CONSULTED),
    "count": (N_("Close the vote and count"), Stage.VOTED),
    "withdrawal": (N_("Withdraw this version"), None),
}
"""Step -> its words, and from where it is taken."""


@get("/{panel:str}/terms/new", act=Act.TERMS_DRAFT_PAGE)
async def new_page(here: Here) -> Template:
    found = await queries.in_force(here.id)
    begun = filled(provisions_of(here), text=found.text if found else "")
    return _draft(begun, {}, None)


@post("/{panel:str}/terms/new", act=Act.TERMS_DRAFT)
async def draft(seat: Seated, here: Here, data: URLEncodedBody[TermsForm]) -> Template | Redirect:
    if problems := data.problems():
        return _draft(data, problems, None, 422)
    given = data.text, data.provisions(), data.summary
    try:
        made = await actions.draft(*given, by=seat, form_key=data.form_key)
    except NotNow as why:
        return _draft(data, {"text": str(why)}, None, 409)
    return Redirect(actions.address(here, made.number), status_code=303)


@get(f"{ONE}/draft", act=Act.TERMS_DRAFT_PAGE)
async def draft_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    found = await queries.terms(here, number, seat)
    if not rules.may_be_rewritten(found.stage, found.consult_until, today()):
        raise NotNow(_("It cannot be changed as it stands now."))
    return _draft(form_of(found), {}, found)


@post(f"{ONE}/draft", act=Act.TERMS_DRAFT)
async def rewrite(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[TermsForm]
) -> Template | Redirect:
    found = await queries.terms(here, number, seat)
    if problems := data.problems():
        return _draft(data, problems, found, 422)
    given = data.text, data.provisions(), data.summary
    try:
        await actions.rewrite(number, whole(data.version) or 0, *given, by=seat)
    except NotNow as why:
        found = await queries.terms(here, number, seat)
        data.version = str(found.version)
        before = found.text if isinstance(why, Stale) else ""
        return _draft(data, {"text": str(why)}, found, 409, before)
    return Redirect(actions.address(here, number), status_code=303)


def _draft(
    form: TermsForm,
    problems: dict[str, str],
    found: Terms | None,
    status: int = 200,
    before: str = "",
) -> Template:
    order = [one.name for one in fields(TermsForm)]
    return page(
        "membership/terms/draft.html",
        status=status,
        form=form,
        problems=dict(sorted(problems.items(), key=lambda item: order.index(item[0]))),
        found=found,
        before=before,
        most=rules.LONGEST_TEXT,
        most_summary=rules.LONGEST_SUMMARY,
        methods={key.value: _(words) for key, words in METHODS.items()},
        majorities={key.value: _(words) for key, words in MAJORITIES.items()},
        kinds={kind.value: _(words) for kind, words in KINDS.items()},
        deeds={deed.value: _(words) for deed, words in DEEDS.items()},
        nths={str(n): _(words) for n, words in NTHS.items()},
        weekdays={str(n): _(words) for n, words in enumerate(WEEKDAYS)},
        month_names={str(n): _(words) for n, words in enumerate(MONTHS, 1)},
    )


def can(found: Terms, step: str) -> bool:
    stage = STEPS[step][1]
    return found.stage == stage if stage else found.stage in (Stage.DRAFTING, Stage.CONSULTED)


@get(ONE + "/steps/{step:str}", act=Act.TERMS_DRAFT_PAGE)
async def step_page(
    seat: Seated, here: Here, number: FromPath[int], step: FromPath[str]
) -> Template:
    found = await queries.terms(here, number, seat)
    return await _step(found, step, StepForm(version=str(found.version)), {})


@post(ONE + "/steps/{step:str}", act=Act.TERMS_DRAFT)
async def take_step(
    seat: Seated,
    here: Here,
    number: FromPath[int],
    step: FromPath[str],
    data: URLEncodedBody[StepForm],
) -> Template | Redirect:
    found = await queries.terms(here, number, seat)
    if wrong := _problem(step, data):
        return await _step(found, step, data, {"last_day": wrong}, 422)
    try:
        await _take(step, number, data, seat)
    except NotNow as why:
        found = await queries.terms(here, number, seat)
        data.version = str(found.version)
        return await _step(found, step, data, {"step": str(why)}, 409)
    return Redirect(actions.address(here, number), status_code=303)


def _problem(step: str, data: StepForm) -> str:
    if step == "consultation":
        return rules.consultation_problem(day(data.last_day), today())
    return rules.vote_by_problem(day(data.last_day), today()) if step == "poll" else ""


async def _take(step: str, number: int, data: StepForm, by: Seat) -> None:
    seen, last = whole(data.version) or 0, day(data.last_day)
    if step == "consultation":
        await actions.consult(number, seen, last, by=by)
    elif step == "poll":
        await actions.put_to_the_vote(number, seen, last, by=by)
    elif step == "count":
        await actions.count(number, seen, by=by)
    elif step == "withdrawal":
        await actions.withdraw(number, seen, by=by)
    else:
        raise Missing(_("There is no such step."))


async def _step(
    found: Terms, step: str, form: StepForm, problems: dict[str, str], status: int = 200
) -> Template:
    if step not in STEPS:
        raise Missing(_("There is no such step."))
    return page(
        "membership/terms/step.html",
        status=status,
        found=found,
        step=step,
        words=STEPS[step][0],
        can=can(found, step),
        waits=await queries.unanswered(found) if step == "poll" else 0,
        earliest=today() + rules.CONSULTED_FOR,
        form=form,
        problems=problems,
    )


@get(ONE + "/comments/{comment:uuid}", act=Act.TERMS_DRAFT_PAGE)
async def answer_page(
    seat: Seated, here: Here, number: FromPath[int], comment: FromPath[UUID]
) -> Template:
    return await _answer(seat, here, number, comment, None, {})


@post(ONE + "/comments/{comment:uuid}", act=Act.TERMS_DRAFT)
async def answer(
    seat: Seated,
    here: Here,
    number: FromPath[int],
    comment: FromPath[UUID],
    data: URLEncodedBody[CommentForm],
) -> Template | Redirect:
    if problems := data.problems(_("Write what was made of it.")):
        return await _answer(seat, here, number, comment, data, problems, 422)
    try:
        await actions.answer(number, comment, whole(data.version) or 0, data.text, by=seat)
    except NotNow as why:
        return await _answer(seat, here, number, comment, data, {"text": str(why)}, 409)
    return Redirect(f"{actions.address(here, number)}/comments", status_code=303)


async def _answer(
    seat: Seat,
    here: Panel,
    number: int,
    comment: UUID,
    form: CommentForm | None,
    problems: dict[str, str],
    status: int = 200,
) -> Template:
    found = await queries.terms(here, number, seat)
    one = await queries.comment(found, comment)
    form = form or CommentForm(text=one.answer)
    form.version = str(one.version)
    return page(
        "membership/terms/answer.html",
        status=status,
        found=found,
        comment=one,
        before=one.answer if status == 409 else "",
        form=form,
        problems=problems,
        most=rules.LONGEST_COMMENT,
    )


router = Router(
    "/",
    route_handlers=[
        *(new_page, draft, draft_page, rewrite, step_page, take_step, answer_page, answer),
    ],
)
