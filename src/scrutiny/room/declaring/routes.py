"""Declare an interest in an item, for oneself or for somebody who said so aloud."""

from collections.abc import Mapping
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
from scrutiny.meetings.queries import expected_at
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, speaks_for_police
from scrutiny.room.declaring import actions, rules
from scrutiny.room.declaring.queries import Out, out_of
from scrutiny.room.declaring.rules import InterestForm
from scrutiny.room.rules import LiftingForm
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

ROOM = "/{panel:str}/meetings/{day:str}/room"
INTEREST = f"{ROOM}/items/{{item:str}}/interest"
LIFTING = f"{ROOM}/recusals/{{recusal:str}}/lifting"


@get(INTEREST, act=Act.DECLARE_PAGE)
async def interest_page(
    seat: Seated, here: Here, day: FromPath[str], item: FromPath[str]
) -> Template:
    meeting = await _find(seat, here, day)
    found = await _item(seat, here, meeting, item)
    return await _interest(meeting, found, seat, InterestForm(person=str(seat.id)))


@post(INTEREST, act=Act.DECLARE)
async def declare(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    item: FromPath[str],
    data: URLEncodedBody[InterestForm],
) -> Template | Redirect:
    """Somebody who sends their own form again is led on, though the item is gone for them."""
    meeting = await _find(seat, here, day)
    others = visit().may(Act.ROOM_RUN)
    problems = {name: _(words) for name, words in data.problems(others=others).items()}
    if problems:
        found = await _item(seat, here, meeting, item)
        return await _interest(meeting, found, seat, data, problems, 422)
    whose = _known(data.person) if others else seat.id
    told = {"how": data.how, "words": data.text, "form_key": data.form_key}
    try:
        await actions.declare(meeting, _known(item), whose, by=seat, **told)
    except NotNow as why:
        found = await _item(seat, here, meeting, item)
        return await _interest(meeting, found, seat, data, {"person": str(why)}, 409)
    return Redirect(f"{address(here, meeting)}/room", status_code=303)


async def _interest(
    meeting: Meeting,
    item: Item,
    seat: Seat,
    form: InterestForm,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    runs = visit().may(Act.ROOM_RUN)
    there = [one for one in await expected_at(meeting) if not speaks_for_police(one.role)]
    people = {str(one.id): one.person.name for one in there} if runs else {}
    return page(
        "room/interest.html",
        status=status,
        meeting=meeting,
        line=line(item),
        form=form,
        problems=problems or {},
        how={key: _(words) for key, words in rules.HOW.items()},
        people=people | ({str(seat.id): _("Mine")} if runs else {}),
        open=meeting.stage in rules.DECLARED_WHILE,
    )


@get(LIFTING, act=Act.RECUSAL_LIFT_PAGE)
async def lifting_page(
    seat: Seated, here: Here, day: FromPath[str], recusal: FromPath[str]
) -> Template:
    meeting = await _find(seat, here, day)
    found = await _recusal(seat, here, meeting, recusal)
    return _lifting(meeting, *found, LiftingForm())


@post(LIFTING, act=Act.RECUSAL_LIFT)
async def lift(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    recusal: FromPath[str],
    data: URLEncodedBody[LiftingForm],
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    out, item = await _recusal(seat, here, meeting, recusal)
    if problems := {name: _(words) for name, words in data.problems().items()}:
        return _lifting(meeting, out, item, data, problems, 422)
    await actions.take_back_in(meeting, out.id, data.reason, by=seat)
    return Redirect(f"{address(here, meeting)}/room", status_code=303)


def _lifting(
    meeting: Meeting,
    out: Out,
    item: Item,
    form: LiftingForm,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    return page(
        "room/lifting.html",
        status=status,
        meeting=meeting,
        out=out,
        line=line(item),
        form=form,
        problems=problems or {},
    )


async def _recusal(seat: Seat, here: Panel, meeting: Meeting, known: str) -> tuple[Out, Item]:
    found = await out_of(meeting, known_id(known), seat)
    return found, await item_for(await reader_of(seat, here), meeting, found.item)


async def _item(seat: Seat, here: Panel, meeting: Meeting, known: str) -> Item:
    return await item_for(await reader_of(seat, here), meeting, _known(known))


async def _find(seat: Seat, here: Panel, day: str) -> Meeting:
    return await meetings.find(seat, here, day_in_address(day))


def _known(typed: str) -> UUID:
    found = known_id(typed)
    if found is None:
        raise Missing("This item is not on the agenda.")
    return found


router = Router("/", route_handlers=[interest_page, declare, lifting_page, lift])
