"""A call for members: drafted, changed, published, closed when everybody has had an answer."""

import json
from collections.abc import Mapping
from typing import Any

from scrutiny.kit.clock import today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import advance, amend
from scrutiny.membership.recruitment import letters, queries
from scrutiny.membership.recruitment.rules import (
    CALL_MOVES,
    WITHOUT_OUTCOME,
    CallStage,
    may_be_closed,
)
from scrutiny.membership.recruitment.tables import Application, Call
from scrutiny.people.actions import next_number, once
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record

ANOTHER = "Another call takes applications. Wait until it has closed."
PAST = "Its closing day is past. Change the days first."
STILL_OPEN = "It takes applications until its closing day, or until every place is taken."
WAITING = "Somebody has had no outcome and no feedback yet."


def address(panel: Panel, number: int) -> str:
    return f"/{panel.slug}/recruitment/{number}"


@writes
async def draft(values: Mapping[str, Any], *, by: Seat, form_key: str) -> Call:
    """`values`: title, text, places, opens, closes, and questions and criteria as lists."""
    number = await next_number(by.panel.id, "recruitment")
    call = Call(panel=by.panel.id, number=number, **_stored(values))
    await Call.insert(call)
    await record("call.drafted", call, by=by, number=number)
    await once(form_key, address(by.panel, number))
    return call


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    lists = {name: json.dumps(values[name]) for name in ("questions", "criteria")}
    return {**values, **lists}


@writes
async def change(number: int, seen: int, values: Mapping[str, Any], *, by: Seat) -> None:
    """Only a draft: what people answer to never changes. Raises NotNow, Stale."""
    call = await queries.find_call(by.panel, number)
    if call.stage != CallStage.DRAFT:
        raise NotNow("A published call can no longer be changed.")
    call.version = seen
    await amend(call, **_stored(values))
    await record("call.changed", call, by=by, number=number)


@writes
async def publish(number: int, seen: int, *, by: Seat) -> None:
    """From its first day everybody can apply. Raises NotNow beside another, too late, Stale."""
    call = await queries.find_call(by.panel, number)
    if call.stage == CallStage.DRAFT and call.closes < today():
        raise NotNow(PAST)
    if call.stage == CallStage.DRAFT and await queries.current_call(by.panel) is not None:
        raise NotNow(ANOTHER)
    call.version = seen
    await advance(call, CALL_MOVES, "published")
    await record("call.published", call, by=by, public=True, number=number)


@writes
async def close(number: int, seen: int, *, by: Seat) -> None:
    """Raises NotNow before its last day is over while a place is free, and while somebody waits
    for an answer; Stale."""
    call = await queries.find_call(by.panel, number)
    filled = await queries.is_filled(call)
    if call.stage == CallStage.PUBLISHED and not may_be_closed(
        call.stage, call.closes, filled, today()
    ):
        raise NotNow(STILL_OPEN)
    here = Application.call == call.id
    waits = Application.stage.is_in([one.value for one in WITHOUT_OUTCOME])
    waits |= Application.sealed_proposal.is_not_null()
    if await Application.exists().where(here & waits):
        raise NotNow(WAITING)
    call.version = seen
    await advance(call, CALL_MOVES, "closed")
    told = await Application.objects().where(here & Application.erased.is_null())
    await record("call.closed", call, by=by, public=True, number=number, answered=len(told))
    for application in told:
        await letters.tell_applicant(application, by.panel, letters.OVER)
