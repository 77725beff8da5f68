"""Sending files on the way in and on the way back, and opening clean copies of them."""

from uuid import UUID

from litestar import Request, Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from scrutiny.concerns import queries as concerns
from scrutiny.concerns.evidence import actions, queries
from scrutiny.concerns.evidence.forms import RemovalForm
from scrutiny.concerns.evidence.receiving import Sent, take_in
from scrutiny.concerns.evidence.rules import MOST_BYTES, REFUSED, ROOM_FOR_FORM, STATUS
from scrutiny.concerns.journey import actions as journey
from scrutiny.concerns.journey import queries as drafts
from scrutiny.concerns.journey import showing
from scrutiny.concerns.journey.codes import code_of
from scrutiny.concerns.journey.pages import Setting
from scrutiny.concerns.journey.questions import CHECK, NAMED
from scrutiny.concerns.journey.way import Way
from scrutiny.concerns.tables import Concern, Draft
from scrutiny.concerns.thread import pace
from scrutiny.concerns.vault.queries import has_vault
from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, Unreadable
from scrutiny.kit.words import N_
from scrutiny.people.tables import Panel
from scrutiny.policy import Act
from scrutiny.web.first_part import boundary_of
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import LANGUAGES
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

NEW = "/{panel:str}/concerns/new/evidence"
BACK = "/concerns/return/evidence"
TAKES = {"streams": True, "request_max_body_size": MOST_BYTES + ROOM_FOR_FORM}
"""The form is read here as it comes: web/first_part.py has checked its token already."""
NO_CODE = N_("We do not know this code. Check each group of six letters and figures.")
SAFE = {
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


@get(NEW, act=Act.ANYONE)
async def begin_again(here: Here) -> Redirect:
    """No page of the journey but the first has an address."""
    return Redirect(f"/{here.slug}/concerns/new", status_code=303)


@post(NEW, act=Act.ANYONE_SENDS, status_code=200, **TAKES)
async def send(request: Request, here: Here) -> Template:
    sent = await _taken(request)
    try:
        code = _code(sent.fields.get("code", ""))
        draft = await _draft(here, code)
        why = await actions.add_to_draft(here, draft, code, sent)
    except BaseException:
        sent.drop()
        raise
    return await _sending_page(here, code, sent.fields.get("then", ""), why)


@post(f"{NEW}/removal", act=Act.ANYONE_SENDS, status_code=200)
async def remove(here: Here, data: URLEncodedBody[RemovalForm]) -> Template:
    code = _code(data.code)
    draft = await _draft(here, code)
    await actions.remove(draft, data.which())
    return await _sending_page(here, code, data.then)


@get(BACK, act=Act.ANYONE)
async def come_back_first() -> Redirect:
    return Redirect("/concerns/return", status_code=303)


@post(BACK, act=Act.ANYONE_SENDS, status_code=200, **TAKES)
async def send_more(request: Request) -> Template:
    sent = await _taken(request)
    try:
        code = sent.fields.get("code", "")
        concern = await concerns.by_receipt(code)
        if concern is None:
            await pace.pause()
            raise Unreadable(NO_CODE)
        why = await actions.add_to_concern(concern, sent)
    except BaseException:
        sent.drop()
        raise
    return await _returned_page(concern, code, why)


@get("/{panel:str}/concerns/{number:int}/files/{file:int}", act=Act.EVIDENCE_READ)
async def fetch(seat: Seated, number: FromPath[int], file: FromPath[int]) -> Stream:
    """The clean copy, to be saved: a browser must not open what a stranger sent."""
    concern = await concerns.find(seat, number)
    found = await queries.find(concern, file)
    pieces = await queries.clean_copy(concern, found)
    await actions.note_reading(concern, found, by=seat)
    name = queries.name_of(concern, found)
    picture = found.mime.startswith("image/")
    return Stream(
        queries.in_turn(pieces),
        media_type=found.mime if picture else "application/octet-stream",
        headers={**SAFE, "content-disposition": f"attachment; filename={name}"},
    )


async def _taken(request: Request) -> Sent:
    return await take_in(request.stream(), boundary_of(request), today())


def _code(typed: str) -> str:
    code = code_of(typed)
    if code is None:
        raise Unreadable(NO_CODE)
    return code


async def _draft(here: Panel, code: str) -> UUID:
    """The draft of this code, made where there is none. Raises Missing for another panel's."""
    draft: Draft | None = await drafts.draft_of(code)
    if draft is not None and draft.panel.id != here.id:
        raise Missing(N_("There is no such page."))
    return (await journey.keep(here, code, lambda answers: answers)).id


async def _sending_page(here: Panel, code: str, then: str, why: str = "") -> Template:
    """The page of the journey from which it was sent, with what we have by now."""
    way = Way(here, setting=Setting(await has_vault(here)))
    way.code = code
    answers = drafts.answers_of(await drafts.draft_of(code), code)
    shows = await showing.asked(way, NAMED["files"], answers, None)
    return page(
        "concerns/journey/ask.html",
        status=STATUS.get(why, 422) if why else 200,
        tongues={tongue: name for tongue, name in LANGUAGES.items() if tongue != visit().locale},
        problems=_problem(why),
        then=then if then == CHECK.name else "",
        theirs=[],
        **shows,
    )


async def _returned_page(concern: Concern, code: str, why: str) -> Template:
    return page(
        "concerns/evidence/added.html",
        status=STATUS.get(why, 422) if why else 200,
        reference=concerns.reference_of(concern),
        concern=concern,
        code=code,
        action=BACK,
        removal="",
        files=await queries.of(concern.id),
        problems=_problem(why),
    )


def _problem(why: str) -> dict[str, str]:
    """Under the question that it is about."""
    return {"police" if why in ("asked", "police") else "file": _(REFUSED[why])} if why else {}


router = Router("/", route_handlers=[begin_again, send, remove, come_back_first, send_more, fetch])
