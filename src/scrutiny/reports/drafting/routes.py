from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.clock import today
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.minutes.rules import seen_in
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.reports import actions, queries, rules
from scrutiny.reports.compiling import changes
from scrutiny.reports.document import address
from scrutiny.reports.forms import Confirmation, NoteForm, WordsForm, YearForm
from scrutiny.reports.tables import Report
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

REPORTS = "/{panel:str}/reports"
ONE = f"{REPORTS}/{{year:str}}"


def _title(here: Panel, year: str) -> str:
    return _("Annual report of %(panel)s, %(year)s") % {"panel": here.name, "year": _said(year)}


def _said(year: str) -> str:
    return _("%s (April to March)") % year if "-" in year else year


# -- beginning and compiling ----------------------------------------------------------------------


@get(f"{REPORTS}/new", act=Act.REPORT_DRAFT_PAGE)
async def new_page(here: Here) -> Template:
    return _new(here, YearForm(), {})


@post(f"{REPORTS}/new", act=Act.REPORT_DRAFT)
async def begin(seat: Seated, here: Here, data: URLEncodedBody[YearForm]) -> Template | Redirect:
    if problems := data.problems([one.name for one in rules.offered(today())]):
        return _new(here, data, problems, 422)
    try:
        await actions.begin(data.year, by=seat, form_key=data.form_key)
    except NotNow as why:
        return _new(here, data, {"year": str(why)}, 409)
    return Redirect(f"{address(here, data.year)}/draft", status_code=303)


def _new(here: Panel, form: YearForm, problems: dict[str, str], status: int = 200) -> Template:
    years = {one.name: _said(one.name) for one in rules.offered(today())}
    told = {"years": years, "form": form, "problems": problems}
    return page("reports/new.html", status=status, **told)


@get(f"{ONE}/compilation", act=Act.REPORT_DRAFT_PAGE)
async def compile_page(seat: Seated, here: Here, year: FromPath[str]) -> Template:
    found = await queries.draft(seat, here, year)
    return page(
        "reports/compilation.html",
        report=found,
        title=_title(here, year),
        home=address(here, year),
        seen=f"{found.edition}.{found.version}",
        changed=await changes(seat, found),
    )


@post(f"{ONE}/compilation", act=Act.REPORT_DRAFT)
async def compile(
    seat: Seated, here: Here, year: FromPath[str], data: URLEncodedBody[Confirmation]
) -> Redirect:
    await actions.compile(year, by=seat, seen=seen_in(data.seen), form_key=data.form_key)
    return Redirect(f"{address(here, year)}/draft", status_code=303)


@get(f"{ONE}/correction", act=Act.REPORT_DRAFT_PAGE)
async def correct_page(seat: Seated, here: Here, year: FromPath[str]) -> Template:
    return await _correction(seat, here, year, NoteForm(), {})


@post(f"{ONE}/correction", act=Act.REPORT_DRAFT)
async def correct(
    seat: Seated, here: Here, year: FromPath[str], data: URLEncodedBody[NoteForm]
) -> Template | Redirect:
    if problems := data.problems():
        return await _correction(seat, here, year, data, problems, 422)
    await actions.correct(year, data.note, by=seat, form_key=data.form_key)
    return Redirect(f"{address(here, year)}/draft", status_code=303)


async def _correction(
    seat: Seat, here: Panel, year: str, form: NoteForm, problems: dict[str, str], status: int = 200
) -> Template:
    found = await queries.final(seat, here, year)
    if found is None:
        raise Missing(_("No annual report of this year has been published."))
    told = {"form": form, "problems": problems, "most": rules.LONGEST_NOTE}
    told |= {"title": _title(here, year), "home": address(here, year)}
    return page("reports/correction.html", status=status, **told)


# -- what people type -----------------------------------------------------------------------------


@get(f"{ONE}/words", act=Act.REPORT_WRITE_PAGE)
async def words_page(
    seat: Seated, here: Here, year: FromPath[str], version: FromQuery[int] = 0
) -> Template:
    """The words as they are; `version` fills in those of an earlier saving instead."""
    found = await queries.draft(seat, here, year)
    source = await queries.wording(found, version) if version > 0 else found
    form = WordsForm(**queries.typed(source), seen=f"{found.edition}.{found.wording}")
    return await _words(here, found, form, {})


@post(f"{ONE}/words", act=Act.REPORT_WRITE)
async def write_words(
    seat: Seated, here: Here, year: FromPath[str], data: URLEncodedBody[WordsForm]
) -> Template | Redirect:
    if problems := data.problems():
        return await _words(here, await queries.draft(seat, here, year), data, problems, status=422)
    told = {"seen": seen_in(data.seen), "form_key": data.form_key}
    try:
        await actions.write_words(year, data.words(), by=seat, **told)
    except Stale as why:
        found = await queries.draft(seat, here, year)
        data.seen = f"{found.edition}.{found.wording}"  # the next try is against what is shown
        return await _words(here, found, data, {}, refusal=str(why), status=409)
    return Redirect(f"{address(here, year)}/draft", status_code=303)


async def _words(
    here: Panel,
    found: Report,
    form: WordsForm,
    problems: dict[str, str],
    *,
    refusal: str = "",
    status: int = 200,
) -> Template:
    typed, stored = form.words(), queries.typed(found)
    return page(
        "reports/words.html",
        status=status,
        report=found,
        title=_title(here, found.year),
        home=address(here, found.year),
        parts=rules.PARTS,
        form=form,
        typed=typed,
        theirs={part: stored[part] for part in stored if refusal and stored[part] != typed[part]},
        problems=problems,
        refusal=refusal,
        most=rules.LONGEST_WORDS,
    )


@get(f"{ONE}/words/versions", act=Act.REPORT_PAGE)
async def versions(seat: Seated, here: Here, year: FromPath[str]) -> Template:
    """Every saving of the typed words, with who saved it."""
    found = await queries.draft(seat, here, year)
    return page(
        "reports/versions.html",
        report=found,
        title=_title(here, year),
        home=address(here, year),
        parts=rules.PARTS,
        versions=await queries.wordings(found),
    )


router = Router(
    "/",
    route_handlers=[
        *(new_page, begin, compile_page, compile, correct_page, correct),
        *(words_page, write_words, versions),
    ],
)
