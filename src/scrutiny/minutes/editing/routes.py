from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.agendas.access import reader_of
from scrutiny.agendas.outline import laid_out
from scrutiny.agendas.queries import items_for, line
from scrutiny.agendas.rules import LONGEST_NOTES, Kind
from scrutiny.agendas.tables import Item
from scrutiny.kit.errors import Missing, NotNow, Unreadable
from scrutiny.kit.ids import known_id
from scrutiny.kit.words import many_lines
from scrutiny.meetings.plan import seen_version
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import queries as minutes_queries
from scrutiny.minutes.confirming.routes import MINUTES, confirm, find, prepared
from scrutiny.minutes.document import address, body
from scrutiny.minutes.editing import actions, forms, queries, rules
from scrutiny.minutes.editing.actions import Typed
from scrutiny.minutes.rules import OPEN, seen_in
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.room.notes.actions import Outcome
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

EDIT = f"{MINUTES}/edit"
VERSIONS = f"{MINUTES}/versions"
ONE = f"{VERSIONS}/{{number:int}}"


@dataclass
class Answer:
    """What became of a form that was sent."""

    status: int = 200
    problems: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""
    clashes: Mapping[UUID, Outcome] = field(default_factory=dict)


async def _editor(
    seat: Seat,
    here: Panel,
    meeting: Meeting,
    draft: Minutes | None,
    form: forms.EditForm | None = None,
    answer: Answer | None = None,
) -> Template:
    """Without a form as things stand; `draft` is None where there is none any more."""
    answer = answer or Answer()
    items = await items_for(await reader_of(seat, here), meeting)
    now = forms.stored(items)
    if answer.clashes or form is None:
        # All else was saved, so the next try is against what this page shows.
        form = _beside(now, answer.clashes, form)
    entries = laid_out(items)
    return page(
        "minutes/editing/edit.html",
        status=answer.status,
        meeting=meeting,
        minutes=draft,
        home=address(here, meeting),
        entries=[(one, line(one.item)) for one in entries if _is_written_on(one.item, form)],
        form=form,
        now=now,
        problems=answer.problems,
        refusal=answer.refusal,
        clashes={known: one.merged.clashes for known, one in answer.clashes.items()},
        waiting=await queries.waiting_on(items),
        behind=draft is not None and queries.is_behind(draft, items),
        voids=draft is not None and rules.needs_a_tick(draft.stage),
        most=LONGEST_NOTES,
    )


def _beside(
    now: forms.EditForm, clashes: Mapping[UUID, Outcome], form: forms.EditForm | None
) -> forms.EditForm:
    """How things stand, and both versions one after the other where two clash."""
    both = {known: one.merged.text for known, one in clashes.items()}
    kept = (form.voids, "", form.form_key) if form else ()
    return forms.EditForm(now.notes | both, now.began, *kept)


def _is_written_on(item: Item, form: forms.EditForm) -> bool:
    """A heading has words of its own only where somebody wrote some."""
    return item.id in form.notes and (item.kind != Kind.SECTION or bool(item.notes))


@get(EDIT, act=Act.MINUTES_EDIT_PAGE)
async def edit_page(seat: Seated, here: Here, day: FromPath[str]) -> Template | Redirect:
    meeting = await find(seat, here, day)
    draft = await prepared(seat, meeting)
    if draft.edition > 1:
        return Redirect(f"{address(here, meeting)}/correction", status_code=303)
    if draft.stage not in rules.EDITED_WHILE:
        raise NotNow(_(rules.CALL_BACK_FIRST))
    return await _editor(seat, here, meeting, draft)


@post(EDIT, act=Act.MINUTES_EDIT)
async def edit(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[dict[str, Any]]
) -> Template | Redirect:
    meeting = await find(seat, here, day)
    draft = await minutes_queries.draft_of(seat, meeting)
    form = forms.sent(data, await items_for(await reader_of(seat, here), meeting))
    if form.preview:
        return await _editor(seat, here, meeting, draft, form)
    if problems := _problems(form, draft):
        return await _editor(seat, here, meeting, draft, form, Answer(422, problems))
    ticked = form.voids == "yes"
    how = {"by": seat, "voids": ticked, "form_key": form.form_key}
    try:
        clashes = await actions.edit(meeting, form.typed(), **how)
    except NotNow as why:
        draft = await minutes_queries.draft_of(seat, meeting)
        return await _editor(seat, here, meeting, draft, form, Answer(409, refusal=_(str(why))))
    if clashes:
        return await _editor(seat, here, meeting, draft, form, Answer(409, clashes=clashes))
    return Redirect(f"{address(here, meeting)}/draft", status_code=303)


def _problems(form: forms.EditForm, draft: Minutes | None) -> dict[str, str]:
    found = {name: _(words) for name, words in form.problems().items()}
    if draft is not None and rules.needs_a_tick(draft.stage) and form.voids != "yes":
        found["voids"] = _(rules.TICK_FIRST)
    return found


@post(f"{EDIT}/preview", act=Act.MINUTES_EDIT)
async def preview(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[forms.KeepForm]
) -> Template:
    """How it will look. Nothing is saved."""
    await find(seat, here, day)
    if why := forms.too_long(data.text):
        raise Unreadable(_(why))
    return page("minutes/editing/_preview.html", text=data.text)


