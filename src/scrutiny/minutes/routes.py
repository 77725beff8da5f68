from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas.queries import asked_at
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.pdf import PdfFailed
from scrutiny.kit.stages import step
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.figures.queries import told_of
from scrutiny.meetings.figures.rules import draft_due
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.rules import UNDER_WAY_OR_OVER
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import actions, queries, rules
from scrutiny.minutes.document import address, body, closed_body, document_of, printed
from scrutiny.minutes.gathering import closed_part, composed
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import long_date, page
from scrutiny.web.visit import visit

PUBLIC = {"x-published": "1"}
MINUTES = "/{panel:str}/minutes/{day:str}"


@get(MINUTES, act=Act.ANYONE)
async def show(
    seat: Viewer, here: Here, day: FromPath[str], edition: FromQuery[int] = 0
) -> Template | Response[bytes]:
    """The newest edition or the one asked for, as a page, .pdf or .json; drafts for the panel."""
    seat, (day, kind) = _reader(seat), _ending(day)
    meeting = await _find(seat, here, day)
    found = await queries.final(seat, meeting, max(0, edition))
    if found is not None:
        return await _final(found, here, meeting, kind)
    if kind or not queries.reads_drafts(seat) or meeting.stage not in UNDER_WAY_OR_OVER:
        raise Missing(_not_yet(meeting))
    return await _draft(seat, here, meeting)


def _reader(seat: Seat | None) -> Seat | None:
    """Who holds two seats reads with the one that sees more."""
    return visit().seat_for(Act.MINUTES_READ_DRAFT) or seat


def _ending(day: str) -> tuple[str, str]:
    name, dot, kind = day.partition(".")
    return (name, dot + kind) if kind in ("pdf", "json") else (day, "")


def _not_yet(meeting: Meeting) -> str:
    if meeting.stage in UNDER_WAY_OR_OVER:
        due = long_date(draft_due(meeting.date))
        return _("The minutes of this meeting are not published yet. A draft is due by %s.") % due
    return _("This meeting has no minutes.")


async def _final(
    found: Minutes, here: Panel, meeting: Meeting, kind: str
) -> Template | Response[bytes]:
    public, seat = found.stage == rules.Stage.PUBLISHED, _reader(None)
    read = await queries.as_read(seat, found)
    if kind:
        if read != document_of(found):
            raise Missing(_("You take no part in something that these minutes are about."))
        return _file(found, here, meeting, kind, public and visit().person is None)
    editions = await queries.editions(meeting)
    gone = (await queries.gone_for(seat, found)).recommendations
    return page(
        "minutes/show.html",
        published=public,
        minutes=found,
        meeting=meeting,
        title=document_of(found)["title"],
        body=body(found, here, meeting, read),
        closed=closed_body(await closed_part(seat, here, meeting)),
        editions=editions,
        newest=editions[0].number,
        home=address(here, meeting),
        size=len(found.pdf),
        asked=[one for one in await asked_at(meeting) if one["number"] not in gone],
        **await told_of(here, meeting),
        coming=await queries.draft_of(seat, meeting) if seat else None,
    )


def _file(found: Minutes, here: Panel, meeting: Meeting, kind: str, kept: bool) -> Response[bytes]:
    """Exactly the bytes that were published: their SHA-256 is in the ledger."""
    data = bytes(found.pdf) if kind == ".pdf" else found.document.encode()
    name = f"{here.slug}-minutes-{meeting.date.isoformat()}-edition-{found.edition}{kind}"
    tag = found.sha256 if kind == ".pdf" else found.approved_hash
    headers = {"content-disposition": f'inline; filename="{name}"', "etag": f'"{tag}"'}
    media_type = "application/pdf" if kind == ".pdf" else "application/json"
    return Response(data, media_type=media_type, headers=headers | (PUBLIC if kept else {}))


# -- drafts ---------------------------------------------------------------------------------------


@get(f"{MINUTES}/draft", act=Act.MINUTES_READ_DRAFT)
async def draft_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    return await _draft(seat, here, await _find(seat, here, day))


@get(f"{MINUTES}/draft.pdf", act=Act.MINUTES_READ_DRAFT)
async def draft_pdf(seat: Seated, here: Here, day: FromPath[str]) -> Template | Response[bytes]:
    """Marked as a draft on every page."""
    meeting = await _find(seat, here, day)
    found = await queries.draft(seat, meeting)
    try:
        read = await queries.as_read(seat, found)
        data = await printed(found, here, meeting, draft=True, read=read)
    except PdfFailed as why:
        return await _draft(seat, here, meeting, str(why), 422)
    name = f'inline; filename="{here.slug}-draft-minutes-{meeting.date.isoformat()}.pdf"'
    headers = {"content-disposition": name}
    return Response(data, media_type="application/pdf", headers=headers)


