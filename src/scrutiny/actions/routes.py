from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.actions import actions, queries, rules
from scrutiny.actions.rules import MOVES, ActionForm, ReportForm
from scrutiny.actions.shown import line
from scrutiny.actions.tables import Action
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.kit.ids import known_id
from scrutiny.kit.stages import open_moves
from scrutiny.meetings.plan import seen_version
from scrutiny.membership.queries import community_seats
from scrutiny.people.queries import seats_on
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import POLICE, Act, speaks_for_police
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import long_date, page
from scrutiny.web.visit import visit

LOG = "/{panel:str}/actions"
ONE = f"{LOG}/{{number:int}}"


@get(LOG, act=Act.ANYONE)
async def show_all(here: Here, show: FromQuery[str] = "", before: FromQuery[int] = 0) -> Template:
    seat = visit().seat_for(Act.ACTIONS_READ)
    undone = show != "all"
    found = await queries.listed(seat, here, undone=undone, before=before or None)
    shown = found[: queries.PAGE]
    return page(
        "actions/list.html",
        published=True,
        lines=[line(action, seat) for action in shown],
        more=shown[-1].number if len(found) > queries.PAGE else None,
        first=not before,
        undone=undone,
    )


@get(ONE, act=Act.ANYONE)
async def show(here: Here, number: FromPath[int]) -> Template:
    seat = visit().seat_for(Act.ACTIONS_READ)
    action = await queries.find(seat, here, number)
    trail = await queries.trail(action)
    return page(
        "actions/show.html",
        published=True,
        **line(action, seat),
        trail=trail if seat else [line for line in trail if line.kind != "changed"],
        kinds=rules.KINDS,
        may_report=seat is not None and await _may_report(action, seat),
        moves=open_moves(MOVES, action.stage),
    )


async def _may_report(action: Action, seat: Seat) -> bool:
    if (action.stage, "reported") not in MOVES:
        return False
    convenes, police = visit().may(Act.ACTION_EDIT), speaks_for_police(seat.role)
    owner = await queries.owner_person(action)
    return rules.may_report(seat.person.id, owner, action.side, police=police, convenes=convenes)


@get(f"{LOG}/new", act=Act.ACTION_EDIT_PAGE)
async def new_page(here: Here) -> Template:
    return await _editing(here, ActionForm())


@post(f"{LOG}/new", act=Act.ACTION_EDIT)
async def new(seat: Seated, here: Here, data: URLEncodedBody[ActionForm]) -> Template | Redirect:
    problems = {name: _(words) for name, words in data.problems(today()).items()}
    meeting = await queries.meeting_of(here, known_id(data.meeting))
    if meeting is None:
        problems["meeting"] = _("Choose the meeting that agreed it.")
    if problems:
        return await _editing(here, data, problems, 422)
    try:
        raised = await actions.raise_alone(
            meeting, data.text, form_key=data.form_key, by=seat, **_whose(data)
        )
    except NotNow as why:
        return await _editing(here, data, {"meeting": str(why)}, 409)
    return _to(here, raised.number)


def _whose(form: ActionForm) -> dict[str, Any]:
    due = rules.day_of(form.due) if form.due.strip() else None
    owner = known_id(form.owner) if form.owner else None
    return {"side": form.side, "owner": owner, "owner_role": form.owner_role, "due": due}


async def _editing(
    here: Panel,
    form: ActionForm,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
    action: Action | None = None,
    *,
    stale: bool = False,
) -> Template:
    named = await queries.meetings_to_name(here) if action is None else []
    return page(
        "actions/edit.html",
        status=status,
        form=form,
        problems=problems or {},
        action=action,
        stale=stale,
        sides={side: _(words) for side, words in rules.SIDES.items()},
        owners=await _owners(here),
        meetings={str(one["id"]): f"{long_date(one['date'])}: {one['title']}" for one in named},
    )


async def _owners(here: Panel) -> dict[str, str]:
    """Whoever sits today, the police by what they are."""
    seats = [*await community_seats(here.id), *await seats_on(here.id, POLICE)]
    return {"": _("Nobody in particular")} | {
        str(one.id): role_name(one.role)
        if speaks_for_police(one.role)
        else f"{one.person.name} ({role_name(one.role)})"
        for one in seats
    }


@get(f"{ONE}/change", act=Act.ACTION_EDIT_PAGE)
async def change_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    action = await queries.find(seat, here, number)
    return await _editing(here, _form_of(action), action=action)


def _form_of(action: Action) -> ActionForm:
    return ActionForm(
        text=action.text,
        side=action.side,
        owner=str(queries.owner_of(action) or ""),
        owner_role=action.owner_role,
        due=action.due.isoformat() if action.due else "",
        version=str(action.version),
    )


@post(f"{ONE}/change", act=Act.ACTION_EDIT)
async def change(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[ActionForm]
) -> Template | Redirect:
    action = await queries.find(seat, here, number)
    problems = {name: _(words) for name, words in data.problems(today(), action.due).items()}
    if problems:
        return await _editing(here, data, problems, 422, action)
    seen = seen_version(data.version, action.version)
    try:
        await actions.change(number, seen, text=data.text, by=seat, **_whose(data))
    except Stale:
        saved = await queries.find(seat, here, number)
        data.version = str(saved.version)
        return await _editing(here, data, {}, 409, saved, stale=True)
    except NotNow as why:
        return await _editing(here, data, {"text": str(why)}, 409, action)
    return _to(here, number)


@get(f"{ONE}/report", act=Act.ACTION_REPORT_PAGE)
async def report_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    action = await queries.find(seat, here, number)
    return _saying(action, ReportForm(version=str(action.version)))


@post(f"{ONE}/report", act=Act.ACTION_REPORT)
async def report(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[ReportForm]
) -> Template | Redirect:
    action = await queries.find(seat, here, number)
    if problems := data.problems():
        return _saying(action, data, problems, 422)
    seen = seen_version(data.version, action.version)
    try:
        await actions.report(number, seen, data.text, done=data.done == "yes", by=seat)
    except NotNow as why:
        saved = await queries.find(seat, here, number)
        data.version = str(saved.version)
        return _saying(saved, data, {"text": str(why)}, 409)
    return _to(here, number)


def _saying(
    action: Action,
    form: ReportForm,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    return page(
        "actions/report.html",
        status=status,
        **line(action),
        form=form,
        problems={field: _(words) for field, words in (problems or {}).items()},
    )


def _to(here: Panel, number: int | UUID) -> Redirect:
    return Redirect(f"/{here.slug}/actions/{number}", status_code=303)


router = Router(
    "/",
    route_handlers=[
        *(show_all, show, new_page, new, change_page, change),
        *(report_page, report),
    ],
)
