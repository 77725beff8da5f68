import json
from collections.abc import Awaitable

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas.queries import asked_at
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.pdf import PdfFailed
from scrutiny.kit.word import MEDIA_TYPE as WORD
from scrutiny.meetings.figures.queries import told_of
from scrutiny.meetings.figures.rules import draft_due
from scrutiny.meetings.rules import UNDER_WAY_OR_OVER
from scrutiny.meetings.rules import Stage as MeetingStage
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import actions, queries, rules
from scrutiny.minutes.confirming.routes import MINUTES, Confirmation, confirm, find
from scrutiny.minutes.document import address, body, closed_body, document_of, printed, seal_of
from scrutiny.minutes.gathering import closed_part, composed
from scrutiny.minutes.tables import Minutes
from scrutiny.minutes.word import docx
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import long_date, page
from scrutiny.web.visit import visit

PUBLIC = {"x-published": "1"}
MEDIA_TYPES = {".pdf": "application/pdf", ".docx": WORD, ".json": "application/json"}


@get(MINUTES, act=Act.ANYONE)
async def show(
    seat: Viewer, here: Here, day: FromPath[str], edition: FromQuery[int] = 0
) -> Template | Response[bytes]:
    """The newest edition or the one asked for, as a page or a file; drafts for the panel."""
    seat, (day, kind) = _reader(seat), _ending(day)
    meeting = await find(seat, here, day)
    found = await queries.final(seat, meeting, max(0, edition))
    if found is not None:
        return await _final(found, here, meeting, kind)
    if kind or seat is None or meeting.stage not in UNDER_WAY_OR_OVER:
        return await _before(here, meeting, kind)
    if queries.reads_drafts(seat) or await queries.draft_of(seat, meeting) is not None:
        return await _draft(seat, here, meeting)
    return await _before(here, meeting, kind)


async def _before(here: Panel, meeting: Meeting, kind: str) -> Template:
    """What the public reads before minutes are published: a draft, where the chair shows one."""
    shown = None if kind else await queries.shown_draft(meeting)
    if shown is None:
        raise Missing(_not_yet(meeting))
    return page(
        "minutes/shown.html",
        published=True,
        meeting=meeting,
        minutes=shown,
        body=body(shown, here, meeting, json.loads(shown.shown)),
        **await told_of(here, meeting),
    )


def _reader(seat: Seat | None) -> Seat | None:
    """Who holds two seats reads with the one that sees more."""
    return visit().seat_for(Act.MINUTES_READ_DRAFT) or seat


def _ending(day: str) -> tuple[str, str]:
    name, dot, kind = day.partition(".")
    return (name, dot + kind) if dot + kind in MEDIA_TYPES else (day, "")


def _not_yet(meeting: Meeting) -> str:
    if meeting.stage in UNDER_WAY_OR_OVER:
        due = long_date(draft_due(meeting.date))
        return _("The minutes of this meeting are not published yet. A draft is due by %s.") % due
    return _("This meeting has no minutes.")


async def _final(
    found: Minutes, here: Panel, meeting: Meeting, kind: str
) -> Template | Response[bytes]:
    if found.stage == rules.Stage.WITHDRAWN:
        return await _withdrawn(found, here, meeting)
    public, seat = found.stage == rules.Stage.PUBLISHED, _reader(None)
    read = await queries.as_read(seat, found)
    if kind:
        if read != document_of(found):
            raise Missing(_("You take no part in something that these minutes are about."))
        return await _file(found, here, meeting, kind, public and visit().person is None)
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


async def _withdrawn(found: Minutes, here: Panel, meeting: Meeting) -> Template:
    """A page that says so, in the place of the words and of their files."""
    editions = [one for one in await queries.editions(meeting) if one.number != found.edition]
    told = {"home": address(here, meeting), "others": editions}
    return page("minutes/withdrawn.html", status=410, minutes=found, meeting=meeting, **told)


async def _file(
    found: Minutes, here: Panel, meeting: Meeting, kind: str, kept: bool
) -> Response[bytes]:
    """Exactly the bytes that were published: their SHA-256 is in the ledger. The file for Word
    is made of them when it is asked for, and is in no ledger."""
    data, tag = found.document.encode(), found.approved_hash
    if kind == ".pdf":
        data, tag = bytes(found.pdf), found.sha256
    elif kind == ".docx":
        seal = seal_of(found, here, meeting)
        data = await docx(document_of(found), False, seal, created=found.approved)
        tag = f"{tag}-docx"
    name = f"{here.slug}-minutes-{meeting.date.isoformat()}-edition-{found.edition}{kind}"
    headers = {"content-disposition": f'inline; filename="{name}"', "etag": f'"{tag}"'}
    more = PUBLIC if kept else {}
    return Response(data, media_type=MEDIA_TYPES[kind], headers=headers | more)


# -- drafts ---------------------------------------------------------------------------------------


@get(f"{MINUTES}/draft", act=Act.MINUTES_READ_DRAFT)
async def draft_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    return await _draft(seat, here, await find(seat, here, day))


@get(f"{MINUTES}/draft.pdf", act=Act.MINUTES_READ_DRAFT)
async def draft_pdf(seat: Seated, here: Here, day: FromPath[str]) -> Template | Response[bytes]:
    """Marked as a draft on every page."""
    meeting = await find(seat, here, day)
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


async def _done(deed: Awaitable[None], here: Panel, meeting: Meeting, place: str = "") -> Redirect:
    await deed
    return Redirect(address(here, meeting) + place, status_code=303)


@get(f"{MINUTES}/compilation", act=Act.MINUTES_COMPILE_PAGE)
async def compile_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await find(seat, here, day)
    found = await queries.draft_of(seat, meeting)
    if found is None and meeting.stage != MeetingStage.HELD:
        raise NotNow(_("Minutes are compiled once, after the meeting has been closed."))
    as_it_was = (found.edition, found.correction, found.replaces) if found else (1, "")
    new = await queries.as_read(seat, await composed(meeting, here, *as_it_was))
    changed = rules.compare(await queries.as_read(seat, found), new) if found else []
    unnoted = rules.unnoted(new)
    return confirm("compilation", here, meeting, found, changed=changed, unnoted=unnoted)


@post(f"{MINUTES}/compilation", act=Act.MINUTES_COMPILE)
async def compile(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Redirect:
    meeting, seen = await find(seat, here, day), rules.seen_in(data.seen)
    deed = actions.compile(meeting, by=seat, seen=seen, form_key=data.form_key)
    return await _done(deed, here, meeting, "/draft")


router = Router(
    "/",
    route_handlers=[
        show,
        draft_page,
        draft_pdf,
        compile_page,
        compile,
    ],
)
