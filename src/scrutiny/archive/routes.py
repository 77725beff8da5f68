"""The archive as everybody reads it: the list, one of the old minutes, its file, its end."""

import asyncio
from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from scrutiny.archive import actions, queries, rules
from scrutiny.archive.rules import Stage, WithdrawalForm
from scrutiny.archive.tables import OldMinutes
from scrutiny.concerns.evidence.queries import in_turn
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.meetings.plan import seen_version
from scrutiny.people.tables import Panel
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated, Viewer
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

ARCHIVE = "/{panel:str}/archive"
ONE = f"{ARCHIVE}/{{ref:str}}"
PUBLIC = {"x-published": "1"}
OF_ALL = {"cache-control": "public, max-age=0, must-revalidate"}
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@get(ARCHIVE, act=Act.ANYONE)
async def listed(seat: Viewer, here: Here, before: FromQuery[str] = "") -> Template:
    found = await queries.published(here, rules.ref_in(before))
    rows, more = found[: queries.PAGE], found[queries.PAGE :]
    return page(
        "archive/list.html",
        published=True,
        rows=rows,
        first=not before,
        name_of=rules.name_of,
        older=rules.name_of(rows[-1]["day"], rows[-1]["number"]) if more else "",
    )


@get(ONE, act=Act.ANYONE)
async def show(seat: Viewer, here: Here, ref: FromPath[str]) -> Template | Response[bytes] | Stream:
    """As a page, as .json, or the clean copy of the file as .pdf or .docx."""
    name, _dot, kind = ref.partition(".")
    row = await queries.shown(here, name)
    if not kind:
        return _page(row, here)
    if row.stage != Stage.PUBLISHED:
        raise Missing(_("These old minutes were withdrawn."))
    if kind == "json":
        headers = PUBLIC if visit().person is None else {}
        data = row.document.encode()
        return Response(data, media_type="application/json", headers=headers)
    if kind != row.kind or row.shows == "text":
        raise Missing(_(queries.NOT_THERE))
    return await _file(row)


def _page(row: OldMinutes, here: Panel) -> Template:
    if row.stage == Stage.WITHDRAWN:
        return page("archive/gone.html", published=True, row=row)
    document = queries.document_of(row)
    place = queries.address_of(here, row)
    return page("archive/show.html", published=True, row=row, document=document, place=place)


async def _file(row: OldMinutes) -> Stream:
    name = queries.document_of(row)["file"]["name"]
    how = "inline" if row.kind == "pdf" else "attachment"
    headers = {"content-disposition": f'{how}; filename="{name}"', "etag": f'"{row.sha256}"'}
    pieces = await asyncio.to_thread(list, queries.copy_of(row))  # none goes out if one is bad
    return Stream(
        in_turn(iter(pieces)),
        media_type=MEDIA[row.kind],
        headers=headers | (OF_ALL if visit().person is None else {}),
    )


@get(f"{ONE}/withdrawal", act=Act.ARCHIVE_AGREE_PAGE)
async def withdrawal_page(seat: Seated, here: Here, ref: FromPath[str]) -> Template:
    return _withdrawal(await _published(here, ref), here)


@post(f"{ONE}/withdrawal", act=Act.ARCHIVE_AGREE)
async def withdraw(
    seat: Seated, here: Here, ref: FromPath[str], data: URLEncodedBody[WithdrawalForm]
) -> Template | Redirect:
    row = await queries.shown(here, ref)
    if problems := data.problems():
        return _withdrawal(row, here, data, problems, 422)
    row.version = seen_version(data.version, row.version)
    try:
        await actions.withdraw(
            row, data.reason, by=seat, erase=data.erase == "yes", form_key=data.form_key
        )
    except Stale as why:
        again = await queries.shown(here, ref)
        return _withdrawal(again, here, data, {"reason": str(why)}, 409)
    return Redirect(queries.address_of(here, row), status_code=303)


async def _published(here: Panel, ref: str) -> OldMinutes:
    row = await queries.shown(here, ref)
    if row.stage != Stage.PUBLISHED:
        raise NotNow(_("These old minutes were withdrawn."))
    return row


def _withdrawal(
    row: OldMinutes,
    here: Panel,
    form: WithdrawalForm | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    return page(
        "archive/withdrawal.html",
        status=status,
        row=row,
        place=queries.address_of(here, row),
        form=form or WithdrawalForm(),
        problems=problems or {},
    )


router = Router("/", route_handlers=[listed, show, withdrawal_page, withdraw])
