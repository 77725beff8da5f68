"""A meeting's own page with its agenda, and the published agenda as data."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas import actions, laid, queries, rules
from scrutiny.agendas.access import reader_of
from scrutiny.agendas.forms import PublicationForm
from scrutiny.agendas.packs.contents import sources_of
from scrutiny.agendas.packs.showing import on_meeting
from scrutiny.agendas.questions.rules import may_be_asked
from scrutiny.agendas.tables import Agenda, Item
from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.about import about
from scrutiny.meetings.calendar import address, reply_token
from scrutiny.meetings.figures.queries import told_of
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.rules import UNDER_WAY_OR_OVER, is_inquorate
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

MEETING = "/{panel:str}/meetings/{day:str}"


@get(MEETING, act=Act.ANYONE)
async def show(seat: Viewer, here: Here, day: FromPath[str]) -> Template:
    seat = visit().seat_for(Act.MEETING_CALL) or seat
    meeting = await _find(seat, here, day)
    reader, there = await reader_of(seat, here), await sources_of(here, meeting)
    agenda, items = there.agenda, there.items if seat else []
    came = await meetings.turnout_of(meeting) if meeting.stage in UNDER_WAY_OR_OVER else None
    return page(
        "agendas/meeting.html",
        published=True,
        meeting=meeting,
        came=came,
        asked=await queries.asked_at(meeting) if came else [],
        inquorate=came is not None and is_inquorate(meeting.stage, came),
        reasons=rules.CLOSED_REASONS,
        may_ask=may_be_asked(meeting.stage, meeting.public),
        left_over=meeting.stage in rules.LEFT_OVER_AT,
        **about(meeting, today()),
        **await told_of(here, meeting),
        **await on_meeting(reader, there),
        **laid.told_of(here, meeting, agenda, today()),
        **laid.published(reader, meeting, agenda, items),
        **await _for_seat(meeting, agenda, seat, items),
    )


async def _for_seat(
    meeting: Meeting, agenda: Agenda | None, seat: Seat | None, items: list[Item]
) -> dict[str, Any]:
    """What only people with a seat see: their own answer, how many mean to come, the draft."""
    if seat is None:
        return {"mine": None, "replies": {}, "not_asked": 0, "draft_differs": False}
    mine = await meetings.invitation_of(meeting, visit().seats)
    convenes = visit().may(Act.AGENDA_EDIT)
    asked = await meetings.invitations(meeting) if convenes else []
    path = f"/meetings/replies/{reply_token(mine)}" if mine else ""
    return {
        "mine": {"reply": mine.reply, "path": path} if mine else None,
        "replies": meetings.replies(asked) if asked else {},
        "not_asked": len(await meetings.not_asked(meeting)) if convenes else 0,
        "draft_differs": convenes and await laid.differs(agenda, items),
    }


@get(f"{MEETING}/agenda.json", act=Act.ANYONE)
async def published_lines(
    seat: Viewer, here: Here, day: FromPath[str], edition: FromQuery[int] = 0
) -> Response[bytes]:
    """The agenda as data, newest or `edition`: the bytes whose SHA-256 is in the ledger.

    Somebody who takes no part in an item reads it without that item while signed in.
    """
    if edition > 0:
        found = await queries.edition(seat, here, day_in_address(day), edition)
    else:
        found = await queries.agenda_of(await _find(seat, here, day))
    if not (found and found.document):
        raise Missing(_("The agenda of this meeting is not published yet."))
    text, lines = found.document, rules.lines_of(found.document)
    left = queries.kept_lines(await reader_of(seat, here), found, lines)
    if len(left) < len(lines):
        text = rules.document(left, rules.closed_of(text))
    kept = {"x-published": "1"} if visit().person is None else {}
    return Response(text.encode(), media_type="application/json", headers=kept)


@post(f"{MEETING}/agenda/publication", act=Act.AGENDA_EDIT)
async def publish(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[PublicationForm]
) -> Redirect:
    meeting = await _find(seat, here, day)
    await actions.publish(meeting, by=seat, looked_at=data.looked_at)
    return Redirect(address(here, meeting), status_code=303)


async def _find(seat: Seat | None, here: Panel, day: str) -> Meeting:
    return await meetings.find(seat, here, day_in_address(day))


router = Router("/", route_handlers=[show, published_lines, publish])
