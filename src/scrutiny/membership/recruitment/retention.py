"""What applicants sent is erased in time; how many they were, and what was decided, stays."""

from datetime import date, timedelta
from uuid import UUID

from scrutiny.kit.clock import today as day_now
from scrutiny.kit.db import scrub, writes
from scrutiny.kit.stages import advance
from scrutiny.leaks import actions as leaks
from scrutiny.membership.recruitment import letters, queries
from scrutiny.membership.recruitment.rules import MOVES, Stage, is_kept_too_long
from scrutiny.membership.recruitment.tables import Application, Score, Scorer
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import ONBOARDING
from scrutiny.record.actions import record

AT_ONCE = 100


async def erase(application: Application) -> None:
    """Inside write_tx(): answers, feedback, scores and letters go, and the code opens nothing."""
    await Score.delete().where(Score.application == application.id)
    await Scorer.delete().where(Scorer.application == application.id)
    await letters.forget(application)
    await leaks.forget(application.call.panel, application.id)
    gone = {
        Application.sealed: b"",
        Application.sealed_feedback: None,
        Application.sealed_proposal: None,
        Application.code_hash: str(application.id),
        Application.place: "",
        Application.erased: day_now(),
        Application.version: application.version + 1,
    }
    await Application.update(gone).where(Application.id == application.id)


async def erase_due(today: date) -> int:
    """For the round: offers that lapsed, and what is kept too long; returns how many were erased.

    Six months after it was settled, twelve on the reserve list; of whoever has a seat once they
    are past joining.
    """
    await _lapse_due(today)
    count = 0
    while found := await _erase_some(today):
        count += found
    if count:
        await scrub()
    return count


@writes
async def _erase_some(today: date) -> int:
    found = await (
        Application.objects(Application.call)
        .where(Application.erased.is_null() & (_old(today) | _seated(today)))
        .order_by(Application.settled, Application.id)
        .limit(AT_ONCE)
    )
    due = [one for one in found if _is_due(one, today)]
    for one in due:
        await erase(one)
        facts = {"call": one.call.number, "number": one.number}
        await record("application.erased", one, panel=one.call.panel, day=today, **facts)
    return len(due)


def _old(today: date):
    """Settled long enough ago, to within the few days by which months differ."""
    waits = Application.stage == Stage.RESERVE
    long_ago = waits & (Application.settled <= today - timedelta(days=365))
    ended = [one.value for one in (Stage.NOT_SELECTED, Stage.DECLINED, Stage.WITHDRAWN)]
    over = Application.stage.is_in(ended) & (Application.settled <= today - timedelta(days=181))
    return long_ago | over


def _seated(today: date):
    """Accepted, and no longer joining: the seat is active, or over."""
    lasts = Seat.until.is_null() | (Seat.until >= today)
    joining = Seat.select(Seat.id).where((Seat.stage == ONBOARDING) & lasts)
    return (Application.stage == Stage.ACCEPTED) & Application.seat.not_in(joining)


def _is_due(one: Application, today: date) -> bool:
    return one.stage == Stage.ACCEPTED or is_kept_too_long(one.stage, one.settled, today)


async def _lapse_due(today: date) -> None:
    over = (Application.stage == Stage.OFFERED) & (Application.answer_by < today)
    for row in await Application.select(Application.id).where(over).limit(AT_ONCE):
        await _lapse(row["id"], today)


@writes
async def _lapse(known: UUID, today: date) -> None:
    row = await Application.objects(*queries.JOINED).get(Application.id == known)
    if row is None or row.stage != Stage.OFFERED:
        return
    await advance(row, MOVES, "lapsed", settled=today)
    panel = await Panel.objects(Panel.force).get(Panel.id == row.call.panel)
    facts = {"call": row.call.number, "number": row.number}
    await record("application.lapsed", row, panel=panel, day=today, **facts)
    await letters.tell_applicant(row, panel)
    await letters.tell_convenors(panel, "lapsed", f"{row.id}")
