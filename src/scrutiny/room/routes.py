"""The room's own page: who is here, the quorum, and the item being discussed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.actions.queries import raised_at
from scrutiny.actions.rules import SIDES, ActionForm, day_of
from scrutiny.agendas.access import reader_of, seen_by
from scrutiny.agendas.outline import laid_out
from scrutiny.agendas.queries import item_for, items_of, line
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import now, today
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.ids import known_id
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.rules import Mode
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, speaks_for_police
from scrutiny.room import actions, queries, rules
from scrutiny.room.deciding import rules as deciding
from scrutiny.room.deciding.queries import put_at
from scrutiny.room.declaring.queries import as_it_goes, out_at
from scrutiny.room.declaring.rules import DECLARED_WHILE, away_from
from scrutiny.room.rules import ChairForm, ItemForm, PresenceForm
from scrutiny.voting import queries as voting
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

ROOM = "/{panel:str}/meetings/{day:str}/room"
ITEM = f"{ROOM}/items/{{item:str}}"


@get(ROOM, act=Act.ROOM_PAGE)
async def room(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    reader = await reader_of(seat, here)
    whole = await items_of(meeting)
    items = seen_by(reader, whole)
    return page(
        "room/room.html",
        meeting=meeting,
        runs=visit().may(Act.ROOM_RUN),
        me=seat.person.id,
        under_way=meeting.stage == MeetingStage.IN_SESSION,
        hidden_now=(running := queries.current(whole)) is not None and running not in items,
        modes={mode: _(words) for mode, words in rules.MODES.items()},
        **await _standing(meeting, here, items),
        **await _done(meeting, items, seat),
    )


async def _standing(meeting: Meeting, here: Panel, items: list[Item]) -> dict[str, Any]:
    """Who is there, the quorum, the items, and who takes no part in which. Nine queries."""
    stood = await queries.stood(meeting, here)
    running, entries = queries.current(items), laid_out(items)
    there = queries.standing_for(meeting, running, stood)
    names = {one.person: one.name for one in stood.sitters}
    outs = await out_at(meeting)
    if meeting.stage in DECLARED_WHILE:
        outs = as_it_goes(outs, items)
    recused = stood.recused.get(running.id, set()) if running else set()
    out = {
        one.id: [names[who] for who in stood.recused.get(one.id, ()) if who in names]
        for one in items
    }
    return {
        "sitters": stood.sitters,
        "standing": there,
        "no_quorum": "" if there.quorate else _(rules.no_quorum(there)),
        "running": next((one for one in entries if running and one.item is running), None),
        "upcoming": queries.upcoming(items, running),
        "chair": queries.chair_of(meeting, running, there, await queries.chosen_chairs(meeting)),
        "timer": rules.timer(running.minutes, running.began, None, now()) if running else None,
        "entries": [(one, line(one.item), _timer_of(one.item)) for one in entries],
        "out": out,
        "away": away_from(recused, outs),
        "recusals": [one for one in outs if one.item in out],
    }


def _timer_of(item: Item) -> rules.Timer | None:
    return rules.timer(item.minutes, item.began, item.ended, now()) if item.began else None


async def _done(meeting: Meeting, items: list[Item], seat: Seat) -> dict[str, Any]:
    seen = {one.id for one in items}
    decisions = [one for one in await put_at(meeting) if one.item in seen]
    mine = {poll.about for poll in await voting.open_for(seat.person.id, meeting.panel)}
    return {
        "decisions": decisions,
        "to_vote_on": [one for one in decisions if one.id in mine],
        "stands": {stage: (kind, _(words)) for stage, (kind, words) in deciding.STANDS.items()},
        "raised": [one for one in await raised_at(meeting) if one.item in (None, *seen)],
        "sides": {side: _(words) for side, words in SIDES.items()},
    }


@post(f"{ROOM}/presence", act=Act.ROOM_RUN)
async def presence(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[PresenceForm]
) -> Redirect:
    meeting = await _find(seat, here, day)
    deed, whose = data.pressed()
    known = _known(whose, actions.NO_SEAT)
    if deed in list(Mode):
        await actions.arrive(meeting, known, mode=deed, by=seat)
    elif deed == "left":
        await actions.leave(meeting, known, by=seat)
    else:
        await actions.apologise(meeting, known, by=seat)
    return _back(here, meeting)


@post(f"{ROOM}/items", act=Act.ROOM_RUN)
async def turn_to(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[ItemForm]
) -> Redirect:
    meeting = await _find(seat, here, day)
    if data.start:
        await actions.start(meeting, _known(data.start), by=seat)
    else:
        await actions.finish(meeting, _known(data.finish), by=seat)
    return _back(here, meeting)


@get(f"{ITEM}/chair", act=Act.ROOM_RUN_PAGE)
async def chair_page(seat: Seated, here: Here, day: FromPath[str], item: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    found = await item_for(await reader_of(seat, here), meeting, _known(item))
    return await _chair(meeting, here, found)


@post(f"{ITEM}/chair", act=Act.ROOM_RUN)
async def choose_chair(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    item: FromPath[str],
    data: URLEncodedBody[ChairForm],
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    found = await item_for(await reader_of(seat, here), meeting, _known(item))
    if (whose := known_id(data.seat)) is None:
        return await _chair(meeting, here, found, {"seat": _("Choose who chairs this item.")}, 422)
    try:
        await actions.choose_chair(meeting, found.id, whose, by=seat)
    except NotNow as why:
        return await _chair(meeting, here, found, {"seat": str(why)}, 409)
    return _back(here, meeting)


async def _chair(
    meeting: Meeting,
    here: Panel,
    item: Item,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    there = await queries.quorum_for(meeting, item, here)
    return page(
        "room/chair.html",
        status=status,
        meeting=meeting,
        line=line(item),
        able={str(one.seat): one.name for one in there.able},
        problems=problems or {},
    )


@get(f"{ITEM}/actions", act=Act.ROOM_RUN_PAGE)
async def action_page(
    seat: Seated, here: Here, day: FromPath[str], item: FromPath[str]
) -> Template:
    meeting = await _find(seat, here, day)
    found = await item_for(await reader_of(seat, here), meeting, _known(item))
    return await _action(meeting, found, ActionForm())


@post(f"{ITEM}/actions", act=Act.ROOM_RUN)
async def raise_action(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    item: FromPath[str],
    data: URLEncodedBody[ActionForm],
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    found = await item_for(await reader_of(seat, here), meeting, _known(item))
    if problems := {name: _(words) for name, words in data.problems(today()).items()}:
        return await _action(meeting, found, data, problems, 422)
    whose = {"side": data.side, "owner_role": data.owner_role, "due": day_of(data.due)}
    whose["owner"] = known_id(data.owner) if data.owner else None
    try:
        await actions.raise_action(
            meeting, found.id, data.text, form_key=data.form_key, by=seat, **whose
        )
    except NotNow as why:
        return await _action(meeting, found, data, {"text": str(why)}, 409)
    return _back(here, meeting)


async def _action(
    meeting: Meeting,
    item: Item,
    form: ActionForm,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    owners = {str(one.seat): _owner(one) for one in await queries.sitters(meeting)}
    return page(
        "room/action.html",
        status=status,
        meeting=meeting,
        line=line(item),
        form=form,
        problems=problems or {},
        sides={side: _(words) for side, words in SIDES.items()},
        owners={"": _("Nobody in particular")} | owners,
    )


def _owner(one: rules.Sitter) -> str:
    """Officers go by what they are."""
    role = _(role_name(one.role))
    return role if speaks_for_police(one.role) else f"{one.name} ({role})"


async def _find(seat: Seat, here: Panel, day: str) -> Meeting:
    return await meetings.find(seat, here, day_in_address(day))


def _known(typed: str, otherwise: str = "This item is not on the agenda.") -> UUID:
    found = known_id(typed)
    if found is None:
        raise Missing(otherwise)
    return found


def _back(here: Panel, meeting: Meeting) -> Redirect:
    return Redirect(f"{address(here, meeting)}/room", status_code=303)


router = Router(
    "/",
    route_handlers=[
        room,
        presence,
        turn_to,
        chair_page,
        choose_chair,
        action_page,
        raise_action,
    ],
)
