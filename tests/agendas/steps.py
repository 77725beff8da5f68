"""An agenda brought as far as a test needs it, by the deeds themselves."""

from datetime import timedelta
from uuid import UUID

from cast import Cast
from meetings.steps import over_and_done, plan, roll, stored

from scrutiny.agendas import actions, queries, rules
from scrutiny.agendas.rules import Line
from scrutiny.agendas.tables import Item
from scrutiny.cases.tables import Case
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import write_tx
from scrutiny.meetings import actions as meetings
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.interests.tables import Recusal

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
        await over_and_done(await stored(row), by=grace)
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
    """The words of each item, without its number and what else is known of it."""
    return [Line(one.title, one.case) for one in queries.lines(await queries.items_of(row))]


async def document(row: Meeting) -> str:
    """What would be published now."""
    found = await queries.draft_of(await queries.items_of(row))
    return rules.document(found.lines, found.closed)


async def titles(row: Meeting) -> list[str]:
    return [line.title for line in await draft(row)]


async def published(row: Meeting):
    return await queries.agenda_of(row)


async def publish(row: Meeting, cast: Cast) -> None:
    await actions.publish(row, by=cast.seats["grace"])


async def recuse(cast: Cast, name: str, about: UUID, kind: str = "item") -> None:
    """As declaring an interest in the room does it."""
    async with write_tx():
        await Recusal.insert(
            Recusal(
                panel=cast.lambeth.id,
                person=cast.people[name].id,
                about=about,
                kind=kind,
                how="left_room",
                at=now(),
            )
        )


async def closed_item(row: Meeting, cast: Cast, title: str = "Heron Street", **what) -> Item:
    """An item of Part B, added by the secretariat."""
    told = {"part": "B", "closed_reason": "legal_advice"} | what
    await actions.add_item(row, title, by=cast.seats["grace"], **told)
    return await named(row, title)


async def named(row: Meeting, title: str) -> Item:
    return next(item for item in await queries.items_of(row) if queries.line(item).title == title)
