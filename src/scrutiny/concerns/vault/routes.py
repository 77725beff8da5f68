"""Looks at who wrote a concern: asked by one custodian, answered by another, read for a while."""

from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.concerns.consents import CELLS, given_for
from scrutiny.concerns.queries import PAGE, find, reference_of
from scrutiny.concerns.rules import GONE, LOOKS
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vault import actions, queries
from scrutiny.concerns.vault.forms import WRONG, AnswerForm, LookForm
from scrutiny.concerns.vault.rules import DECLINES
from scrutiny.kit.clock import now
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page


@get("/{panel:str}/concerns/{number:int}/contact", act=Act.LOOK_ASK_PAGE)
async def contact_page(seat: Seated, number: FromPath[int], why: FromQuery[str] = "") -> Template:
    """`why` is the reason that is chosen already, and the look for it that is shown."""
    form = LookForm(why=why if why in LOOKS else "")
    return await _contact(seat, await _find(seat, number), form)


@post("/{panel:str}/concerns/{number:int}/contact", act=Act.LOOK_ASK, status_code=200)
async def contact(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[LookForm]
) -> Template | Redirect:
    """Asks for a look; or shows who wrote, in the answer itself, so that each look is recorded."""
    concern = await _find(seat, number)
    if data.show == "yes":
        return await _shown(seat, concern, data.why if data.why in LOOKS else "")
    if problems := data.problems():
        return await _contact(seat, concern, data, problems, 422)
    there = Redirect(
        f"/{seat.panel.slug}/concerns/{number}/contact?why={data.why}", status_code=303
    )
    if queries.is_waiting(await queries.own_look(concern, seat, data.why)):  # sent twice
        return there
    try:
        await actions.ask(concern, by=seat, why=data.why)
    except NotNow as why:
        return await _contact(seat, concern, data, {"why": str(why)}, 409)
    return there


async def _find(seat: Seat, number: int) -> Concern:
    """Raises Missing where there is nobody to look for."""
    await actions.close_expired(now())
    concern = await find(seat, number)
    if concern.stage in GONE or not await queries.has_contact(concern):
        raise Missing(_("They left no way to reach them."))
    return concern


async def _shown(seat: Seat, concern: Concern, reason: str) -> Template:
    found = await actions.read(concern, by=seat, why=reason)
    if found is None:
        why = {"why": _("This is not open, or its thirty minutes are over. You can ask again.")}
        return await _contact(seat, concern, LookForm(), why, 409)
    look = await queries.own_look(concern, seat, reason)
    return page(
        "concerns/vault/shown.html",
        concern=concern,
        reference=reference_of(concern),
        found=found,
        until=look.until,
        why=look.why,
    )


async def _contact(
    seat: Seat,
    concern: Concern,
    form: LookForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Template:
    look = await queries.own_look(concern, seat, form.why if form.why in LOOKS else "")
    others = await queries.other_holders(seat.panel, seat)
    return page(
        "concerns/vault/contact.html",
        status=status,
        concern=concern,
        reference=reference_of(concern),
        look=look,
        waiting=queries.is_waiting(look),
        open=queries.is_open(look),
        declined=DECLINES.get(look.declined, "") if look else "",
        others=[key.seat.person.name for key in others],
        looks=LOOKS,
        form=form,
        problems=problems or {},
    )


@get("/{panel:str}/looks", act=Act.LOOK_AGREE_PAGE)
async def show_all(seat: Seated, after: FromQuery[UUID | None] = None) -> Template:
    """Requests that wait for an answer, oldest first; `after` leads to the next page."""
    await actions.close_expired(now())
    found = await queries.asked_looks(seat, after)
    shown = found[:PAGE]
    return page(
        "concerns/vault/looks.html",
        rows=[
            {
                "look": look,
                "reference": reference_of(look.concern),
                "why": LOOKS[look.why],
                "own": look.asked_by.person.id == seat.person.id,
            }
            for look in shown
        ],
        later=shown[-1].id if len(found) > PAGE else None,
        first=after is None,
    )


@get("/{panel:str}/looks/{look:uuid}", act=Act.LOOK_AGREE_PAGE)
async def look_page(seat: Seated, look: FromPath[UUID]) -> Template:
    await actions.close_expired(now())
    return await _look(seat, look, AnswerForm())


@post("/{panel:str}/looks/{look:uuid}", act=Act.LOOK_AGREE)
async def answer(
    seat: Seated, look: FromPath[UUID], data: URLEncodedBody[AnswerForm]
) -> Template | Redirect:
    await actions.close_expired(now())
    asked = await queries.look_on(seat, look)
    if problems := data.problems():
        return await _look(seat, look, data, problems, 422)
    try:
        if data.verdict == "decline":
            await actions.decline(asked, by=seat, why=data.why)
        elif not await actions.open_for(asked, by=seat, passphrase=data.passphrase):
            return await _look(seat, look, data, {"passphrase": WRONG}, 422)
    except NotNow as why:
        return await _look(seat, look, data, {"verdict": str(why)}, 409)
    return Redirect(f"/{seat.panel.slug}/looks/{look}", status_code=303)


async def _look(
    seat: Seat,
    look: UUID,
    form: AnswerForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Template:
    asked = await queries.look_on(seat, look)
    key = await queries.own_key(seat, await queries.newest(seat.panel))
    return page(
        "concerns/vault/look.html",
        status=status,
        look=asked,
        reference=reference_of(asked.concern),
        why=LOOKS[asked.why],
        allowed=await _allowed(asked.concern),
        declined=DECLINES.get(asked.declined, ""),
        declines=DECLINES,
        own=asked.asked_by.person.id == seat.person.id,
        holds=key is not None and bool(key.locked),
        form=form,
        problems=problems or {},
    )


async def _allowed(concern: Concern) -> list[str]:
    """What the resident says yes to today, in the order in which it is asked."""
    given = await given_for(concern) if concern.stage not in GONE else set()
    return [words for cell, words in CELLS.items() if cell in given]


router = Router("/", route_handlers=[contact_page, contact, show_all, look_page, answer])
