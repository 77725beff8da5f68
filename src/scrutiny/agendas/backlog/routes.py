"""The backlog: what waits for a meeting, what was proposed, and what became of it."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas.access import Reader, reader_of
from scrutiny.agendas.backlog import actions, queries
from scrutiny.agendas.backlog.queries import NOT_THERE, After
from scrutiny.agendas.backlog.rules import STANDS, DropForm, MeetingForm, ProposalForm, Stage
from scrutiny.agendas.backlog.tables import Parked
from scrutiny.agendas.rules import CLOSED_REASONS
from scrutiny.kit.errors import Missing
from scrutiny.kit.ids import known_id
from scrutiny.meetings.plan import day, day_in_address
from scrutiny.meetings.queries import find
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

BACKLOG = "/{panel:str}/backlog"
LISTED = (Stage.PROPOSED, Stage.WAITING)


@get(BACKLOG, act=Act.AGENDA_PROPOSE_PAGE)
async def show(
    seat: Seated,
    here: Here,
    stage: FromQuery[str] = Stage.WAITING.value,
    after: FromQuery[str] = "",
) -> Template:
    if stage not in LISTED:
        raise Missing(_("There is no such list."))
    return await _backlog(seat, here, stage, _after(after))


@post(BACKLOG, act=Act.AGENDA_PROPOSE)
async def propose(
    seat: Seated, here: Here, data: URLEncodedBody[ProposalForm]
) -> Template | Redirect:
    if problems := data.problems():
        return await _backlog(seat, here, form=data, problems=_all(problems), status=422)
    await actions.propose(data.values(), by=seat, form_key=data.form_key)
    return Redirect(f"/{here.slug}/backlog", status_code=303)


async def _backlog(
    seat: Seat,
    here: Panel,
    stage: str = Stage.WAITING,
    after: After | None = None,
    *,
    form: ProposalForm | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    found = await queries.waiting(await _reader(seat, here), here, stage, after)
    shown = found[: queries.PAGE]
    return page(
        "agendas/backlog.html",
        status=status,
        stage=str(stage),
        rows=[(one, queries.title_of(one)) for one in shown],
        mine=await queries.mine(seat),
        stands=STANDS,
        reasons=CLOSED_REASONS,
        form=form or ProposalForm(),
        problems=problems or {},
        more=_place(shown[-1]) if len(found) > queries.PAGE else "",
    )


@get(f"{BACKLOG}/{{parked:str}}", act=Act.AGENDA_EDIT_PAGE)
async def show_one(seat: Seated, here: Here, parked: FromPath[str]) -> Template:
    return await _one(here, await _find(seat, here, parked))


@post(f"{BACKLOG}/{{parked:str}}/acceptance", act=Act.AGENDA_EDIT)
async def accept(seat: Seated, here: Here, parked: FromPath[str]) -> Redirect:
    await actions.accept((await _find(seat, here, parked)).id, by=seat)
    return Redirect(f"/{here.slug}/backlog", status_code=303)


@post(f"{BACKLOG}/{{parked:str}}/refusal", act=Act.AGENDA_EDIT)
async def drop(
    seat: Seated, here: Here, parked: FromPath[str], data: URLEncodedBody[DropForm]
) -> Template | Redirect:
    found = await _find(seat, here, parked)
    if problems := data.problems():
        return await _one(here, found, data, _all(problems), status=422)
    await actions.drop(found.id, data.reason, by=seat)
    return Redirect(f"/{here.slug}/backlog", status_code=303)


@post(f"{BACKLOG}/{{parked:str}}/place", act=Act.AGENDA_EDIT)
async def take(
    seat: Seated, here: Here, parked: FromPath[str], data: URLEncodedBody[MeetingForm]
) -> Template | Redirect:
    found, when = await _find(seat, here, parked), day(data.meeting)
    if when is None:
        problems = {"meeting": _("Choose a meeting.")}
        return await _one(here, found, problems=problems, status=422)
    meeting = await find(seat, here, day_in_address(data.meeting))
    await actions.take(found.id, meeting, by=seat, form_key=data.form_key)
    return Redirect(f"/{here.slug}/meetings/{when.isoformat()}/agenda", status_code=303)


async def _one(
    here: Panel,
    parked: Parked,
    form: DropForm | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    return page(
        "agendas/parked.html",
        status=status,
        parked=parked,
        title=queries.title_of(parked),
        stands=STANDS,
        reasons=CLOSED_REASONS,
        meetings=await queries.agendas_ahead(here),
        form=form or DropForm(),
        problems=problems or {},
        open=parked.stage in LISTED,
    )


def _all(problems: Mapping[str, str]) -> dict[str, str]:
    return {name: _(words) for name, words in problems.items()}


async def _reader(seat: Seat, here: Panel) -> Reader:
    """With the seat that reads most, where somebody holds more than one."""
    return await reader_of(visit().seat_for(Act.CLOSED_READ) or seat, here)


async def _find(seat: Seat, here: Panel, typed: str) -> Parked:
    known = known_id(typed)
    if known is None:
        raise Missing(NOT_THERE)
    return await queries.find(await _reader(seat, here), here, known)


def _after(typed: str) -> After | None:
    """Where the page before ended: `2026-05-14.<id>`."""
    when, _dot, known = typed.partition(".")
    found: UUID | None = known_id(known)
    return After(day_in_address(when), found) if typed and found else None


def _place(last: Parked) -> str:
    return f"{last.parked.isoformat()}.{last.id}"


router = Router("/", route_handlers=[show, propose, show_one, accept, drop, take])
