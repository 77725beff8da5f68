"""The pages of meetings; a meeting's own page, with its agenda, is in agendas."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.kit.ids import known_id
from scrutiny.kit.settings import settings
from scrutiny.meetings import actions, queries, rules
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import MeetingForm, day_in_address, form_of, seen_version
from scrutiny.meetings.rhythm import bank_holiday
from scrutiny.meetings.rules import KINDS, Answer
from scrutiny.meetings.tables import Meeting
from scrutiny.people.constitution import constitution_of
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
        calendar=f"{settings().base_url}/{here.slug}/meetings.ics",
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
    return await _invitations(here, await _find(seat, here, day), rules.ReasonForm(), {})


@post("/{panel:str}/meetings/{day:str}/invitations", act=Act.MEETING_CALL)
async def invite(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[rules.ReasonForm]
) -> Template | Redirect:
    """Short notice needs a reason, which everybody may read."""
    meeting = await _find(seat, here, day)
    if _needs_reason(here, meeting) and (problems := data.problems()):
        return await _invitations(here, meeting, data, problems, status=422)
    await actions.invite(meeting, by=seat, why_short=data.reason)
    return Redirect(f"{address(here, meeting)}/invitations", status_code=303)


def _needs_reason(here: Panel, meeting: Meeting) -> bool:
    first = meeting.stage == rules.Stage.PROPOSED and not meeting.short_notice
    return first and _is_short(here, meeting.date)


def _is_short(here: Panel, when: date) -> bool:
    return rules.is_short_notice(when, today(), constitution_of(here).notice_days)


async def _invitations(
    here: Panel,
    meeting: Meeting,
    form: rules.ReasonForm,
    problems: Mapping[str, str],
    status: int = 200,
) -> Template:
    asked = await queries.invitations(meeting)
    return page(
        "meetings/invitations.html",
        status=status,
        meeting=meeting,
        form=form,
        problems=problems,
        invited=asked,
        replies=queries.replies(asked),
        waiting=await queries.not_asked(meeting),
        apart=[(one.person.name, _(rules.NOT_ASKED[one.stage])) for one in await _apart(meeting)],
        may_invite=meeting.stage in rules.AHEAD,
        short_notice=_is_short(here, meeting.date),
        needs_reason=_needs_reason(here, meeting),
        notice_days=constitution_of(here).notice_days,
        holiday=bank_holiday(meeting.date),
    )


async def _apart(meeting: Meeting) -> list[Seat]:
    """Those whose seat says itself why they are not asked."""
    found = await queries.not_to_ask(meeting)
    return [one for one in found if one.stage in rules.NOT_ASKED]


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
    """It says to whoever has the link no more than the letter did: a closed meeting has no name."""
    asked = await queries.invitation_by_token(token)
    meeting, panel = asked.meeting, asked.meeting.panel
    discreet = rules.is_discreet(meeting.kind, meeting.public)
    return page(
        "meetings/reply.html",
        status=status,
        asked=asked,
        meeting=meeting,
        panel=panel,
        named=not discreet or visit().signed_in,
        there=address(panel, meeting) if meeting.public or visit().signed_in else "",
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
    problems = data.problems(today()) or _unexplained(here, meeting, data)
    if problems:
        return _change(meeting, data, problems, status=422)
    meeting.version = seen_version(data.version, meeting.version)
    try:
        changed = await actions.change(meeting, data.plan(), by=seat)
    except Stale:
        saved = await _find(seat, here, day, meeting.id)
        data.version = str(saved.version)
        return _change(saved, data, {}, status=409, stale=True)
    except NotNow as why:
        if meeting.stage not in rules.CHANGEABLE:
            raise
        return _change(meeting, data, {"date": str(why)}, status=409)
    return Redirect(address(here, changed), status_code=303)


def _unexplained(here: Panel, meeting: Meeting, form: MeetingForm) -> dict[str, str]:
    """A new day so soon that those asked get short notice of it needs a reason."""
    plan = form.plan()
    moved = meeting.stage in rules.ANNOUNCED and plan.date != meeting.date
    if moved and not plan.short_notice and _is_short(here, plan.date):
        return {"short_notice": _("This is short notice. Say why, in words that all may read.")}
    return {}


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
        open=meeting.stage in rules.CHANGEABLE,
        kinds=KINDS,
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
    ],
)
