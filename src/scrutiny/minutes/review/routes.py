from collections.abc import Awaitable
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import london
from scrutiny.kit.errors import NotNow
from scrutiny.kit.ids import known_id
from scrutiny.kit.stages import step
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import queries, rules
from scrutiny.minutes.confirming.routes import (
    MINUTES,
    Confirmation,
    confirm,
    find,
    prepared,
    shown_to,
)
from scrutiny.minutes.document import address
from scrutiny.minutes.review import actions
from scrutiny.minutes.review.forms import ApprovalForm, ReturnForm
from scrutiny.minutes.review.queries import approving_meetings, open_suggestions, signed_by
from scrutiny.minutes.review.rules import enough, in_writing_from, may_be_approved_from
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated


async def _at(seat: Seat, here: Panel, day: str, move: str) -> tuple[Meeting, Minutes]:
    """The draft, where it can make this move. Raises NotNow, Missing."""
    meeting = await find(seat, here, day)
    found = await prepared(seat, meeting)
    step(rules.MOVES, found.stage, move)
    return meeting, found


async def _done(deed: Awaitable[None], here: Panel, meeting: Meeting) -> Redirect:
    await deed
    return Redirect(address(here, meeting), status_code=303)


@get(f"{MINUTES}/review", act=Act.MINUTES_SEND_PAGE)
async def send_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting, found = await _at(seat, here, day, "sent")
    return confirm("review/send", here, meeting, found)


@post(f"{MINUTES}/review", act=Act.MINUTES_SEND)
async def send(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Redirect:
    meeting, seen = await find(seat, here, day), rules.seen_in(data.seen)
    deed = actions.send(meeting, by=seat, seen=seen, form_key=data.form_key)
    return await _done(deed, here, meeting)


@get(f"{MINUTES}/circulation", act=Act.MINUTES_CIRCULATE_PAGE)
async def circulate_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting, found = await _at(seat, here, day, "circulated")
    return await _circulation(seat, here, meeting, found, ReturnForm(), {})


async def _circulation(
    seat: Seat,
    here: Panel,
    meeting: Meeting,
    found: Minutes,
    form: ReturnForm,
    problems: dict[str, str],
) -> Template:
    read = await shown_to(seat, here, meeting, found)
    more = {"form": form, "problems": problems, "body": read}
    return confirm("review/circulation", here, meeting, found, **more)


@post(f"{MINUTES}/circulation", act=Act.MINUTES_CIRCULATE)
async def circulate(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Redirect:
    meeting, seen = await find(seat, here, day), rules.seen_in(data.seen)
    deed = actions.circulate(meeting, by=seat, seen=seen, form_key=data.form_key)
    return await _done(deed, here, meeting)


@post(f"{MINUTES}/return", act=Act.MINUTES_CIRCULATE)
async def give_back(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[ReturnForm]
) -> Template | Redirect:
    meeting = await find(seat, here, day)
    if problems := data.problems():
        found = await prepared(seat, meeting)
        return await _circulation(seat, here, meeting, found, data, problems)
    seen, key = rules.seen_in(data.seen), data.form_key
    deed = actions.give_back(meeting, data.why, by=seat, seen=seen, form_key=key)
    return await _done(deed, here, meeting)


@get(f"{MINUTES}/shown", act=Act.MINUTES_SHOW_DRAFT_PAGE)
async def show_draft_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting, found = await _at(seat, here, day, "approved")
    return confirm("review/shown", here, meeting, found)


@post(f"{MINUTES}/shown", act=Act.MINUTES_SHOW_DRAFT)
async def show_draft(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Redirect:
    meeting, seen = await find(seat, here, day), rules.seen_in(data.seen)
    deed = actions.show_draft(meeting, by=seat, seen=seen, form_key=data.form_key)
    return await _done(deed, here, meeting)


@get(f"{MINUTES}/signature", act=Act.MINUTES_SIGN_PAGE)
async def sign_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting, found = await _at(seat, here, day, "approved")
    return confirm(
        "review/signature",
        here,
        meeting,
        found,
        body=await shown_to(seat, here, meeting, found),
        signed=await signed_by(found),
        mine=seat.id,
        apart=await queries.is_apart(seat, found),
        first=in_writing_from(london(found.circulated).date()),
    )


@post(f"{MINUTES}/signature", act=Act.MINUTES_SIGN)
async def sign(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Redirect:
    meeting, seen = await find(seat, here, day), rules.seen_in(data.seen)
    deed = actions.sign(meeting, by=seat, seen=seen, form_key=data.form_key)
    return await _done(deed, here, meeting)


@get(f"{MINUTES}/approval", act=Act.MINUTES_APPROVE_PAGE)
async def approve_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting, found = await _at(seat, here, day, "approved")
    return await _approval(seat, here, meeting, found)


async def _approval(
    seat: Seat, here: Panel, meeting: Meeting, found: Minutes, refusal: str = "", at: str = ""
) -> Template:
    sent, signed = london(found.circulated).date(), await signed_by(found)
    return confirm(
        "review/approval",
        here,
        meeting,
        found,
        refused=409,
        refusal=refusal,
        at=at,
        body=await shown_to(seat, here, meeting, found),
        apart=await queries.is_apart(seat, found),
        own=seat.person.id in await queries.authors_of(found),
        left=await open_suggestions(found),
        agreeing=await approving_meetings(meeting) if found.edition == 1 else [],
        signed=signed,
        enough=enough([one.role for one in signed]),
        ready=may_be_approved_from(sent),
        first=in_writing_from(sent),
    )


@post(f"{MINUTES}/approval", act=Act.MINUTES_APPROVE)
async def approve(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[ApprovalForm]
) -> Template | Redirect:
    meeting, seen = await find(seat, here, day), rules.seen_in(data.seen)
    at: UUID | None = known_id(data.at)
    try:
        await actions.approve(meeting, by=seat, at=at, seen=seen, form_key=data.form_key)
    except NotNow as why:
        found = await queries.draft_of(seat, meeting)
        if found is None or found.stage != rules.Stage.CIRCULATED:
            raise
        return await _approval(seat, here, meeting, found, str(why), data.at)
    return Redirect(address(here, meeting), status_code=303)


router = Router(
    "/",
    route_handlers=[
        send_page,
        send,
        circulate_page,
        circulate,
        give_back,
        show_draft_page,
        show_draft,
        sign_page,
        sign,
        approve_page,
        approve,
    ],
)
