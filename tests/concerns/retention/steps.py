"""Concerns as they are after a long time."""

from datetime import timedelta

from conftest import run

from concerns.steps import NOBODY, concern_of, raised
from scrutiny.concerns.retention.actions import propose_and_erase
from scrutiny.concerns.retention.tables import Erasure
from scrutiny.concerns.rules import Stage
from scrutiny.concerns.tables import Concern
from scrutiny.kit.clock import today
from scrutiny.record.tables import Event

DAY = timedelta(days=1)


def old(panel, stage, days, *, reason="", anonymous=False, **changes):
    """One at this stage for so many days, and untouched since. Gives its receipt."""
    receipt = raised(panel, **(NOBODY if anonymous else {}), **changes)
    day = today() - days * DAY
    ended = None if stage in (Stage.SUBMITTED, Stage.ACCEPTED, Stage.PAUSED) else day
    aged = {
        Concern.stage: stage.value,
        Concern.reason: reason,
        Concern.ended: ended,
        Concern.touched: day,
    }
    run(Concern.update(aged).where(Concern.number == receipt.number).run())
    return receipt


def round_of(day=None):
    return run(propose_and_erase(day or today()))


def stage_of(receipt):
    return concern_of(receipt).stage


def announced():
    return run(
        Erasure.select(Erasure.number, Erasure.day, Erasure.warned).order_by(Erasure.number).run()
    )


def recorded(what):
    return len(run(Event.select().where(Event.what == what).run()))
