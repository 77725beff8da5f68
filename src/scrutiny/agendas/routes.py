"""A meeting's own page with its agenda, how it is called, and the notes taken in it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas import actions, queries, rules
from scrutiny.agendas.rules import CaseForm, ItemForm, NotesForm, PlaceForm, PublicationForm
from scrutiny.agendas.tables import Agenda, Item
from scrutiny.kit.clock import london, today
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.calendar import address, reply_token
from scrutiny.meetings.plan import MeetingForm, day_in_address, known_id, seen_version
from scrutiny.meetings.rules import UNDER_WAY_OR_OVER, agenda_due, is_inquorate
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

MEETING = "/{panel:str}/meetings/{day:str}"


@get("/{panel:str}/meetings/new", act=Act.MEETING_CALL_PAGE)
async def call_page() -> Template:
    form = MeetingForm(title=_("Panel meeting"), starts="18:30", ends="20:30", public="yes")
    return page("agendas/call.html", form=form, problems={})


@post("/{panel:str}/meetings/new", act=Act.MEETING_CALL)
async def call(seat: Seated, here: Here, data: URLEncodedBody[MeetingForm]) -> Template | Redirect:
    if problems := data.problems(today()):
        return page("agendas/call.html", status=422, form=data, problems=problems)
    try:
        meeting = await actions.call(here, data.plan(), by=seat, form_key=data.form_key)
    except NotNow as why:
        return page("agendas/call.html", status=409, form=data, problems={"date": str(why)})
    return Redirect(address(here, meeting), status_code=303)


@get(MEETING, act=Act.ANYONE)
async def show(seat: Viewer, here: Here, day: FromPath[str]) -> Template:
    seat = visit().seat_for(Act.MEETING_CALL) or seat
    meeting = await _find(seat, here, day)
    agenda = await queries.agenda_of(meeting)
    came = await meetings.turnout_of(meeting) if meeting.stage in UNDER_WAY_OR_OVER else None
    return page(
        "agendas/meeting.html",
        published=True,
        meeting=meeting,
        came=came,
        asked=await queries.asked_at(meeting) if came else [],
        inquorate=came is not None and is_inquorate(meeting.stage, came),
        **_told_of(meeting, agenda),
        **await _for_seat(meeting, agenda, seat),
    )


def _told_of(meeting: Meeting, agenda: Agenda | None) -> dict[str, Any]:
    """What everybody may know of the agenda, and of when it came out."""
    out = london(agenda.published).date() if agenda and agenda.published else None
    again = london(agenda.changed).date() if agenda and agenda.changed else None
    return {
        "lines": rules.lines_of(agenda.document) if out else [],
        "published_on": out,
        "changed_on": again,
        "due": agenda_due(meeting.date),
        "late": rules.is_late(out, meeting.date, today()),
        "notice": rules.days_of_notice(out, meeting.date) if out else 0,
    }


async def _for_seat(meeting: Meeting, agenda: Agenda | None, seat: Seat | None) -> dict[str, Any]:
    """What only people with a seat see: their own answer, how many mean to come, the draft."""
    if seat is None:
        return {"mine": None, "replies": {}, "not_asked": 0, "draft_differs": False}
    mine = await meetings.invitation_of(meeting, visit().seats)
    convenes = visit().may(Act.AGENDA_EDIT)
    asked = await meetings.invitations(meeting) if convenes else []
    items = await queries.items_of(meeting) if convenes else []
    path = f"/meetings/replies/{reply_token(mine)}" if mine else ""
    return {
        "mine": {"reply": mine.reply, "path": path} if mine else None,
        "replies": meetings.replies(asked) if asked else {},
        "not_asked": len(await meetings.not_asked(meeting)) if convenes else 0,
        "draft_differs": convenes and agenda is not None and _differs(agenda, items),
    }


def _differs(agenda: Agenda, items: list[Item]) -> bool:
    return agenda.published is None or agenda.document != rules.document(queries.lines(items))


@get(f"{MEETING}/agenda.json", act=Act.ANYONE)
async def published_lines(
    seat: Viewer, here: Here, day: FromPath[str], edition: FromQuery[int] = 0
) -> Response[bytes]:
    """The agenda as data, newest or `edition`: the bytes whose SHA-256 is in the ledger."""
    if edition > 0:
        found = await queries.edition(seat, here, day_in_address(day), edition)
    else:
        found = await queries.agenda_of(await _find(seat, here, day))
    if not (found and found.document):
        raise Missing(_("The agenda of this meeting is not published yet."))
    kept = {"x-published": "1"} if visit().person is None else {}
    return Response(found.document.encode(), media_type="application/json", headers=kept)


@get(f"{MEETING}/agenda", act=Act.AGENDA_EDIT_PAGE)
async def agenda_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    return await _agenda(await _find(seat, here, day))


@post(f"{MEETING}/agenda", act=Act.AGENDA_EDIT)
async def add_item(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[ItemForm]
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    if problems := data.problems():
        return await _agenda(meeting, data, problems, status=422)
    try:
        await actions.add_item(meeting, data.title, by=seat, form_key=data.form_key)
    except NotNow as why:
        return await _agenda(meeting, data, {"title": str(why)}, status=409)
    return _back_to_agenda(here, meeting)


@post(f"{MEETING}/agenda/cases", act=Act.AGENDA_EDIT)
async def add_case(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[CaseForm]
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    number = seen_version(data.case, 0)
    if not number:
        return await _agenda(meeting, problems={"case": _("Choose a case.")}, status=422)
    await actions.add_case(meeting, number, by=seat, form_key=data.form_key)
    return _back_to_agenda(here, meeting)


@post(f"{MEETING}/agenda/order", act=Act.AGENDA_EDIT)
async def move(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[PlaceForm]
) -> Redirect:
    meeting = await _find(seat, here, day)
    await actions.move(meeting, _item(data.up or data.down), up=bool(data.up), by=seat)
    return _back_to_agenda(here, meeting)


@post(f"{MEETING}/agenda/removal", act=Act.AGENDA_EDIT)
async def remove(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[PlaceForm]
) -> Redirect:
    meeting = await _find(seat, here, day)
    await actions.remove(meeting, _item(data.off), by=seat)
    return _back_to_agenda(here, meeting)


@post(f"{MEETING}/agenda/publication", act=Act.AGENDA_EDIT)
async def publish(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[PublicationForm]
) -> Redirect:
    meeting = await _find(seat, here, day)
    await actions.publish(meeting, by=seat, looked_at=data.looked_at)
    return Redirect(address(here, meeting), status_code=303)


async def _agenda(
    meeting: Meeting,
    form: ItemForm | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    items, agenda = await queries.items_of(meeting), await queries.agenda_of(meeting)
    lines = queries.lines(items)
    told = _told_of(meeting, agenda)
    return page(
        "agendas/agenda.html",
        status=status,
        meeting=meeting,
        items=list(zip(items, lines, strict=True)),
        cases=await queries.cases_to_add(visit().panel),
        form=form or ItemForm(),
        problems=problems or {},
        may_change=meeting.stage in rules.CHANGED_WHILE,
        may_publish=meeting.stage in rules.PUBLISHED_WHILE and bool(items),
        differs=agenda is not None and _differs(agenda, items),
        looked_at=rules.digest(rules.document(lines)),
        **{name: told[name] for name in ("published_on", "due", "late")},
    )


@get(f"{MEETING}/notes", act=Act.NOTES_PAGE)
async def notes_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    items = await queries.items_of(meeting)
    return page(
        "agendas/notes.html",
        meeting=meeting,
        items=list(zip(items, queries.lines(items), strict=True)),
        may_write=meeting.stage in rules.NOTED_WHILE,
    )


@get(f"{MEETING}/notes/{{item:str}}", act=Act.NOTES_PAGE)
async def item_notes_page(
    seat: Seated, here: Here, day: FromPath[str], item: FromPath[str]
) -> Template:
    meeting = await _find(seat, here, day)
    found = await queries.item(meeting, _item(item))
    return _notes(meeting, found, NotesForm(found.notes, str(found.version)))


@post(f"{MEETING}/notes/{{item:str}}", act=Act.NOTES_WRITE)
async def write_notes(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    item: FromPath[str],
    data: URLEncodedBody[NotesForm],
) -> Template | Redirect:
    meeting = await _find(seat, here, day)
    found = await queries.item(meeting, _item(item))
    if problems := data.problems():
        return _notes(meeting, found, data, problems, status=422)
    found.version = seen_version(data.version, found.version)
    try:
        await actions.write_notes(found, data.notes, by=seat)
    except Stale:
        saved = await queries.item(meeting, found.id)
        data.version = str(saved.version)
        return _notes(meeting, saved, data, status=409, stale=True)
    except NotNow as why:
        return _notes(meeting, found, data, {"notes": str(why)}, status=409)
    return Redirect(f"{address(here, meeting)}/notes", status_code=303)


def _notes(
    meeting: Meeting,
    item: Item,
    form: NotesForm,
    problems: Mapping[str, str] | None = None,
    *,
    status: int = 200,
    stale: bool = False,
) -> Template:
    return page(
        "agendas/item_notes.html",
        status=status,
        meeting=meeting,
        item=item,
        line=queries.line(item),
        form=form,
        problems=problems or {},
        stale=stale,
        may_write=meeting.stage in rules.NOTED_WHILE,
        most=rules.LONGEST_NOTES,
    )


async def _find(seat: Seat | None, here: Panel, day: str) -> Meeting:
    return await meetings.find(seat, here, day_in_address(day))


def _item(typed: str) -> UUID:
    found = known_id(typed)
    if found is None:
        raise Missing("This item is not on the agenda.")
    return found


def _back_to_agenda(here: Panel, meeting: Meeting) -> Redirect:
    return Redirect(f"{address(here, meeting)}/agenda", status_code=303)


router = Router(
    "/",
    route_handlers=[
        call_page,
        call,
        show,
        published_lines,
        agenda_page,
        add_item,
        add_case,
        move,
        remove,
        publish,
        notes_page,
        item_notes_page,
        write_notes,
    ],
)
