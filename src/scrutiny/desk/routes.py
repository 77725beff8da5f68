from litestar import Router, get
from litestar.response import Template

from scrutiny.desk import queries, rules
from scrutiny.kit.clock import today
from scrutiny.people import queries as people
from scrutiny.people.rules import role_name
from scrutiny.policy import Act
from scrutiny.web.pages import page
from scrutiny.web.visit import visit


@get("/desk", act=Act.SIGNED_IN)
async def desk() -> Template:
    seats = await people.seats_of(visit().person.id)
    places = [
        {
            "panel": seat.panel,
            "role": role_name(seat.role),
            "tasks": await queries.tasks(seat),
            "rooms": rules.rooms(seat.role),
            "invitations": await queries.invitations(seat),
        }
        for seat in seats
    ]
    return page(
        "desk/show.html", places=places, today=today(), is_overdue=rules.is_overdue, most=rules.MOST
    )


router = Router("/", route_handlers=[desk])
