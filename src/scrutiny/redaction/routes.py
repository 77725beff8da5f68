"""Redaction: what is taken out is typed or drawn, looked at, and agreed to by a second person."""

import asyncio
from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.kit.ids import known_id
from scrutiny.meetings.plan import seen_version
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.redaction import actions, queries, rules, shelf, subjects
from scrutiny.redaction.cutting import Cut, Refusal, Wanted, cut
from scrutiny.redaction.matching import cut as cut_words
from scrutiny.redaction.rules import DecisionForm, RedactionForm
from scrutiny.redaction.subjects import Subject
from scrutiny.redaction.tables import Redaction
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

REDACTIONS = "/{panel:str}/redactions"
ONE = f"{REDACTIONS}/{{redaction:str}}"


@get(REDACTIONS, act=Act.REDACTIONS_PAGE)
async def list_page(seat: Seated, here: Here, before: FromQuery[str] = "") -> Template:
    found = await queries.listed(here, known_id(before))
    rows, more = found[: queries.PAGE], found[queries.PAGE :]
    older = str(rows[-1]["id"]) if more else ""
    return page(
        "redaction/list.html", rows=rows, first=not before, older=older, reasons=rules.REASONS
    )


@get(ONE, act=Act.REDACT_PAGE)
async def redact_page(
    seat: Seated, here: Here, redaction: FromPath[str], page: FromQuery[str] = "1"
) -> Template:
    return await _redraw(await subjects.find(seat, here, redaction), page)


@post(ONE, act=Act.REDACT)
async def redact(
    seat: Seated, here: Here, redaction: FromPath[str], data: URLEncodedBody[RedactionForm]
) -> Template | Redirect:
    subject = await subjects.find(seat, here, redaction)
    row = await queries.open_of(subject)
    seen = seen_version(data.version, row.version if row else 0)
    again = f"/{here.slug}/redactions"
    try:
        if data.then == "drop":
            await actions.drop(subject, seen, by=seat)
            return Redirect(again, status_code=303)
        seen_now = await _looked_at(subject, row)
        boxes = len(rules.boxes_in(row.boxes)) if row else 0
        if problems := data.problems(seen_now.pages, boxes):
            return await _redraw(subject, data.page, data, problems, 422)
        await actions.save(subject, seen, data, seen_now.pages, by=seat)
        if data.then == "offer":
            await actions.offer(subject, by=seat)
            return Redirect(again, status_code=303)
    except Refusal as why:
        problem = {"words": _(rules.REFUSED[str(why)])}
        return await _redraw(subject, data.page, data, problem, 422)
    except Stale as why:
        return await _redraw(subject, data.page, data, {"words": str(why)}, 409)
    at = data.page if data.page.isascii() and data.page.isdecimal() else "1"
    return Redirect(f"{again}/{subject.ref}?page={at}#page", status_code=303)


async def _looked_at(subject: Subject, row: Redaction | None) -> Cut:
    """How many pages it has, and what would be left of their words. Raises Refusal."""
    if not subject.has_pages:
        return Cut(0, [], [])
    wanted = queries.wanted(row) if row else Wanted([], [], "")
    return await cut(await subjects.content_of(subject), wanted, draw=False)


