from dataclasses import dataclass
from datetime import timedelta

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.membership.clearances import actions, queries, rules
from scrutiny.membership.clearances.queries import Words
from scrutiny.membership.clearances.rules import KINDS
from scrutiny.membership.rules import day, version
from scrutiny.people.constitution import Clearing
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

TWO_WEEKS = timedelta(days=14)


async def _words(here: Panel, document: str) -> Words:
    kind = rules.clearing(document)
    if kind is None:
        raise Missing("There is no such agreement.")
    return await queries.agreement(here, kind)


@dataclass
class SignForm:
    number: str = ""
    agreed: str = ""


@get("/{panel:str}/seats/mine/documents/{document:str}", act=Act.SEAT_MINE_PAGE)
async def sign_page(seat: Seated, here: Here, document: FromPath[str]) -> Template:
    return await _sign(seat, await _words(here, document), {})


@post("/{panel:str}/seats/mine/documents/{document:str}", act=Act.SEAT_MINE)
async def sign(
    seat: Seated, here: Here, document: FromPath[str], data: URLEncodedBody[SignForm]
) -> Template | Redirect:
    words = await _words(here, document)
    if data.agreed != "yes":
        return await _sign(seat, words, {"agreed": _("Tick the box if you agree.")}, 422)
    try:
        await actions.sign(words.kind, version(data.number), by=seat)
    except NotNow as why:
        return await _sign(seat, await _words(here, document), {"agreed": str(why)}, 409)
    return Redirect(f"/{here.slug}/seats/mine", status_code=303)


async def _sign(seat: Seat, words: Words, problems: dict[str, str], status: int = 200) -> Template:
    held = await queries.held_by(seat.panel, seat.person.id)
    row = held.get(words.kind)
    return page(
        "membership/agreement.html",
        status=status,
        title=KINDS[words.kind],
        words=words,
        signed=row.granted if row and queries.is_signed(held, words) else None,
        problems=problems,
    )


@dataclass
class WordsForm:
    text: str = ""
    sign_by: str = ""
    number: str = ""

    def problems(self) -> dict[str, str]:
        found = {
            "text": rules.text_problem(self.text),
            "sign_by": rules.sign_by_problem(day(self.sign_by), today()),
        }
        return {field: words for field, words in found.items() if words}


@get("/{panel:str}/documents/{document:str}", act=Act.CLEARANCE_RECORD_PAGE)
async def words_page(here: Here, document: FromPath[str]) -> Template:
    words = await _words(here, document)
    form = WordsForm(words.text, (today() + TWO_WEEKS).isoformat(), str(words.number))
    return _rewrite(words.kind, words, form, {})


@post("/{panel:str}/documents/{document:str}", act=Act.CLEARANCE_RECORD)
async def rewrite(
    seat: Seated, here: Here, document: FromPath[str], data: URLEncodedBody[WordsForm]
) -> Template | Redirect:
    words = await _words(here, document)
    if problems := data.problems():
        return _rewrite(words.kind, words, data, problems, 422)
    try:
        await actions.rewrite(
            words.kind, data.text, version(data.number), sign_by=day(data.sign_by), by=seat
        )
    except NotNow as why:
        fresh = await _words(here, document)
        data.number = str(fresh.number)
        return _rewrite(fresh.kind, fresh, data, {"text": str(why)}, 409, newer=True)
    return Redirect(f"/{here.slug}/clearances", status_code=303)


def _rewrite(
    kind: Clearing,
    words: Words,
    form: WordsForm,
    problems: dict[str, str],
    status: int = 200,
    newer: bool = False,
) -> Template:
    return page(
        "membership/agreement_words.html",
        status=status,
        title=KINDS[kind],
        words=words,
        form=form,
        problems=problems,
        newer=newer,
        most=rules.LONGEST_TEXT,
    )


router = Router("/", route_handlers=[sign_page, sign, words_page, rewrite])
