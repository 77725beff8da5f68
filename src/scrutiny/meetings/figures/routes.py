from litestar import Router, get
from litestar.response import Template

from scrutiny.kit.clock import today
from scrutiny.meetings.figures import queries
from scrutiny.meetings.figures.rules import A_YEAR
from scrutiny.membership.standing.queries import vacant
from scrutiny.people.constitution import constitution_of
from scrutiny.policy import Act
from scrutiny.web.gate import Here
from scrutiny.web.pages import page


@get("/{panel:str}/attendance", act=Act.ANYONE)
async def attendance(here: Here) -> Template:
    return page(
        "meetings/figures/attendance.html",
        published=True,
        since=today() - A_YEAR,
        held=await queries.meetings_counted(here),
        members=await queries.attendance_of_members(here),
        places=constitution_of(here).places,
        vacant=await vacant(here),
    )


router = Router("/", route_handlers=[attendance])
