"""The terms of reference in public; comments on them, votes and signatures."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.membership.terms import actions, queries, rules
from scrutiny.membership.terms.entry import published_bytes
from scrutiny.membership.terms.forms import CommentForm, DissentForm, VoteForm
from scrutiny.membership.terms.rules import WORDS, Stage
from scrutiny.membership.terms.showing import compared, for_the_seated, is_public, shown
from scrutiny.membership.terms.tables import Terms
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.voting import queries as polls
from scrutiny.voting import rules as voting
from scrutiny.voting.laid_out import laid_out
from scrutiny.web.gate import Here, Seated, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

ONE = "/{panel:str}/terms/{number:int}"
ASK_COMMENT = "Write what you think of it."


@get("/{panel:str}/terms", act=Act.ANYONE)
async def current(seat: Viewer, here: Here) -> Template:
    found = await queries.in_force(here.id)
    new = await queries.proposed(here.id)
    return page(
        "membership/terms/current.html",
        published=True,
        current=await shown(found) if found else None,
        new=new if new and (is_public(new) or visit().may(Act.TERMS_DRAFT_PAGE)) else None,
        versions=await queries.versions(here, seat),
        words=WORDS,
        **(await for_the_seated(found, seat) if found else {}),
    )


@get(ONE, act=Act.ANYONE)
async def show(seat: Viewer, here: Here, number: FromPath[int]) -> Template:
    found = await queries.terms(here, number, seat)
    return page(
        "membership/terms/show.html",
        published=True,
        **await shown(found),
        **await for_the_seated(found, seat),
        revised=found.stage in (Stage.CONSULTED, Stage.VOTED) and _is_revised(found),
        rewritable=rules.may_be_rewritten(found.stage, found.consult_until, today()),
    )


def _is_revised(found: Terms) -> bool:
    return rules.may_be_rewritten(found.stage, found.consult_until, today()) or bool(found.poll)


@get(f"{ONE}/changes", act=Act.ANYONE)
async def changed(
    seat: Viewer, here: Here, number: FromPath[int], since: FromQuery[str] = ""
) -> Template:
    found = await queries.terms(here, number, seat)
    others = [one.number for one in await queries.versions(here, seat) if one.number != number]
    diff = await compared(here, found, since, seat)
    name = "membership/terms/changes.html"
    return page(name, published=True, found=found, others=others, **diff)


@get(f"{ONE}/published", act=Act.ANYONE)
async def published(here: Here, number: FromPath[int]) -> Response[bytes]:
    """The bytes whose fingerprint stands in the ledger."""
    found = await queries.terms(here, number, None)
    if found.in_force is None:
        raise Missing(_("This version has never been in force."))
    return Response(published_bytes(found), media_type="text/markdown; charset=utf-8")


# -- comments -------------------------------------------------------------------------------------


@get(f"{ONE}/comments", act=Act.TERMS_COMMENT_PAGE)
async def comments_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    return await _comments(seat, here, number, CommentForm(), {})


@post(f"{ONE}/comments", act=Act.TERMS_COMMENT)
async def comment(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[CommentForm]
) -> Template | Redirect:
    if problems := data.problems(_(ASK_COMMENT)):
        return await _comments(seat, here, number, data, problems, 422)
    others = data.on_behalf_of if visit().may(Act.TERMS_DRAFT) else ""
    more = {"form_key": data.form_key, "on_behalf_of": others}
    try:
        await actions.say(number, data.text, by=seat, **more)
    except NotNow as why:
        return await _comments(seat, here, number, data, {"text": str(why)}, 409)
    return Redirect(f"{actions.address(here, number)}/comments", status_code=303)


async def _comments(
    seat: Seat,
    here: Panel,
    number: int,
    form: CommentForm,
    problems: dict[str, str],
    status: int = 200,
) -> Template:
    found = await queries.terms(here, number, seat)
    return page(
        "membership/terms/comments.html",
        status=status,
        found=found,
        comments=await queries.comments(found),
        takes=rules.takes_comments(found.stage, found.consult_until, today()),
        answers=found.stage == Stage.CONSULTED,
        form=form,
        problems=problems,
        most=rules.LONGEST_COMMENT,
    )


# -- the vote -------------------------------------------------------------------------------------


@get(f"{ONE}/vote", act=Act.VOTE_PAGE)
async def vote_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    return await _vote(seat, here, number, VoteForm(), {})


@post(f"{ONE}/vote", act=Act.VOTE)
async def vote(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[VoteForm]
) -> Template | Redirect:
    if not data.choice:
        wrong = {"choice": _("Choose before you vote.")}
        return await _vote(seat, here, number, data, wrong, 422)
    try:
        await actions.vote(number, data.choice, by=seat)
    except NotNow as why:
        return await _vote(seat, here, number, data, {"choice": str(why)}, 409)
    return Redirect(actions.address(here, number), status_code=303)


async def _vote(
    seat: Seat,
    here: Panel,
    number: int,
    form: VoteForm,
    problems: dict[str, str],
    status: int = 200,
) -> Template:
    found = await queries.terms(here, number, seat)
    more = await _poll(found, seat)
    return _form("vote", found, form, problems, status, **more)


async def _poll(found: Terms, seat: Seat) -> dict[str, Any]:
    if found.poll is None:
        raise NotNow(_(actions.NO_VOTE))
    poll = await polls.poll(found.poll)
    asked = await polls.elector(poll, seat.person.id) is not None
    voted = await polls.has_voted(poll, seat.person.id)
    choices = {key: _(words) for key, words in polls.choices_of(poll).items()}
    is_open = found.stage == Stage.VOTED and asked and not voted
    facts = {"poll": await laid_out(poll), "asked": asked, "voted": voted}
    return {**facts, "choices": choices, "is_open": is_open}


def _form(
    name: str, found: Terms, form: Any, problems: dict[str, str], status: int, **more: Any
) -> Template:
    path = f"membership/terms/{name}.html"
    return page(path, status=status, found=found, form=form, problems=problems, **more)


@get(f"{ONE}/dissent", act=Act.VOTE_PAGE)
async def dissent_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    return await _dissent(seat, here, number, DissentForm(), {})


@post(f"{ONE}/dissent", act=Act.VOTE)
async def dissent(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[DissentForm]
) -> Template | Redirect:
    if wrong := voting.dissent_problem(data.text):
        return await _dissent(seat, here, number, data, {"text": wrong}, 422)
    await actions.dissent(number, data.text, named=data.named == "yes", by=seat)
    return Redirect(actions.address(here, number), status_code=303)


async def _dissent(
    seat: Seat,
    here: Panel,
    number: int,
    form: DissentForm,
    problems: dict[str, str],
    status: int = 200,
) -> Template:
    found = await queries.terms(here, number, seat)
    await _poll(found, seat)
    return _form("dissent", found, form, problems, status, most=voting.LONGEST_DISSENT)


# -- signatures -----------------------------------------------------------------------------------


@get(f"{ONE}/signature", act=Act.SEAT_MINE_PAGE)
async def signature_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    found = await queries.terms(here, number, seat)
    more = {**await shown(found), **await for_the_seated(found, seat)}
    return page("membership/terms/signature.html", **more)


@post(f"{ONE}/signature", act=Act.SEAT_MINE)
async def sign(seat: Seated, here: Here, number: FromPath[int]) -> Redirect:
    await actions.sign(number, by=seat)
    return Redirect(actions.address(here, number), status_code=303)


router = Router(
    "/",
    route_handlers=[
        *(current, show, changed, published, comments_page, comment, vote_page, vote),
        *(dissent_page, dissent, signature_page, sign),
    ],
)
