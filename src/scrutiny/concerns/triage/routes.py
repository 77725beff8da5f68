"""Triage's deeds: decisions, each on a page of its own, and what is done beside them."""

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.concerns import consents, queries, rules
from scrutiny.concerns.actions import note_reading
from scrutiny.concerns.forms import number_in
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.thread.turns import turns
from scrutiny.concerns.triage import actions, clusters, moderation
from scrutiny.concerns.triage.decisions import check_open, decide
from scrutiny.concerns.triage.forms import (
    ClusterForm,
    DecisionForm,
    MessageForm,
    ScreeningForm,
    VeilForm,
)
from scrutiny.concerns.triage.queries import veiled_turns
from scrutiny.concerns.triage.rules import REFERRALS, TURNS
from scrutiny.concerns.triage.sheet import sheet
from scrutiny.concerns.triage.signposts import SIGNPOSTS
from scrutiny.concerns.triage.writing import write_to
from scrutiny.concerns.vocabulary import LIVE, PROCEEDINGS, REASONS
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow, Stale, Unreadable
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

ONE = "/{panel:str}/concerns/{number:int}"
BEATEN = "Somebody else decided this a moment ago. What is true now is shown; your text is kept."


@get(ONE + "/decisions/{move:str}", act=Act.CONCERN_TRIAGE_PAGE)
async def decision_page(seat: Seated, number: FromPath[int], move: FromPath[str]) -> Template:
    concern = await queries.find(seat, number)
    check_open(concern.stage, move)
    return await _decision(seat, concern, move, DecisionForm(version=str(concern.version)), {})


@post(ONE + "/decisions/{move:str}", act=Act.CONCERN_TRIAGE)
async def make_decision(
    seat: Seated, number: FromPath[int], move: FromPath[str], data: URLEncodedBody[DecisionForm]
) -> Template | Redirect:
    concern = await queries.find(seat, number)
    if move not in rules.DEEDS:
        check_open(concern.stage, move)
    try:
        if number_in(data.version, concern.version) != concern.version:
            raise Stale(BEATEN)
        if problems := data.problems(move, today()):
            return await _decision(seat, concern, move, data, problems, 422)
        await decide(concern, move, data, by=seat)
    except NotNow as refusal:
        fresh = await queries.find(seat, number)
        data.version = str(fresh.version)
        said = _(BEATEN) if isinstance(refusal, Stale) else _(str(refusal))
        return await _decision(seat, fresh, move, data, {}, 409, said)
    return _back(seat, number)


def _back(seat: Seat, number: int) -> Redirect:
    return Redirect(f"/{seat.panel.slug}/concerns/{number}", status_code=303)


async def _decision(
    seat: Seat,
    concern: Concern,
    move: str,
    form: DecisionForm,
    problems: dict[str, str],
    status: int = 200,
    refusal: str = "",
) -> Template:
    """With the words in question beside it: they are read again here, and that is recorded."""
    await note_reading(concern, by=seat)
    erased = concern.stage in rules.GONE
    return page(
        "concerns/triage/decision.html",
        status=status,
        concern=concern,
        reference=queries.reference_of(concern),
        move=move,
        deed=rules.deed(concern.stage, move),
        stage=rules.NAMES[concern.stage],
        said=await queries.opened(concern),
        turns=[] if erased else await turns(concern),
        veiled=await veiled_turns(concern),
        turn_kinds=TURNS,
        may_summarise=await consents.is_given(concern, "summary.panel"),
        needs_reply=move in rules.NEEDS_REPLY,
        reasons=REASONS,
        signposts={key: one.name for key, one in SIGNPOSTS.items()},
        referrals=REFERRALS,
        proceedings={key: LIVE[key] for key in PROCEEDINGS},
        today=today(),
        form=form,
        problems=problems,
        refusal=refusal,
    )


async def _again(
    seat: Seat, number: int, problems: dict[str, str], status: int, message: str = ""
) -> Template:
    """The concern's own page, drawn again because of one of its small forms."""
    concern = await queries.find(seat, number)
    await note_reading(concern, by=seat)
    shown = {**await sheet(seat, concern, today()), "message": message}
    return page("concerns/triage/show.html", status=status, **shown, show=False, problems=problems)


@post(ONE + "/message", act=Act.CONCERN_TRIAGE)
async def message(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[MessageForm]
) -> Template | Redirect:
    concern = await queries.find(seat, number)
    if problems := data.problems():
        return await _again(seat, number, problems, 422, data.message)
    try:
        await write_to(concern, by=seat, text=data.text(), last=number_in(data.last))
    except NotNow as refusal:
        return await _again(seat, number, {"message": _(str(refusal))}, 409, data.message)
    return _back(seat, number)


@post(ONE + "/screening", act=Act.CONCERN_TRIAGE)
async def screen(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[ScreeningForm]
) -> Redirect:
    """Out of the queue behind a flood: read like all others, or marked and kept there."""
    concern = await queries.find(seat, number)
    if concern.screened:
        raise NotNow(_("It does not wait any more."))
    if data.deed == "let_in":
        await actions.let_in(concern, by=seat)
    elif data.deed == "mark":
        await moderation.veil(concern, by=seat)
    else:
        raise Unreadable(_("Choose whether it is let in or marked."))
    return Redirect(f"/{seat.panel.slug}/concerns?stage=unscreened", status_code=303)


@post(ONE + "/veil", act=Act.CONCERN_TRIAGE)
async def veil(seat: Seated, number: FromPath[int], data: URLEncodedBody[VeilForm]) -> Redirect:
    concern = await queries.find(seat, number)
    if data.veiled not in ("yes", "no"):
        raise Unreadable(_("Choose whether it is folded away."))
    await moderation.veil(concern, by=seat, veiled=data.veiled == "yes", turn=data.number())
    return _back(seat, number)


@post(ONE + "/cluster", act=Act.CONCERN_TRIAGE)
async def cluster(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[ClusterForm]
) -> Template | Redirect:
    """Join it with another that tells of the same, take it out, or count its writer once."""
    concern = await queries.find(seat, number)
    joins = data.deed == "join" and data.number() > 0
    other = await queries.find(seat, data.number()) if joins else concern
    new = concern.cluster is None and other.cluster is None
    if problems := data.problems(new):
        return await _again(seat, number, problems, 422)
    try:
        if joins:
            await clusters.join(concern, other, by=seat, title=data.name())
        elif data.deed == "part":
            await clusters.take_out(concern, by=seat)
        else:
            await clusters.count_once(concern, by=seat, again=data.deed == "once")
    except NotNow as refusal:
        return await _again(seat, number, {"cluster": _(str(refusal))}, 409)
    return _back(seat, number)


router = Router("/", route_handlers=[decision_page, make_decision, message, screen, veil, cluster])
