"""Writes about cases: drawn by lot, taken up from a concern, concluded, removed."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from scrutiny.cases import queries
from scrutiny.cases.certificate import Population, canonical_bytes, certificate
from scrutiny.cases.rules import MOVES, Origin, drawn_title
from scrutiny.cases.tables import Case, Draw
from scrutiny.concerns import actions as concerns
from scrutiny.concerns.consents import is_given
from scrutiny.concerns.tables import Concern
from scrutiny.kit.clock import now
from scrutiny.kit.db import write_tx, writes
from scrutiny.kit.errors import AlreadyMade, NotNow, Unreadable
from scrutiny.kit.stages import advance
from scrutiny.leaks.actions import mark
from scrutiny.ledger.actions import enter
from scrutiny.people.actions import next_number, once
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record
from scrutiny.stops.tables import Stop


@writes
async def draw_cases(panel: Panel, *, month: str, n: int, by: Seat, form_key: str = "") -> Draw:
    """Draw `n` records of a month by lot; each becomes a case, and the certificate is public.

    `panel` comes with its force. Raises Unreadable when there are fewer than `n` to draw from,
    AlreadyMade when the same form comes again.
    """
    population, ids = await queries.population(panel, month)
    if len(ids) < n:
        raise Unreadable(f"There are {len(ids)} records to draw from: ask for no more.")
    found = await _certificate(panel, population, month=month, n=n, by=by)
    published, number = canonical_bytes(found), found["number"]
    draw = Draw(
        panel=panel.id,
        number=number,
        by=by.id,
        at=now(),
        month=month,
        area_code=panel.area_code,
        certificate=published.decode(),
        sha256=hashlib.sha256(published).hexdigest(),
    )
    await Draw.insert(draw)
    await record(
        "draw.made", draw, by=by, public=True, number=number, month=month, n=n, among=len(ids)
    )
    title = f"Random draw {number}: {n} search records of {month}"
    await enter(panel, "draw", title, f"/{panel.slug}/draws/{number}.json", published)
    await _propose(draw, {key: ids[key] for key in found["sample"]}, by)
    await once(form_key, f"/{panel.slug}/draws/{number}")
    return draw


async def _certificate(
    panel: Panel, population: Population, *, month: str, n: int, by: Seat
) -> dict[str, Any]:
    said = {
        "slug": panel.slug,
        "name": panel.name,
        "force": panel.force.slug,
        "area": panel.area,
        "area_code": panel.area_code,
    }
    return certificate(
        population,
        panel=said,
        month=month,
        make_seed=lambda: secrets.token_hex(16),
        n=n,
        by=by.role,
        at=now(),
        number=await next_number(panel.id, "draw"),
        earlier=await queries.earlier_draws(panel.force.slug, month, panel.area_code),
    )


async def _propose(draw: Draw, sample: Mapping[str, UUID], by: Seat) -> None:
    """One case for each record, in the order in which they were drawn."""
    stops = {stop.key: stop for stop in await Stop.objects().where(Stop.key.is_in(list(sample)))}
    for key in sample:
        case = Case(
            panel=draw.panel,
            number=await next_number(draw.panel, "case"),
            title=drawn_title(draw.month, stops[key].legislation),
            origin=Origin.DRAW.value,
            power=stops[key].legislation,
            month=draw.month,
            draw=draw.id,
            stop=stops[key].id,
        )
        await Case.insert(case)
        await record("case.proposed", case, by=by, number=case.number, draw=draw.number)


@writes
async def take_up(concern: Concern, *, by: Seat, title: str, form_key: str = "") -> Case:
    """What a resident raised becomes a case of the panel; only its kind and month go with it.

    Raises NotNow when the concern has not been accepted or its resident lets nobody sum it up,
    AlreadyMade when it is a case already.
    """
    if (before := await queries.case_of(concern.id)) is not None:
        raise AlreadyMade(f"/{by.panel.slug}/cases/{before}")
    if not await is_given(concern, "summary.panel"):
        raise NotNow("The resident did not agree that the panel reads a summary. Only count it.")
    seen = await Concern.objects(Concern.panel).where(Concern.id == concern.id).first()
    case = Case(
        panel=by.panel.id,
        number=await next_number(by.panel.id, "case"),
        title=title,
        origin=Origin.CONCERN.value,
        month=f"{seen.happened or seen.received:%Y-%m}",
        concern=seen.id,
    )
    await Case.insert(case)
    await record("case.proposed", case, by=by, number=case.number)
    await concerns.link(seen, by=by, to="case", name=str(case.number))
    await once(form_key, f"/{by.panel.slug}/cases/{case.number}")
    return case


async def conclude(case: Case, *, by: Seat, finding: str) -> None:
    """The panel has looked at it and says what it found.

    Raises NotNow while proceedings go on about the concern that it came from (contempt of court).
    """
    async with write_tx():
        if await queries.is_paused(case):
            raise NotNow("It is paused while proceedings go on. It is concluded when they end.")
        await advance(case, MOVES, "concluded", finding=finding)
        await mark(by.panel, "text", finding, case.id)
        await record("case.concluded", case, by=by, number=case.number)


async def remove(case: Case, *, by: Seat, reason: str) -> None:
    """It cannot be looked at, and why; it stays on the list and is never drawn again."""
    async with write_tx():
        await advance(case, MOVES, "removed", reason=reason)
        await record("case.removed", case, by=by, number=case.number, reason=reason)
