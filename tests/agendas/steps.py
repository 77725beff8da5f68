"""An agenda brought as far as a test needs it, by the deeds themselves."""

from datetime import timedelta

from cast import Cast
from meetings.steps import plan, roll, stored

from scrutiny.agendas import actions, queries
from scrutiny.agendas.rules import Line
from scrutiny.agendas.tables import Item
from scrutiny.cases.tables import Case
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.tables import Meeting

STANDING = [
    "Welcome and apologies",
    "Minutes of the last meeting",
    "Cases",
    "Any other business",
]


async def meeting(
    cast: Cast, stage: str = "scheduled", *, days: int | None = None, **changes
) -> Meeting:
    """A meeting of Lambeth, called with the panel's standing items."""
    if days is None:
        days = 21 if stage in ("proposed", "scheduled") else 0
    grace = cast.seats["grace"]
    when = plan(today() + timedelta(days), **changes)
    row = await actions.call(cast.lambeth, when, by=grace)
    if stage == "proposed":
        return row
    await meetings.invite(row, by=grace)
    if stage in ("in_session", "held"):
        await meetings.open_session(await stored(row), by=grace)
    if stage == "held":
        came = roll(cast, "amara", "bilal")
        await meetings.record_attendance(await stored(row), came, by=grace)
        await meetings.close_session(await stored(row), by=grace)
    return await stored(row)


async def case(cast: Cast, number: int = 1, panel: str = "lambeth", **changes) -> Case:
    row = {
        "panel": getattr(cast, panel).id,
        "number": number,
        "title": f"Search record {number}",
        "origin": "random_draw",
        "stage": "proposed",
    }
    made = Case(**row | changes)
    async with write_tx():
        await Case.insert(made)
    return made


async def stage_of(case: Case) -> str:
    return (await Case.objects().get(Case.id == case.id)).stage


async def items(row: Meeting) -> list[Item]:
    return await queries.items_of(row)


async def draft(row: Meeting) -> list[Line]:
    return queries.lines(await queries.items_of(row))


async def titles(row: Meeting) -> list[str]:
    return [line.title for line in await draft(row)]


async def published(row: Meeting):
    return await queries.agenda_of(row)


async def publish(row: Meeting, cast: Cast) -> None:
    await actions.publish(row, by=cast.seats["grace"])
