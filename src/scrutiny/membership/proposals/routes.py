"""What takes two people: proposed by one, decided by another."""

from dataclasses import dataclass
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow
from scrutiny.membership import rules
from scrutiny.membership.actions import must_be_held
from scrutiny.membership.proposals import actions, queries
from scrutiny.membership.queries import seat_on
from scrutiny.membership.rules import VERDICTS, Kind, Stage
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page


@dataclass
class FactorsForm:
    why: str = ""
    form_key: str = ""


@dataclass
class VerdictForm:
    verdict: str = ""


@dataclass
class ReplyForm:
    reply: str = ""


@get("/{panel:str}/seats/{id:uuid}/new-factors", act=Act.SEAT_END_PAGE)
async def factors_page(seat: Seated, here: Here, id: FromPath[UUID]) -> Template:
    held = await seat_on(here, id)
    await must_be_held(held, seat)
    return _factors(held, FactorsForm(), {})


@post("/{panel:str}/seats/{id:uuid}/new-factors", act=Act.SEAT_END)
async def propose_factors(
    seat: Seated, here: Here, id: FromPath[UUID], data: URLEncodedBody[FactorsForm]
) -> Template | Redirect:
    held = await seat_on(here, id)
    if wrong := rules.why_problem(data.why):
        return _factors(held, data, {"why": wrong}, 422)
    try:
        await actions.propose(id, Kind.NEW_FACTORS, data.why, by=seat, form_key=data.form_key)
    except NotNow as why:
        return _factors(held, data, {"why": str(why)}, 409)
    return Redirect(f"/{here.slug}/seats", status_code=303)


def _factors(
    seat: Seat, form: FactorsForm, problems: dict[str, str], status: int = 200
) -> Template:
    return page(
        "membership/new_factors.html",
        status=status,
        seat=seat,
        form=form,
        problems=problems,
        most=rules.LONGEST_WHY,
    )


@get("/{panel:str}/seats/proposals/{id:uuid}", act=Act.SEAT_AGREE_PAGE)
async def proposal_page(seat: Seated, here: Here, id: FromPath[UUID]) -> Template:
    return await _proposal(seat, id, {})


@post("/{panel:str}/seats/proposals/{id:uuid}", act=Act.SEAT_AGREE)
async def decide(
    seat: Seated, here: Here, id: FromPath[UUID], data: URLEncodedBody[VerdictForm]
) -> Template | Redirect:
    if data.verdict not in VERDICTS:
        return await _proposal(seat, id, {"verdict": _("Choose whether you agree.")}, 422)
    try:
        await actions.decide(id, data.verdict, by=seat)
    except NotNow as why:
        return await _proposal(seat, id, {"verdict": str(why)}, 409)
    return Redirect(f"/{here.slug}/seats/proposals/{id}", status_code=303)


async def _proposal(
    seat: Seat, proposal: UUID, problems: dict[str, str], status: int = 200
) -> Template:
    asked = await queries.proposal_on(seat.panel, proposal)
    people = asked.by.person.id, asked.seat.person.id
    return page(
        "membership/proposal.html",
        status=status,
        asked=asked,
        removal=asked.kind == Kind.REMOVAL,
        role=role_name(asked.seat.role),
        is_open=asked.stage == Stage.OPEN,
        may_decide=rules.may_decide(seat.person.id, *people),
        waits=rules.must_wait(asked.reply_until, asked.replied, today()),
        problems=problems,
    )


@get("/{panel:str}/seats/mine/removals/{removal:uuid}", act=Act.SEAT_MINE_PAGE)
async def removal_page(seat: Seated, removal: FromPath[UUID]) -> Template:
    return await _removal(seat, removal, ReplyForm(), {})


@post("/{panel:str}/seats/mine/removals/{removal:uuid}", act=Act.SEAT_MINE)
async def reply(
    seat: Seated, here: Here, removal: FromPath[UUID], data: URLEncodedBody[ReplyForm]
) -> Template | Redirect:
    await queries.own_removal(here, seat.person, removal)
    if wrong := rules.reply_problem(data.reply):
        return await _removal(seat, removal, data, {"reply": wrong}, 422)
    try:
        await actions.reply(removal, data.reply, by=seat)
    except NotNow as why:
        return await _removal(seat, removal, data, {"reply": str(why)}, 409)
    return Redirect(f"/{here.slug}/seats/mine/removals/{removal}", status_code=303)


async def _removal(
    seat: Seat, removal: UUID, form: ReplyForm, problems: dict[str, str], status: int = 200
) -> Template:
    asked = await queries.own_removal(seat.panel, seat.person, removal)
    return page(
        "membership/removal.html",
        status=status,
        asked=asked,
        form=form,
        role=role_name(asked.seat.role),
        may_reply=rules.may_reply(asked.stage, asked.reply_until, asked.replied, today()),
        problems=problems,
        most=rules.LONGEST_REPLY,
    )


router = Router(
    "/",
    route_handlers=[
        factors_page,
        propose_factors,
        proposal_page,
        decide,
        removal_page,
        reply,
    ],
)
