"""Who sits and who sat, ending a seat, and how one is named in public."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow
from scrutiny.kit.ids import known_id
from scrutiny.membership import actions, queries, rules
from scrutiny.membership.invites.queries import open_invites
from scrutiny.membership.proposals import actions as proposals
from scrutiny.membership.proposals.queries import open_proposals
from scrutiny.membership.rules import Kind, Reason
from scrutiny.membership.standing.queries import notices, resignations, vacant
from scrutiny.membership.standing.rules import STANDS
from scrutiny.people.constitution import constitution_of
from scrutiny.people.rules import PublicName, role_name
from scrutiny.people.tables import Seat
from scrutiny.policy import Act, counts_for_quorum
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit


@get("/{panel:str}/seats", act=Act.SEATS_READ)
async def show_all(seat: Seated, here: Here, after: FromQuery[str] = "") -> Template:
    found = await queries.sitting(here, known_id(after))
    runs = visit().may(Act.SEAT_END)
    return page(
        "membership/seats.html",
        **_list(found),
        noted=await notices([one.id for one in found]),
        routes=rules.ROUTES,
        stands=STANDS,
        counted=counts_for_quorum,
        vacant=await vacant(here),
        places=constitution_of(here).places,
        mine=seat.person.id,
        first=not after,
        runs=runs,
        invites=await open_invites(here) if runs else [],
        proposals=await open_proposals(here),
        today=today(),
    )


@get("/{panel:str}/seats/ended", act=Act.SEATS_READ)
async def show_ended(here: Here, before: FromQuery[str] = "") -> Template:
    found = await queries.ended(here, known_id(before))
    runs = visit().may(Act.SEAT_END)
    why = await resignations([one.id for one in found]) if runs else {}
    return page("membership/ended.html", **_list(found), why=why, first=not before)


def _list(found: list[Seat]) -> dict[str, Any]:
    seats = found[: queries.PAGE]
    more = seats[-1].id if len(found) > queries.PAGE else None
    return {"seats": seats, "more": more, "role_name": role_name}


@dataclass
class EndForm:
    reason: str = ""
    last_day: str = ""
    why: str = ""
    version: str = "1"
    form_key: str = ""

    def problems(self, seat: Seat) -> dict[str, str]:
        found = {}
        if self.reason not in set(Reason):
            found["reason"] = _("Choose why the seat ends.")
        day = rules.day(self.last_day)
        if wrong := rules.last_day_problem(day, seat.since, today()):
            found["last_day"] = wrong
        if self.reason == Reason.REMOVED and (wrong := rules.why_problem(self.why)):
            found["why"] = wrong
        return found


@get("/{panel:str}/seats/{id:uuid}/end", act=Act.SEAT_END_PAGE)
async def end_page(seat: Seated, here: Here, id: FromPath[UUID]) -> Template:
    held = await queries.seat_on(here, id)
    await actions.must_be_held(held, seat)
    return _end(held, EndForm(version=str(held.version)), {})


@post("/{panel:str}/seats/{id:uuid}/end", act=Act.SEAT_END)
async def end(
    seat: Seated, here: Here, id: FromPath[UUID], data: URLEncodedBody[EndForm]
) -> Template | Redirect:
    held = await queries.seat_on(here, id)
    if problems := data.problems(held):
        return _end(held, data, problems, 422)
    try:
        await _end_or_propose(seat, id, data)
    except NotNow as why:
        fresh = await queries.seat_on(here, id)
        data.version = str(fresh.version)
        return _end(fresh, data, {"last_day": str(why)}, 409)
    return Redirect(f"/{here.slug}/seats", status_code=303)


async def _end_or_propose(by: Seat, seat: UUID, data: EndForm) -> None:
    last_day, reason = rules.day(data.last_day), Reason(data.reason)
    if reason is Reason.REMOVED:
        more = {"form_key": data.form_key, "last_day": last_day}
        await proposals.propose(seat, Kind.REMOVAL, data.why, by=by, **more)
    else:
        await actions.end(
            seat, rules.version(data.version), by=by, last_day=last_day, reason=reason
        )


def _end(seat: Seat, form: EndForm, problems: dict[str, str], status: int = 200) -> Template:
    return page(
        "membership/end.html",
        status=status,
        seat=seat,
        form=form,
        problems=problems,
        role=role_name(seat.role),
        reasons={
            Reason.RESIGNED: _("They resigned"),
            Reason.TERM_OVER: _("Their term is over"),
            Reason.REMOVED: _("The panel removes them"),
        },
        removed=Reason.REMOVED,
        most=rules.LONGEST_WHY,
    )


@dataclass
class NameForm:
    seat: str = ""
    choice: str = ""


@get("/account/public-name", act=Act.SIGNED_IN)
async def name_page() -> Template:
    return await _names({})


@post("/account/public-name", act=Act.SIGNED_IN_SENDS)
async def choose_name(data: URLEncodedBody[NameForm]) -> Template | Redirect:
    seat = known_id(data.seat)
    if seat is None or data.choice not in set(PublicName):
        return await _names({"choice": _("Choose how you are named.")}, 422)
    await actions.choose_name(visit().person, seat, data.choice)
    return Redirect("/account/public-name", status_code=303)


async def _names(problems: dict[str, str], status: int = 200) -> Template:
    return page(
        "membership/public_name.html",
        status=status,
        seats=await queries.seats_to_name(visit().person.id),
        names=rules.NAMES,
        shown=rules.shown,
        role_name=role_name,
        problems=problems,
    )


router = Router("/", route_handlers=[show_all, show_ended, end_page, end, name_page, choose_name])
