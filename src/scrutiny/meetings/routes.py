"""The pages of meetings; a meeting's own page, with its agenda, is in agendas."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.meetings import actions, queries, rules
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import MeetingForm, day_in_address, form_of, known_id, seen_version
from scrutiny.meetings.rules import Answer, CancellationForm
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit


@get("/{panel:str}/meetings", act=Act.ANYONE)
async def show_all(
    seat: Viewer, here: Here, after: FromQuery[str] = "", before: FromQuery[str] = ""
) -> Template:
    """What is coming and what was, by day; `after` and `before` lead to further pages."""
    later = day_in_address(after) if after else None
    older = day_in_address(before) if before else None
    seat, most = visit().seat_for(Act.MEETING_CALL) or seat, queries.PAGE + 1
    coming = [] if older else await queries.upcoming(seat, here, later, most)
    past = [] if later else await queries.past(seat, here, older, most)
    return page(
        "meetings/all.html",
        published=True,
        coming=coming[: queries.PAGE],
        past=past[: queries.PAGE],
        first=not (later or older),
        more_coming=coming[queries.PAGE - 1].date if len(coming) > queries.PAGE else None,
        more_past=past[queries.PAGE - 1].date if len(past) > queries.PAGE else None,
        today=today(),
    )


@get("/{panel:str}/meetings.ics", act=Act.ANYONE)
async def calendar(here: Here) -> Response[bytes]:
    """The public meetings, to subscribe to. The ETag and the 304 are web.published's."""
    name = f'inline; filename="{here.slug}-meetings.ics"'
    kept = {"x-published": "1"} if visit().person is None else {}
    return Response(
        await queries.public_feed(here),
        media_type="text/calendar",
        headers={"content-disposition": name, **kept},
    )


@get("/{panel:str}/meetings/{day:str}/invitations", act=Act.MEETING_CALL_PAGE)
async def invitations_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    asked = await queries.invitations(meeting)
    return page(
        "meetings/invitations.html",
        meeting=meeting,
        invited=asked,
        replies=queries.replies(asked),
        waiting=await queries.not_asked(meeting),
        may_invite=meeting.stage in rules.AHEAD,
        short_notice=rules.is_short_notice(meeting.date, today()),
    )


@post("/{panel:str}/meetings/{day:str}/invitations", act=Act.MEETING_CALL)
async def invite(seat: Seated, here: Here, day: FromPath[str]) -> Redirect:
    meeting = await _find(seat, here, day)
    await actions.invite(meeting, by=seat)
    return Redirect(f"{address(here, meeting)}/invitations", status_code=303)


@dataclass
class ReplyForm:
    answer: str = ""


@get("/meetings/replies/{token:str}", act=Act.ANYONE)
async def reply_page(token: FromPath[str]) -> Template:
    """Changes nothing: programs that look at letters open every link in them."""
    return await _reply(token)


@post("/meetings/replies/{token:str}", act=Act.ANYONE_SENDS)
async def reply(token: FromPath[str], data: URLEncodedBody[ReplyForm]) -> Template | Redirect:
    if data.answer not in (Answer.YES, Answer.NO, Answer.PERHAPS):
        return await _reply(token, {"answer": _("Choose whether you can come.")}, status=422)
    await actions.reply(token, data.answer)
    return Redirect(f"/meetings/replies/{token}", status_code=303)


async def _reply(
    token: str, problems: Mapping[str, str] | None = None, status: int = 200
) -> Template:
    asked = await queries.invitation_by_token(token)
    return page(
        "meetings/reply.html",
        status=status,
        asked=asked,
        meeting=asked.meeting,
        of=asked.meeting.panel,
        problems=problems or {},
    )


@get("/{panel:str}/meetings/{day:str}/change", act=Act.MEETING_CALL_PAGE)
async def change_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    return _change(meeting, form_of(meeting), {})


@post("/{panel:str}/meetings/{day:str}/change", act=Act.MEETING_CALL)
async def change(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[MeetingForm]
) -> Template | Redirect:
    meeting = await _find(seat, here, day, known_id(data.meeting))
    if problems := data.problems(today()):
        return _change(meeting, data, problems, status=422)
    meeting.version = seen_version(data.version, meeting.version)
    try:
        changed = await actions.change(meeting, data.plan(), by=seat)
    except Stale:
        saved = await _find(seat, here, day, meeting.id)
        data.version = str(saved.version)
        return _change(saved, data, {}, status=409, stale=True)
    except NotNow as why:
        if meeting.stage not in rules.AHEAD:
            raise
        return _change(meeting, data, {"date": str(why)}, status=409)
    return Redirect(address(here, changed), status_code=303)


