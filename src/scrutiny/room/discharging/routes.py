"""What the meeting agreed about an action."""

from collections.abc import Mapping

from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from scrutiny.actions.queries import find
from scrutiny.actions.rules import MOVES, DecisionForm
from scrutiny.actions.shown import line
from scrutiny.actions.tables import Action
from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import open_moves
from scrutiny.meetings.plan import seen_version
from scrutiny.policy import Act
from scrutiny.room.discharging import actions
from scrutiny.web.gate import Here, Seated
from scrutiny.web.language import gettext as _
from scrutiny.web.pages import page

DECISION = "/{panel:str}/actions/{number:int}/decision"
VERDICTS = ("discharged", "not_accepted", "withdrawn")


@get(DECISION, act=Act.ACTION_EDIT_PAGE)
async def decision_page(seat: Seated, here: Here, number: FromPath[int]) -> Template:
    action = await find(seat, here, number)
    return _deciding(action, DecisionForm(version=str(action.version)))


@post(DECISION, act=Act.ACTION_EDIT)
async def decide(
    seat: Seated, here: Here, number: FromPath[int], data: URLEncodedBody[DecisionForm]
) -> Template | Redirect:
    action = await find(seat, here, number)
    open_to = frozenset(VERDICTS) & frozenset(open_moves(MOVES, action.stage))
    if problems := data.problems(open_to):
        return _deciding(action, data, problems, 422)
    seen = seen_version(data.version, action.version)
    try:
        await actions.decide(number, seen, data.verdict, data.text, by=seat)
    except NotNow as why:
        saved = await find(seat, here, number)
        data.version = str(saved.version)
        return _deciding(saved, data, {"text": str(why)}, 409)
    return Redirect(f"/{here.slug}/actions/{number}", status_code=303)


def _deciding(
    action: Action,
    form: DecisionForm,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Template:
    return page(
        "actions/decide.html",
        status=status,
        **line(action),
        form=form,
        problems={field: _(words) for field, words in (problems or {}).items()},
        verdicts=[move for move in VERDICTS if (action.stage, move) in MOVES],
    )


router = Router("/", route_handlers=[decision_page, decide])
