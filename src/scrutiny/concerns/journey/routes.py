"""The way in: from the first page to the receipt.

Every page but the first is the answer to a form, never an address of its own: the code goes along
in a hidden field, so that no history, no log and no cookie ever holds it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from litestar import Request, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from msgspec.structs import replace

from scrutiny.concerns import queries as concerns
from scrutiny.concerns.answers import Answers
from scrutiny.concerns.equality.actions import count
from scrutiny.concerns.intake import Sending, take_in
from scrutiny.concerns.journey import actions, queries, showing
from scrutiny.concerns.journey.codes import code_of, spoken, unknown
from scrutiny.concerns.journey.merging import CHANGED, changed, whole_mark
from scrutiny.concerns.journey.order import (
    ENTRANCES,
    begun,
    first,
    following,
    preceding,
    unanswered,
)
from scrutiny.concerns.journey.pages import Page, Setting
from scrutiny.concerns.journey.questions import CHECK, NAMED
from scrutiny.concerns.journey.reading import Typed, problems, typed
from scrutiny.concerns.journey.sending import missing, only_asked, said_on
from scrutiny.concerns.journey.way import Way
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.thread import pace
from scrutiny.concerns.vault.queries import has_vault
from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, Stale
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web import floods
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import LANGUAGES
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

NOTHING: Mapping[str, str] = MappingProxyType({})
NEW = "/{panel:str}/concerns/new"
ASSISTED = f"{NEW}/for-a-resident"


@get(NEW, act=Act.ANYONE)
async def start(here: Here) -> Template:
    return _start(Way(here))


@get(f"{NEW}/{{step:str}}", act=Act.ANYONE)
async def elsewhere(here: Here, step: FromPath[str]) -> Redirect:
    """Nothing further in has an address: whoever reloads begins at the door."""
    return Redirect(Way(here).home, status_code=303)


@post(f"{NEW}/{{step:str}}", act=Act.ANYONE_SENDS, status_code=200)
async def go_on(request: Request, here: Here, step: FromPath[str]) -> Template:
    return await _taken(await _way(request, here), step)


@get(ASSISTED, act=Act.CONCERN_ADD_PAGE)
async def start_assisted(seat: Seated) -> Template:
    return _start(Way(seat.panel, seat, Setting(assisted=True)))


@get(f"{ASSISTED}/{{step:str}}", act=Act.CONCERN_ADD_PAGE)
async def elsewhere_assisted(seat: Seated, step: FromPath[str]) -> Redirect:
    return Redirect(Way(seat.panel, seat=seat).home, status_code=303)


@post(f"{ASSISTED}/{{step:str}}", act=Act.CONCERN_ADD, status_code=200)
async def go_on_assisted(request: Request, seat: Seated, step: FromPath[str]) -> Template:
    return await _taken(await _way(request, seat.panel, seat), step)


async def _way(request: Request, here: Panel, seat: Seat | None = None) -> Way:
    form = await request.form()
    sent: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            sent.setdefault(name, []).append(value)
    way = Way(here, seat, Setting(await has_vault(here), seat is not None), sent)
    way.code = way.said("code")
    return way


async def _taken(way: Way, step: str) -> Template:
    deeds = {"begin": _begin, "resume": _resume, CHECK.name: _check, "equality": _equality}
    if step not in deeds and step not in NAMED:
        raise Missing(_("There is no such page."))
    try:
        return await (deeds[step](way) if step in deeds else _answer(way, NAMED[step]))
    except actions.Sent:
        return _sent(way)


# -- the deeds ------------------------------------------------------------------------------------


async def _begin(way: Way) -> Template:
    """In by one of the doors; each but the plain one is an answer already."""
    door = way.said("door") if way.said("door") in ENTRANCES else ""
    answers = await _opened(way)
    if door:
        kept = await actions.keep(
            way.here, way.code, lambda so_far: begun(door) if so_far == Answers() else so_far
        )
        answers = kept.answers
    return await _ask(way, first(answers, way.setting), answers)


async def _resume(way: Way) -> Template:
    """Come back to one that was saved, at the first page that was not answered."""
    typed_code = code_of(way.said("code"))
    draft = await queries.draft_of(typed_code) if typed_code else None
    if draft is None or draft.panel.id != way.here.id:
        if typed_code and await concerns.by_receipt(typed_code):
            return _sent(way)
        await pace.pause()
        return _start(way, {"code": unknown(way.said("code"))}, 422)
    answers = queries.answers_of(draft, way.code)
    return await _show(way, unanswered(answers, way.setting), answers)


async def _answer(way: Way, step: Page) -> Template:
    """One page was answered: what was typed is kept, and the answer is the next page."""
    before, day = await _opened(way), today()
    asks = step.asks(before, way.setting)
    given = {} if way.go == "skip" else typed(asks, way.sent)
    if way.go == "stay":
        return await _ask(way, step, before, given)
    if way.go == "" and (wrong := problems(asks, given, day)):
        return await _ask(way, step, before, given, wrong, 422)
    try:
        kept = await actions.keep(
            way.here, way.code, lambda newest: changed(newest, step, way, given, day)
        )
    except Stale as why:
        return await _beaten(way, step, given, str(why))
    return await _onward(way, step, kept.answers)


async def _onward(way: Way, step: Page, answers: Answers) -> Template:
    if way.go == "save":
        return _page("saved", showing.around(way), NOTHING, 200)
    if way.go != "back":
        new = way.said("then") == CHECK.name
        return await _show(way, following(step, answers, way.setting, new=new), answers)
    if way.said("then") == CHECK.name:
        return await _checked(way, answers)
    earlier = preceding(step, answers, way.setting)
    return await _ask(way, earlier, answers) if earlier else _start(way)


async def _equality(way: Way) -> Template:
    """Counted at once and kept nowhere: the draft knows only that this page was passed."""
    step, before = NAMED["equality"], await _opened(way)
    given = typed(step.asks(before, way.setting), way.sent)
    if way.go == "stay":
        return await _ask(way, step, before, given)
    chosen = {name: values[0] for name, values in given.items()} if way.go == "" else {}

    async def also(so_far: Answers) -> None:
        if "equality" not in so_far.seen:
            await count(way.here, chosen, today())

    passed = way.go in ("", "skip")
    kept = await actions.keep(
        way.here,
        way.code,
        lambda newest: changed(newest, step, way, {}, today()),
        also if passed else None,
    )
    return await _onward(way, step, kept.answers)


async def _check(way: Way) -> Template:
    """The last page: send it, or go to one of the pages and come back here."""
    answers, proof = await _opened(way), "yes" if way.said("proof") else ""
    if not way.go:
        return await _send(way, replace(answers, proof=proof))
    kept = await actions.keep(way.here, way.code, lambda newest: replace(newest, proof=proof))
    if way.go in NAMED and way.go != CHECK.name:
        return await _ask(way, NAMED[way.go], kept.answers, then=CHECK.name)
    if way.go == "stay":
        return await _checked(way, kept.answers)
    return await _onward(way, CHECK, kept.answers)


async def _send(way: Way, answers: Answers) -> Template:
    if way.draft is None:  # sent before, or never begun here
        concern = await concerns.by_receipt(way.code)
        if concern is not None and concern.panel.id == way.here.id:
            return await _receipt(way, concern)
        way.code = "" if concern else way.code  # sent to another panel: this is a new journey
        return await _ask(way, first(answers, way.setting), answers)
    if way.said("was") != whole_mark(answers):
        return await _checked(way, answers, 409)
    if found := missing(answers, way.setting, today()):
        step, wrong = found
        return await _ask(way, step, answers, None, wrong, 422, then=CHECK.name)
    try:
        sending = await _sending(way)
        raised = await take_in(way.here, way.code, only_asked(answers, way.setting), sending)
    except Stale:
        return await _checked(way, await _opened(way), 409)
    return await _receipt(way, raised.concern, answers if raised.fresh else None)


async def _sending(way: Way) -> Sending:
    """In a flood what comes without a proof of work waits to be looked over; nothing is refused."""
    fine = way.seat is not None or (await floods.verdict(way.said("worked"))).screened
    return Sending(way.draft.id, way.draft.version, way.entered, fine, visit().locale, way.seat)


async def _opened(way: Way) -> Answers:
    """The answers so far. A code of nowhere, or of another panel, becomes a fresh journey."""
    way.draft = await queries.draft_of(way.code)
    if way.draft is not None and way.draft.panel.id != way.here.id:
        way.code, way.draft = "", None
    return queries.answers_of(way.draft, way.code) if way.draft else Answers()


# -- the pages ------------------------------------------------------------------------------------


def _page(name: str, shows: dict[str, Any], wrong: Mapping[str, str], status: int) -> Template:
    tongues = {code: name for code, name in LANGUAGES.items() if code != visit().locale}
    said = {field: _(words) for field, words in wrong.items()}
    shows = {**shows, "return_at": showing.return_at(visit().locale)}
    return page(
        f"concerns/journey/{name}.html", status=status, tongues=tongues, problems=said, **shows
    )


def _start(way: Way, wrong: Mapping[str, str] = NOTHING, status: int = 200) -> Template:
    return _page("start", showing.around(way), wrong, status)


async def _show(way: Way, step: Page, answers: Answers) -> Template:
    return await _checked(way, answers) if step is CHECK else await _ask(way, step, answers)


async def _ask(
    way: Way,
    step: Page,
    answers: Answers,
    given: Typed | None = None,
    wrong: Mapping[str, str] = NOTHING,
    status: int = 200,
    **more: Any,
) -> Template:
    shows = await showing.asked(way, step, answers, given)
    return _page("ask", shows | {"then": way.said("then"), "theirs": []} | more, wrong, status)


async def _beaten(way: Way, step: Page, given: Typed, why: str) -> Template:
    """Another window saved this page first: both are shown, and what was typed here is kept."""
    answers = await _opened(way)
    wrong = {step.asks(answers, way.setting)[0].name: why}
    theirs = said_on(step, answers, way.setting)
    return await _ask(way, step, answers, given, wrong, 409, theirs=theirs)


async def _checked(way: Way, answers: Answers, status: int = 200) -> Template:
    wrong = {"answers": CHANGED} if status == 409 else {}
    return _page("check", await showing.checked(way, answers), wrong, status)


def _sent(way: Way) -> Template:
    """What was typed for one that has been sent already is shown, so that it can be sent on."""
    return _page("sent", showing.around(way) | {"words": way.said("words")}, NOTHING, 409)


async def _receipt(way: Way, concern: Concern, said: Answers | None = None) -> Template:
    """`said` where it has been taken in this moment."""
    aloud = [", ".join(_(word) for word in group) for group in spoken(way.code)]
    shows = await showing.sent(way, concern, said)
    return _page("receipt", shows | {"aloud": aloud}, NOTHING, 200 if said is None else 201)


router = Router(
    "/",
    route_handlers=[
        *(start, elsewhere, go_on),
        *(start_assisted, elsewhere_assisted, go_on_assisted),
    ],
)
