"""Residents' questions: asked without an account, read by a code, answered in public.

The code goes along in a hidden field, so that no history, no log and no cookie ever holds it.
"""

from collections.abc import Mapping
from typing import Any

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Template

from scrutiny.agendas.access import Reader, reader_of
from scrutiny.agendas.questions import actions, queries, rules
from scrutiny.agendas.questions.queries import Sent
from scrutiny.agendas.questions.rules import CodeForm, QuestionForm, standing
from scrutiny.concerns.journey.codes import code_of
from scrutiny.concerns.thread import pace
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow
from scrutiny.kit.ids import known_id
from scrutiny.kit.tokens import receipt_code
from scrutiny.kit.words import one_line
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.queries import find
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web import floods
from scrutiny.web.gate import Here, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

QUESTIONS = "/{panel:str}/meetings/{day:str}/questions"


@get(QUESTIONS, act=Act.ANYONE)
async def show_all(seat: Viewer, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    found = await queries.published_for(await reader_of(seat, here), meeting)
    lines, day_now = await queries.open_lines(meeting), today()
    return page(
        "agendas/questions/all.html",
        published=True,
        meeting=meeting,
        questions=[
            (one, standing(one.stage, one.due, day_now), lines.get(one.item)) for one in found
        ],
        may_ask=rules.may_be_asked(meeting.stage, meeting.public),
    )


@get(f"{QUESTIONS}/new", act=Act.ANYONE)
async def ask_page(seat: Viewer, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    return await _asking(await reader_of(seat, here), meeting, QuestionForm(code=receipt_code()))


@post(f"{QUESTIONS}/new", act=Act.ANYONE_SENDS, status_code=200)
async def ask(
    seat: Viewer, here: Here, day: FromPath[str], data: URLEncodedBody[QuestionForm]
) -> Template:
    meeting, reader = await _find(seat, here, day), await reader_of(seat, here)
    data.code = code_of(data.code) or receipt_code()
    if problems := data.problems():
        return await _asking(reader, meeting, data, _all(problems), status=422)
    sent = Sent(rules.plain(data.words), one_line(data.name), data.email.strip())
    about, flood = known_id(data.item), await floods.verdict(data.worked)
    try:
        how = {"item": about, "screened": flood.screened}
        await actions.ask(here, meeting, data.code, sent, **how)
    except NotNow as why:
        return await _asking(reader, meeting, data, {"words": _(str(why))}, status=409)
    return page("agendas/questions/sent.html", meeting=meeting, code=data.code)


async def _asking(
    reader: Reader,
    meeting: Meeting,
    form: QuestionForm,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    lines = await queries.open_lines(meeting)
    return page(
        "agendas/questions/ask.html",
        status=status,
        meeting=meeting,
        items={
            str(known): line
            for known, line in lines.items()
            if line.kind != "section" and known not in reader.recused
        },
        form=form,
        problems=problems or {},
        may_ask=rules.may_be_asked(meeting.stage, meeting.public),
        most=rules.LONGEST_QUESTION,
    )


@get("/questions/return", act=Act.ANYONE)
async def return_page() -> Template:
    return page("agendas/questions/return.html", problems={}, code="")


@post("/questions/return", act=Act.ANYONE_SENDS, status_code=200)
async def come_back(data: URLEncodedBody[CodeForm]) -> Template:
    """What became of it. One answer for every wrong code, whatever is wrong with it."""
    found = await queries.by_code(data.code)
    if found is None:
        await pace.pause()
        why = {"code": _("We do not know this code. Check each group of six letters and figures.")}
        return page("agendas/questions/return.html", status=422, problems=why, code=data.code)
    return page(
        "agendas/questions/own.html",
        question=found,
        meeting=found.meeting,
        asked_of=found.meeting.panel,
        words=queries.opened(found).words,
        stands=standing(found.stage, found.due, today()),
    )


def _all(problems: Mapping[str, Any]) -> dict[str, str]:
    return {name: _(words) for name, words in problems.items()}


async def _find(seat: Seat | None, here: Panel, day: str) -> Meeting:
    return await find(seat, here, day_in_address(day))


router = Router("/", route_handlers=[show_all, ask_page, ask, return_page, come_back])
