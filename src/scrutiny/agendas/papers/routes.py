"""Papers: put on an agenda, read, replaced and withdrawn; late ones decided on by the chair."""

import asyncio
from collections.abc import Mapping
from typing import Any

from litestar import Request, Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from scrutiny.agendas import queries as agendas
from scrutiny.agendas.access import Reader, reader_of
from scrutiny.agendas.papers import actions, queries, rules, shelf
from scrutiny.agendas.papers.receiving import ROOM_FOR_FORM, Sent, take_in
from scrutiny.agendas.papers.rules import PaperForm, ReasonForm, Stage
from scrutiny.agendas.papers.tables import Paper
from scrutiny.agendas.papers.washing import Washed, washed
from scrutiny.concerns.evidence import sealed
from scrutiny.concerns.evidence.queries import in_turn
from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.ids import known_id
from scrutiny.kit.seal import unwrap
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.calendar import address
from scrutiny.meetings.plan import day_in_address, seen_version
from scrutiny.meetings.tables import Meeting
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.first_part import boundary_of
from scrutiny.web.gate import Here, Seated, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

PAPERS = "/{panel:str}/meetings/{day:str}/papers"
ONE = f"{PAPERS}/{{number:int}}"
TAKES = {"streams": True, "request_max_body_size": rules.MOST_BYTES + ROOM_FOR_FORM}
"""The form is read here as it comes: web/first_part.py has checked its token already."""
OF_ALL = {"cache-control": "public, max-age=0, must-revalidate"}


@get(PAPERS, act=Act.PAPER_ADD_PAGE)
async def list_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    return await _list(seat, here, await _meeting(seat, here, day))


@post(PAPERS, act=Act.PAPER_ADD, **TAKES)
async def add(
    request: Request, seat: Seated, here: Here, day: FromPath[str]
) -> Template | Redirect:
    meeting = await _meeting(seat, here, day)
    sent = await take_in(request.stream(), boundary_of(request))
    try:
        form = _form(sent)
        problems = form.problems()
        made = await _washed(sent, form.title, here, problems)
    finally:
        sent.close()
    if problems:
        return await _list(seat, here, meeting, form, problems, _status(made))
    try:
        on = known_id(form.item)
        if on is None:
            raise Missing(agendas.NOT_THERE)
        await actions.add(
            meeting, on, form.title, form.audience, made, by=seat, form_key=form.form_key
        )
    except BaseException as why:
        made.drop()
        if not isinstance(why, NotNow):
            raise
        return await _list(seat, here, meeting, form, {"file": str(why)}, 409)
    return Redirect(f"{address(here, meeting)}/papers", status_code=303)


async def _washed(sent: Sent, title: str, here: Panel, problems: dict[str, str]) -> Washed | None:
    """The file, unless the form has to be mended anyway; its own problem goes with the others."""
    if problems:
        problems["file"] = _("Choose the file again.")
        return None
    made = await washed(sent, title, here.name)
    if made.why:
        problems["file"] = _(rules.REFUSED[made.why])
    return made


def _status(made: Washed | None) -> int:
    return rules.STATUS.get(made.why, 422) if made else 422


def _form(sent: Sent) -> PaperForm:
    names = ("item", "title", "audience", "form_key")
    return PaperForm(**{name: sent.fields.get(name, "") for name in names})


@get(ONE, act=Act.ANYONE)
async def fetch(
    request: Request, seat: Viewer, here: Here, day: FromPath[str], number: FromPath[int]
) -> Stream:
    """The paper as a PDF, for whoever may open it at this very moment."""
    seat = reading_seat(seat)
    meeting = await _meeting(seat, here, day)
    paper = await queries.find(await reader_of(seat, here), meeting, number)
    key = unwrap(bytes(paper.key), shelf.key_context(paper.file))
    place, context = shelf.place(paper.file), shelf.context(paper.file)
    await asyncio.to_thread(sealed.proved, place, key, context)
    name = f"{here.slug}-{meeting.date.isoformat()}-{rules.name_of(paper.number)}.pdf"
    headers = {"content-disposition": f'inline; filename="{name}"', "etag": f'"{paper.sha256}"'}
    return Stream(
        in_turn(sealed.read(place, key, context)),
        media_type="application/pdf",
        headers=headers | (OF_ALL if visit().person is None else {}),
    )


@get(f"{ONE}/change", act=Act.PAPER_ADD_PAGE)
async def change_page(
    seat: Seated, here: Here, day: FromPath[str], number: FromPath[int]
) -> Template:
    meeting = await _meeting(seat, here, day)
    return _change(meeting, await _known(seat, here, meeting, number))


