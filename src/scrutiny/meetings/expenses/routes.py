from collections.abc import Mapping

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.ids import known_id
from scrutiny.kit.stages import open_moves
from scrutiny.meetings.expenses import actions, queries, rules
from scrutiny.meetings.expenses.rules import KINDS, STANDS, ClaimForm, VerdictForm
from scrutiny.meetings.expenses.tables import Claim
from scrutiny.meetings.plan import day_in_address, seen_version
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import long_date, page

HOME = "/{panel:str}/expenses"
DECISIONS = f"{HOME}/decisions"


@get(HOME, act=Act.EXPENSE_CLAIM_PAGE)
async def mine_page(seat: Seated) -> Template:
    return page(
        "meetings/expenses/mine.html",
        claims=await queries.mine(seat),
        meetings=await queries.claimable(seat),
        kinds=KINDS,
        stands=STANDS,
        pounds=rules.pounds,
    )


@get(f"{HOME}/{{day:str}}", act=Act.EXPENSE_CLAIM_PAGE)
async def claim_page(day: FromPath[str]) -> Template:
    return _claim(day, ClaimForm(), {})


@post(f"{HOME}/{{day:str}}", act=Act.EXPENSE_CLAIM)
async def claim(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[ClaimForm]
) -> Template | Redirect:
    if problems := data.problems():
        return _claim(day, data, problems, 422)
    try:
        await actions.claim(day_in_address(day), data, by=seat)
    except NotNow as why:
        return _claim(day, data, {"kind": str(why)}, 409)
    return Redirect(f"/{here.slug}/expenses", status_code=303)


def _claim(day: str, form: ClaimForm, problems: Mapping[str, str], status: int = 200) -> Template:
    return page(
        "meetings/expenses/claim.html",
        status=status,
        form=form,
        problems={name: _(words) for name, words in problems.items()},
        day=long_date(day_in_address(day)),
        kinds={kind: _(words) for kind, words in KINDS.items()},
        most=rules.LONGEST,
    )


@post(f"{HOME}/claims/{{claim:str}}/removal", act=Act.EXPENSE_CLAIM)
async def take_back(seat: Seated, here: Here, claim: FromPath[str]) -> Redirect:
    await actions.take_back((await _made(here, claim)).id, by=seat)
    return Redirect(f"/{here.slug}/expenses", status_code=303)


@get(DECISIONS, act=Act.EXPENSE_DECIDE_PAGE)
async def decisions_page(here: Here) -> Template:
    return page(
        "meetings/expenses/decisions.html",
        claims=await queries.waiting(here),
        year=today().year,
        totals=await queries.year_totals(here, today().year),
        kinds=KINDS,
        stands=STANDS,
        pounds=rules.pounds,
    )


@get(f"{DECISIONS}/{{claim:str}}", act=Act.EXPENSE_DECIDE_PAGE)
async def decide_page(seat: Seated, here: Here, claim: FromPath[str]) -> Template:
    made = await _made(here, claim)
    return _decide(seat, made, VerdictForm(version=str(made.version)), {})


@post(f"{DECISIONS}/{{claim:str}}", act=Act.EXPENSE_DECIDE)
async def decide(
    seat: Seated, here: Here, claim: FromPath[str], data: URLEncodedBody[VerdictForm]
) -> Template | Redirect:
    made = await _made(here, claim)
    if problems := data.problems():
        return _decide(seat, made, data, problems, 422)
    seen = seen_version(data.version, made.version)
    try:
        await actions.decide(made.id, seen, data.verdict, data.why, by=seat)
    except NotNow as why:
        saved = await _made(here, claim)
        data.version = str(saved.version)
        return _decide(seat, saved, data, {"verdict": str(why)}, 409)
    return Redirect(f"/{here.slug}/expenses/decisions", status_code=303)


async def _made(here: Panel, claim: str) -> Claim:
    found = known_id(claim)
    if found is None:
        raise Missing("There is no such claim on this panel.")
    return await queries.claim_on(here, found)


def _decide(
    seat: Seat, made: Claim, form: VerdictForm, problems: Mapping[str, str], status: int = 200
) -> Template:
    moves = open_moves(rules.MOVES, made.stage)
    said = {"agreed": _("Agree"), "refused": _("Refuse"), "paid": _("It is paid")}
    return page(
        "meetings/expenses/decide.html",
        status=status,
        claim=made,
        own=made.seat.person.id == seat.person.id,
        form=form,
        problems={name: _(words) for name, words in problems.items()},
        verdicts={move: words for move, words in said.items() if move in moves},
        kinds=KINDS,
        stands=STANDS,
        pounds=rules.pounds,
    )


router = Router(
    "/",
    route_handlers=[
        *(mine_page, claim_page, claim, take_back),
        *(decisions_page, decide_page, decide),
    ],
)