def _change(
    meeting: Meeting,
    form: MeetingForm,
    problems: Mapping[str, str],
    *,
    status: int = 200,
    stale: bool = False,
) -> Template:
    return page(
        "meetings/change.html",
        status=status,
        meeting=meeting,
        form=form,
        problems=problems,
        stale=stale,
        open=meeting.stage in rules.AHEAD,
    )


@get("/{panel:str}/meetings/{day:str}/cancellation", act=Act.MEETING_CALL_PAGE)
async def cancellation_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    return _cancellation(await _find(seat, here, day), CancellationForm(), {})


@post("/{panel:str}/meetings/{day:str}/cancellation", act=Act.MEETING_CALL)
async def cancel(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[CancellationForm]
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    if problems := data.problems():
        return _cancellation(meeting, data, problems, status=422)
    await actions.cancel(meeting, data.reason, by=seat)
    return Redirect(address(here, meeting), status_code=303)


def _cancellation(
    meeting: Meeting, form: CancellationForm, problems: Mapping[str, str], status: int = 200
) -> Template:
    return page(
        "meetings/cancellation.html",
        status=status,
        meeting=meeting,
        form=form,
        problems=problems,
        may_cancel=meeting.stage in rules.AHEAD,
    )


@dataclass
class SessionForm:
    move: str = ""


@get("/{panel:str}/meetings/{day:str}/session", act=Act.MEETING_RUN_PAGE)
async def session_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    return await _session(await _find(seat, here, day))


@post("/{panel:str}/meetings/{day:str}/session", act=Act.MEETING_RUN)
async def move_session(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[SessionForm]
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    if data.move == "open":
        await actions.open_session(meeting, by=seat)
        return Redirect(f"{address(here, meeting)}/attendance", status_code=303)
    if data.move == "close":
        await actions.close_session(meeting, by=seat)
        return Redirect(address(here, meeting), status_code=303)
    return await _session(meeting, {"move": _("Choose whether to open or to close it.")}, 422)


async def _session(
    meeting: Meeting, problems: Mapping[str, str] | None = None, status: int = 200
) -> Template:
    return page(
        "meetings/session.html",
        status=status,
        meeting=meeting,
        came=await queries.turnout_of(meeting),
        its_day=rules.may_open_on(meeting.date, today()),
        problems=problems or {},
    )


@get("/{panel:str}/meetings/{day:str}/attendance", act=Act.MEETING_RUN_PAGE)
async def attendance_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    return await _attendance(meeting, await queries.attendance(meeting))


@post("/{panel:str}/meetings/{day:str}/attendance", act=Act.MEETING_RUN)
async def record_attendance(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[dict[str, Any]]
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    expected = await queries.expected_at(meeting)
    chosen, problems = rules.read_roll(data, {one.id: one.person.name for one in expected})
    if problems:
        return await _attendance(meeting, chosen, problems, status=422)
    meeting.version = seen_version(data.get("version"), meeting.version)
    try:
        await actions.record_attendance(meeting, chosen, by=seat)
    except Stale:
        saved = await _find(seat, here, day)
        theirs = await queries.attendance(saved)
        return await _attendance(saved, chosen, status=409, theirs=theirs)
    return Redirect(f"{address(here, meeting)}/session", status_code=303)


async def _attendance(
    meeting: Meeting,
    chosen: Mapping[UUID, str],
    problems: Mapping[str, str] | None = None,
    *,
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
        theirs=theirs or {},
        problems=problems or {},
        may_record=meeting.stage in rules.ATTENDANCE_TAKEN,
    )


async def _find(seat: Seat, here: Panel, day: str, known: UUID | None = None) -> Meeting:
    return await queries.find(seat, here, day_in_address(day), known)


router = Router(
    "/",
    route_handlers=[
        show_all,
        calendar,
        invitations_page,
        invite,
        reply_page,
        reply,
        change_page,
        change,
        cancellation_page,
        cancel,
        session_page,
        move_session,
        attendance_page,
        record_attendance,
    ],
)
