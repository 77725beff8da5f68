"""The pages of the video clock: requests, their answers, and the figures for everybody."""

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.concerns import queries as concerns
from scrutiny.concerns.actions import note_reading
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vault.queries import has_contact
from scrutiny.concerns.video import actions, queries, rules
from scrutiny.concerns.video.files import as_csv
from scrutiny.concerns.video.forms import AnswerForm, AskForm
from scrutiny.concerns.video.letter import Details, letter, sent_letter
from scrutiny.concerns.video.tables import Preservation
from scrutiny.kit.clock import midnight, today
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.stages import open_moves
from scrutiny.letters.paper import printed
from scrutiny.people.tables import Seat
from scrutiny.policy import Act, speaks_for_police
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page
from scrutiny.web.visit import visit

PUBLIC = {"x-published": "1"}


# -- requests -------------------------------------------------------------------------------------


@get("/video", act=Act.VIDEO_READ)
async def listed(seat: Seated, stage: FromQuery[str] = "", before: FromQuery[int] = 0) -> Template:
    stage = stage if stage in list(rules.Stage) else ""
    found = await queries.newest(seat, stage, before or None)
    shown, day = found[: concerns.PAGE], today()
    older = f"?stage={stage}&before={shown[-1].number}" if len(found) > concerns.PAGE else None
    return page(
        "concerns/video/list.html",
        clocks=[queries.clock_of(asked, seat.panel.code, day) for asked in shown],
        stage=stage,
        stages={one.value: rules.NAMES[one] for one in rules.Stage},
        first=not before,
        next_link=older,
    )


@get("/video/{number:int}", act=Act.VIDEO_READ)
async def show(seat: Seated, number: FromPath[int]) -> Template:
    return await _show(seat, await queries.find(seat, number), AnswerForm())


@get("/video/{number:int}/letter.pdf", act=Act.VIDEO_ANSWER_PAGE)
async def letter_as_sent(seat: Seated, number: FromPath[int]) -> Response[bytes]:
    """The letter of the day on which it was sent, as its paper: for those who may read where."""
    asked = await queries.find(seat, number)
    found = await queries.details(asked)
    if found is None:
        raise Missing(_("What the letter said has been erased, or may no longer be told."))
    await actions.note_reading(asked, by=seat)
    words = sent_letter(seat.panel, asked, found)
    paper = await printed(words, midnight(asked.sent))
    named = {"content-disposition": f'attachment; filename="{paper.name}"'}
    return Response(paper.content, media_type=paper.mime, headers=named)


@get("/video/{number:int}/answer", act=Act.VIDEO_ANSWER_PAGE)
async def answer_page(seat: Seated, number: FromPath[int]) -> Template:
    return await _show(seat, await queries.find(seat, number), AnswerForm())


@post("/video/{number:int}/answer", act=Act.VIDEO_ANSWER)
async def answer(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[AnswerForm]
) -> Template | Redirect:
    asked = await queries.find(seat, number)
    if problems := data.problems(open_moves(rules.MOVES, rules.Stage.SENT)):
        return await _show(seat, asked, data, problems, 422)
    deed = actions.answer(data.look(asked), by=seat, form_key=data.form_key, **data.facts())
    try:
        await deed
    except NotNow as refusal:
        fresh = await queries.find(seat, number)
        return await _show(seat, fresh, data, {"outcome": str(refusal)}, 409)
    return Redirect(f"/{seat.panel.slug}/video/{number}", status_code=303)


async def _show(
    seat: Seat,
    asked: Preservation,
    form: AnswerForm,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Template:
    """One request. Where it was and who the officer is, only for those who answer."""
    answers = visit().may(Act.VIDEO_ANSWER_PAGE)
    form.version = str(asked.version)
    if details := await queries.details(asked) if answers else None:
        await actions.note_reading(asked, by=seat)
    return page(
        "concerns/video/show.html",
        status=status,
        asked=asked,
        clock=queries.clock_of(asked, seat.panel.code, today()),
        answers=answers,
        details=details,
        retention=seat.panel.force.retention_days,
        given=await queries.answers_of(asked),
        refusals=rules.REFUSALS,
        open_to=rules.answers_to(asked.stage),
        reasons=rules.OWN_REFUSALS if speaks_for_police(seat.role) else rules.REFUSALS,
        form=form,
        problems=problems or {},
    )


# -- the secretariat asks -------------------------------------------------------------------------


@get("/concerns/{number:int}/video", act=Act.VIDEO_ASK_PAGE)
async def ask_page(seat: Seated, number: FromPath[int]) -> Template:
    return await _asking(seat, await concerns.find(seat, number), AskForm())


@post("/concerns/{number:int}/video", act=Act.VIDEO_ASK)
async def ask(
    seat: Seated, number: FromPath[int], data: URLEncodedBody[AskForm]
) -> Template | Redirect:
    concern = await concerns.find(seat, number)
    try:
        asked = await actions.ask(concern, by=seat, form_key=data.form_key)
    except NotNow as refusal:
        return await _asking(seat, concern, data, str(refusal))
    return Redirect(f"/{seat.panel.slug}/video/{asked.number}", status_code=303)


async def _asking(seat: Seat, concern: Concern, form: AskForm, refusal: str = "") -> Template:
    """What would be sent, word for word, or why nothing can be."""
    why = await actions.why_not(concern, seat.panel)
    asked = await queries.asked_for(concern)
    return page(
        "concerns/video/ask.html",
        status=409 if refusal else 200,
        concern=concern,
        reference=concerns.reference_of(concern),
        clock=await queries.of(concern.id),
        why=why,
        asked=asked,
        words="" if why or asked else await _preview(seat, concern),
        officer=actions.FROM_THE_VAULT if await has_contact(concern) else "",
        to=queries.mailbox(seat.panel.force),
        form=form,
        refusal=refusal,
    )


async def _preview(seat: Seat, concern: Concern) -> str:
    """The letter as it would go out; its number is given only then. The place is the resident's,
    so that it was read goes into the record."""
    await note_reading(concern, by=seat)
    said = await concerns.opened(concern)
    details = Details(said.place, said.band, "", concern.about)
    name = f"{seat.panel.code}-V-{today().year}-…"
    return letter(seat.panel, name, None, concern.happened, details, today()).text


# -- for everybody --------------------------------------------------------------------------------


@get("/video-requests", act=Act.ANYONE)
async def figures(here: Here) -> Template:
    return page(
        "concerns/video/figures.html",
        published=True,
        figures=await queries.figures(here, today()),
        names={name: _(rules.NAMES[name]) for name in rules.OUTCOMES},
        retention=here.force.retention_days,
        answer_days=rules.ANSWER_DAYS,
    )


@get("/video-requests.csv", act=Act.ANYONE)
async def figures_as_csv(here: Here) -> Response[bytes]:
    body = as_csv(await queries.figures(here, today()))
    return Response(body, media_type="text/csv", headers=PUBLIC)


router = Router(
    "/{panel:str}",
    route_handlers=[
        listed,
        show,
        letter_as_sent,
        answer_page,
        answer,
        ask_page,
        ask,
        figures,
        figures_as_csv,
    ],
)
