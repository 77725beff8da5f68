from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.actions import queries as log
from scrutiny.actions.rules import may_convert
from scrutiny.actions.tables import Action
from scrutiny.kit.errors import NotNow
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act
from scrutiny.recommendations.converting import actions
from scrutiny.recommendations.forms import DraftForm
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import long_date, page

HERE = "/{panel:str}/actions/{number:int}/recommendation"


@get(HERE, act=Act.RECOMMENDATION_DRAFT_PAGE)
async def convert_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    action = await _carried(seat, here, number)
    since = long_date(action.meeting.date)
    reason = _("The meeting of %(day)s asked for this. It was carried over %(n)s times.")
    form = DraftForm(reason=reason % {"day": since, "n": action.carried})
    return _page(action, form, {}, 200)


@post(HERE, act=Act.RECOMMENDATION_DRAFT)
async def convert(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[DraftForm]
) -> Template | Redirect:
    action = await log.find(seat, here, number)
    if problems := data.problems():
        return _page(action, data, problems, 422)
    facts = data.facts() | {"item": action.item}
    try:
        made = await actions.convert(number, by=seat, form_key=data.form_key, **facts)
    except NotNow as why:
        return _page(action, data, {"title": str(why)}, 409)
    return Redirect(actions.where(made, here.slug), status_code=303)


async def _carried(seat: Seat, here: Panel, number: int) -> Action:
    action = await log.find(seat, here, number)
    if not may_convert(action.stage, action.carried):
        raise NotNow(_("An action becomes a recommendation once two meetings carried it over."))
    return action


def _page(action: Action, form: DraftForm, problems: dict[str, str], status: int) -> Template:
    """What is asked of the police is left to write: the action was somebody else's words to do."""
    none = {"": _("None: it comes from no agenda item")}
    told = {"form": form, "items": none, "problems": problems}
    return page("recommendations/from_action.html", status=status, action=action, **told)


router = Router("/", route_handlers=[convert_page, convert])
