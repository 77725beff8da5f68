"""Elections of chair and vice-chair: put forward, second, stand, vote, hand on."""

from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.ids import known_id
from scrutiny.membership.elections import actions, queries, rules
from scrutiny.membership.elections.forms import (
    AnswerForm,
    HandoverForm,
    NominationForm,
    VoteForm,
    steps_of,
    version_of,
)
from scrutiny.membership.elections.rules import WORDS, Stage
from scrutiny.membership.elections.tables import Election
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.voting import queries as polls
from scrutiny.voting.laid_out import laid_out
from scrutiny.voting.rules import Result
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

HOME = "/{panel:str}/elections/{election:uuid}"


@get("/{panel:str}/elections", act=Act.ELECTION_PAGE)
async def show_all(here: Here, before: FromQuery[str] = "") -> Template:
    found = await queries.elections(here, known_id(before))
    shown = found[: queries.PAGE]
    return page(
        "membership/elections/list.html",
        elections=shown,
        more=shown[-1].id if len(found) > queries.PAGE else None,
        first=not before,
        ending=await queries.ending(today(), here.id),
        chair=await queries.in_the_chair(here.id),
        role_name=role_name,
        words=WORDS,
    )


@get(HOME, act=Act.ELECTION_PAGE)
async def show(seat: Seated, here: Here, election: FromPath[UUID]) -> Template:
    return await shown(seat, await queries.election(here, election))


async def shown(seat: Seat, held: Election, problems: dict[str, str] | None = None) -> Template:
    person, runs = seat.person.id, visit().may(Act.ELECTION_RUN)
    poll = await polls.poll(held.poll) if held.poll else None
    voter = await polls.elector(poll, person) if poll else None
    tied = poll is not None and poll.result == Result.TIED
    hands_on = held.stage == Stage.ELECTED and await queries.hands_on(held, person)
    concerned = hands_on or runs or (held.elected.id and held.elected.person.id == person)
    return page(
        "membership/elections/show.html",
        status=409 if problems else 200,
        held=held,
        office=role_name(held.office),
        words=WORDS[Stage(held.stage)],
        nominations=await queries.nominations(held),
        sitting=await _people(held),
        takes=held.stage == Stage.NOMINATING and held.nominate_by >= today(),
        me=person,
        poll=await laid_out(poll) if poll else None,
        votes=voter is not None and held.stage == Stage.VOTING,
        voted=poll is not None and await polls.has_voted(poll, person),
        steps=steps_of(held, tied) if runs else {},
        hands_on=hands_on,
        sees_handover=bool(concerned),
        problems=problems or {},
    )


async def _people(held: Election) -> dict[str, str]:
    """Who can still be put forward."""
    if held.stage != Stage.NOMINATING:
        return {}
    put = {one.seat.person.id for one in await queries.nominations(held)}
    people = [seat.person for seat in await queries.eligible(held.panel)]
    return {str(one.id): one.name for one in people if one.id not in put}


@post(f"{HOME}/nominations", act=Act.VOTE)
async def nominate(
    seat: Seated, here: Here, election: FromPath[UUID], data: URLEncodedBody[NominationForm]
) -> Template | Redirect:
    held = await queries.election(here, election)
    person = known_id(data.person)
    if person is None:
        told = await shown(seat, held, {"person": _("Choose whom you put forward.")})
        told.status_code = 422
        return told
    if data.sure != "yes" and (whom := (await _people(held)).get(str(person))):
        return _form("sure", held, data, {}, 200, whom=whom, own=person == seat.person.id)
    try:
        await actions.nominate(election, person, by=seat, form_key=data.form_key)
    except NotNow as why:
        return await shown(seat, held, {"person": str(why)})
    return _back(here, election)


def _back(here: Panel, election: UUID) -> Redirect:
    return Redirect(actions.address(here, election), status_code=303)


@post(HOME + "/nominations/{nomination:uuid}/seconding", act=Act.VOTE)
async def second(
    seat: Seated, here: Here, election: FromPath[UUID], nomination: FromPath[UUID]
) -> Template | Redirect:
    try:
        await actions.second(election, nomination, by=seat)
    except NotNow as why:
        return await shown(seat, await queries.election(here, election), {"put": str(why)})
    return _back(here, election)


@get(HOME + "/nominations/{nomination:uuid}/answer", act=Act.VOTE_PAGE)
async def answer_page(
    seat: Seated, here: Here, election: FromPath[UUID], nomination: FromPath[UUID]
) -> Template:
    return await _answer(seat, here, election, nomination, AnswerForm(), {})


