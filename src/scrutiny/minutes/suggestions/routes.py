from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.kit.errors import Missing
from scrutiny.meetings.tables import Meeting
from scrutiny.minutes import queries
from scrutiny.minutes.confirming.routes import MINUTES, confirm, find, prepared
from scrutiny.minutes.document import address
from scrutiny.minutes.review.forms import AnswerForm, SuggestionForm
from scrutiny.minutes.review.queries import Suggested, suggestions
from scrutiny.minutes.rules import Stage
from scrutiny.minutes.suggestions import actions
from scrutiny.minutes.tables import Minutes
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, speaks_for_police
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

SUGGESTIONS = f"{MINUTES}/suggestions"


async def _numbers(seat: Seat, found: Minutes) -> dict[str, str]:
    """What a suggestion may be about, as far as it is there for this reader."""
    read = await queries.as_read(seat, found)
    items = {one["number"]: f"{one['number']}. {one['title']}" for one in read["items"]}
    return {"": _("Choose"), "0": _("The minutes as a whole"), **items}


@get(SUGGESTIONS, act=Act.MINUTES_SUGGEST_PAGE)
async def suggestions_page(seat: Seated, here: Here, day: FromPath[str]) -> Template:
    meeting = await find(seat, here, day)
    return await _list(seat, here, meeting, SuggestionForm(), {})


async def _list(
    seat: Seat, here: Panel, meeting: Meeting, form: SuggestionForm, problems: dict[str, str]
) -> Template:
    found = await prepared(seat, meeting)
    about = queries.numbered(found)
    return confirm(
        "suggestions/list",
        here,
        meeting,
        found,
        form=form,
        problems=problems,
        numbers=await _numbers(seat, found),
        items={known: f"{one['number']}. {one['title']}" for known, one in about},
        listed=await suggestions(found, seat),
        mine=seat.id,
        police=speaks_for_police(seat.role),
        taken=found.stage == Stage.CIRCULATED,
    )


@post(SUGGESTIONS, act=Act.MINUTES_SUGGEST)
async def suggest(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[SuggestionForm]
) -> Template | Redirect:
    meeting = await find(seat, here, day)
    found = await prepared(seat, meeting)
    numbers = {key: words for key, words in (await _numbers(seat, found)).items() if key}
    police = speaks_for_police(seat.role)
    if problems := data.problems(numbers, of_facts_alone=police):
        return await _list(seat, here, meeting, data, problems)
    about = {one["number"]: known for known, one in queries.numbered(found)}
    item = about.get(data.item)
    await actions.suggest(meeting, item, data.text, by=seat, form_key=data.form_key)
    return Redirect(f"{address(here, meeting)}/suggestions", status_code=303)


@post(f"{SUGGESTIONS}/{{number:int}}/withdrawal", act=Act.MINUTES_SUGGEST)
async def take_back(
    seat: Seated, here: Here, day: FromPath[str], number: FromPath[int]
) -> Redirect:
    meeting = await find(seat, here, day)
    await _one(seat, meeting, number)
    await actions.take_back(meeting, number, by=seat)
    return Redirect(f"{address(here, meeting)}/suggestions", status_code=303)


@get(f"{SUGGESTIONS}/{{number:int}}", act=Act.MINUTES_ANSWER_PAGE)
async def answer_page(
    seat: Seated, here: Here, day: FromPath[str], number: FromPath[int]
) -> Template:
    meeting = await find(seat, here, day)
    one = await _one(seat, meeting, number)
    return _answer(here, meeting, one, AnswerForm(version=one.version), {})


def _answer(
    here: Panel, meeting: Meeting, one: Suggested, form: AnswerForm, problems: dict[str, str]
) -> Template:
    return page(
        "minutes/suggestions/answer.html",
        status=422 if problems else 200,
        meeting=meeting,
        home=address(here, meeting),
        one=one,
        form=form,
        problems=problems,
    )


async def _one(seat: Seat, meeting: Meeting, number: int) -> Suggested:
    found = await suggestions(await queries.draft(seat, meeting), seat)
    one = next((each for each in found if each.number == number), None)
    if one is None:
        raise Missing(_("There is no suggestion with this number."))
    return one


@post(f"{SUGGESTIONS}/{{number:int}}", act=Act.MINUTES_ANSWER)
async def answer(
    seat: Seated,
    here: Here,
    day: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[AnswerForm],
) -> Template | Redirect:
    meeting = await find(seat, here, day)
    if problems := data.problems():
        return _answer(here, meeting, await _one(seat, meeting, number), data, problems)
    how = {"version": data.version, "form_key": data.form_key}
    await actions.answer(meeting, number, data.outcome, data.answer, by=seat, **how)
    return Redirect(f"{address(here, meeting)}/suggestions", status_code=303)


router = Router("/", route_handlers=[suggestions_page, suggest, take_back, answer_page, answer])
