"""The secretariat's page of one hand-off: offered, agreed, sent, answered."""

from typing import Any

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.concerns import consents, queries
from scrutiny.concerns.actions import note_reading
from scrutiny.concerns.forms import number_in
from scrutiny.concerns.rules import GONE
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.triage import handoff
from scrutiny.concerns.triage.complaint.forms import HandOffForm
from scrutiny.concerns.triage.complaint.queries import passed_on, standing, usual_address
from scrutiny.concerns.triage.queries import hand_off_of
from scrutiny.concerns.triage.rules import (
    OUTCOMES,
    RECIPIENTS,
    TRADE_OFF,
    WAYS,
    HandOffStage,
    missing_consents,
)
from scrutiny.concerns.triage.tables import HandOff
from scrutiny.concerns.vault import actions as vault
from scrutiny.concerns.vault.queries import has_contact
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.words import N_
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

BEATEN = "Somebody else did this a moment ago. What you typed is kept."
WHY = "complaint"
"""A look for any other reason opens nothing here (rules.LOOKS)."""
LOOK_FIRST = N_("Ask first to look at who wrote it: the resident wants their name to go with it.")


@get("/{panel:str}/concerns/{number:int}/hand-off", act=Act.CONCERN_HAND_OFF_PAGE)
async def hand_off_page(seat: Seated, number: FromPath[int]) -> Template:
    concern = await queries.find(seat, number)
    there = await hand_off_of(concern)
    form = HandOffForm(version=str(there.version if there else 0))
    return await _show(seat, concern, form, {})


@post("/{panel:str}/concerns/{number:int}/hand-off", act=Act.CONCERN_HAND_OFF)
async def hand_off(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[HandOffForm]
) -> Template | Redirect:
    concern = await queries.find(seat, number)
    there = await hand_off_of(concern)
    version = there.version if there else 0
    usual = usual_address(there.to, seat.panel) if there else ""
    problems = data.problems(usual)
    if not (problems.keys() - {"sure"}) and data.must_be_checked() and _is_ready(there):
        return _check(seat, concern, data, usual, problems)
    if problems:
        return await _show(seat, concern, data, problems, 422)
    try:
        if number_in(data.version, version) != version:
            raise Stale(BEATEN)
        if problem := await _do(concern, there, data, seat):
            return await _show(seat, concern, data, {"how": problem}, 422)
    except NotNow as refusal:
        said = _(BEATEN) if isinstance(refusal, Stale) else _(str(refusal))
        fresh = await hand_off_of(concern)
        data.version = str(fresh.version if fresh else 0)
        return await _show(seat, concern, data, {}, 409, said)
    return Redirect(f"/{seat.panel.slug}/concerns/{number}/hand-off", status_code=303)


def _is_ready(there: HandOff | None) -> bool:
    return there is not None and there.stage == HandOffStage.CONSENTED


def _check(
    seat: Seat, concern: Concern, form: HandOffForm, usual: str, problems: dict[str, str]
) -> Template:
    """An address that we do not know is read once more before anything goes to it."""
    return page(
        "concerns/triage/hand_off_sure.html",
        status=422 if problems else 200,
        concern=concern,
        reference=queries.reference_of(concern),
        usual=usual,
        form=form,
        problems=problems,
    )


async def _do(concern: Concern, there: HandOff | None, form: HandOffForm, seat: Seat) -> str:
    """The step that was chosen; says what stands in its way, if anything does."""
    if form.step == "offer":
        await handoff.offer(concern, by=seat, to=form.to)
        return ""
    if there is None:
        raise Missing(_(handoff.NONE))
    if form.step == "receipt":
        await handoff.note_receipt(concern, there, by=seat, receipt=form.number())
    elif form.step == "outcome":
        await handoff.note_outcome(concern, there, by=seat, outcome=form.outcome)
    else:
        return await _send(concern, there, form, seat)
    return ""


async def _send(concern: Concern, there: HandOff, form: HandOffForm, seat: Seat) -> str:
    contact = await vault.read(concern, by=seat, why=WHY) if _is_ready(there) else None
    if contact is None and _is_ready(there) and await _wants_name(concern, there):
        return LOOK_FIRST
    address = form.place(usual_address(there.to, seat.panel))
    await handoff.send(concern, there, by=seat, contact=contact, address=address)
    return ""


async def _wants_name(concern: Concern, there: HandOff) -> bool:
    """Whether they left a name or an address, and said that it may go to this recipient."""
    missing = missing_consents(there.to, await consents.given_for(concern))
    return len(missing) < 2 and await has_contact(concern)


async def _goes(seat: Seat, concern: Concern, there: HandOff) -> dict[str, Any]:
    """The letter as it would go now. While a name is locked there is none to copy or print."""
    contact = await vault.read(concern, by=seat, why=WHY)
    if contact is None and await _wants_name(concern, there):
        return {"look_first": True, "letter": None, "officer_locked": True}
    await note_reading(concern, by=seat)  # the letter has the resident's own words in it
    letter = await handoff.letter(concern, there, contact, seat.panel)
    locked = contact is None and await has_contact(concern)
    return {"look_first": False, "letter": letter, "officer_locked": locked}


async def _show(
    seat: Seat,
    concern: Concern,
    form: HandOffForm,
    problems: dict[str, str],
    status: int = 200,
    refusal: str = "",
) -> Template:
    there = await hand_off_of(concern)
    sent = await passed_on(concern, there)
    erased = concern.stage in GONE
    goes = await _goes(seat, concern, there) if _is_ready(there) and not erased else {}
    usual = usual_address(there.to, seat.panel) if there else ""
    return page(
        "concerns/triage/hand_off.html",
        status=status,
        concern=concern,
        reference=queries.reference_of(concern),
        erased=erased,
        there=there,
        stage=await standing(concern, there, sent) if there else "",
        passed_on=sent,
        goes=goes,
        usual=usual,
        trade_off=TRADE_OFF,
        recipients=RECIPIENTS,
        ways={way: words for way, words in WAYS.items() if way != "email" or usual},
        outcomes=OUTCOMES,
        form=form,
        problems=problems,
        refusal=refusal,
    )


router = Router("/", route_handlers=[hand_off_page, hand_off])
