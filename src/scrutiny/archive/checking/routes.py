"""Old minutes on their way in: sent, checked, given to a second person, published or deleted."""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

from litestar import Request, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from scrutiny.archive import actions, guarding, queries, rules, structure
from scrutiny.archive.reading import read
from scrutiny.archive.receiving import ROOM_FOR_FORM, take_in
from scrutiny.archive.rules import CheckForm, DecisionForm, RemovalForm, Stage
from scrutiny.archive.tables import OldMinutes
from scrutiny.concerns.evidence.queries import in_turn
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.kit.ids import known_id
from scrutiny.leaks.rules import KINDS
from scrutiny.meetings.plan import seen_version
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.first_part import boundary_of
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

IMPORT = "/{panel:str}/archive/import"
DRAFTS = "/{panel:str}/archive/drafts"
ONE = f"{DRAFTS}/{{draft:str}}"
TAKES = {"streams": True, "request_max_body_size": rules.MOST_TOGETHER + ROOM_FOR_FORM}
"""The form is read here as it comes: web/first_part.py has checked its token already."""


class Outcome(NamedTuple):
    """What became of one file of a form."""

    name: str
    draft: OldMinutes | None
    new: bool
    why: str  # a sentence, or nothing


@get(DRAFTS, act=Act.ARCHIVE_PAGE)
async def list_page(seat: Seated, here: Here, after: FromQuery[str] = "") -> Template:
    found = await queries.drafts(here, known_id(after))
    rows, more = found[: queries.PAGE], found[queries.PAGE :]
    last = str(rows[-1]["id"]) if more else ""
    return page("archive/drafts.html", rows=rows, first=not after, later=last)


@get(IMPORT, act=Act.ARCHIVE_IMPORT_PAGE)
async def import_page(here: Here) -> Template:
    return page("archive/import.html", outcomes=[], problems={})


@post(IMPORT, act=Act.ARCHIVE_IMPORT, status_code=200, **TAKES)
async def import_files(request: Request, seat: Seated, here: Here) -> Template:
    """Each file for itself: one that cannot be taken keeps no other from being taken."""
    sent = await take_in(request.stream(), boundary_of(request))
    try:
        made = await asyncio.gather(*(read(one, _called(here)) for one in sent.files))
    finally:
        sent.close()
    outcomes = []
    for one in made:
        if one.why:
            outcomes.append(Outcome(one.name, None, False, _(rules.REFUSED[one.why])))
        else:
            row, new = await actions.take_in(one, by=seat)
            outcomes.append(Outcome(one.name, row, new, ""))
    problems = {} if outcomes else {"files": _(rules.REFUSED["none"])}
    status = 200 if any(one.draft for one in outcomes) else 422
    return page("archive/import.html", status=status, outcomes=outcomes, problems=problems)


def _called(here: Panel) -> str:
    """What a clean copy calls itself: the same for all, as nobody has read the file yet."""
    return f"{here.name}: minutes"


@get(ONE, act=Act.ARCHIVE_IMPORT_PAGE)
async def draft_page(
    seat: Seated, here: Here, draft: FromPath[str], saved: FromQuery[str] = ""
) -> Template:
    return _draft(await queries.waiting(here, draft), saved=saved == "yes")


@post(ONE, act=Act.ARCHIVE_IMPORT)
async def save(
    seat: Seated, here: Here, draft: FromPath[str], data: URLEncodedBody[CheckForm]
) -> Template | Redirect:
    row, offer = await queries.waiting(here, draft), data.then == "offer"
    if problems := data.problems(today(), row.found, offer):
        return _draft(row, data, problems, 422)
    row.version = seen_version(data.version, row.version)
    try:
        await actions.save(row, data, by=seat, offer=offer)
    except Stale as why:
        now = await queries.waiting(here, draft)
        return _draft(now, data, {"text": str(why)}, 409)
    place = "/drafts" if offer else f"/drafts/{row.id}?saved=yes"
    return Redirect(f"/{here.slug}/archive{place}", status_code=303)


@get(f"{ONE}/removal", act=Act.ARCHIVE_IMPORT_PAGE)
async def removal_page(seat: Seated, here: Here, draft: FromPath[str]) -> Template:
    return _removal(await queries.waiting(here, draft))


@post(f"{ONE}/removal", act=Act.ARCHIVE_IMPORT)
async def remove(
    seat: Seated, here: Here, draft: FromPath[str], data: URLEncodedBody[RemovalForm]
) -> Template | Redirect:
    row = await queries.waiting(here, draft)
    if problems := data.problems():
        return _removal(row, problems, 422)
    row.version = seen_version(data.version, row.version)
    try:
        await actions.remove(row, by=seat)
    except Stale as why:
        return _removal(await queries.waiting(here, draft), {"sure": str(why)}, 409)
    return Redirect(f"/{here.slug}/archive/drafts", status_code=303)


