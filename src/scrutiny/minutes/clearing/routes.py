from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.pdf import PdfFailed
from scrutiny.kit.settings import settings
from scrutiny.kit.stages import step
from scrutiny.leaks.rules import KINDS
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import queries, rules
from scrutiny.minutes.clearing import actions, guard, withdrawing
from scrutiny.minutes.clearing.forms import LONGEST, ClearForm, LiftForm, WithdrawForm
from scrutiny.minutes.confirming.routes import (
    MINUTES,
    Confirmation,
    confirm,
    find,
    prepared,
    shown_to,
)
from scrutiny.minutes.document import address, printed
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _


@get(f"{MINUTES}/clearing", act=Act.MINUTES_CLEAR_PAGE)
async def clear_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await find(seat, here, day)
    step(rules.MOVES, (await prepared(seat, meeting)).stage, "cleared")
    return await _clearing(seat, here, meeting)


async def _clearing(
    seat: Seat, here: Panel, meeting: Meeting, refusal: str = "", status: int = 409, **more: Any
) -> Template:
    """As the public will see it, with what the guard found in it."""
    found = await prepared(seat, meeting)
    wrote = seat.person.id in await queries.authors_of(found) | await queries.approver_of(found)
    told = {"sent": LiftForm(), "counts": guard.counts(found, meeting, here)} | more
    return confirm(
        "clearing/clearing",
        here,
        meeting,
        found,
        refused=status,
        refusal=refusal,
        body=await shown_to(seat, here, meeting, found),
        findings=await guard.findings(found, meeting, here),
        kinds={kind: _(words) for kind, words in KINDS.items()},
        wrote=wrote,
        most=LONGEST,
        **told,
    )


@get(f"{MINUTES}/clearing.pdf", act=Act.MINUTES_CLEAR_PAGE)
async def clearing_pdf(seat: Seated, here: Here, day: FromPath[str]) -> Template | Response[bytes]:
    """As it will be published."""
    meeting = await find(seat, here, day)
    found = await prepared(seat, meeting)
    step(rules.MOVES, found.stage, "cleared")
    try:
        data = await printed(found, here, meeting)
    except PdfFailed as why:
        return await _clearing(seat, here, meeting, str(why), 422)
    name = f'inline; filename="{here.slug}-minutes-{meeting.date.isoformat()}-preview.pdf"'
    return Response(data, media_type="application/pdf", headers={"content-disposition": name})


@post(f"{MINUTES}/clearing", act=Act.MINUTES_CLEAR)
async def clear(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[ClearForm]
) -> Template | Redirect:
    meeting, seen = await find(seat, here, day), rules.seen_in(data.seen)
    how = {"counts_stay": data.counts == "yes", "seen": seen, "form_key": data.form_key}
    try:
        await actions.clear(meeting, by=seat, **how)
    except PdfFailed as why:
        return await _clearing(seat, here, meeting, str(why), 422)
    except NotNow as why:
        found = await queries.draft_of(seat, meeting)
        if found is None or found.stage != rules.Stage.APPROVED:
            raise
        return await _clearing(seat, here, meeting, str(why))
    return Redirect(address(here, meeting), status_code=303)


@post(f"{MINUTES}/clearing/lift", act=Act.MINUTES_CLEAR)
async def let_through(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[LiftForm]
) -> Template | Redirect:
    meeting = await find(seat, here, day)
    try:
        await actions.let_through(meeting, data.mark, data.reason, by=seat, form_key=data.form_key)
    except (NotNow, Missing) as why:
        found = await queries.draft_of(seat, meeting)
        if found is None or found.stage != rules.Stage.APPROVED:
            raise
        return await _clearing(seat, here, meeting, str(why), sent=data)
    return Redirect(f"{address(here, meeting)}/clearing", status_code=303)


@get(f"{MINUTES}/publication", act=Act.MINUTES_PUBLISH_PAGE)
async def publish_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await find(seat, here, day)
    found = await prepared(seat, meeting)
    step(rules.MOVES, found.stage, "released" if meeting.public else "filed")
    return _publication(here, meeting, found)


def _publication(here: Panel, meeting: Meeting, found: Any, refusal: str = "") -> Template:
    hold = settings().hold_minutes
    return confirm("clearing/publication", here, meeting, found, refusal=refusal, hold=hold)


@post(f"{MINUTES}/publication", act=Act.MINUTES_PUBLISH)
async def publish(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Template | Redirect:
    meeting, seen = await find(seat, here, day), rules.seen_in(data.seen)
    try:
        await actions.publish(meeting, by=seat, seen=seen, form_key=data.form_key)
    except PdfFailed as why:
        return _publication(here, meeting, await prepared(seat, meeting), str(why))
    return Redirect(address(here, meeting), status_code=303)


@get(f"{MINUTES}/call-back", act=Act.MINUTES_CALL_BACK_PAGE)
async def call_back_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await find(seat, here, day)
    found = await prepared(seat, meeting)
    step(rules.MOVES, found.stage, "called_back")
    return confirm("clearing/call_back", here, meeting, found)


@post(f"{MINUTES}/call-back", act=Act.MINUTES_CALL_BACK)
async def call_back(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Redirect:
    meeting, seen = await find(seat, here, day), rules.seen_in(data.seen)
    await actions.call_back(meeting, by=seat, seen=seen, form_key=data.form_key)
    return Redirect(address(here, meeting), status_code=303)


@get(f"{MINUTES}/withdrawal", act=Act.MINUTES_WITHDRAW_PAGE)
async def withdraw_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await find(seat, here, day)
    return await _withdrawal(seat, here, meeting, WithdrawForm(), {})


async def _withdrawal(
    seat: Seat, here: Panel, meeting: Meeting, form: WithdrawForm, problems: dict[str, str]
) -> Template:
    editions = [one for one in await queries.editions(meeting) if one.published]
    if not editions:
        raise NotNow(_("Only what was published can be withdrawn."))
    more = {"form": form, "problems": problems, "editions": editions, "most": LONGEST}
    return confirm("clearing/withdrawal", here, meeting, None, **more)


@post(f"{MINUTES}/withdrawal", act=Act.MINUTES_WITHDRAW)
async def withdraw(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[WithdrawForm]
) -> Template | Redirect:
    meeting = await find(seat, here, day)
    if problems := data.problems():
        return await _withdrawal(seat, here, meeting, data, problems)
    edition = min(int(data.edition[:6]), rules.LAST_EDITION)
    await withdrawing.withdraw(meeting, edition, data.why, by=seat, form_key=data.form_key)
    return Redirect(address(here, meeting, edition=edition), status_code=303)


router = Router(
    "/",
    route_handlers=[
        clear_page,
        clearing_pdf,
        clear,
        let_through,
        publish_page,
        publish,
        call_back_page,
        call_back,
        withdraw_page,
        withdraw,
    ],
)