@post(f"{ONE}/replacement", act=Act.PAPER_ADD, **TAKES)
async def replace(
    request: Request, seat: Seated, here: Here, day: FromPath[str], number: FromPath[int]
) -> Template | Redirect:
    meeting = await _meeting(seat, here, day)
    paper = await _known(seat, here, meeting, number)
    sent = await take_in(request.stream(), boundary_of(request))
    try:
        made = await washed(sent, paper.title, here.name)
        fields = sent.fields
    finally:
        sent.close()
    if made.why:
        return _change(meeting, paper, {"file": _(rules.REFUSED[made.why])}, _status(made))
    paper.version = seen_version(fields.get("version", ""), paper.version)
    try:
        await actions.replace(paper, made, by=seat, form_key=fields.get("form_key", ""))
    except BaseException as why:
        made.drop()
        if not isinstance(why, NotNow):
            raise
        now = await _known(seat, here, meeting, number)
        return _change(meeting, now, {"file": str(why)}, 409)
    return Redirect(f"{address(here, meeting)}/papers", status_code=303)


@post(f"{ONE}/withdrawal", act=Act.PAPER_ADD)
async def withdraw(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[ReasonForm],
) -> Template | Redirect:
    meeting = await _meeting(seat, here, day)
    paper = await _known(seat, here, meeting, number)
    if problems := data.problems():
        return _change(meeting, paper, problems, 422, data)
    paper.version = seen_version(data.version, paper.version)
    try:
        await actions.withdraw(paper, data.reason, by=seat)
    except Stale as why:
        now = await _known(seat, here, meeting, number)
        return _change(meeting, now, {"reason": str(why)}, 409, data)
    return Redirect(f"{address(here, meeting)}/papers", status_code=303)


@get(f"{ONE}/decision", act=Act.PAPER_ACCEPT_PAGE)
async def decision_page(
    seat: Seated, here: Here, day: FromPath[str], number: FromPath[int]
) -> Template:
    meeting = await _meeting(seat, here, day)
    return _decision(meeting, await _known(seat, here, meeting, number))


@post(f"{ONE}/decision", act=Act.PAPER_ACCEPT)
async def decide(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[ReasonForm],
) -> Template | Redirect:
    meeting = await _meeting(seat, here, day)
    paper = await _known(seat, here, meeting, number)
    if problems := data.problems(decides=True):
        return _decision(meeting, paper, problems, 422, data)
    paper.version = seen_version(data.version, paper.version)
    decided = actions.accept if data.decision == "accepted" else actions.refuse
    try:
        await decided(paper, data.reason, by=seat)
    except Stale as why:
        now = await _known(seat, here, meeting, number)
        return _decision(meeting, now, {"reason": str(why)}, 409, data)
    return Redirect(address(here, meeting), status_code=303)


def reading_seat(seat: Seat | None) -> Seat | None:
    """Who holds two seats reads with the one that opens more."""
    here = visit()
    return here.seat_for(Act.PAPER_ADD) or here.seat_for(Act.PAPERS_READ) or seat


async def _meeting(seat: Seat | None, here: Panel, day: str) -> Meeting:
    return await meetings.find(seat, here, day_in_address(day))


async def _known(seat: Seat, here: Panel, meeting: Meeting, number: int) -> Paper:
    return await queries.known(await reader_of(seat, here), meeting, number)


async def _list(
    seat: Seat,
    here: Panel,
    meeting: Meeting,
    form: PaperForm | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    reader: Reader = await reader_of(seat, here)
    days = constitution_of(here).notice_days
    return page(
        "agendas/papers/list.html",
        status=status,
        meeting=meeting,
        papers=await queries.listed(reader, meeting),
        mine={paper.number for paper in await queries.papers_of(reader, meeting)},
        items=await agendas.items_for(reader, meeting),
        line=agendas.line,
        form=form or PaperForm(),
        problems=problems or {},
        may_add=meeting.stage in rules.ADDED_WHILE,
        late=rules.is_late(today(), meeting.date, days),
        last_day=rules.last_day(meeting.date, days),
        notice_days=days,
        audiences=rules.AUDIENCES,
    )


def _change(
    meeting: Meeting,
    paper: Paper,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
    form: ReasonForm | None = None,
) -> Template:
    shows = _shown(meeting, paper, problems, form)
    open_now = paper.stage in (Stage.TABLED, Stage.LATE) and meeting.stage in rules.ADDED_WHILE
    return page("agendas/papers/change.html", status=status, may_change=open_now, **shows)


def _decision(
    meeting: Meeting,
    paper: Paper,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
    form: ReasonForm | None = None,
) -> Template:
    return page(
        "agendas/papers/decision.html", status=status, **_shown(meeting, paper, problems, form)
    )


def _shown(
    meeting: Meeting,
    paper: Paper,
    problems: Mapping[str, str] | None,
    form: ReasonForm | None,
) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "paper": paper,
        "line": agendas.line(paper.item),
        "form": form or ReasonForm(),
        "problems": problems or {},
    }


router = Router(
    "/",
    route_handlers=[
        list_page,
        add,
        fetch,
        change_page,
        replace,
        withdraw,
        decision_page,
        decide,
    ],
)
