from collections.abc import Mapping

from litestar import Router, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.errors import Stale
from scrutiny.membership.needs import actions, queries
from scrutiny.membership.needs.rules import LONGEST, NeedForm
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

HOME = "/{panel:str}/needs"


@get(HOME, act=Act.NEEDS_READ)
async def show_all(here: Here) -> Template:
    return page("membership/needs/all.html", needs=await queries.needs_on(here))


@get(f"{HOME}/mine", act=Act.SEAT_MINE_PAGE)
async def mine_page(seat: Seated, saved: FromQuery[str] = "") -> Template:
    need = await queries.need_of(seat)
    form = NeedForm(queries.words_of(need), str(need.version if need else 0))
    return await _mine(form, {}, saved=bool(saved))


@post(f"{HOME}/mine", act=Act.SEAT_MINE)
async def say(seat: Seated, here: Here, data: URLEncodedBody[NeedForm]) -> Template | Redirect:
    if problems := data.problems():
        return await _mine(data, problems, 422)
    seen = int(data.version) if data.version.isascii() and data.version.isdigit() else -1
    try:
        await actions.say(data.text, seen, by=seat)
    except Stale:
        return await _beaten(seat, data)
    return Redirect(f"/{here.slug}/needs/mine?saved=yes", status_code=303)


async def _beaten(seat: Seat, form: NeedForm) -> Template:
    need = await queries.need_of(seat)
    form.version = str(need.version if need else 0)
    return await _mine(form, {}, 409, theirs=queries.words_of(need))


async def _mine(
    form: NeedForm,
    problems: Mapping[str, str],
    status: int = 200,
    theirs: str | None = None,
    saved: bool = False,
) -> Template:
    return page(
        "membership/needs/mine.html",
        status=status,
        form=form,
        problems={name: _(words) for name, words in problems.items()},
        theirs=theirs,
        saved=saved,
        most=LONGEST,
    )


router = Router("/", route_handlers=[show_all, mine_page, say])
