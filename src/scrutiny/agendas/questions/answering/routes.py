"""Residents' questions as the panel reads them: published or refused, and answered in writing."""

from collections.abc import Mapping
from typing import Any

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas.access import reader_of
from scrutiny.agendas.questions import actions, queries, rules
from scrutiny.agendas.questions.queries import After
from scrutiny.agendas.questions.rules import (
    AcceptanceForm,
    AnswerForm,
    RefusalForm,
    Stage,
    standing,
)
from scrutiny.agendas.questions.tables import Question
from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.ids import known_id
from scrutiny.meetings.plan import day_in_address, seen_version
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

QUESTIONS = "/{panel:str}/questions"
ONE = f"{QUESTIONS}/{{question:str}}"
LONGEST = {
    "text": rules.LONGEST_QUESTION,
    "reason": rules.LONGEST_REASON,
    "answer": rules.LONGEST_ANSWER,
}


@get(QUESTIONS, act=Act.QUESTIONS_READ)
async def show_all(
    seat: Seated, here: Here, stage: FromQuery[str] = Stage.ASKED.value, after: FromQuery[str] = ""
) -> Template:
    """Those at one stage, the longest waiting first; a flood's are marked."""
    if stage not in list(Stage):
        raise Missing(_("Questions have no such stage."))
    found = await queries.waiting(await reader_of(seat, here), here, stage, _after(after))
    shown, day = found[: queries.PAGE], today()
    return page(
        "agendas/questions/waiting.html",
        stage=stage,
        stages=rules.STANDS,
        rows=[(one, _words(one), standing(one.stage, one.due, day)) for one in shown],
        more=_place(shown[-1]) if len(found) > queries.PAGE else "",
    )


def _words(question: Question) -> str:
    """Its published words, or the beginning of what was sent."""
    return question.text or queries.opened(question).words[:200]


@get(ONE, act=Act.QUESTIONS_READ)
async def show(seat: Seated, here: Here, question: FromPath[str]) -> Template:
    return await _one(await _find(seat, here, question))


@post(f"{ONE}/acceptance", act=Act.QUESTION_DECIDE)
async def accept(
    seat: Seated, here: Here, question: FromPath[str], data: URLEncodedBody[AcceptanceForm]
) -> Template | Redirect:
    found, nameless = await _find(seat, here, question), data.nameless == "yes"
    if problems := data.problems():
        return await _one(found, _all(problems), 422, text=data.text)
    version = seen_version(data.version, found.version)
    try:
        await actions.accept(found, version, data.text, by=seat, nameless=nameless)
    except NotNow as why:
        return await _late(seat, here, found, why, text=data.text)
    return _back(here, found)


@post(f"{ONE}/refusal", act=Act.QUESTION_DECIDE)
async def refuse(
    seat: Seated, here: Here, question: FromPath[str], data: URLEncodedBody[RefusalForm]
) -> Template | Redirect:
    found = await _find(seat, here, question)
    if problems := data.problems():
        return await _one(found, _all(problems), 422, reason=data.reason)
    version = seen_version(data.version, found.version)
    try:
        await actions.refuse(found, version, data.reason, by=seat)
    except NotNow as why:
        return await _late(seat, here, found, why, reason=data.reason)
    return _back(here, found)


@post(f"{ONE}/answer", act=Act.QUESTION_DECIDE)
async def answer(
    seat: Seated, here: Here, question: FromPath[str], data: URLEncodedBody[AnswerForm]
) -> Template | Redirect:
    found = await _find(seat, here, question)
    if problems := data.problems():
        return await _one(found, _all(problems), 422, answer=data.answer)
    version = seen_version(data.version, found.version)
    try:
        await actions.answer(found, version, data.answer, by=seat)
    except NotNow as why:
        return await _late(seat, here, found, why, answer=data.answer)
    return _back(here, found)


async def _late(seat: Seat, here: Panel, seen: Question, why: NotNow, **typed: str) -> Template:
    """Somebody was first, or it is past that: their words stay on the page."""
    [name] = typed
    problem = {"late": str(why)} if isinstance(why, Stale) else {name: str(why)}
    return await _one(await _find(seat, here, str(seen.id)), problem, 409, **typed)


async def _one(
    question: Question, problems: Mapping[str, str] | None = None, status: int = 200, **typed: Any
) -> Template:
    sent = queries.opened(question)
    lines = await queries.open_lines(question.meeting)
    return page(
        "agendas/questions/one.html",
        status=status,
        question=question,
        meeting=question.meeting,
        words=sent.words,
        called=rules.shown_as(sent.name),
        line=lines.get(question.item),
        stands=standing(question.stage, question.due, today()),
        typed={"text": sent.words, "reason": "", "answer": "", **typed},
        written=typed,
        problems=problems or {},
        days=rules.DAYS_TO_ANSWER,
        longest=LONGEST,
    )


def _all(problems: Mapping[str, str]) -> dict[str, str]:
    return {name: _(words) for name, words in problems.items()}


async def _find(seat: Seat, here: Panel, typed: str) -> Question:
    return await queries.find(await reader_of(seat, here), here, known_id(typed))


def _after(typed: str) -> After | None:
    """Where the page before ended: `2026-05-14.<id>`."""
    when, _dot, known = typed.partition(".")
    found = known_id(known)
    return After(day_in_address(when), found) if typed and found else None


def _place(last: Question) -> str:
    return f"{last.asked.isoformat()}.{last.id}"


def _back(here: Panel, question: Question) -> Redirect:
    return Redirect(f"/{here.slug}/questions/{question.id}", status_code=303)


router = Router("/", route_handlers=[show_all, show, accept, refuse, answer])
