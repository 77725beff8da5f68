"""Scoring an interview alone, and standing back from somebody one knows."""

from collections.abc import Sequence
from uuid import UUID

from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.seal import seal
from scrutiny.kit.stages import amend
from scrutiny.membership.recruitment import queries
from scrutiny.membership.recruitment.rules import Stage
from scrutiny.membership.recruitment.tables import Application, Score, Scorer
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record


@writes
async def score(known: UUID, points: Sequence[int], note: str, *, by: Seat) -> None:
    """Give 0 to 4 for each criterion of the call, once and for all.

    Raises Missing when not asked to score it; NotNow too early, too late and a second time.
    """
    row = await queries.find(by, known)
    asked = [one.person.id for one in (await queries.scorers([row.id]))[row.id]]
    if by.person.id not in asked:
        raise NotNow("You are not asked to score this interview.")
    if row.stage != Stage.SHORTLISTED or row.interview is None or row.interview > now():
        raise NotNow("Scores are given once the interview has begun, and until it is decided.")
    if by.person.id in (await queries.scores([row.id]))[row.id]:
        raise NotNow("You have scored this interview already.")
    words = note.strip()
    sealed = seal(words, f"score|{row.id}|{by.person.id}") if words else None
    for criterion, given in enumerate(points):
        one = Score(application=row.id, by=by.person.id, criterion=criterion, points=given)
        one.sealed_note = sealed if criterion == 0 else None
        await Score.insert(one)
    facts = {"call": row.call.number, "number": row.number}
    await record("application.scored", row, by=by, **facts)


@writes
async def stand_back(known: UUID, *, by: Seat) -> None:
    """Say that one knows the applicant: from now on it is gone for this person, and what they
    gave or proposed does not count. Raises Missing for one that is not theirs to see."""
    row = await queries.find(by, known)
    mine = (Scorer.application == row.id) & (Scorer.person == by.person.id)
    await Scorer.delete().where(mine)
    await Scorer.insert(Scorer(application=row.id, person=by.person.id, tied=True))
    gave = (Score.application == row.id) & (Score.by == by.person.id)
    await Score.delete().where(gave)
    await _take_back_proposal(row, by)
    facts = {"call": row.call.number, "number": row.number}
    await record("application.stood_back", row, by=by, **facts)


async def _take_back_proposal(row: Application, by: Seat) -> None:
    if row.sealed_proposal is not None and row.proposed.person.id == by.person.id:
        await amend(row, sealed_proposal=None, proposed=None)
