"""A meeting is cancelled, or put off until it has a new day."""

from collections.abc import Mapping

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.meetings import actions, queries
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.rules import CHANGEABLE, ReasonForm, Stage
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.pages import page

HOME = "/{panel:str}/meetings/{day:str}"


@get(f"{HOME}/cancellation", act=Act.MEETING_CALL_PAGE)
async def cancellation_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    return _cancellation(await _find(seat, here, day), ReasonForm(), {})


@post(f"{HOME}/cancellation", act=Act.MEETING_CALL)
async def cancel(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[ReasonForm]
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    if problems := data.problems():
        return _cancellation(meeting, data, problems, status=422)
    await actions.cancel(meeting, data.reason, by=seat)
    return Redirect(address(here, meeting), status_code=303)


@get(f"{HOME}/postponement", act=Act.MEETING_CALL_PAGE)
async def postponement_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    return _postponement(await _find(seat, here, day), ReasonForm(), {})


@post(f"{HOME}/postponement", act=Act.MEETING_CALL)
async def postpone(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[ReasonForm]
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    if problems := data.problems():
        return _postponement(meeting, data, problems, status=422)
    await actions.postpone(meeting, data.reason, by=seat)
    return Redirect(address(here, meeting), status_code=303)


def _cancellation(
    meeting: Meeting, form: ReasonForm, problems: Mapping[str, str], status: int = 200
) -> Template:
    may_cancel = meeting.stage in CHANGEABLE
    return _page("meetings/cancellation.html", meeting, form, problems, status, may_cancel)


def _postponement(
    meeting: Meeting, form: ReasonForm, problems: Mapping[str, str], status: int = 200
) -> Template:
    may_postpone = meeting.stage == Stage.SCHEDULED
    return _page("meetings/postponement.html", meeting, form, problems, status, may_postpone)


def _page(
    name: str,
    meeting: Meeting,
    form: ReasonForm,
    problems: Mapping[str, str],
    status: int,
    allowed: bool,
) -> Template:
    return page(name, status=status, meeting=meeting, form=form, problems=problems, allowed=allowed)


async def _find(seat: Seat, here: Panel, day: str) -> Meeting:
    return await queries.find(seat, here, day_in_address(day))


router = Router("/", route_handlers=[cancellation_page, cancel, postponement_page, postpone])