async def _draft(
    seat: Seat, here: Panel, meeting: Meeting, refusal: str = "", status: int = 200
) -> Template:
    found = await queries.draft_of(seat, meeting)
    read = await queries.as_read(seat, found) if found else None
    return page(
        "minutes/draft.html",
        status=status,
        refusal=refusal,
        minutes=found,
        meeting=meeting,
        body=body(found, here, meeting, read) if found else "",
        apart=found is not None and read != document_of(found),
        closed=closed_body(await closed_part(seat, here, meeting)),
        home=address(here, meeting),
        due=draft_due(meeting.date),
        **await told_of(here, meeting),
        may_compile=meeting.stage == MeetingStage.HELD or found is not None,
    )


# -- the deeds ------------------------------------------------------------------------------------


@dataclass
class Confirmation:
    seen: str = ""
    form_key: str = ""


async def _confirm(
    name: str, here: Panel, meeting: Meeting, found: Minutes | None, **more: Any
) -> Template:
    """The page that says what a deed does before it is done."""
    return page(
        f"minutes/{name}.html",
        status=422 if more.get("refusal") else 200,
        minutes=found,
        meeting=meeting,
        home=address(here, meeting),
        seen=f"{found.edition}.{found.version}" if found else "0.0",
        **{"refusal": "", **more},
    )


async def _done(deed: Awaitable[None], here: Panel, meeting: Meeting, place: str = "") -> Redirect:
    await deed
    return Redirect(address(here, meeting) + place, status_code=303)


@get(f"{MINUTES}/compilation", act=Act.MINUTES_COMPILE_PAGE)
async def compile_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    found = await queries.draft_of(seat, meeting)
    if found is None and meeting.stage != MeetingStage.HELD:
        raise NotNow(_("Minutes are compiled once, after the meeting has been closed."))
    edition, correction = (found.edition, found.correction) if found else (1, "")
    new = await queries.as_read(seat, await composed(meeting, here, edition, correction))
    changed = rules.compare(await queries.as_read(seat, found), new) if found else []
    unnoted = rules.unnoted(new)
    return await _confirm("compilation", here, meeting, found, changed=changed, unnoted=unnoted)


@post(f"{MINUTES}/compilation", act=Act.MINUTES_COMPILE)
async def compile(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Redirect:
    meeting, seen = await _find(seat, here, day), rules.seen_in(data.seen)
    deed = actions.compile(meeting, by=seat, seen=seen, form_key=data.form_key)
    return await _done(deed, here, meeting, "/draft")


@get(f"{MINUTES}/approval", act=Act.MINUTES_APPROVE_PAGE)
async def approve_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    found = await queries.draft(seat, meeting)
    step(rules.MOVES, found.stage, "approved")
    return await _confirm(
        "approval",
        here,
        meeting,
        found,
        body=body(found, here, meeting, await queries.as_read(seat, found)),
        apart=await queries.is_apart(seat, found),
        own=found.compiled_by.person == seat.person.id,
    )


@post(f"{MINUTES}/approval", act=Act.MINUTES_APPROVE)
async def approve(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Redirect:
    meeting, seen = await _find(seat, here, day), rules.seen_in(data.seen)
    deed = actions.approve(meeting, by=seat, seen=seen, form_key=data.form_key)
    return await _done(deed, here, meeting, "/draft")


@get(f"{MINUTES}/publication", act=Act.MINUTES_PUBLISH_PAGE)
async def publish_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await _find(seat, here, day)
    found = await queries.draft(seat, meeting)
    step(rules.MOVES, found.stage, "published")
    return await _confirm("publication", here, meeting, found)


@post(f"{MINUTES}/publication", act=Act.MINUTES_PUBLISH)
async def publish(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Template | Redirect:
    meeting, seen = await _find(seat, here, day), rules.seen_in(data.seen)
    try:
        await actions.publish(meeting, by=seat, seen=seen, form_key=data.form_key)
    except PdfFailed as why:
        found = await queries.draft(seat, meeting)
        return await _confirm("publication", here, meeting, found, refusal=str(why))
    return Redirect(address(here, meeting), status_code=303)


async def _find(seat: Seat | None, here: Panel, day: str) -> Meeting:
    return await meetings.find(seat, here, day_in_address(day))


router = Router(
    "/",
    route_handlers=[
        show,
        draft_page,
        draft_pdf,
        compile_page,
        compile,
        approve_page,
        approve,
        publish_page,
        publish,
    ],
)