@post(f"{EDIT}/{{item:str}}", act=Act.MINUTES_EDIT)
async def keep(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    item: FromPath[str],
    data: URLEncodedBody[forms.KeepForm],
) -> Response[dict[str, Any]]:
    """Save the notes on one item while somebody types; the answer is for the page's script."""
    meeting = await find(seat, here, day)
    items = await items_for(await reader_of(seat, here), meeting)
    found = next((one for one in items if one.id == known_id(item)), None)
    if found is None:
        raise Missing(_("This item is not on the agenda."))
    if why := forms.too_long(data.text):
        raise Unreadable(_(why))
    typed = Typed(data.text, seen_version(data.version, found.version))
    done = await actions.keep(meeting, found.id, typed, by=seat)
    if done is None:
        return Response({"text": data.text, "version": typed.began_with, "mine": typed.began_with})
    if not done.saved:
        return Response({"clash": True}, status_code=409)
    # Where others' words were put in, what was sent is the version before the newest.
    together = done.item.notes != many_lines(data.text).strip()
    newest = done.item.version
    told = {"text": done.item.notes, "version": newest, "mine": newest - together}
    return Response(told, status_code=200)


# -- versions -------------------------------------------------------------------------------------


@get(VERSIONS, act=Act.MINUTES_READ_DRAFT)
async def versions_page(
    seat: Seated, here: Here, day: FromPath[str], edition: FromQuery[int] = 0,
    before: FromQuery[int] = 0,
) -> Template:  # fmt: skip
    meeting = await find(seat, here, day)
    found = await queries.edition_of(seat, meeting, edition)
    shown, older = await queries.listed(seat, found, before)
    more = f"?edition={found.edition}&before={older}" if older else None
    return _page("versions", here, meeting, found, listed=shown, older=more, how=rules.HOW)


@get(f"{VERSIONS}/comparison", act=Act.MINUTES_READ_DRAFT)
async def comparison_page(
    seat: Seated, here: Here, day: FromPath[str], edition: FromQuery[int] = 0,
    old: FromQuery[str] = "", new: FromQuery[str] = "", view: FromQuery[str] = "",
) -> Template:  # fmt: skip
    meeting = await find(seat, here, day)
    found = await queries.edition_of(seat, meeting, edition)
    last = await queries.newest(found)
    numbers = sorted((_number(old, last - 1), _number(new, last)))
    kept = await queries.versions(found, *numbers)
    read = await queries.read_by(seat, found, *kept)
    return _page(
        "comparison",
        here,
        meeting,
        found,
        kept=kept,
        differences=rules.differences(*read),
        side=rules.side,
        marked=view == "marked",
    )


def _number(typed: str, otherwise: int) -> int:
    """A version's number as it was typed; without one the newest are compared."""
    typed = typed.strip()
    if not typed:
        return max(1, otherwise)
    if not (typed.isascii() and typed.isdigit()):
        raise Missing(_("Write the numbers of two versions, like 1 and 3."))
    return int(typed[:10])


@get(ONE, act=Act.MINUTES_READ_DRAFT)
async def version_page(
    seat: Seated, here: Here, day: FromPath[str], number: FromPath[int], edition: FromQuery[int] = 0
) -> Template:
    meeting = await find(seat, here, day)
    found = await queries.edition_of(seat, meeting, edition)
    [kept] = await queries.versions(found, number)
    [read] = await queries.read_by(seat, found, kept)
    last = await queries.newest(found)
    return _page(
        "version",
        here,
        meeting,
        found,
        kept=kept,
        how=rules.HOW,
        body=body(queries.as_it_was(found, kept), here, meeting, read),
        last=last,
        is_open=found.stage in OPEN,
    )


def _page(name: str, here: Panel, meeting: Meeting, found: Minutes, **more: Any) -> Template:
    home = address(here, meeting)
    return page(f"minutes/editing/{name}.html", minutes=found, meeting=meeting, home=home, **more)


@get(f"{ONE}/restoration", act=Act.MINUTES_EDIT_PAGE)
async def restore_page(
    seat: Seated, here: Here, day: FromPath[str], number: FromPath[int]
) -> Template:
    meeting = await find(seat, here, day)
    return await _restoration(seat, here, meeting, number, {})


async def _restoration(
    seat: Seat, here: Panel, meeting: Meeting, number: int, problems: dict[str, str]
) -> Template:
    draft = await prepared(seat, meeting)
    if draft.stage not in rules.EDITED_WHILE:
        raise NotNow(_(rules.CALL_BACK_FIRST))
    [kept] = await queries.versions(draft, number)
    plan = await queries.restoring_of(seat, draft, meeting, kept)
    voids = rules.needs_a_tick(draft.stage)
    more = {"kept": kept, "plan": plan, "voids": voids, "problems": problems}
    return confirm("editing/restoration", here, meeting, draft, **more)


@post(f"{ONE}/restoration", act=Act.MINUTES_EDIT)
async def restore(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[forms.RestoreForm],
) -> Template | Redirect:
    meeting = await find(seat, here, day)
    draft, ticked = await prepared(seat, meeting), data.voids == "yes"
    if rules.needs_a_tick(draft.stage) and not ticked:
        problems = {"voids": _(rules.TICK_FIRST)}
        return await _restoration(seat, here, meeting, number, problems)
    how = {"seen": seen_in(data.seen), "voids": ticked, "form_key": data.form_key}
    await actions.restore(meeting, number, by=seat, **how)
    return Redirect(f"{address(here, meeting)}/draft", status_code=303)


router = Router(
    "/",
    route_handlers=[
        *(edit_page, edit, preview, keep),
        *(versions_page, comparison_page, version_page, restore_page, restore),
    ],
)
