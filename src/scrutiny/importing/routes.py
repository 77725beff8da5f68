from collections.abc import Mapping
from dataclasses import dataclass

from litestar import Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import MultipartBody
from litestar.response import Template

from scrutiny.importing import actions, queries, rules
from scrutiny.importing.rules import COLUMNS, KINDS, Kind, Sheet
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow
from scrutiny.people.tables import Panel
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

HERE = "/{panel:str}/import"


@dataclass
class ImportForm:
    kind: str = ""
    text: str = ""
    file: UploadFile | None = None
    sure: str = ""


@get(HERE, act=Act.IMPORT_PAGE)
async def import_page(here: Here) -> Template:
    return _page(ImportForm(), {})


@post(HERE, act=Act.IMPORT, status_code=200)
async def import_sheet(seat: Seated, here: Here, data: MultipartBody[ImportForm]) -> Template:
    """First what would happen; with `sure` it happens. The text comes back with each answer."""
    if data.kind not in set(Kind):
        return _page(data, {"kind": _("Choose what the table holds.")}, 422)
    if data.file is not None and data.file.filename:
        text = _text(await data.file.read(rules.LARGEST + 1))
        if text is None:
            return _page(data, {"file": _("Save the table as CSV (UTF-8), then choose it.")}, 422)
        data.text = text
    sheet = rules.read(data.kind, data.text, today())
    if sheet.wrong:
        words = {"text": " ".join(_(wrong) for wrong in sheet.wrong)}
        return _page(data, words, 422)
    if not data.sure:
        return await _dry(here, data, sheet)
    try:
        count = await actions.take_in(data.kind, sheet, by=seat)
    except NotNow:
        return await _dry(here, data, sheet, 409)
    return _page(ImportForm(kind=data.kind), {}, done=count)


def _text(content: bytes) -> str | None:
    """UTF-8, or what Excel on Windows saves; nothing for a workbook or a picture."""
    if b"\0" in content:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


async def _dry(here: Panel, form: ImportForm, sheet: Sheet, status: int = 200) -> Template:
    found = await queries.dry(here, form.kind, sheet)
    status = 422 if found.wrong and status == 200 else status
    return page(
        "importing/dry.html",
        status=status,
        form=form,
        found=found,
        columns=[name for part in COLUMNS[form.kind] for name in part],
        kind=KINDS[form.kind],
        shown=SHOWN,
    )


SHOWN = 20
"""Rows to be added that are shown as they were read; all that are wrong are shown."""


def _page(
    form: ImportForm, problems: Mapping[str, str], status: int = 200, done: int | None = None
) -> Template:
    return page(
        "importing/page.html",
        status=status,
        form=form,
        problems=problems,
        kinds={kind: _(words) for kind, words in KINDS.items()},
        columns=COLUMNS,
        cells=rules.in_cells(),
        done=done,
    )


router = Router("/", route_handlers=[import_page, import_sheet])
