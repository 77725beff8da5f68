"""The agenda as it is prepared: items added, put in order, changed, sent on and taken off."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas import actions as agendas
from scrutiny.agendas import laid, linking, queries, rules
from scrutiny.agendas.access import Reader, reader_of
from scrutiny.agendas.backlog import actions as parking
from scrutiny.agendas.backlog import queries as backlog
from scrutiny.agendas.backlog.rules import ParkedForm
from scrutiny.agendas.forms import (
    CaseForm,
    ItemForm,
    LinkForm,
    OrderForm,
    PlaceForm,
)
from scrutiny.agendas.items import actions
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.ids import known_id
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import day_in_address, seen_version
from scrutiny.meetings.queries import find
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

AGENDA = "/{panel:str}/meetings/{day:str}/agenda"


@get(AGENDA, act=Act.AGENDA_EDIT_PAGE)
async def agenda_page(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    carried: FromQuery[str] = "",
    stood: FromQuery[str] = "",
) -> Template:
    """`carried` and `stood`: what came over from the meeting before, and was here already."""
    came = {"carried": seen_version(carried, -1), "stood": seen_version(stood, 0)}
    return await _agenda(seat, await _find(seat, here, day), **came)


@post(AGENDA, act=Act.AGENDA_EDIT)
async def add_item(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[ItemForm]
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    if problems := data.problems():
        return await _agenda(seat, meeting, data, _all(problems), status=422)
    keyed = {"under": data.stands_under(), "form_key": data.form_key}
    try:
        await agendas.add_item(meeting, by=seat, **keyed, **data.values())
    except NotNow as why:
        return await _agenda(seat, meeting, data, {"title": str(why)}, status=409)
    return _back(here, meeting)


@post(f"{AGENDA}/cases", act=Act.AGENDA_EDIT)
async def add_case(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[CaseForm]
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    number = seen_version(data.case, 0)
    if not number:
        return await _agenda(seat, meeting, problems={"case": _("Choose a case.")}, status=422)
    await agendas.add_case(meeting, number, by=seat, form_key=data.form_key)
    return _back(here, meeting)


@post(f"{AGENDA}/links", act=Act.AGENDA_EDIT)
async def add_link(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[LinkForm]
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    if not data.thing:
        problems = {"thing": _("Choose what it leads to.")}
        return await _agenda(seat, meeting, problems=problems, status=422)
    await actions.add_link(meeting, data.thing, by=seat, form_key=data.form_key)
    return _back(here, meeting)


@post(f"{AGENDA}/backlog", act=Act.AGENDA_EDIT)
async def take_from_backlog(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[ParkedForm]
) -> Template | Redirect:
    meeting, known = await _find(seat, here, day), known_id(data.parked)
    if known is None:
        problems = {"parked": _("Choose an item.")}
        return await _agenda(seat, meeting, problems=problems, status=422)
    await parking.take(known, meeting, by=seat, form_key=data.form_key)
    return _back(here, meeting)


@post(f"{AGENDA}/order", act=Act.AGENDA_EDIT)
async def move(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[PlaceForm]
) -> Redirect:
    meeting = await _find(seat, here, day)
    await agendas.move(meeting, _known(data.up or data.down), up=bool(data.up), by=seat)
    return _back(here, meeting)


@post(f"{AGENDA}/whole-order", act=Act.AGENDA_EDIT)
async def put_in_order(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[OrderForm]
) -> Template | Redirect:
    """What was dragged, all at once; where somebody was first, both orders are shown."""
    meeting, wanted = await _find(seat, here, day), data.items()
    version = seen_version(data.version, 0)
    try:
        await actions.put_in_order(meeting, wanted, version, by=seat)
    except Stale as why:
        return await _agenda(seat, meeting, status=409, stale=str(why), wanted=wanted)
    return _back(here, meeting)


@post(f"{AGENDA}/removal", act=Act.AGENDA_EDIT)
async def remove(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[PlaceForm]
) -> Redirect:
    meeting = await _find(seat, here, day)
    await agendas.remove(meeting, _known(data.off), by=seat)
    return _back(here, meeting)


async def _agenda(
    seat: Seat,
    meeting: Meeting,
    form: ItemForm | None = None,
    problems: Mapping[str, str] | None = None,
    *,
    status: int = 200,
    **also: Any,
) -> Template:
    here = seat.panel
    whole, agenda = await queries.items_of(meeting), await queries.agenda_of(meeting)
    reader = await reader_of(seat, here)
    items = queries.seen_by(reader, whole)
    shown = await laid.drafted(items, meeting)
    return page(
        "agendas/agenda.html",
        status=status,
        meeting=meeting,
        entries=shown.entries,
        lasting=shown.times,
        closed=shown.closed,
        looked_at=rules.digest(shown.looked_at),
        reasons=rules.CLOSED_REASONS,
        version=agenda.version if agenda else 1,
        form=form or ItemForm(),
        problems=problems or {},
        may_change=meeting.stage in rules.CHANGED_WHILE,
        may_publish=meeting.stage in rules.PUBLISHED_WHILE and bool(items),
        differs=await laid.differs(agenda, whole),
        **await _to_add(reader, here, meeting, items),
        **_besides(items, also),
        **laid.told_of(here, meeting, agenda, today()),
    )


async def _to_add(
    reader: Reader, here: Panel, meeting: Meeting, items: list[Item]
) -> dict[str, Any]:
    """What could be put on it: a fixed number of queries, none when it can no longer change."""
    if meeting.stage not in rules.CHANGED_WHILE:
        return {"cases": [], "things": [], "parked": [], "kinds": {}, "above": []}
    return {
        "cases": await queries.cases_to_add(here, reader),
        "things": await linking.things(reader, here, meeting),
        "parked": [(one, backlog.title_of(one)) for one in await backlog.to_place(reader, here)],
        "kinds": rules.TYPED_KINDS,
        "above": laid.may_stand_under(items),
    }


def _besides(items: list[Item], also: Mapping[str, Any]) -> dict[str, Any]:
    """The order that somebody wanted and that was not taken, in words and to be sent again; and
    what was carried over to this agenda a moment ago."""
    there = {item.id: item for item in items}
    wanted = [there[known] for known in also.get("wanted", ()) if known in there]
    missing = [item for item in items if item not in wanted] if wanted else []
    order = [*wanted, *missing]
    return {
        "stale": also.get("stale", ""),
        "carried": also.get("carried", -1),
        "stood": also.get("stood", 0),
        "wanted": [queries.line(item) for item in order],
        "wanted_ids": ",".join(str(item.id) for item in order),
    }


def _all(problems: Mapping[str, str]) -> dict[str, str]:
    return {name: _(words) for name, words in problems.items()}


async def _find(seat: Seat, here: Panel, day: str) -> Meeting:
    return await find(seat, here, day_in_address(day))


def _known(typed: str) -> UUID:
    found = known_id(typed)
    if found is None:
        raise Missing(queries.NOT_THERE)
    return found


def _back(here: Panel, meeting: Meeting) -> Redirect:
    return Redirect(f"{address(here, meeting)}/agenda", status_code=303)


router = Router(
    "/",
    route_handlers=[
        *(agenda_page, add_item, add_case, add_link, take_from_backlog),
        *(move, put_in_order, remove),
    ],
)
