"""A meeting is opened, and who came is written down."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Stale
from scrutiny.meetings import actions, queries, rules
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import day_in_address, seen_version
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.pages import page


@get("/{panel:str}/meetings/{day:str}/session", act=Act.MEETING_RUN_PAGE)
async def session_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    return page(
        "meetings/session.html",
        meeting=meeting,
        came=await queries.turnout_of(meeting),
        its_day=rules.may_open_on(meeting.date, today()),
    )


@post("/{panel:str}/meetings/{day:str}/session", act=Act.MEETING_RUN)
async def open_session(seat: Seated, here: Here, day: FromPath[str]) -> Redirect:
    """It is closed in the room."""
    meeting = await _find(seat, here, day)
    await actions.open_session(meeting, by=seat)
    return Redirect(f"{address(here, meeting)}/attendance", status_code=303)


@get("/{panel:str}/meetings/{day:str}/attendance", act=Act.MEETING_RUN_PAGE)
async def attendance_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    roll = await queries.roll_of(meeting)
    chosen = {one: status for one, (status, _mode) in roll.items()}
    return await _attendance(meeting, chosen, modes={one: mode for one, (_s, mode) in roll.items()})


@post("/{panel:str}/meetings/{day:str}/attendance", act=Act.MEETING_RUN)
async def record_attendance(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[dict[str, Any]]
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    expected = await queries.expected_at(meeting)
    chosen, problems = rules.read_roll(data, {one.id: one.person.name for one in expected})
    modes = rules.read_modes(data, [one.id for one in expected])
    if problems:
        return await _attendance(meeting, chosen, problems, modes=modes, status=422)
    meeting.version = seen_version(data.get("version"), meeting.version)
    try:
        await actions.record_attendance(meeting, chosen, by=seat, modes=modes)
    except Stale:
        saved = await _find(seat, here, day)
        theirs = await queries.attendance(saved)
        return await _attendance(saved, chosen, modes=modes, status=409, theirs=theirs)
    return Redirect(f"{address(here, meeting)}/session", status_code=303)


async def _attendance(
    meeting: Meeting,
    chosen: Mapping[UUID, str],
    problems: Mapping[str, str] | None = None,
    *,
    modes: Mapping[UUID, str],
    status: int = 200,
    theirs: Mapping[UUID, str] | None = None,
) -> Template:
    return page(
        "meetings/attendance.html",
        status=status,
        meeting=meeting,
        seats=await queries.expected_at(meeting),
        said_by={one.seat.person.id: one.reply for one in await queries.invitations(meeting)},
        chosen=chosen,
        modes=modes,
        theirs=theirs or {},
        problems=problems or {},
        may_record=meeting.stage in rules.ATTENDANCE_TAKEN,
    )


async def _find(seat: Seat, here: Panel, day: str) -> Meeting:
    return await queries.find(seat, here, day_in_address(day))


router = Router(
    "/", route_handlers=[session_page, open_session, attendance_page, record_attendance]
)
