"""Reads of cases and draws. Cases start from the seat; certificates are public."""

import json
from typing import Any
from uuid import UUID

from scrutiny.cases.certificate import Population
from scrutiny.cases.rules import TRAIL, Step, happening
from scrutiny.cases.tables import Case, Draw
from scrutiny.concerns.rules import Stage as ConcernStage
from scrutiny.concerns.triage.queries import said_about
from scrutiny.concerns.triage.rules import said_by
from scrutiny.concerns.video import queries as video
from scrutiny.concerns.video.rules import Clock
from scrutiny.kit.clock import london
from scrutiny.kit.errors import Missing
from scrutiny.membership.interests.recusals import recused_by
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import Act, may
from scrutiny.record.queries import history
from scrutiny.stops import queries as stops

PAGE = 50
NO_DRAW = "There is no such draw."


def visible_to(seat: Seat):
    """Every case of the panel, to those who read cases. The police have no way in.

    A case whose concern is held, as somebody may be in danger, is nobody's to see; nor is one to
    whoever takes no part in it.
    """
    if not may(seat.role, Act.CASES_READ):
        raise Missing("There is no such case.")
    mine = Case.id.not_in(recused_by(seat))
    return Case.objects(Case.stop, Case.draw).where(
        (Case.panel == seat.panel.id) & not_held() & mine
    )


def not_held():
    """Its concern is not held, if it came from one."""
    return Case.concern.is_null() | (Case.concern.stage != ConcernStage.SAFEGUARDING_HOLD)


async def find(seat: Seat, number: int) -> Case:
    found = await visible_to(seat).where(Case.number == number).first()
    if found is None:
        raise Missing(f"There is no case {number}.")
    return found


async def newest(seat: Seat, stage: str = "", before: int | None = None) -> list[Case]:
    """One page of cases and one more, newest first; `before` is the last number shown."""
    found = visible_to(seat)
    if stage:
        found = found.where(Case.stage == stage)
    if before is not None:
        found = found.where(Case.number < before)
    return await found.order_by(Case.number, ascending=False).limit(PAGE + 1)


async def category_of(case: Case) -> str:
    """What kind of concern a case came from: nothing else of a concern is shown with a case."""
    found = await Case.select(Case.concern.category).where(Case.id == case.id).first()
    return (found or {}).get("concern.category") or ""


async def video_of(case: Case) -> Clock | None:
    """How the video of a case that a resident raised stands today."""
    return await video.of(case.concern) if case.concern else None


async def people_of(case: Case) -> str:
    """How many people said the same as the concern it came from; nothing for one alone."""
    size = await said_about(case.concern) if case.concern else None
    return "" if size is None else said_by(size)


async def is_paused(case: Case) -> bool:
    """Whether proceedings go on about the concern that it came from, or somebody is in danger."""
    stops = (ConcernStage.PAUSED, ConcernStage.SAFEGUARDING_HOLD)
    return await Case.exists().where((Case.id == case.id) & Case.concern.stage.is_in(list(stops)))


async def trail(case: Case) -> list[Step]:
    """What the panel did with it, oldest first, from the record."""
    return [
        happening(row["what"], json.loads(row["facts"]), london(row["at"]).date())
        for row in await history(case.id, public_only=False)
        if row["what"] in TRAIL
    ]


async def cases_of(draw: Draw) -> list[dict[str, Any]]:
    """The cases that a draw made, in the order in which they were drawn."""
    found = Case.select(Case.number, Case.title).where(Case.draw == draw.id)
    return await found.order_by(Case.number)


async def case_of(concern: UUID) -> int | None:
    """The number of the case that a concern became, if it did."""
    found = await Case.select(Case.number).where(Case.concern == concern).first()
    return found["number"] if found else None


# -- draws ----------------------------------------------------------------------------------------


async def drawn(panel: Panel, number: int) -> Draw:
    found = await Draw.objects().where((Draw.panel == panel.id) & (Draw.number == number)).first()
    if found is None:
        raise Missing(NO_DRAW)
    return found


def said(draw: Draw) -> dict[str, Any]:
    """What the certificate says."""
    return json.loads(draw.certificate)


async def draws(panel: Panel, before: int | None = None) -> list[dict[str, Any]]:
    """One page of certificates and one more, newest first."""
    found = Draw.select(Draw.number, Draw.at, Draw.certificate).where(Draw.panel == panel.id)
    if before is not None:
        found = found.where(Draw.number < before)
    page = await found.order_by(Draw.number, ascending=False).limit(PAGE + 1)
    return [{**row, "said": json.loads(row["certificate"])} for row in page]


async def earlier_draws(force: str, month: str, area_code: str) -> int:
    """How often any panel drew from this month and area before."""
    return await Draw.count().where(
        (Draw.area_code == area_code) & (Draw.month == month) & (Draw.panel.force.slug == force)
    )


async def population(panel: Panel, month: str) -> tuple[Population, dict[str, UUID]]:
    """What this panel can draw from in a month, and the id of each record by its key."""
    force, area = panel.force.slug, panel.area_code
    found = await stops.searches_in(force, month, area)
    taken = await Case.select(Case.stop.key).where(
        (Case.panel == panel.id) & (Case.month == month) & Case.stop.is_not_null()
    )
    cases = {row["stop.key"] for row in taken} & set(found)
    vehicles, nowhere = await stops.left_out(force, month, area)
    ids = {key: stop for key, stop in found.items() if key not in cases}
    files = await stops.files_of(force, month)
    return Population(list(ids), vehicles, nowhere, cases, files), ids


async def months_to_draw(panel: Panel) -> list[stops.Month]:
    """The months that have records of searches of people in the panel's area, newest first."""
    found = await stops.months(panel.force.slug, panel.area_code)
    return [month for month in found if month.searches]
