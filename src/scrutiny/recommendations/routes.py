from collections.abc import Awaitable
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import london, today
from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import open_moves, step
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.recommendations import actions, queries, rules
from scrutiny.recommendations.agreeing import as_decided
from scrutiny.recommendations.forms import (
    AgreementForm,
    AnswerForm,
    ClosureForm,
    DraftForm,
    ReportForm,
    Seen,
)
from scrutiny.recommendations.papers import address
from scrutiny.recommendations.rules import MOVES
from scrutiny.recommendations.tables import Recommendation
from scrutiny.web.gate import Here, Seated, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import long_date, page
from scrutiny.web.visit import visit


@get("/{number:int}", act=Act.ANYONE)
async def recommendation(seat: Viewer, here: Here, number: FromPath[int]) -> Template:
    asked = await queries.find(here, seat, number)
    where = rules.standing(asked.stage, asked.answer_type, asked.due, today())
    answered = london(asked.answered).date() if asked.answered else None
    return page(
        "recommendations/show.html",
        published=True,
        asked=asked,
        ref=rules.reference(here.code, number, asked.issued),
        where=where,
        days=rules.days_late(asked.stage, asked.due, today()),
        days_left=(asked.due - today()).days if asked.due else 0,
        answered=answered,
        answered_late=(answered - asked.due).days if answered and asked.due else 0,
        day=rules.latest_day(asked.due, answered, asked.reported_on, asked.closed),
        steps=rules.thread(where, asked.issued),
        source=await queries.source(asked),
        answers=rules.ANSWERS,
        methods=rules.METHODS,
        moves=open_moves(MOVES, asked.stage),
        closing=rules.CLOSING,
    )


async def redrawn(
    name: str,
    here: Panel,
    seat: Seat,
    number: int,
    form: Seen,
    problems: dict[str, str] | None = None,
    refusal: NotNow | None = None,
    **context: Any,
) -> Template:
    """A form with what was typed still in it, beside the row as it is stored now."""
    asked = await queries.find(here, seat, number)
    form.version = str(asked.version)
    return page(
        f"recommendations/{name}.html",
        status=409 if refusal else 422 if problems else 200,
        asked=asked,
        ref=rules.reference(here.code, number, asked.issued),
        where=rules.standing(asked.stage, asked.answer_type, asked.due, today()),
        form=form,
        problems=problems or {},
        refusal=str(refusal) if refusal else "",
        **context,
    )


async def attempt(
    deed: Awaitable[Any],
    name: str,
    here: Panel,
    seat: Seat,
    number: int,
    form: Seen,
    **context: Any,
) -> Template | Redirect:
    """Do it and go back to the recommendation; refused, keep what was typed and say why."""
    try:
        await deed
    except NotNow as refusal:
        return await redrawn(name, here, seat, number, form, refusal=refusal, **context)
    return Redirect(address(here.slug, number), status_code=303)


async def opened(here: Panel, seat: Seat, number: int, move: str) -> Recommendation:
    """The row, for the page of a form. Raises NotNow when its stage does not allow the move."""
    asked = await queries.find(here, seat, number)
    step(MOVES, asked.stage, move)
    return asked


# -- drafting -------------------------------------------------------------------------------------


async def item_choices(here: Panel, chosen: str) -> dict[str, str]:
    found = {"": _("None: it comes from no agenda item")}
    for item in await queries.recent_items(here, visit().seat):
        case = f"{_('Case')} {item['case']}: " if item["case"] else ""
        found[str(item["id"])] = f"{long_date(item['date'])}: {case}{item['title']}"
    if chosen not in found:
        found[chosen] = _("An item of an earlier meeting")
    return found


async def draft_problems(here: Panel, form: DraftForm) -> dict[str, str]:
    problems = form.problems()
    item = form.facts()["item"] if not problems else None
    if item and not await queries.is_item_of(here, visit().seat, item):
        problems["item"] = _("Choose an item from the list.")
    return problems


def blank_page(form: DraftForm, items: dict[str, str], problems: dict[str, str]) -> Template:
    return page(
        "recommendations/new.html",
        status=422 if problems else 200,
        form=form,
        items=items,
        problems=problems,
    )


@get("/new", act=Act.RECOMMENDATION_DRAFT_PAGE)
async def new_page(seat: Seated, here: Here, item: FromQuery[str] = "") -> Template:
    return blank_page(DraftForm(item=item), await item_choices(here, item), {})


@post("/new", act=Act.RECOMMENDATION_DRAFT)
async def new(seat: Seated, here: Here, data: URLEncodedBody[DraftForm]) -> Template | Redirect:
    if problems := await draft_problems(here, data):
        return blank_page(data, await item_choices(here, data.item), problems)
    made = await actions.draft(by=seat, **data.facts(), form_key=data.form_key)
    return Redirect(address(here.slug, made.number), status_code=303)


@get("/{number:int}/draft", act=Act.RECOMMENDATION_DRAFT_PAGE)
async def draft_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    asked = await opened(here, seat, number, "agreed")
    form = DraftForm.of(asked)
    items = await item_choices(here, form.item)
    return await redrawn("draft", here, seat, number, form, items=items)


