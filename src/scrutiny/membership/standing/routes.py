from dataclasses import dataclass
from datetime import date
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow
from scrutiny.membership.actions import must_be_held
from scrutiny.membership.queries import seat_on
from scrutiny.membership.rules import day, version
from scrutiny.membership.standing import actions, queries, rules
from scrutiny.people.constitution import constitution_of
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import ACTIVE, ON_LEAVE, ONBOARDING, RESTRICTED, Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.pages import page


@dataclass
class ChangeForm:
    """Everything that somebody who runs the panel may fill in on the page of one seat."""

    since: str = ""
    until: str = ""
    why: str = ""
    term_until: str = ""
    version: str = "0"

    @classmethod
    def fresh(cls, seat: Seat, panel: Panel) -> "ChangeForm":
        years = constitution_of(panel).term_years
        following = rules.years_later(seat.until, years).isoformat() if seat.until else ""
        return cls(since=today().isoformat(), term_until=following, version=str(seat.version))


@get("/{panel:str}/seats/{id:uuid}/standing", act=Act.SEAT_CHANGE_PAGE)
async def show(seat: Seated, here: Here, id: FromPath[UUID]) -> Template:
    held = await seat_on(here, id)
    await must_be_held(held, seat)
    return await _show(held, ChangeForm.fresh(held, here), {})


async def _show(
    held: Seat, form: ChangeForm, problems: dict[str, str], status: int = 200
) -> Template:
    panel = held.panel
    lacks = await queries.missing(panel, held.person.id)
    return page(
        "membership/standing.html",
        status=status,
        seat=held,
        form=form,
        problems=problems,
        role=role_name(held.role),
        stands=rules.STANDS[held.stage],
        notice=await queries.notice(held.id),
        lacks=rules.in_words(lacks) if held.stage == ONBOARDING else [],
        lapsed=rules.in_words(lacks) if held.stage in (ACTIVE, ON_LEAVE) else [],
        no_term=rules.term_problem(
            held.role, held.term, held.until, constitution_of(panel), today()
        ),
        stages={"active": ACTIVE, "joining": ONBOARDING, "away": ON_LEAVE, "shut": RESTRICTED},
        most=rules.LONGEST_WHY,
    )


async def _changed(seat: Seat, here: Panel, held: Seat, data: ChangeForm, deed, field: str):
    """Do it and show the seats, or redraw the page with what was typed and what is so now."""
    try:
        await deed
    except NotNow as why:
        fresh = await seat_on(here, held.id)
        await must_be_held(fresh, seat)
        data.version = str(fresh.version)
        return await _show(fresh, data, {field: str(why)}, 409)
    return Redirect(f"/{here.slug}/seats/{held.id}/standing", status_code=303)


@post("/{panel:str}/seats/{id:uuid}/activation", act=Act.SEAT_ACTIVATE)
async def make_active(
    seat: Seated, here: Here, id: FromPath[UUID], data: URLEncodedBody[ChangeForm]
) -> Template | Redirect:
    held = await seat_on(here, id)
    deed = actions.make_active(id, version(data.version), by=seat)
    return await _changed(seat, here, held, data, deed, "activation")


@post("/{panel:str}/seats/{id:uuid}/leave", act=Act.SEAT_CHANGE)
async def give_leave(
    seat: Seated, here: Here, id: FromPath[UUID], data: URLEncodedBody[ChangeForm]
) -> Template | Redirect:
    held = await seat_on(here, id)
    since, until = day(data.since), day(data.until)
    if problems := rules.leave_problems(since, until, data.until, today()):
        return await _show(held, data, problems, 422)
    deed = actions.give_leave(id, version(data.version), since=since, until=until, by=seat)
    return await _changed(seat, here, held, data, deed, "since")


@post("/{panel:str}/seats/{id:uuid}/return", act=Act.SEAT_CHANGE)
async def call_back(
    seat: Seated, here: Here, id: FromPath[UUID], data: URLEncodedBody[ChangeForm]
) -> Template | Redirect:
    held = await seat_on(here, id)
    deed = actions.call_back(id, version(data.version), by=seat)
    return await _changed(seat, here, held, data, deed, "return")


@post("/{panel:str}/seats/{id:uuid}/restriction", act=Act.SEAT_CHANGE)
async def restrict(
    seat: Seated, here: Here, id: FromPath[UUID], data: URLEncodedBody[ChangeForm]
) -> Template | Redirect:
    held = await seat_on(here, id)
    if wrong := rules.why_problem(data.why, needed=True):
        return await _show(held, data, {"why": wrong}, 422)
    deed = actions.restrict(id, version(data.version), data.why, by=seat)
    return await _changed(seat, here, held, data, deed, "why")


@post("/{panel:str}/seats/{id:uuid}/release", act=Act.SEAT_CHANGE)
async def release(
    seat: Seated, here: Here, id: FromPath[UUID], data: URLEncodedBody[ChangeForm]
) -> Template | Redirect:
    held = await seat_on(here, id)
    deed = actions.release(id, version(data.version), by=seat)
    return await _changed(seat, here, held, data, deed, "release")


@post("/{panel:str}/seats/{id:uuid}/term", act=Act.SEAT_CHANGE)
async def reappoint(
    seat: Seated, here: Here, id: FromPath[UUID], data: URLEncodedBody[ChangeForm]
) -> Template | Redirect:
    held = await seat_on(here, id)
    last = day(data.term_until)
    if wrong := rules.term_end_problem(last, held.until, constitution_of(here)):
        return await _show(held, data, {"term_until": wrong}, 422)
    deed = actions.reappoint(id, version(data.version), last or date.max, by=seat)
    return await _changed(seat, here, held, data, deed, "term_until")


router = Router(
    "/",
    route_handlers=[show, make_active, give_leave, call_back, restrict, release, reappoint],
)
