from collections.abc import Mapping
from typing import Any

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas.access import reader_of
from scrutiny.agendas.queries import items_for, line
from scrutiny.agendas.rules import LONGEST_NOTES
from scrutiny.kit.errors import NotNow
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import actions, queries
from scrutiny.minutes.corrections import forms
from scrutiny.minutes.document import address
from scrutiny.minutes.rules import OPEN, seen_in
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

CORRECTION = "/{panel:str}/minutes/{day:str}/correction"


@get(CORRECTION, act=Act.MINUTES_CORRECT_PAGE)
async def correct_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await meetings.find(seat, here, day_in_address(day))
    return await _redrawn(seat, here, meeting)


@post(CORRECTION, act=Act.MINUTES_CORRECT)
async def correct(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[dict[str, Any]]
) -> Template | Redirect:
    meeting = await meetings.find(seat, here, day_in_address(day))
    items = await items_for(await reader_of(seat, here), meeting)
    form = forms.typed(data, items, await queries.roll(meeting))
    if problems := form.problems():
        return await _redrawn(seat, here, meeting, form, problems, status=422)
    seen, key = seen_in(form.seen), form.form_key
    try:
        await actions.correct(meeting, form.correction(), by=seat, seen=seen, form_key=key)
    except NotNow as why:
        return await _redrawn(seat, here, meeting, form, refusal=str(why), status=409)
    return Redirect(f"{address(here, meeting)}/draft", status_code=303)


async def _redrawn(
    seat: Seat,
    here: Panel,
    meeting: Meeting,
    form: forms.CorrectionForm | None = None,
    problems: Mapping[str, str] | None = None,
    *,
    refusal: str = "",
    status: int = 200,
) -> Template:
    """The form, with what was typed in it beside what is stored now."""
    last = await queries.draft_of(seat, meeting) or await queries.final(seat, meeting)
    if last is None or (last.edition == 1 and last.stage in OPEN):
        raise NotNow(_("These minutes are not final yet. Mend the notes and compile them again."))
    items = await items_for(await reader_of(seat, here), meeting)
    roll = await queries.roll(meeting)
    stored = forms.stored(last, items, roll)
    form = form or stored
    if refusal:
        form.seen = stored.seen  # the next try is against what this page shows
    return page(
        "minutes/correction.html",
        status=status,
        meeting=meeting,
        home=address(here, meeting),
        items=[(one, line(one)) for one in items],
        roll=roll,
        form=form,
        stored=stored,
        problems=problems or {},
        refusal=refusal,
        most=LONGEST_NOTES,
        most_note=forms.LONGEST_NOTE,
    )


router = Router("/", route_handlers=[correct_page, correct])
