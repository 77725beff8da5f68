"""The notes taken in the room: read as a whole, written on each item, by several people."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas.access import reader_of
from scrutiny.agendas.outline import laid_out
from scrutiny.agendas.queries import item_for, items_for, line
from scrutiny.agendas.rules import LONGEST_NOTES, NOTED_WHILE
from scrutiny.agendas.tables import Item
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.ids import known_id
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import day_in_address, seen_version
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.room.notes import actions, queries
from scrutiny.room.notes.rules import Clash, NotesForm
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

NOTES = "/{panel:str}/meetings/{day:str}/notes"
ONE = f"{NOTES}/{{item:str}}"


@get(NOTES, act=Act.NOTES_PAGE)
async def notes_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    items = await items_for(await reader_of(seat, here), meeting)
    return page(
        "room/notes.html",
        meeting=meeting,
        entries=[(one, line(one.item)) for one in laid_out(items)],
        may_write=meeting.stage in NOTED_WHILE,
    )


@get(ONE, act=Act.NOTES_PAGE)
async def item_notes_page(
    seat: Seated, here: Here, day: FromPath[str], item: FromPath[str]
) -> Template:
    meeting = await _find(seat, here, day)
    found = await _item(seat, here, meeting, item)
    return await _notes(meeting, found, NotesForm(found.notes, str(found.version)))


@post(ONE, act=Act.NOTES_WRITE)
async def write_notes(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    item: FromPath[str],
    data: URLEncodedBody[NotesForm],
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    found = await _item(seat, here, meeting, item)
    if problems := {name: _(words) for name, words in data.problems().items()}:
        return await _notes(meeting, found, data, problems, status=422)
    began_with = seen_version(data.version, found.version)
    try:
        done = await actions.save(found, began_with, data.notes, by=seat)
    except NotNow as why:
        return await _notes(meeting, found, data, {"notes": str(why)}, status=409)
    if not done.saved:
        both = NotesForm(done.merged.text, str(done.item.version))
        return await _notes(meeting, done.item, both, clashes=done.merged.clashes, status=409)
    to = f"/{done.item.id}" if data.stay else ""
    return Redirect(f"{address(here, meeting)}/notes{to}", status_code=303)


async def _notes(
    meeting: Meeting,
    item: Item,
    form: NotesForm,
    problems: Mapping[str, str] | None = None,
    *,
    status: int = 200,
    clashes: list[Clash] | None = None,
) -> Template:
    return page(
        "room/item_notes.html",
        status=status,
        meeting=meeting,
        item=item,
        line=line(item),
        form=form,
        problems=problems or {},
        clashes=clashes or [],
        waiting=await queries.waiting(item),
        may_write=meeting.stage in NOTED_WHILE,
        most=LONGEST_NOTES,
    )


async def _find(seat: Seat, here: Panel, day: str) -> Meeting:
    return await meetings.find(seat, here, day_in_address(day))


async def _item(seat: Seat, here: Panel, meeting: Meeting, typed: str) -> Item:
    return await item_for(await reader_of(seat, here), meeting, _known(typed))


def _known(typed: str) -> UUID:
    found = known_id(typed)
    if found is None:
        raise Missing("This item is not on the agenda.")
    return found


router = Router("/", route_handlers=[notes_page, item_notes_page, write_notes])
