from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow
from scrutiny.membership.clearances import queries as clearances
from scrutiny.membership.clearances.rules import DEEDS, KINDS, opened_by
from scrutiny.membership.clearances.shown import lines
from scrutiny.membership.proposals.queries import own_removals
from scrutiny.membership.rules import ROUTES, day, version
from scrutiny.membership.standing import actions, queries, rules
from scrutiny.people.constitution import Constitution, Deed, constitution_of
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import (
    ACTIVE,
    ON_LEAVE,
    ONBOARDING,
    Act,
    counts_for_quorum,
    may,
    speaks_for_police,
)
from scrutiny.web.gate import Here, Seated
from scrutiny.web.pages import page
from scrutiny.web.visit import visit


@get("/{panel:str}/seats/mine", act=Act.SEAT_MINE_PAGE)
async def show(seat: Seated, here: Here) -> Template:
    mine = [one for one in visit().seats if one.person.id == seat.person.id]
    noted = await queries.notices([one.id for one in mine])
    over = await queries.given_up([one.id for one in mine])
    panel_side = not all(speaks_for_police(one.role) for one in mine)
    return page(
        "membership/mine.html",
        seats=[_line(one, noted, over, constitution_of(here)) for one in mine],
        removals=await own_removals(here, seat.person),
        panel_side=panel_side,
        **(await _clearances(here, mine) if panel_side else {}),
    )


def _line(seat: Seat, noted: dict, over: set[UUID], rules_here: Constitution) -> dict[str, Any]:
    counted = counts_for_quorum(seat.role)
    return {
        "seat": seat,
        "role": role_name(seat.role),
        "stands": rules.STANDS[seat.stage],
        "notice": noted.get(seat.id),
        "route": ROUTES.get(seat.route, "") if counted else "",
        "most_terms": rules_here.most_terms if counted else 0,
        "ends_soon": rules.is_ending(seat.until, today()),
        "over": seat.id in over,
        "may_leave": seat.id not in over and seat.stage == ACTIVE and seat.id not in noted,
        "away": seat.stage == ON_LEAVE,
    }


async def _clearances(panel: Panel, mine: list[Seat]) -> dict[str, Any]:
    person, asked = mine[0].person, constitution_of(panel)
    held = await clearances.held_by(panel, person.id)
    valid = await clearances.valid_kinds(panel, person.id)
    opened = opened_by(valid, asked.clearances)
    joining = any(one.stage == ONBOARDING for one in mine)
    return {
        "lines": lines(held, asked, today()),
        "opened": {DEEDS[deed]: deed in opened and _lets_in(mine, deed) for deed in DEEDS},
        "to_sign": {one.kind: KINDS[one.kind] for one in await clearances.to_sign(panel, person)},
        "lacks": rules.in_words(await queries.missing(panel, person.id)) if joining else [],
        "joining": joining,
    }


OPENS = {
    Deed.CLOSED_PART: Act.CLOSED_READ,
    Deed.CASE_PAPERS: Act.CASES_READ,
    Deed.VIEWING: Act.PAPERS_READ,
}


def _lets_in(mine: list[Seat], deed: Deed) -> bool:
    """Clearances alone open nothing: a seat has to have the right, and to have it today."""
    return any(may(one.role, OPENS[deed], one.stage) for one in mine)


@dataclass
class LeaveForm:
    since: str = ""
    until: str = ""
    version: str = "0"


@get("/{panel:str}/seats/mine/{mine:uuid}/leave", act=Act.SEAT_MINE_PAGE)
async def leave_page(seat: Seated, here: Here, mine: FromPath[UUID]) -> Template:
    own = await queries.own_seat(seat.person, here, mine)
    form = LeaveForm(since=today().isoformat(), version=str(own.version))
    return _leave(own, form, {})


@post("/{panel:str}/seats/mine/{mine:uuid}/leave", act=Act.SEAT_MINE)
async def take_leave(
    seat: Seated, here: Here, mine: FromPath[UUID], data: URLEncodedBody[LeaveForm]
) -> Template | Redirect:
    own = await queries.own_seat(seat.person, here, mine)
    since, until = day(data.since), day(data.until)
    if problems := rules.leave_problems(since, until, data.until, today()):
        return _leave(own, data, problems, 422)
    try:
        await actions.take_leave(mine, version(data.version), since=since, until=until, by=seat)
    except NotNow as why:
        fresh = await queries.own_seat(seat.person, here, mine)
        data.version = str(fresh.version)
        return _leave(fresh, data, {"since": str(why)}, 409)
    return Redirect(f"/{here.slug}/seats/mine", status_code=303)


def _leave(seat: Seat, form: LeaveForm, problems: dict[str, str], status: int = 200) -> Template:
    return page("membership/leave.html", status=status, seat=seat, form=form, problems=problems)


@post("/{panel:str}/seats/mine/{mine:uuid}/return", act=Act.SEAT_MINE)
async def come_back(
    seat: Seated, here: Here, mine: FromPath[UUID], data: URLEncodedBody[LeaveForm]
) -> Redirect:
    await actions.come_back(mine, version(data.version), by=seat)
    return Redirect(f"/{here.slug}/seats/mine", status_code=303)


@dataclass
class ResignForm:
    last_day: str = ""
    why: str = ""
    sure: str = ""
    version: str = "0"

    def problems(self, seat: Seat) -> dict[str, str]:
        wrong = rules.resignation_problem(day(self.last_day), seat.until, today())
        found = {"last_day": wrong, "why": rules.why_problem(self.why, needed=False)}
        return {field: words for field, words in found.items() if words}


@get("/{panel:str}/seats/mine/{mine:uuid}/resignation", act=Act.SEAT_MINE_PAGE)
async def resign_page(seat: Seated, here: Here, mine: FromPath[UUID]) -> Template:
    own = await queries.own_seat(seat.person, here, mine)
    return _resign(own, ResignForm(version=str(own.version)), {})


@post("/{panel:str}/seats/mine/{mine:uuid}/resignation", act=Act.SEAT_MINE)
async def resign(
    seat: Seated, here: Here, mine: FromPath[UUID], data: URLEncodedBody[ResignForm]
) -> Template | Redirect:
    """The first time it asks whether they are sure."""
    own = await queries.own_seat(seat.person, here, mine)
    if problems := data.problems(own):
        return _resign(own, data, problems, 422)
    if data.sure != "yes":
        return _resign(own, data, {}, asks=True)
    last = day(data.last_day)
    try:
        await actions.resign(mine, version(data.version), last_day=last, why=data.why, by=seat)
    except NotNow as why:
        fresh = await queries.own_seat(seat.person, here, mine)
        data.version = str(fresh.version)
        return _resign(fresh, data, {"last_day": str(why)}, 409)
    return Redirect(f"/{here.slug}/seats/mine", status_code=303)


def _resign(
    seat: Seat, form: ResignForm, problems: dict[str, str], status: int = 200, asks: bool = False
) -> Template:
    return page(
        "membership/resignation.html",
        status=status,
        seat=seat,
        form=form,
        problems=problems,
        asks=asks,
        last=day(form.last_day),
        role=role_name(seat.role),
        most=rules.LONGEST_WHY,
    )


router = Router(
    "/",
    route_handlers=[show, leave_page, take_leave, come_back, resign_page, resign],
)
