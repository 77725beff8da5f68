from collections.abc import Mapping
from dataclasses import dataclass

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, Stale
from scrutiny.kit.ids import known_id
from scrutiny.membership.interests import actions, queries, rules
from scrutiny.membership.interests.rules import NATURES, InterestForm
from scrutiny.membership.interests.tables import Interest
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

HOME = "/{panel:str}/interests"
MINE = f"{HOME}/mine"


@get(HOME, act=Act.ANYONE)
async def show(here: Here) -> Template:
    """The public reads what was declared for it; the panel reads all."""
    everything = visit().may(Act.INTERESTS_READ)
    return page(
        "membership/interests/register.html",
        published=True,
        entries=await queries.register(here, everything=everything),
        natures=NATURES,
        everything=everything,
        again=today() - rules.AGAIN_AFTER,
    )


@get(MINE, act=Act.SEAT_MINE_PAGE)
async def mine_page(seat: Seated) -> Template:
    return await _mine(seat)


@dataclass
class LookForm:
    none: str = ""


@post(MINE, act=Act.SEAT_MINE)
async def look_over(seat: Seated, here: Here, data: URLEncodedBody[LookForm]) -> Redirect:
    await actions.look_over(by=seat, none=not await queries.mine(seat))
    return _home(here)


async def _mine(seat: Seat) -> Template:
    last = await queries.last_look(seat)
    return page(
        "membership/interests/mine.html",
        interests=await queries.mine(seat),
        natures=NATURES,
        last=last,
        due=rules.is_due(last, today()),
    )


@get(f"{MINE}/new", act=Act.SEAT_MINE_PAGE)
async def new_page() -> Template:
    return _form(InterestForm(), {})


@post(f"{MINE}/new", act=Act.SEAT_MINE)
async def new(seat: Seated, here: Here, data: URLEncodedBody[InterestForm]) -> Template | Redirect:
    if problems := data.problems():
        return _form(data, problems, 422)
    await actions.declare(data, by=seat)
    return _home(here)


@get(f"{MINE}/{{entry:str}}", act=Act.SEAT_MINE_PAGE)
async def change_page(seat: Seated, entry: FromPath[str]) -> Template:
    own = await _own(seat, entry)
    return _form(_form_of(own), {}, own=own)


@post(f"{MINE}/{{entry:str}}", act=Act.SEAT_MINE)
async def change(
    seat: Seated, here: Here, entry: FromPath[str], data: URLEncodedBody[InterestForm]
) -> Template | Redirect:
    own = await _own(seat, entry)
    if problems := data.problems():
        return _form(data, problems, 422, own)
    seen = int(data.version) if data.version.isascii() and data.version.isdigit() else own.version
    try:
        await actions.change(own.id, seen, data, by=seat)
    except Stale:
        saved = await _own(seat, entry)
        data.version = str(saved.version)
        return _form(data, {}, 409, saved, stale=True)
    return _home(here)


@post(f"{MINE}/{{entry:str}}/removal", act=Act.SEAT_MINE)
async def take_off(seat: Seated, here: Here, entry: FromPath[str]) -> Redirect:
    own = await _own(seat, entry)
    await actions.take_off(own.id, by=seat)
    return _home(here)


async def _own(seat: Seat, entry: str) -> Interest:
    known = known_id(entry)
    if known is None:
        raise Missing("There is no such entry of yours in the register.")
    return await queries.one_of_mine(seat, known)


def _form_of(own: Interest) -> InterestForm:
    return InterestForm(
        nature=own.nature,
        text=own.text,
        since=own.since.isoformat() if own.since else "",
        until=own.until.isoformat() if own.until else "",
        public="yes" if own.public else "no",
        version=str(own.version),
    )


def _form(
    form: InterestForm,
    problems: Mapping[str, str],
    status: int = 200,
    own: Interest | None = None,
    *,
    stale: bool = False,
) -> Template:
    return page(
        "membership/interests/edit.html",
        status=status,
        form=form,
        problems={name: _(words) for name, words in problems.items()},
        natures={nature: _(words) for nature, words in NATURES.items()},
        own=own,
        stale=stale,
    )


def _home(here: Panel) -> Redirect:
    return Redirect(f"/{here.slug}/interests/mine", status_code=303)


router = Router(
    "/",
    route_handlers=[
        *(show, mine_page, look_over, new_page, new),
        *(change_page, change, take_off),
    ],
)
