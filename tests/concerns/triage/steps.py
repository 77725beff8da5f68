"""Concerns brought as far as triage's tests need them, by the deeds themselves."""

from conftest import run

from concerns.steps import concern_of
from scrutiny.concerns.intake import Receipt
from scrutiny.concerns.queries import find
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.thread.turns import turns
from scrutiny.concerns.triage import actions
from scrutiny.concerns.triage.refusals import actions as refusals
from scrutiny.concerns.triage.tables import Refusal
from scrutiny.kit.clock import today
from scrutiny.record.tables import Event

URL = "/lambeth/concerns/1"
REFUSAL = {
    "reason": "out_of_area",
    "summary": "A search outside our borough.",
    "reply": "Ask the panel in Kent.",
}
HOLD = {"to": "children", "what": "A child is not safe at home.", "reply": ""}


def decision(move: str) -> str:
    return f"{URL}/decisions/{move}"


def seen(cast, name="grace", number=1) -> Concern:
    return run(find(cast.seats[name], number))


def move(cast, to: str, by="grace", number=1, **facts) -> Concern:
    """One plain decision."""
    concern = seen(cast, by, number)
    run(actions.triage(concern, by=cast.seats[by], decision=to, **facts))
    return concern


def hold(cast, by="sol", number=1) -> Concern:
    concern = seen(cast, by, number)
    run(actions.hold(concern, by=cast.seats[by], day=today(), **HOLD))
    return concern


def propose(cast, by="grace", number=1) -> Refusal:
    return run(refusals.propose(seen(cast, by, number), by=cast.seats[by], **REFUSAL))


def refuse(cast, by="grace", number=1) -> Refusal:
    refusal = propose(cast, by, number)
    run(refusals.agree(refusal, by=cast.seats["amara"]))
    return refusal


def said(receipt: Receipt) -> list[tuple[str, str, str]]:
    """The thread as the resident finds it: who, what kind, what."""
    return [(turn.by, turn.kind, turn.text) for turn in run(turns(concern_of(receipt)))]


def events(what: str, *columns) -> list[dict]:
    return run(Event.select(*columns).where(Event.what == what).order_by(Event.seq).run())
