"""The way back: what became of a concern, and what its resident may still do.

Every page is the answer to a POST that carries the code: an address never holds it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import json

from scrutiny.concerns import queries, rules
from scrutiny.concerns.answers import Answers
from scrutiny.concerns.consents import CELLS, GROUPS, NEEDS_CONTACT
from scrutiny.concerns.forms import number_in
from scrutiny.concerns.journey.codes import UNKNOWN, unknown
from scrutiny.concerns.journey.pages import Setting
from scrutiny.concerns.journey.queries import draft_of
from scrutiny.concerns.journey.sending import Row, rows
from scrutiny.concerns.proof.actions import statement
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.thread import actions, copying, pace
from scrutiny.concerns.thread.forms import (
    CodeForm,
    ConsentForm,
    HandOffForm,
    LettersForm,
    MoreForm,
    ReturnForm,
    SureForm,
)
from scrutiny.concerns.thread.queries import thread_of, told_of
from scrutiny.concerns.thread.rules import COMPLAINT, kinds
from scrutiny.concerns.triage.rules import RECIPIENTS, TRADE_OFF
from scrutiny.concerns.video.rules import told as told_of_video
from scrutiny.concerns.vocabulary import CATEGORIES, REASONS
from scrutiny.kit.errors import NotNow
from scrutiny.policy import Act
from scrutiny.web.language import LANGUAGES
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

BACK = "/concerns/return"
DEEDS = ("draft", "more", "consents", "letters", "review", "hand-off", "withdrawal", "copy",
         "statement")  # fmt: skip


@dataclass(frozen=True)
class Redrawn:
    """What the page says or keeps besides the thread: after a deed, or of a form with faults."""

    done: str = ""
    problems: dict[str, str] = field(default_factory=dict)
    status: int = 200
    show: str = ""
    more: MoreForm = field(default_factory=MoreForm)
    cells: set[str] | None = None
    email: str = ""
    agree: str = ""


@get("/concerns/return", act=Act.ANYONE)
async def return_page() -> Template:
    return page("concerns/thread/return.html", problems={})


@get([f"{BACK}/{deed}" for deed in DEEDS], act=Act.ANYONE)
async def elsewhere() -> Redirect:
    """Nothing further in has an address: whoever reloads gives the code again."""
    return Redirect(BACK, status_code=303)


@post("/concerns/return", act=Act.ANYONE_SENDS, status_code=200)
async def come_back(data: URLEncodedBody[ReturnForm]) -> Template:
    if concern := await queries.by_receipt(data.code):
        return await _became(concern, data.code, Redrawn(show=data.show))
    if draft := await draft_of(data.code):
        return page("concerns/thread/draft.html", draft=draft, code=data.code, problems={})
    return await _unknown(data.code)


@post("/concerns/return/draft", act=Act.ANYONE_SENDS, status_code=200)
async def erase_draft(data: URLEncodedBody[SureForm]) -> Template:
    draft = await draft_of(data.code)
    if draft is None:
        return await _unknown()
    if problems := data.problems():
        shown = {"draft": draft, "code": data.code, "problems": _all(problems)}
        return page("concerns/thread/draft.html", status=422, **shown)
    await actions.erase_draft(data.code)
    return page("concerns/thread/erased.html")


@post("/concerns/return/more", act=Act.ANYONE_SENDS, status_code=200)
async def write_more(data: URLEncodedBody[MoreForm]) -> Template:
    """Something more, a correction, or what the secretariat asked for."""
    concern = await queries.by_receipt(data.code)
    if concern is None:
        return await _unknown()
    problems = data.problems(kinds(concern.stage)) if kinds(concern.stage) else {}
    last = number_in(data.last)
    deed = partial(actions.write_more, data.code, data.kind, data.text(), last)
    kept = {"more": data}
    return await _after(data.code, deed, problems, "words", _("We have what you wrote."), **kept)


@post("/concerns/return/consents", act=Act.ANYONE_SENDS, status_code=200)
async def change_consents(data: URLEncodedBody[ConsentForm]) -> Template:
    cells = data.cells()
    deed = partial(actions.change_consents, data.code, cells, number_in(data.version))
    done = _("We have kept what may be done with it.")
    return await _after(data.code, deed, {}, "consents_1", done, cells=cells)


@post("/concerns/return/letters", act=Act.ANYONE_SENDS, status_code=200)
async def change_letters(data: URLEncodedBody[LettersForm]) -> Template:
    if data.stop:
        deed = partial(actions.stop_letters, data.code)
        done = _("We write no more letters to you.")
    else:
        deed = partial(actions.ask_for_letters, data.code, data.address())
        done = _("We write to you when there is news.")
    return await _after(data.code, deed, data.problems(), "email", done, email=data.email)


@post("/concerns/return/review", act=Act.ANYONE_SENDS, status_code=200)
async def ask_review(data: URLEncodedBody[CodeForm]) -> Template:
    deed = partial(actions.ask_review, data.code)
    return await _after(data.code, deed, {}, "review", _("Somebody will look at it again."))


@post("/concerns/return/hand-off", act=Act.ANYONE_SENDS, status_code=200)
async def answer_hand_off(data: URLEncodedBody[HandOffForm]) -> Template:
    agree, version = data.agree == "yes", number_in(data.version)
    deed = partial(actions.answer_hand_off, data.code, agree=agree, version=version)
    done = _("We have your answer about the complaint.")
    return await _after(data.code, deed, data.problems(), "agree", done, agree=data.agree)


@post("/concerns/return/withdrawal", act=Act.ANYONE_SENDS, status_code=200)
async def withdraw(data: URLEncodedBody[SureForm]) -> Template:
    deed = partial(actions.withdraw, data.code)
    return await _after(data.code, deed, data.problems(), "sure", "")


@post("/concerns/return/copy", act=Act.ANYONE_SENDS, status_code=200)
async def copy(data: URLEncodedBody[CodeForm]) -> Template | Response[bytes]:
    """Everything that was said, as a page to print or as data; kept nowhere."""
    concern = await queries.by_receipt(data.code)
    if concern is None:
        return await _unknown()
    await actions.note_copy(data.code)
    thread = await thread_of(concern)
    found = await copying.everything(thread)
    if data.kind == "data":
        return _file("copy.json", json.format(json.encode(found)))
    _speak(concern)
    shown = {"thread": thread, "code": data.code, "copy": found, "cells": CELLS}
    shown |= {"recipients": RECIPIENTS, "sealed": copying.KINDS}
    answered = _answered(await queries.opened(concern))
    return page("concerns/thread/copy.html", answered=answered, **shown)


def _answered(said: Answers) -> list[Row]:
    """Every question that was answered, in the order of the journey."""
    return [row for row in rows(said, Setting()) if row.said]


@post("/concerns/return/statement", act=Act.ANYONE_SENDS, status_code=200)
async def download_statement(data: URLEncodedBody[CodeForm]) -> Template | Response[bytes]:
    concern = await queries.by_receipt(data.code)
    if concern is None:
        return await _unknown()
    if proof := await statement(concern):
        return _file("statement.json", proof.encode())
    return await _became(concern, data.code)


def _file(name: str, content: bytes) -> Response[bytes]:
    named = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/json", headers=named)


async def _unknown(typed: str | None = None) -> Template:
    """One answer for every wrong code, whatever is wrong with it; another for a reference, and for
    none at all, where somebody `typed` it a moment ago."""
    await pace.pause()
    why = _(UNKNOWN if typed is None else unknown(typed))
    return page("concerns/thread/return.html", status=422, problems={"code": why})


def _all(problems: dict[str, str]) -> dict[str, str]:
    return {name: _(words) for name, words in problems.items()}


async def _after(
    code: str,
    deed: Callable[[], Awaitable[Concern]],
    problems: dict[str, str],
    name: str,
    done: str,
    **kept: Any,
) -> Template:
    """Do it and show the thread. What was typed is kept when something is wrong with it.

    `name` is the field at which it is said that the moment was wrong.
    """
    concern = await queries.by_receipt(code)
    if concern is None:
        return await _unknown()
    if problems:
        return await _became(concern, code, Redrawn("", _all(problems), 422, **kept))
    try:
        return await _became(await deed(), code, Redrawn(done))
    except NotNow as why:
        fresh = await actions.of_code(code)
        return await _became(fresh, code, Redrawn("", _all({name: why.args[0]}), 409, **kept))


def _speak(concern: Concern) -> None:
    """In the language in which it was written, unless the address asks for one."""
    here = visit()
    if not here.asked and concern.language in LANGUAGES and concern.language != "en":
        here.locale = here.asked = concern.language


async def _became(concern: Concern, code: str, now: Redrawn | None = None) -> Template:
    _speak(concern)
    now, thread = now or Redrawn(), await thread_of(concern)
    clock = thread.dates.video
    return page(
        "concerns/thread/thread.html",
        status=now.status,
        concern=concern,
        code=code,
        thread=thread,
        now=now,
        problems=now.problems,
        told=told_of(thread),
        category=CATEGORIES.get(concern.category, ""),
        reason=REASONS.get(concern.reason, ""),
        video=told_of_video(clock) if clock and thread.video_letter != "stopped" else [],
        kinds=kinds(concern.stage),
        groups=_groups(thread.grid.asked),
        ticked=thread.grid.given if now.cells is None else now.cells,
        cells=CELLS,
        said=_answered(await queries.opened(concern)) if now.show == "words" else None,
        statement=await statement(concern),
        hand_off_told=COMPLAINT,
        recipients=RECIPIENTS,
        trade_off=TRADE_OFF,
        reachable=bool(NEEDS_CONTACT & thread.grid.asked),
        gone=concern.stage in rules.GONE,
        most=rules.MOST_WORDS,
    )


def _groups(asked: set[str]) -> list[tuple[str, dict[str, str]]]:
    """The grid as it is asked: each group with the sentences of its cells."""
    found = [
        (label, {cell: CELLS[cell] for cell in cells if cell in asked})
        for label, cells in GROUPS.items()
    ]
    return [(label, cells) for label, cells in found if cells]


router = Router(
    "/",
    route_handlers=[
        *(return_page, elsewhere, come_back, erase_draft, write_more, change_consents),
        *(change_letters, ask_review, answer_hand_off, withdraw, copy, download_statement),
    ],
)
