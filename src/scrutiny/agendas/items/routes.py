"""One item of an agenda: changed, sent on to the next meeting, or put into the backlog."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas import laid, queries, rules
from scrutiny.agendas.access import reader_of
from scrutiny.agendas.backlog import actions as parking
from scrutiny.agendas.forms import (
    ItemForm,
    OnwardForm,
    form_of,
)
from scrutiny.agendas.items import actions
from scrutiny.agendas.tables import Item
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


@get(f"{AGENDA}/items/{{item:str}}", act=Act.AGENDA_EDIT_PAGE)
async def item_page(seat: Seated, here: Here, day: FromPath[str], item: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    found = await _item(seat, here, meeting, item)
    return await _changing(seat, meeting, found, form_of(found))


@post(f"{AGENDA}/items/{{item:str}}", act=Act.AGENDA_EDIT)
async def change(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    item: FromPath[str],
    data: URLEncodedBody[ItemForm],
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    found = await _item(seat, here, meeting, item)
    kinds = {*rules.TYPED_KINDS, found.kind}
    if data.kind not in kinds:
        data.kind = found.kind
    if problems := data.problems(kinds=kinds, titled=not is_linked(found)):
        return await _changing(seat, meeting, found, data, _all(problems), status=422)
    version, under = seen_version(data.version, found.version), data.stands_under()
    try:
        await actions.change(meeting, found.id, version, by=seat, under=under, **data.values())
    except Stale:
        found = await _item(seat, here, meeting, item)
        data.version = str(found.version)
        return await _changing(seat, meeting, found, data, status=409, saved=form_of(found))
    except NotNow as why:
        return await _changing(seat, meeting, found, data, {"under": str(why)}, status=409)
    return _back(here, meeting)


@post(f"{AGENDA}/items/{{item:str}}/onward", act=Act.AGENDA_EDIT)
async def send_on(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    item: FromPath[str],
    data: URLEncodedBody[OnwardForm],
) -> Template | Redirect:
    """To the next meeting, as a copy, or into the backlog. Sent twice it went once."""
    meeting, known, key = await _find(seat, here, day), _known(item), data.form_key
    try:
        if data.how == "backlog":
            await parking.park(meeting, known, by=seat, form_key=key)
        elif data.how in ("move", "copy"):
            copy = data.how == "copy"
            await actions.send_on(meeting, known, by=seat, copy=copy, form_key=key)
        else:
            return await _not_sent(seat, meeting, item, _("Choose what is to become of it."), 422)
    except NotNow as why:
        return await _not_sent(seat, meeting, item, str(why), 409)
    return _back(here, meeting)


async def _not_sent(seat: Seat, meeting: Meeting, item: str, why: str, status: int) -> Template:
    found = await _item(seat, seat.panel, meeting, item)
    return await _changing(seat, meeting, found, form_of(found), {"how": why}, status=status)


def is_linked(item: Item) -> bool:
    """Whether its words are those of what it leads to."""
    return item.ref is not None or item.kind == rules.Kind.CASE


async def _changing(
    seat: Seat,
    meeting: Meeting,
    item: Item,
    form: ItemForm,
    problems: Mapping[str, str] | None = None,
    *,
    status: int = 200,
    saved: ItemForm | None = None,
) -> Template:
    items = await queries.items_for(await reader_of(seat, seat.panel), meeting)
    return page(
        "agendas/item.html",
        status=status,
        meeting=meeting,
        item=item,
        line=queries.line(item),
        linked=is_linked(item),
        form=form,
        saved=saved,
        problems=problems or {},
        kinds=rules.TYPED_KINDS,
        reasons=rules.CLOSED_REASONS,
        above=laid.may_stand_under(items, item),
        next=await queries.next_ahead(seat.panel, meeting),
        may_change=meeting.stage in rules.CHANGED_WHILE,
    )


def _all(problems: Mapping[str, str]) -> dict[str, str]:
    return {name: _(words) for name, words in problems.items()}


async def _find(seat: Seat, here: Panel, day: str) -> Meeting:
    return await find(seat, here, day_in_address(day))


async def _item(seat: Seat, here: Panel, meeting: Meeting, typed: str) -> Item:
    return await queries.item_for(await reader_of(seat, here), meeting, _known(typed))


def _known(typed: str) -> UUID:
    found = known_id(typed)
    if found is None:
        raise Missing(queries.NOT_THERE)
    return found


def _back(here: Panel, meeting: Meeting) -> Redirect:
    return Redirect(f"{address(here, meeting)}/agenda", status_code=303)


router = Router("/", route_handlers=[item_page, change, send_on])
