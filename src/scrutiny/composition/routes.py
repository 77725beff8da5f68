from typing import Any

from litestar import Router, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.composition import actions, queries, rules
from scrutiny.composition.rules import QUESTIONS
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, counts_for_quorum
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

HOME = "/{panel:str}/composition"


@get(HOME, act=Act.ANYONE)
async def show(here: Here) -> Template:
    """Who the panel is, beside who lives here and who is searched. Only rounds that are over."""
    counts = await queries.counts(here)
    found = {name: rules.published(rounds) for name, rounds in counts.items()}
    ethnicity = found.pop("ethnicity")
    lived, searched = await queries.residents(here), await queries.searched(here)
    return page(
        "composition/show.html",
        published=True,
        shares=rules.shares(ethnicity, lived, searched),
        lived=bool(lived),
        searched=bool(searched),
        counts=ethnicity,
        others=[_question(name, shown) for name, shown in found.items() if shown],
        least=rules.AT_LEAST,
    )


def _question(name: str, shown: dict[str, int | None]) -> dict[str, Any]:
    asked = QUESTIONS[name]
    rows = [
        [_(asked.answers[answer]), _("not shown") if count is None else str(count)]
        for answer, count in shown.items()
    ]
    return {"label": asked.label, "rows": rows}


@get(f"{HOME}/rounds", act=Act.COMPOSITION_RUN_PAGE)
async def rounds_page(here: Here) -> Template:
    return await _rounds(here)


@post(f"{HOME}/rounds", act=Act.COMPOSITION_RUN)
async def open_round(seat: Seated, here: Here) -> Template | Redirect:
    try:
        await actions.open_round(by=seat)
    except NotNow as why:
        return await _rounds(here, str(why), 409)
    return Redirect(f"/{here.slug}/composition/rounds", status_code=303)


async def _rounds(here: Panel, refusal: str = "", status: int = 200) -> Template:
    found = await queries.rounds(here)
    newest = found[0] if found else None
    now = newest is not None and newest.stage == "open"
    return page(
        "composition/rounds.html",
        status=status,
        rounds=found,
        answered=await queries.answered(newest) if now else None,
        may_open=not now and rules.may_open(newest.opened if newest else None, today()),
        next=newest.opened + rules.BETWEEN if newest else None,
        refusal=refusal,
    )


@get(f"{HOME}/mine", act=Act.SEAT_MINE_PAGE)
async def mine_page(seat: Seated) -> Template:
    return await _mine(seat)


@post(f"{HOME}/mine", act=Act.SEAT_MINE)
async def answer(
    seat: Seated, here: Here, data: URLEncodedBody[dict[str, Any]]
) -> Template | Redirect:
    given = {name: value for name, value in data.items() if isinstance(value, str)}
    try:
        await actions.answer(given, by=seat)
    except NotNow as why:
        return await _mine(seat, str(why), 409)
    return Redirect(f"/{here.slug}/composition/mine", status_code=303)


async def _mine(seat: Seat, refusal: str = "", status: int = 200) -> Template:
    found = await queries.open_round(seat.panel)
    asked = found is not None and counts_for_quorum(seat.role) and found.closes >= today()
    return page(
        "composition/mine.html",
        status=status,
        round=found if asked else None,
        done=bool(asked) and await queries.has_answered(found, seat.person),
        questions={
            name: (_(one.label), {value: _(words) for value, words in one.options.items()})
            for name, one in QUESTIONS.items()
        },
        refusal=refusal,
    )


router = Router("/", route_handlers=[show, rounds_page, open_round, mine_page, answer])
