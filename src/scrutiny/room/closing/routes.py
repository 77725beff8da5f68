"""The end of a meeting: what was left over, what closing it publishes, and that it is closed."""

from collections.abc import Mapping

from litestar import Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from scrutiny.agendas.access import Reader, reader_of, seen_by
from scrutiny.agendas.laid import differs
from scrutiny.agendas.outline import laid_out
from scrutiny.agendas.queries import agenda_of, items_of, line
from scrutiny.agendas.rules import is_left_over
from scrutiny.agendas.tables import Item
from scrutiny.kit.errors import NotNow
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.room import actions
from scrutiny.room.deciding.queries import put_at
from scrutiny.web.gate import Here, Seated
from scrutiny.web.pages import page

ROOM = "/{panel:str}/meetings/{day:str}/room"


@get(f"{ROOM}/closing", act=Act.ROOM_RUN_PAGE)
async def closing_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    return await _closing(await _find(seat, here, day), await reader_of(seat, here))


@post(f"{ROOM}/closing", act=Act.ROOM_RUN)
async def close(seat: Seated, here: Here, day: FromPath[str]) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    try:
        await actions.close(meeting, by=seat)
    except NotNow as why:
        if meeting.stage != MeetingStage.IN_SESSION:
            raise
        return await _closing(meeting, await reader_of(seat, here), {"close": str(why)}, 409)
    return Redirect(f"{address(here, meeting)}/room/closing", status_code=303)


async def _closing(
    meeting: Meeting, reader: Reader, problems: Mapping[str, str] | None = None, status: int = 200
) -> Template:
    """What was not reached, before it is closed and after."""
    whole = await items_of(meeting)
    entries = laid_out(seen_by(reader, whole))
    decided = {one.item for one in await put_at(meeting)}
    left = [one for one in entries if is_left_over(one.item, decided)]
    return page(
        "room/closing.html",
        status=status,
        meeting=meeting,
        came=await meetings.turnout_of(meeting),
        left=[(one.number, line(one.item)) for one in left],
        under_way=meeting.stage == MeetingStage.IN_SESSION,
        unpublished=await _has_unpublished(meeting, whole),
        over=meeting.stage == MeetingStage.HELD,
        problems=problems or {},
    )


async def _has_unpublished(meeting: Meeting, whole: list[Item]) -> bool:
    """Whether closing publishes something that was put on the agenda since it came out."""
    agenda = await agenda_of(meeting)
    out = agenda is not None and agenda.published is not None
    return out and await differs(agenda, whole)


async def _find(seat: Seat, here: Panel, day: str) -> Meeting:
    return await meetings.find(seat, here, day_in_address(day))


router = Router("/", route_handlers=[closing_page, close])
