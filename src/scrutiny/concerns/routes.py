"""The pages of concerns: the resident's journey, the way back by receipt, and the secretariat's."""

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.concerns import actions, pace, queries, rules
from scrutiny.concerns.forms import (
    ConcernForm,
    LookForm,
    MoreForm,
    ReturnForm,
    TriageForm,
    WithdrawalForm,
)
from scrutiny.concerns.tables import Concern
from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, Stale
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

# -- raising one ----------------------------------------------------------------------------------


@get("/{panel:str}/concerns/new", act=Act.ANYONE)
async def start() -> Template:
    return page("concerns/start.html")


@get("/{panel:str}/concerns/new/words", act=Act.ANYONE)
async def words_page() -> Template:
    return _words(ConcernForm(), {})


@post("/{panel:str}/concerns/new/words", act=Act.ANYONE_SENDS)
async def submit(here: Here, data: URLEncodedBody[ConcernForm]) -> Template:
    """Answers with the receipt itself: no address ever leads to it."""
    if problems := data.problems(today()):
        return _words(data, problems, 422)
    try:
        receipt = await actions.submit(here, data)
    except Stale as why:
        data.form_key = ""
        return _words(data, {"words": str(why)}, 409)
    status = 201 if receipt.fresh else 200
    return page("concerns/receipt.html", status=status, receipt=receipt)


def _words(form: ConcernForm, problems: dict[str, str], status: int = 200) -> Template:
    return page(
        "concerns/words.html",
        status=status,
        form=form,
        problems=problems,
        categories=rules.CATEGORIES,
        most=rules.MOST_WORDS,
    )


# -- coming back to it ----------------------------------------------------------------------------


@get("/concerns/return", act=Act.ANYONE)
async def return_page() -> Template:
    return page("concerns/return.html", problems={})


@post("/concerns/return", act=Act.ANYONE_SENDS, status_code=200)
async def come_back(data: URLEncodedBody[ReturnForm]) -> Template:
    concern = await queries.by_receipt(data.code)
    if concern is None:
        return await _unknown()
    return await _became(concern, data.code, show=data.show == "yes")


@post("/concerns/return/more", act=Act.ANYONE_SENDS, status_code=200)
async def add_words(data: URLEncodedBody[MoreForm]) -> Template:
    """What the secretariat asked for, from whoever wrote the concern."""
    concern = await queries.by_receipt(data.code)
    if concern is None:
        return await _unknown()
    if problems := data.problems():
        return await _became(concern, data.code, problems=problems, more=data.words)
    return await _became(await actions.add_words(data.code, data.added()), data.code)


@post("/concerns/return/withdrawal", act=Act.ANYONE_SENDS, status_code=200)
async def withdraw(data: URLEncodedBody[WithdrawalForm]) -> Template:
    concern = await queries.by_receipt(data.code)
    if concern is None:
        return await _unknown()
    if data.sure != "yes":
        return await _became(concern, data.code, problems={"sure": _("Tick that you are sure.")})
    return await _became(await actions.withdraw(data.code), data.code)


async def _unknown() -> Template:
    """One answer for every wrong code, whatever is wrong with it."""
    await pace.pause()
    why = _("We do not know this code. Check each group of six letters and figures.")
    return page("concerns/return.html", status=422, problems={"code": why})


async def _became(
    concern: Concern,
    code: str,
    *,
    show: bool = False,
    problems: dict[str, str] | None = None,
    more: str = "",
) -> Template:
    return page(
        "concerns/became.html",
        status=422 if problems else 200,
        concern=concern,
        code=code,
        reference=_reference(concern),
        told=rules.TOLD[concern.stage],
        reason=rules.REASONS.get(concern.reason, ""),
        reply=queries.reply_to(concern),
        said=queries.opened(concern) if show else None,
        trail=await queries.trail(concern),
        asked_for_more=concern.stage == rules.Stage.NEEDS_INFO,
        may_withdraw=rules.can_be_withdrawn(concern.stage),
        problems=problems or {},
        more=more,
        most=rules.MOST_WORDS,
    )


def _reference(concern: Concern) -> str:
    return rules.reference(concern.panel.code, concern.number, concern.received)


# -- the secretariat ------------------------------------------------------------------------------


