"""The place of a meeting, how to take part, and the page with the link to join it."""

from collections.abc import Mapping

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.errors import Stale
from scrutiny.meetings import queries
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import day_in_address, seen_version
from scrutiny.meetings.rules import Kind, shows_link
from scrutiny.meetings.tables import Meeting
from scrutiny.meetings.venue import actions
from scrutiny.meetings.venue.rules import ANSWERS, LONGEST, WORDS, VenueForm, form_of, in_words
from scrutiny.membership.clearances.queries import cleared
from scrutiny.people.constitution import Deed
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.pages import page

HOME = "/{panel:str}/meetings/{day:str}"


@get(f"{HOME}/venue", act=Act.MEETING_CALL_PAGE)
async def venue_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await queries.find(seat, here, day_in_address(day))
    return _venue(meeting, form_of(meeting), {})


@post(f"{HOME}/venue", act=Act.MEETING_CALL)
async def describe(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[VenueForm]
) -> Template | Redirect:
    meeting = await queries.find(seat, here, day_in_address(day))
    if problems := data.problems():
        return _venue(meeting, data, problems, status=422)
    meeting.version = seen_version(data.version, meeting.version)
    try:
        await actions.describe(meeting, data.details(), data.online, by=seat)
    except Stale:
        saved = await queries.find(seat, here, day_in_address(day))
        data.version = str(saved.version)
        return _venue(saved, data, {}, status=409, stale=True)
    return Redirect(address(here, meeting), status_code=303)


def _venue(
    meeting: Meeting,
    form: VenueForm,
    problems: Mapping[str, str],
    *,
    status: int = 200,
    stale: bool = False,
) -> Template:
    return page(
        "meetings/venue.html",
        status=status,
        meeting=meeting,
        form=form,
        problems=problems,
        stale=stale,
        details=in_words(meeting),
        words=WORDS,
        answers=ANSWERS,
        longest=LONGEST,
        open=meeting.stage in actions.DESCRIBED_WHILE,
    )


@get(f"{HOME}/join", act=Act.JOIN)
async def join(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    """The link itself is on this page alone, for whoever may be there."""
    meeting = await queries.find(seat, here, day_in_address(day))
    viewing = meeting.kind == Kind.VIEWING
    let_in = not viewing or Deed.VIEWING in await cleared(here, seat.person.id)
    shown = let_in and shows_link(meeting.stage) and bool(meeting.online)
    return page(
        "meetings/join.html",
        meeting=meeting,
        online=meeting.online if shown else "",
        let_in=let_in,
    )


router = Router("/", route_handlers=[venue_page, describe, join])