def _removal(
    row: OldMinutes, problems: Mapping[str, str] | None = None, status: int = 200
) -> Template:
    return page("archive/removal.html", status=status, row=row, problems=problems or {})


@get(f"{ONE}/file", act=Act.ARCHIVE_PAGE)
async def clean_copy(seat: Seated, here: Here, draft: FromPath[str]) -> Stream:
    """The file that would be published, to read beside the words."""
    row = await queries.waiting(here, draft)
    pieces = await asyncio.to_thread(list, queries.copy_of(row))
    return _stream(pieces, row.kind, "inline" if row.kind == "pdf" else "attachment")


@get(f"{ONE}/original", act=Act.ARCHIVE_ORIGINAL)
async def original(seat: Seated, here: Here, draft: FromPath[str]) -> Stream:
    """The file as it was sent: for custodians, and each opening is recorded."""
    row = await queries.kept(here, draft)
    pieces = await asyncio.to_thread(list, queries.sent_of(row))
    await actions.note_reading(row, by=seat)
    return _stream(pieces, row.kind, "attachment", "as-sent-")


def _stream(pieces: list[bytes], kind: str, how: str, called: str = "") -> Stream:
    headers = {"content-disposition": f'{how}; filename="{called}old-minutes.{kind}"'}
    media = "application/pdf" if kind == "pdf" else "application/octet-stream"
    return Stream(in_turn(iter(pieces)), media_type=media, headers=headers)


@get(f"{ONE}/agreement", act=Act.ARCHIVE_AGREE_PAGE)
async def agreement_page(seat: Seated, here: Here, draft: FromPath[str]) -> Template:
    return await _agreement(seat, here, await queries.waiting(here, draft))


@post(f"{ONE}/agreement", act=Act.ARCHIVE_AGREE)
async def decide(
    seat: Seated, here: Here, draft: FromPath[str], data: URLEncodedBody[DecisionForm]
) -> Template | Redirect:
    """A form sent twice is answered with what the first one made."""
    row = await queries.kept(here, draft)
    if row.number is not None:
        return Redirect(queries.address_of(here, row), status_code=303)
    if problems := data.problems(rules.is_scan(row.found) and row.shows != "text"):
        return await _agreement(seat, here, row, data, problems, 422)
    row.version = seen_version(data.version, row.version)
    try:
        if data.decision == "returned":
            await actions.give_it_back(row, data.reason, by=seat)
            return Redirect(f"/{here.slug}/archive/drafts", status_code=303)
        place = await actions.publish(row, by=seat, lifted=data.lifted, form_key=data.form_key)
    except NotNow as why:
        now = await queries.waiting(here, draft)
        field = "reason" if data.decision == "returned" else "decision"
        return await _agreement(seat, here, now, data, {field: str(why)}, 409)
    return Redirect(place, status_code=303)


def _draft(
    row: OldMinutes,
    form: CheckForm | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
    saved: bool = False,
) -> Template:
    day = row.day.isoformat() if row.day else ""
    shown = form or CheckForm(day, row.title, row.text, row.shows, row.note)
    return page(
        "archive/draft.html",
        status=status,
        row=row,
        form=shown,
        problems=problems or {},
        told=rules.words_of(row.found),
        shows=rules.ways_to_show(row.found),
        counted=structure.counted(row.text),
        meanwhile=status == 409,
        saved=saved,
    )


async def _agreement(
    seat: Seat,
    here: Panel,
    row: OldMinutes,
    form: DecisionForm | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    if row.stage != Stage.OFFERED and status == 200:
        raise NotNow(_("Nobody is asked to agree to these yet."))
    found = await guarding.findings(here, row)
    return page(
        "archive/agreement.html",
        status=status,
        row=row,
        form=form or DecisionForm(),
        problems=problems or {},
        own=seat.person.id in queries.people_of(row),
        findings=found,
        kinds=KINDS,
        asks_why=any(one.blocks and one.liftable for one in found),
        scan=rules.is_scan(row.found) and row.shows != "text",
        told=rules.words_of(row.found),
    )


router = Router(
    "/",
    route_handlers=[
        list_page,
        import_page,
        import_files,
        draft_page,
        save,
        removal_page,
        remove,
        clean_copy,
        original,
        agreement_page,
        decide,
    ],
)
