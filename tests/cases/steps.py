"""Cases brought as far as a test needs them: records to draw from, and a concern to take up."""

import secrets

from cast import Cast
from concerns.steps import raised
from stops.steps import group, import_areas, import_records, minute, said

from scrutiny.cases import actions, queries
from scrutiny.cases.tables import Case, Draw
from scrutiny.concerns.intake import Receipt
from scrutiny.concerns.queries import find
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.triage.actions import triage
from scrutiny.kit.db import write_tx
from scrutiny.kit.stages import advance
from scrutiny.record.tables import Event

RECORDS = [
    *group(
        "Black", 12, **{"Self-defined ethnicity": "Mixed/Multiple ethnic groups - White and Asian"}
    ),
    *group("White", 8, Outcome="Arrest"),
    *[said(Type="Vehicle search", Date=minute(at)) for at in range(2)],
    *group("White", 3, (52.9, 1.5)),
    *group("Asian", 4, (51.55, -0.05)),
]
"""Twenty to draw from in Lambeth; two of vehicles alone, three nowhere, four in Hackney."""


async def bring_records(folder, records=RECORDS):
    await import_areas(folder)
    return await import_records(folder, records)


async def draw(cast: Cast, n=2, by="amara", month="2022-10") -> Draw:
    seat = cast.seats[by]
    key = secrets.token_urlsafe(12)
    return await actions.draw_cases(seat.panel, month=month, n=n, by=seat, form_key=key)


async def case(cast: Cast, stage="proposed", number=1) -> Case:
    """A drawn case at a stage, by the deeds themselves."""
    chair = cast.seats["amara"]
    found = await queries.find(chair, number)
    if stage in ("scheduled", "concluded"):
        async with write_tx():
            await advance(found, actions.MOVES, "scheduled")
    if stage == "concluded":
        await actions.conclude(found, by=chair, finding="All was well.")
    if stage == "removed":
        await actions.remove(found, by=chair, reason="inquest")
    return found


async def stored(*columns) -> list[dict]:
    return await Case.select(*columns).order_by(Case.number)


async def events(what: str) -> int:
    return await Event.count().where(Event.what == what)


def send_concern(cast: Cast, **changes) -> Receipt:
    return raised(cast.lambeth, **changes)


async def accept(cast: Cast, number: int = 1) -> Concern:
    seat = cast.seats["grace"]
    found = await find(seat, number)
    await triage(found, by=seat, decision="accepted", reply="We will look at it.")
    return found