@post(HOME + "/nominations/{nomination:uuid}/answer", act=Act.VOTE)
async def answer(
    seat: Seated,
    here: Here,
    election: FromPath[UUID],
    nomination: FromPath[UUID],
    data: URLEncodedBody[AnswerForm],
) -> Template | Redirect:
    if problems := data.problems():
        return await _answer(seat, here, election, nomination, data, problems, 422)
    try:
        stands = data.stands == "yes"
        await actions.answer(election, nomination, stands, data.statement, by=seat)
    except NotNow as why:
        return await _answer(seat, here, election, nomination, data, {"stands": str(why)}, 409)
    return _back(here, election)


async def _answer(
    seat: Seat,
    here: Panel,
    election: UUID,
    nomination: UUID,
    form: AnswerForm,
    problems: dict[str, str],
    status: int = 200,
) -> Template:
    held = await queries.election(here, election)
    put = await queries.nomination(held, nomination)
    if put.seat.person.id != seat.person.id:
        raise Missing(_("Only whoever is put forward says whether they stand."))
    more = {"put": put, "most": rules.LONGEST_STATEMENT}
    return _form("answer", held, form, problems, status, **more)


def _form(
    name: str, held: Election, form: Any, problems: dict[str, str], status: int, **more: Any
) -> Template:
    return page(
        f"membership/elections/{name}.html",
        status=status,
        held=held,
        office=role_name(held.office),
        form=form,
        problems=problems,
        **more,
    )


@get(f"{HOME}/vote", act=Act.VOTE_PAGE)
async def vote_page(seat: Seated, here: Here, election: FromPath[UUID]) -> Template:
    return await _vote(seat, here, election, VoteForm(), {})


@post(f"{HOME}/vote", act=Act.VOTE)
async def vote(
    seat: Seated, here: Here, election: FromPath[UUID], data: URLEncodedBody[VoteForm]
) -> Template | Redirect:
    if not data.choice:
        wrong = {"choice": _("Choose before you vote.")}
        return await _vote(seat, here, election, data, wrong, 422)
    try:
        await actions.vote(election, data.choice, by=seat)
    except NotNow as why:
        return await _vote(seat, here, election, data, {"choice": str(why)}, 409)
    return _back(here, election)


async def _vote(
    seat: Seat,
    here: Panel,
    election: UUID,
    form: VoteForm,
    problems: dict[str, str],
    status: int = 200,
) -> Template:
    held = await queries.election(here, election)
    if held.poll is None:
        raise NotNow(_("No vote is open."))
    poll = await polls.poll(held.poll)
    voted = await polls.has_voted(poll, seat.person.id)
    is_open = held.stage == Stage.VOTING and not voted
    more = {
        "poll": await laid_out(poll),
        "choices": {key: _(words) for key, words in polls.choices_of(poll).items()},
        "is_open": is_open and await polls.elector(poll, seat.person.id) is not None,
        "voted": voted,
        "statements": [one for one in await queries.nominations(held) if one.accepted],
    }
    return _form("vote", held, form, problems, status, **more)


@get(f"{HOME}/handover", act=Act.VOTE_PAGE)
async def handover_page(seat: Seated, here: Here, election: FromPath[UUID]) -> Template:
    held = await queries.election(here, election)
    if not await queries.hands_on(held, seat.person.id):
        raise NotNow(_("Only whoever holds the office until then writes this."))
    return _handover(held, HandoverForm(held.handover, str(held.version)), {}, 200)


@post(f"{HOME}/handover", act=Act.VOTE)
async def write_handover(
    seat: Seated, here: Here, election: FromPath[UUID], data: URLEncodedBody[HandoverForm]
) -> Template | Redirect:
    held = await queries.election(here, election)
    if not await queries.hands_on(held, seat.person.id):
        raise NotNow(_("Only whoever holds the office until then writes this."))
    if problems := data.problems():
        return _handover(held, data, problems, 422)
    try:
        await actions.write_handover(election, version_of(data.version), data.text, by=seat)
    except Stale as why:
        held = await queries.election(here, election)
        data.version = str(held.version)
        return _handover(held, data, {"text": str(why)}, 409, before=held.handover)
    return _back(here, election)


def _handover(
    held: Election, form: HandoverForm, problems: dict[str, str], status: int, before: str = ""
) -> Template:
    more = {"before": before, "most": rules.LONGEST_HANDOVER}
    return _form("handover", held, form, problems, status, **more)


router = Router(
    "/",
    route_handlers=[
        *(show_all, show, nominate, second, answer_page, answer, vote_page, vote),
        *(handover_page, write_handover),
    ],
)