@get("/{panel:str}/concerns", act=Act.CONCERNS_READ)
async def show_all(
    seat: Seated, stage: FromQuery[str] = rules.Stage.SUBMITTED.value, before: FromQuery[int] = 0
) -> Template:
    """Those at one stage, newest first; `before` leads to the next page."""
    if stage not in rules.NAMES:
        raise Missing(_("Concerns have no such stage."))
    found = await queries.at_stage(seat, stage, before or None, queries.PAGE + 1)
    shown = found[: queries.PAGE]
    day = today()
    return page(
        "concerns/all.html",
        stage=stage,
        stages=rules.NAMES,
        rows=[
            {
                "concern": one,
                "reference": _reference(one),
                "late": rules.is_late(one.stage, one.received, day),
            }
            for one in shown
        ],
        categories=rules.CATEGORIES,
        older=shown[-1].number if len(found) > queries.PAGE else None,
        first=not before,
    )


@get("/{panel:str}/concerns/{number:int}", act=Act.CONCERNS_READ)
async def show(seat: Seated, number: FromPath[int]) -> Template:
    concern = await queries.find(seat, number)
    return await _show(seat, concern, TriageForm(version=str(concern.version)), {})


@post("/{panel:str}/concerns/{number:int}", act=Act.CONCERN_TRIAGE)
async def triage(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[TriageForm]
) -> Template | Redirect:
    concern = await queries.find(seat, number)
    if data.seen(concern.version) != concern.version:
        return await _beaten(seat, number, data)
    if problems := data.problems(rules.decisions(concern.stage)):
        return await _show(seat, concern, data, problems, 422)
    try:
        await actions.triage(concern, by=seat, **data.facts())
    except Stale:
        return await _beaten(seat, number, data)
    return Redirect(f"/{seat.panel.slug}/concerns/{number}", status_code=303)


async def _beaten(seat: Seat, number: int, form: TriageForm) -> Template:
    """Somebody else saved first: what they decided is shown, what was typed here is kept."""
    fresh = await queries.find(seat, number)
    form.version = str(fresh.version)
    why = _("Somebody else decided this a moment ago. It is shown here; your text is kept below.")
    return await _show(seat, fresh, form, {"decision": why}, 409)


async def _show(
    seat: Seat, concern: Concern, form: TriageForm, problems: dict[str, str], status: int = 200
) -> Template:
    await actions.note_reading(concern, by=seat)
    return page(
        "concerns/show.html",
        status=status,
        concern=concern,
        reference=_reference(concern),
        said=queries.opened(concern),
        category=rules.CATEGORIES[concern.category],
        stage=rules.NAMES[concern.stage],
        reason=rules.REASONS.get(concern.reason, ""),
        has_contact=await queries.has_contact(concern),
        decisions=rules.decisions(concern.stage),
        reasons=rules.REASONS,
        trail=await queries.trail(concern),
        form=form,
        problems=problems,
    )


@get("/{panel:str}/concerns/{number:int}/contact", act=Act.CONCERN_CONTACT_PAGE)
async def contact_page(seat: Seated, number: FromPath[int]) -> Template:
    concern = await queries.find(seat, number)
    return _contact(concern, LookForm())


@post("/{panel:str}/concerns/{number:int}/contact", act=Act.CONCERN_CONTACT, status_code=200)
async def contact(seat: Seated, number: FromPath[int], data: URLEncodedBody[LookForm]) -> Template:
    """Shows who wrote it in the answer itself, so that each look is asked for and recorded."""
    concern = await queries.find(seat, number)
    if problems := data.problems():
        return _contact(concern, data, problems, 422)
    return _contact(concern, data, found=await actions.look(concern, by=seat, why=data.why))


def _contact(
    concern: Concern,
    form: LookForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
    found: dict[str, str] | None = None,
) -> Template:
    return page(
        "concerns/contact.html",
        status=status,
        concern=concern,
        reference=_reference(concern),
        form=form,
        looks=rules.LOOKS,
        problems=problems or {},
        found=found,
    )


router = Router(
    "/",
    route_handlers=[
        start,
        words_page,
        submit,
        return_page,
        come_back,
        add_words,
        withdraw,
        show_all,
        show,
        triage,
        contact_page,
        contact,
    ],
)
