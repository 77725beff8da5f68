"""Reads of how seats stand: leave, restrictions, what newcomers lack, terms near their end."""

from datetime import date, timedelta
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import rows
from scrutiny.kit.errors import Missing
from scrutiny.membership.clearances.queries import valid_kinds
from scrutiny.membership.interests.tables import Declaration
from scrutiny.membership.standing.rules import WARNED, Kind, lacking, vacancies
from scrutiny.membership.standing.tables import SeatNotice
from scrutiny.people.constitution import constitution_of
from scrutiny.people.queries import current_on
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.policy import COMMUNITY

HELD = (
    "SELECT count(DISTINCT person) AS held FROM seat WHERE panel = {} AND role IN ({})"
    " AND since <= {} AND (until IS NULL OR until >= {})"
)

ENDED = """
SELECT ended.about FROM event ended WHERE ended.about IN ({}) AND ended.what = 'seat.ended'
AND NOT EXISTS (SELECT 1 FROM event later WHERE later.about = ended.about
  AND later.what = 'seat.reappointed' AND later.seq > ended.seq)"""


async def missing(panel: Panel, person: UUID) -> list[str]:
    """What a newcomer still lacks today before the seat can be made active, as codes of rules."""
    valid = await valid_kinds(panel, person)
    mine = (Declaration.panel == panel.id) & (Declaration.person == person)
    declared = await Declaration.exists().where(mine)
    return lacking(valid, declared, constitution_of(panel))


async def notices(seats: list[UUID]) -> dict[UUID, SeatNotice]:
    """The leave (on or ahead) or restriction of each of these seats that is not over."""
    if not seats:
        return {}
    wanted = SeatNotice.seat.is_in(seats) & SeatNotice.over.is_null()
    wanted &= SeatNotice.kind.is_in([Kind.LEAVE, Kind.RESTRICTION])
    found = await SeatNotice.objects().where(wanted).order_by(SeatNotice.id)
    return {one.seat: one for one in found}


async def notice(seat: UUID) -> SeatNotice | None:
    return (await notices([seat])).get(seat)


async def resignations(seats: list[UUID]) -> dict[UUID, str]:
    """What was said when these seats were given up: for those who run the panel."""
    if not seats:
        return {}
    wanted = SeatNotice.seat.is_in(seats) & (SeatNotice.kind == Kind.RESIGNATION)
    found = (
        await SeatNotice.select(SeatNotice.seat, SeatNotice.why)
        .where(wanted)
        .order_by(SeatNotice.id)
    )
    return {row["seat"]: row["why"] for row in found if row["why"]}


async def own_seat(person: Person, panel: Panel, seat: UUID) -> Seat:
    """A seat that this person holds today. Raises Missing when it is not one of theirs."""
    mine = (Seat.id == seat) & (Seat.person == person.id) & (Seat.panel == panel.id)
    found = await Seat.objects(Seat.panel, Seat.person).where(mine & current_on(today())).first()
    if found is None:
        raise Missing("There is no such seat of yours.")
    return found


async def vacant(panel: Panel) -> int:
    """How many of the community's places nobody holds today, whoever is on leave."""
    day = today()
    found = await rows(HELD, panel.id, tuple(sorted(COMMUNITY)), day, day)
    return vacancies(constitution_of(panel).places, found[0]["held"])


async def given_up(seats: list[UUID]) -> set[UUID]:
    """Those of these seats that somebody ended: given up, taken away, or closed by who runs the
    panel. No further term follows them, unless one was given since. One query."""
    found = await rows(ENDED, tuple(seats)) if seats else []
    return {UUID(str(row["about"])) for row in found}


async def ending(panel: Panel, day: date) -> list[Seat]:
    """The seats whose term ends within ninety days of this day, the soonest first."""
    last = day + timedelta(days=WARNED[0])
    wanted = (Seat.panel == panel.id) & (Seat.until >= day) & (Seat.until <= last)
    wanted &= Seat.since <= day
    found = Seat.objects(Seat.panel, Seat.person).where(wanted)
    return await found.order_by(Seat.until, Seat.id).limit(200)


async def joining(panel: Panel) -> list[Seat]:
    """The seats that are not active yet: for the secretariat's desk."""
    wanted = (Seat.panel == panel.id) & current_on(today()) & (Seat.stage == "onboarding")
    return await Seat.objects(Seat.person).where(wanted).order_by(Seat.id).limit(50)
