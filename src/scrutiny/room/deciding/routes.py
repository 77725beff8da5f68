"""Decisions: put to the meeting, voted on by each member, closed, dissent kept with them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas.access import reader_of
from scrutiny.agendas.queries import item_for, line
from scrutiny.agendas.tables import Item
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.ids import known_id
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.tables import Meeting
from scrutiny.people.constitution import Method, constitution_of
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.room.deciding import actions, queries, rules
from scrutiny.room.deciding.rules import DecisionForm, DissentForm, Stage, VoteForm
from scrutiny.room.queries import quorum_for
from scrutiny.room.rules import no_quorum
from scrutiny.voting import rules as votes
from scrutiny.voting.queries import choices_of
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

ROOM = "/{panel:str}/meetings/{day:str}/room"
PUT = f"{ROOM}/items/{{item:str}}/decisions"
ONE = f"{ROOM}/decisions/{{decision:str}}"


@get(PUT, act=Act.ROOM_RUN_PAGE)
async def put_page(seat: Seated, here: Here, day: FromPath[str], item: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    found = await item_for(await reader_of(seat, here), meeting, _known(item))
    return await _putting(meeting, here, found, DecisionForm())


@post(PUT, act=Act.ROOM_RUN)
async def put(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    item: FromPath[str],
    data: URLEncodedBody[DecisionForm],
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    found = await item_for(await reader_of(seat, here), meeting, _known(item))
    if problems := {name: _(words) for name, words in data.problems().items()}:
        return await _putting(meeting, here, found, data, problems, 422)
    try:
        made = await actions.put(meeting, found.id, data.text, by=seat, form_key=data.form_key)
    except NotNow as why:
        return await _putting(meeting, here, found, data, {"text": str(why)}, 409)
    return _to(here, meeting, made.id)


async def _putting(
    meeting: Meeting,
    here: Panel,
    item: Item,
    form: DecisionForm,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    there = await quorum_for(meeting, item, here)
    return page(
        "room/put.html",
        status=status,
        meeting=meeting,
        line=line(item),
        form=form,
        problems=problems or {},
        standing=there,
        no_quorum="" if there.quorate else _(no_quorum(there)),
        method=_(votes.METHODS[constitution_of(here).method]),
    )


@get(ONE, act=Act.ROOM_PAGE)
async def show(seat: Seated, here: Here, day: FromPath[str], decision: FromPath[str]) -> Template:
    """Its own page: how it stands, and for each member their vote."""
    return await _show(await _find(seat, here, day), here, seat, decision)


async def _show(
    meeting: Meeting,
    here: Panel,
    seat: Seat,
    known: str,
    *,
    form: DissentForm | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    found = await queries.decision_for(await reader_of(seat, here), meeting, known_id(known))
    vote, there = await queries.vote_of(found.poll), await quorum_for(meeting, found.item, here)
    elector = seat.person.id in {one.person.id for one in vote.electors}
    return page(
        "room/decision.html",
        status=status,
        meeting=meeting,
        decision=found.decision,
        line=line(found.item),
        vote=vote,
        standing=there,
        no_quorum="" if there.quorate else _(no_quorum(there)),
        form=form or DissentForm(),
        problems=problems or {},
        elector=elector,
        mine=elector and seat.person.id in {one.person for one in there.able},
        done=seat.person.id in vote.voted,
        runs=visit().may(Act.ROOM_RUN),
        figures=_figures(vote, found),
        **_words(found),
    )


def _figures(vote: queries.Vote, found: queries.Put) -> list[tuple[str, int]]:
    """Choice and votes; nothing while nobody has voted, or while a secret vote is open."""
    words = choices_of(found.poll)
    counts = vote.counts if vote.voted else None
    return [(_(words[key]), number) for key, number in counts.items()] if counts else []


def _words(found: queries.Put) -> dict[str, Any]:
    decision, poll = found.decision, found.poll
    return {
        "open": decision.stage == Stage.PUT and poll.stage == votes.Stage.OPEN,
        "void": decision.stage == Stage.PUT and poll.stage == votes.Stage.VOID,
        "stands": (rules.STANDS[decision.stage][0], _(rules.STANDS[decision.stage][1])),
        "tied": poll.result == votes.Result.TIED,
        "secret": poll.method == Method.SECRET,
        "method": _(votes.METHODS[poll.method]),
        "choices": {key: _(words) for key, words in choices_of(poll).items()},
    }


@post(f"{ONE}/vote", act=Act.VOTE)
async def vote(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    decision: FromPath[str],
    data: URLEncodedBody[VoteForm],
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    try:
        await actions.vote(meeting, _known(decision), data.choice, by=seat)
    except NotNow as why:
        told = {"problems": {"choice": str(why)}, "status": 409 if data.choice else 422}
        return await _show(meeting, here, seat, decision, **told)
    return _to(here, meeting, _known(decision))


@post(f"{ONE}/hands", act=Act.ROOM_RUN)
async def enter_hands(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    decision: FromPath[str],
    data: URLEncodedBody[dict[str, Any]],
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    sent = {known_id(name.removeprefix("hand-")): value for name, value in data.items()}
    hands = {whose: str(choice) for whose, choice in sent.items() if whose and choice}
    try:
        await actions.enter_hands(meeting, _known(decision), hands, by=seat)
    except NotNow as why:
        told = {"problems": {"hands": str(why)}, "status": 409}
        return await _show(meeting, here, seat, decision, **told)
    return _to(here, meeting, _known(decision))


@post(f"{ONE}/result", act=Act.ROOM_RUN)
async def close(
    seat: Seated, here: Here, day: FromPath[str], decision: FromPath[str]
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    try:
        await actions.close(meeting, _known(decision), by=seat)
    except NotNow as why:
        told = {"problems": {"result": str(why)}, "status": 409}
        return await _show(meeting, here, seat, decision, **told)
    return _to(here, meeting, _known(decision))


@post(f"{ONE}/withdrawal", act=Act.ROOM_RUN)
async def withdraw(
    seat: Seated, here: Here, day: FromPath[str], decision: FromPath[str]
) -> Redirect:
    meeting = await _find(seat, here, day)
    await actions.withdraw(meeting, _known(decision), by=seat)
    return Redirect(f"{address(here, meeting)}/room", status_code=303)


@post(f"{ONE}/dissent", act=Act.VOTE)
async def dissent(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    decision: FromPath[str],
    data: URLEncodedBody[DissentForm],
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    if problems := {name: _(words) for name, words in data.problems().items()}:
        told = {"form": data, "problems": problems, "status": 422}
        return await _show(meeting, here, seat, decision, **told)
    said = {"named": data.named == "yes", "form_key": data.form_key}
    try:
        await actions.dissent(meeting, _known(decision), data.dissent, by=seat, **said)
    except NotNow as why:
        told = {"form": data, "problems": {"dissent": str(why)}, "status": 409}
        return await _show(meeting, here, seat, decision, **told)
    return _to(here, meeting, _known(decision))


async def _find(seat: Seat, here: Panel, day: str) -> Meeting:
    return await meetings.find(seat, here, day_in_address(day))


def _known(typed: str) -> UUID:
    found = known_id(typed)
    if found is None:
        raise Missing(queries.NOT_THERE)
    return found


def _to(here: Panel, meeting: Meeting, decision: UUID) -> Redirect:
    return Redirect(f"{address(here, meeting)}/room/decisions/{decision}", status_code=303)


router = Router(
    "/",
    route_handlers=[put_page, put, show, vote, enter_hands, close, withdraw, dissent],
)
