from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.concerns import queries as concerns
from scrutiny.concerns.retention import holds, queries, rules
from scrutiny.concerns.retention.forms import DecisionForm, HoldForm
from scrutiny.concerns.tables import Concern
from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

DEEDS = {"agree": holds.agree, "decline": holds.decline, "lift": holds.lift}


@get("/{panel:str}/retention", act=Act.HOLD_PAGE)
async def coming(seat: Seated, after: FromQuery[str] = "", held: FromQuery[str] = "") -> Template:
    """What is erased in the next fourteen days, what is held, and what waits for an agreement."""
    start = rules.place(after)
    known = UUID(int=0) if not held else _uuid(held)
    if start is None or known is None:
        raise Missing(_("There is no such page of this list."))
    soon = await queries.coming(seat.panel, start)
    agreed = await queries.held(seat.panel, rules.HoldStage.AGREED, known)
    proposed = await queries.held(seat.panel, rules.HoldStage.PROPOSED, UUID(int=0))
    last = soon[concerns.PAGE - 1] if len(soon) > concerns.PAGE else None
    return page(
        "concerns/retention/coming.html",
        soon=soon[: concerns.PAGE],
        next_soon=f"{last.day.isoformat()}.{last.number}" if last else "",
        agreed=agreed[: concerns.PAGE],
        next_held=str(agreed[concerns.PAGE - 1].id) if len(agreed) > concerns.PAGE else "",
        proposed=proposed[: concerns.PAGE],
        first=not after and not held,
        policy=rules.POLICY,
        whys=rules.WHYS,
    )


def _uuid(typed: str) -> UUID | None:
    return DecisionForm(hold=typed).known()


@get("/{panel:str}/concerns/{number:int}/hold", act=Act.HOLD_PAGE)
async def hold_page(seat: Seated, number: FromPath[int]) -> Template:
    concern = await concerns.find(seat, number)
    return await _show(seat, concern, HoldForm(), {})


@post("/{panel:str}/concerns/{number:int}/hold", act=Act.HOLD)
async def propose(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[HoldForm]
) -> Template | Redirect:
    concern = await concerns.find(seat, number)
    if problems := data.problems(today()):
        return await _show(seat, concern, data, problems, 422)
    try:
        await holds.propose(
            concern, by=seat, why=data.why, until=data.day(), form_key=data.form_key
        )
    except NotNow as why:
        return await _show(seat, concern, data, {"why": str(why)}, 409)
    return _back(seat, number)


@post("/{panel:str}/concerns/{number:int}/hold/decision", act=Act.HOLD)
async def decide(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[DecisionForm]
) -> Template | Redirect:
    """Agree to it, do not agree, or lift it."""
    concern = await concerns.find(seat, number)
    hold = await queries.find_hold(seat, concern, data.known())
    if problems := data.problems():
        return await _show(seat, concern, HoldForm(), problems, 422)
    try:
        if data.seen() != hold.version:
            raise Stale(_("Somebody else changed this a moment ago. Please look again."))
        await DEEDS[data.decision](hold, concern, by=seat)
    except NotNow as why:
        return await _show(seat, concern, HoldForm(), {"decision": str(why)}, 409)
    return _back(seat, number)


def _back(seat: Seat, number: int) -> Redirect:
    return Redirect(f"/{seat.panel.slug}/concerns/{number}/hold", status_code=303)


async def _show(
    seat: Seat, concern: Concern, form: HoldForm, problems: dict[str, str], status: int = 200
) -> Template:
    found = await queries.holds_of(concern)
    return page(
        "concerns/retention/hold.html",
        status=status,
        concern=concern,
        reference=concerns.reference_of(concern),
        erased_on=await queries.erasure_of(concern),
        holds=[
            {
                "hold": one,
                "stage": rules.HOLD_NAMES[one.stage],
                "mine": one.proposed_by.person.id == seat.person.id,
            }
            for one in found
        ],
        may_propose=await queries.can_be_held(concern),
        whys=rules.WHYS,
        form=form,
        problems=problems,
    )


router = Router("/", route_handlers=[coming, hold_page, propose, decide])
