from litestar import Router, get
from litestar.response import Template

from scrutiny.desk import queries, rules
from scrutiny.desk.rooms import rooms
from scrutiny.kit.clock import today
from scrutiny.people import queries as people
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Seat
from scrutiny.policy import Act
from scrutiny.web.pages import page
from scrutiny.web.visit import visit


@get("/desk", act=Act.SIGNED_IN)
async def desk() -> Template:
    held: dict = {}
    for seat in await people.seats_of(visit().person.id):
        held.setdefault(seat.panel.id, []).append(seat)
    places = [await _place(seats) for seats in held.values()]
    return page("desk/show.html", places=places, today=today(), most=rules.MOST)


async def _place(seats: list[Seat]) -> dict:
    """One panel, whatever number of seats somebody holds there."""
    tasks = await queries.tasks(seats)
    late, soon = rules.counted(tasks, today())
    return {
        "panel": seats[0].panel,
        "roles": [role_name(seat.role) for seat in seats],
        "tasks": tasks,
        "lacks": await queries.lacking(seats),
        "late": late,
        "soon": soon,
        "invitations": await queries.invitations(seats),
    }


@get("/{panel:str}/work", act=Act.SEAT_MINE_PAGE)
async def work() -> Template:
    """Every page that the reader's seats open, in groups."""
    here = visit()
    return page("desk/work.html", groups=rooms(here.seats))


router = Router("/", route_handlers=[desk, work])
