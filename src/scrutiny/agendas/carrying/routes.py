"""The next meeting with what was left over."""

from dataclasses import dataclass

from litestar import Router, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from scrutiny.agendas.carrying import actions
from scrutiny.meetings.plan import day_in_address
from scrutiny.meetings.queries import find
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated

MEETINGS = "/{panel:str}/meetings"


@dataclass
class NextForm:
    form_key: str = ""


@post(f"{MEETINGS}/{{day:str}}/next", act=Act.MEETING_CALL)
async def hold_next(
    seat: Seated, here: Here, day: FromPath[str], data: URLEncodedBody[NextForm]
) -> Redirect:
    """One click: the next meeting gets what this one did not come to."""
    meeting = await find(seat, here, day_in_address(day))
    carried = await actions.hold_next(meeting, here, by=seat, form_key=data.form_key)
    return Redirect(actions.told_at(here, carried), status_code=303)


router = Router("/", route_handlers=[hold_next])