async def _redraw(
    subject: Subject,
    number: str,
    form: RedactionForm | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    row, told = await queries.open_of(subject), dict(problems or {})
    try:
        looked = await _looked_at(subject, row)
    except Refusal as why:
        looked, told = Cut(0, [], []), {"words": _(rules.REFUSED[str(why)])}
        status = 422
    at = int(number[:4]) if number.isascii() and number.isdecimal() else 1
    at = min(max(at, 1), max(looked.pages, 1))
    boxes = list(enumerate(rules.boxes_in(row.boxes), start=1)) if row else []
    return page(
        "redaction/edit.html",
        status=status,
        subject=subject,
        row=row,
        version=row.version if row else 0,
        form=form or _stored(row, at),
        problems=told,
        at=at,
        pages=looked.pages,
        shown=looked.shown[at - 1] if looked.shown else None,
        boxes=boxes,
        missing=_missing(subject, row, looked),
        left=_left(subject, row),
        taken=[(one.number, one.taken) for one in looked.shown if one.taken],
        reasons=rules.REASONS,
    )


def _stored(row: Redaction | None, at: int) -> RedactionForm:
    if row is None:
        return RedactionForm(page=str(at))
    original = "keep" if row.keep else "erase"
    return RedactionForm(queries.words_of(row), row.reason, original, str(at))


def _missing(subject: Subject, row: Redaction | None, looked: Cut) -> list[str]:
    """Words that were found nowhere as text."""
    words = list(queries.wanted(row).words) if row else []
    beside = f"{subject.title}\n{subject.words}"
    return [one for at, one in enumerate(words)
            if (at in looked.missing or not subject.has_pages)
            and cut_words(beside, [one], "") == beside]  # fmt: skip


def _left(subject: Subject, row: Redaction | None) -> str:
    """What will stand on the page of the site, where there is one."""
    if not subject.words or row is None:
        return subject.words
    return cut_words(subject.words, queries.wanted(row).words, rules.stands_for(row.reason))


@get(f"{ONE}/pages/{{number:int}}", act=Act.REDACTIONS_PAGE)
async def picture(
    seat: Seated, here: Here, redaction: FromPath[str], number: FromPath[int]
) -> Response[bytes]:
    """One page as it will be, with what is taken out painted over."""
    subject = await subjects.find(seat, here, redaction)
    if not subject.has_pages:
        raise Missing(_(subjects.NOT_THERE))
    row = await queries.open_of(subject)
    wanted = queries.wanted(row) if row else Wanted([], [], "")
    try:
        found = await cut(await subjects.content_of(subject), wanted, [number])
    except Refusal as why:
        raise NotNow(_(rules.REFUSED[str(why)])) from None
    if not 1 <= number <= found.pages:
        raise Missing(_("This file has no such page."))
    drawn = found.shown[number - 1].picture
    return Response(drawn, media_type="image/jpeg", headers={"cache-control": "no-store"})


@get(f"{ONE}/result", act=Act.REDACTIONS_PAGE)
async def result(seat: Seated, here: Here, redaction: FromPath[str]) -> Response[bytes]:
    """The new file, exactly as it would be published."""
    row = await queries.offered(await subjects.find(seat, here, redaction))
    if row.file is None:
        raise Missing(_("There is no new file: only words will be shown."))
    return await _file(row.file, row.key, "inline", "redacted.pdf")


@get(f"{ONE}/agreement", act=Act.REDACTION_AGREE_PAGE)
async def agreement_page(seat: Seated, here: Here, redaction: FromPath[str]) -> Template:
    return await _agreement(seat, await subjects.find(seat, here, redaction))


@post(f"{ONE}/agreement", act=Act.REDACTION_AGREE)
async def decide(
    seat: Seated, here: Here, redaction: FromPath[str], data: URLEncodedBody[DecisionForm]
) -> Template | Redirect:
    subject = await subjects.find(seat, here, redaction)
    if await queries.open_of(subject) is None:  # the same form again, after it was done
        return Redirect(f"/{here.slug}/redactions", status_code=303)
    if problems := data.problems():
        return await _agreement(seat, subject, data, problems, 422)
    seen = seen_version(data.version, 0)
    try:
        if data.decision == "returned":
            await actions.give_back(subject, seen, data.why, by=seat)
        else:
            await actions.agree(subject, seen, by=seat, form_key=data.form_key)
    except NotNow as why:
        return await _agreement(seat, subject, data, {"decision": str(why)}, 409)
    return Redirect(f"/{here.slug}/redactions", status_code=303)


async def _agreement(
    seat: Seat,
    subject: Subject,
    form: DecisionForm | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    row = await queries.offered(subject)
    return page(
        "redaction/agreement.html",
        status=status,
        subject=subject,
        row=row,
        form=form or DecisionForm(),
        problems=problems or {},
        own=row.prepared_by.person == seat.person.id,
        why=rules.REASONS[row.reason],
        said=rules.said(today(), row.reason),
        boxes=len(rules.boxes_in(row.boxes)),
        words=queries.wanted(row).words,
        title=cut_words(subject.title, queries.wanted(row).words, rules.stands_for(row.reason)),
        left=_left(subject, row),
    )


@get(f"{ONE}/original", act=Act.REDACTION_ORIGINAL)
async def original(seat: Seated, here: Here, redaction: FromPath[str]) -> Response[bytes]:
    """The file as it was: for custodians, and each opening is recorded."""
    row = await queries.done(here, redaction)
    if row.original is None:
        raise Missing(_("The file as it was has been erased."))
    answer = await _file(row.original, row.original_key, "attachment", "before-redaction.pdf")
    await actions.note_reading(row, by=seat)
    return answer


async def _file(file, key: bytes, how: str, name: str) -> Response[bytes]:
    content = await asyncio.to_thread(shelf.bytes_of, file, key)
    headers = {"content-disposition": f'{how}; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


router = Router(
    "/",
    route_handlers=[
        list_page,
        redact_page,
        redact,
        picture,
        result,
        agreement_page,
        decide,
        original,
    ],
)