@post("/{number:int}/draft", act=Act.RECOMMENDATION_DRAFT)
async def draft(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[DraftForm]
) -> Template | Redirect:
    asked = await queries.find(here, seat, number)
    items = await item_choices(here, data.item)
    if problems := await draft_problems(here, data):
        return await redrawn("draft", here, seat, number, data, problems, items=items)
    deed = actions.redraft(data.look(asked), by=seat, **data.facts())
    return await attempt(deed, "draft", here, seat, number, data, items=items)


# -- agreeing and issuing -------------------------------------------------------------------------


@get("/{number:int}/agreement", act=Act.RECOMMENDATION_AGREE_PAGE)
async def agreement_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    asked = await opened(here, seat, number, "agreed")
    rooms = await queries.deciders(here, asked)
    form = await as_decided(asked, rooms)
    return await redrawn("agreement", here, seat, number, form, rooms=rooms)


@post("/{number:int}/agreement", act=Act.RECOMMENDATION_AGREE)
async def agreement(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[AgreementForm]
) -> Template | Redirect:
    asked = await queries.find(here, seat, number)
    rooms = await queries.deciders(here, asked)
    present = {str(room.id): room.present for room in rooms if room.quorate}
    if problems := data.problems(present):
        return await redrawn("agreement", here, seat, number, data, problems, rooms=rooms)
    how = {"meeting": UUID(data.meeting), **data.votes(), "form_key": data.form_key}
    deed = actions.agree(data.look(asked), by=seat, **how)
    return await attempt(deed, "agreement", here, seat, number, data, rooms=rooms)


def issuing(here: Panel) -> dict[str, Any]:
    """What the page says before somebody does what cannot be undone."""
    due, working = rules.answer_due(today(), here.response_days)
    return {"due": due, "working": working}


@get("/{number:int}/issue", act=Act.RECOMMENDATION_ISSUE_PAGE)
async def issue_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    await opened(here, seat, number, "issued")
    return await redrawn("issue", here, seat, number, Seen(), **issuing(here))


@post("/{number:int}/issue", act=Act.RECOMMENDATION_ISSUE)
async def issue(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[Seen]
) -> Template | Redirect:
    asked = await queries.find(here, seat, number)
    deed = actions.issue(data.look(asked), by=seat, form_key=data.form_key)
    return await attempt(deed, "issue", here, seat, number, data, **issuing(here))


# -- what the police say --------------------------------------------------------------------------


@get("/{number:int}/answer", act=Act.RECOMMENDATION_ANSWER_PAGE)
async def answer_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    await opened(here, seat, number, "answered")
    return await redrawn("answer", here, seat, number, AnswerForm(), answers=rules.ANSWERS)


@post("/{number:int}/answer", act=Act.RECOMMENDATION_ANSWER)
async def answer(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[AnswerForm]
) -> Template | Redirect:
    asked = await queries.find(here, seat, number)
    answers = rules.ANSWERS
    if problems := data.problems():
        return await redrawn("answer", here, seat, number, data, problems, answers=answers)
    deed = actions.answer(
        data.look(asked),
        by=seat,
        answer_type=data.answer_type,
        text=data.words(),
        form_key=data.form_key,
    )
    return await attempt(deed, "answer", here, seat, number, data, answers=answers)


@get("/{number:int}/report", act=Act.RECOMMENDATION_REPORT_PAGE)
async def report_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    await opened(here, seat, number, "reported")
    return await redrawn("report", here, seat, number, ReportForm())


@post("/{number:int}/report", act=Act.RECOMMENDATION_REPORT)
async def report(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[ReportForm]
) -> Template | Redirect:
    asked = await queries.find(here, seat, number)
    if problems := data.problems():
        return await redrawn("report", here, seat, number, data, problems)
    deed = actions.report(data.look(asked), by=seat, text=data.words(), form_key=data.form_key)
    return await attempt(deed, "report", here, seat, number, data)


# -- closing --------------------------------------------------------------------------------------


@get("/{number:int}/closure", act=Act.RECOMMENDATION_CLOSE_PAGE)
async def closure_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    asked = await opened(here, seat, number, "withdrawn")
    outcomes = rules.endings(asked.stage)
    form = ClosureForm(outcome=outcomes[0] if len(outcomes) == 1 else "")
    return await redrawn("closure", here, seat, number, form, outcomes=outcomes)


@post("/{number:int}/closure", act=Act.RECOMMENDATION_CLOSE)
async def closure(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[ClosureForm]
) -> Template | Redirect:
    asked = await queries.find(here, seat, number)
    outcomes = rules.endings(asked.stage)
    if problems := data.problems():
        return await redrawn("closure", here, seat, number, data, problems, outcomes=outcomes)
    deed = actions.close(
        data.look(asked),
        data.outcome,
        by=seat,
        method=data.method,
        note=data.words(),
        form_key=data.form_key,
    )
    return await attempt(deed, "closure", here, seat, number, data, outcomes=outcomes)


router = Router(
    "/{panel:str}/recommendations",
    route_handlers=[
        *(recommendation, new_page, new, draft_page, draft, agreement_page, agreement),
        *(issue_page, issue, answer_page, answer, report_page, report, closure_page, closure),
    ],
)
