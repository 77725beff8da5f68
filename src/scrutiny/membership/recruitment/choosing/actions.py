"""The panel chooses: shortlist, interview, an outcome that one proposes and another confirms."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from scrutiny.kit.clock import today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow, Stale
from scrutiny.kit.seal import seal
from scrutiny.kit.stages import advance, amend, step
from scrutiny.membership.recruitment import letters, queries
from scrutiny.membership.recruitment.rules import (
    LEAST_SCORERS,
    MOVES,
    OFFER_STANDS,
    Stage,
    may_confirm,
)
from scrutiny.membership.recruitment.tables import Application, Scorer
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.policy import CHAIRS
from scrutiny.record.actions import record

CHANGED = "Somebody else changed this application a moment ago. Please look again."
NOT_SCORED = "It needs at least two who score, and each of them has to have scored."
NO_PLACE = "Every place of this call is offered or taken."
TWO_DECIDE = "One who chairs and one of the secretariat decide together: the other confirms it."


@dataclass(frozen=True)
class Outcome:
    """One of rules.OUTCOMES, why not as a code, and what the applicant reads."""

    move: str
    reason: str
    feedback: str


async def _seen(known: UUID, seen: int, by: Seat) -> Application:
    row = await queries.find(by, known)
    if row.version != seen:
        raise Stale(CHANGED)
    return row


def _facts(row: Application) -> dict[str, int]:
    return {"call": row.call.number, "number": row.number}


def _sealed_feedback(row: Application, words: str) -> bytes:
    return seal(words, f"application feedback|{row.id}")


@writes
async def shortlist(known: UUID, seen: int, *, by: Seat) -> None:
    row = await _seen(known, seen, by)
    await advance(row, MOVES, "shortlisted", screened=True)
    await record("application.shortlisted", row, by=by, **_facts(row))
    await letters.tell_applicant(row, by.panel)


@writes
async def not_shortlist(known: UUID, seen: int, reason: str, feedback: str, *, by: Seat) -> None:
    """With feedback, which the applicant reads by their code. Raises NotNow, Stale."""
    row = await _seen(known, seen, by)
    told = {"reason": reason, "sealed_feedback": _sealed_feedback(row, feedback)}
    await advance(row, MOVES, "not_shortlisted", settled=today(), decided=by.id, **told)
    await record("application.not_shortlisted", row, by=by, reason=reason, **_facts(row))
    await letters.tell_applicant(row, by.panel)


@writes
async def set_interview(
    known: UUID, seen: int, at: datetime, place: str, people: Collection[UUID], *, by: Seat
) -> None:
    """When and where it is and who scores it; whoever scored already stays.

    Raises NotNow off the shortlist, without two who can score, and once all have scored; Stale.
    """
    row = await _seen(known, seen, by)
    if row.stage != Stage.SHORTLISTED:
        raise NotNow("Only somebody on the shortlist is invited.")
    if (await queries.scored(by.person, [row]))[row.id].is_complete:
        raise NotNow("Everybody has scored this interview already.")
    able = {one.id: one for one in await queries.who_can_score(by.panel, row)}
    chosen = {one: able[one] for one in people if one in able}
    if len(chosen) < LEAST_SCORERS:
        raise NotNow("Choose at least two people who score, and who do not know the applicant.")
    same = row.interview == at and row.place == place
    await amend(row, interview=at, place=place)
    fresh = await _ask(row, chosen)
    await record("application.interview", row, by=by, scorers=len(chosen), **_facts(row))
    if not same:
        await letters.invite(row, by.panel)
    for person in fresh:
        await letters.ask_scorer(row, by.panel, person)


async def _ask(row: Application, chosen: dict[UUID, Person]) -> list[Person]:
    """Keep these as the scorers, with whoever scored; returns those newly asked."""
    given = (await queries.scores([row.id]))[row.id]
    before = {one.person.id: one for one in (await queries.scorers([row.id]))[row.id]}
    for person, one in before.items():
        if person not in chosen and person not in given:
            await Scorer.delete().where(Scorer.id == one.id)
    fresh = [chosen[one] for one in chosen if one not in before]
    for person in fresh:
        await Scorer.insert(Scorer(application=row.id, person=person.id))
    return fresh


@writes
async def propose(known: UUID, seen: int, outcome: Outcome, *, by: Seat) -> None:
    """What should become of it, for a second person to confirm; a new one takes the place of one
    that waits. Raises NotNow before everybody has scored, or without a place; Stale."""
    row = await _seen(known, seen, by)
    step(MOVES, row.stage, outcome.move)
    so_far = (await queries.scored(by.person, [row]))[row.id]
    if row.stage == Stage.SHORTLISTED and not so_far.is_complete:
        raise NotNow(NOT_SCORED)
    await _must_have_place(row, outcome.move)
    told = {"move": outcome.move, "reason": outcome.reason, "feedback": outcome.feedback}
    sealed = seal(json.dumps(told), f"application proposal|{row.id}")
    await amend(row, sealed_proposal=sealed, proposed=by.id)
    await record("application.proposed", row, by=by, outcome=outcome.move, **_facts(row))
    await letters.tell_convenors(by.panel, "proposed", f"{row.id}|{row.version}", by.person)


async def _must_have_place(row: Application, move: str) -> None:
    if move == "offered":
        so_far = (await queries.by_stage([row.call.id]))[row.call.id]
        if so_far[Stage.OFFERED] + so_far[Stage.ACCEPTED] >= row.call.places:
            raise NotNow(NO_PLACE)


@writes
async def confirm(known: UUID, seen: int, *, by: Seat) -> None:
    """Agree with what somebody else proposed: the applicant is told.

    Raises NotNow where one alone, or one side alone, would decide; Stale.
    """
    row = await _seen(known, seen, by)
    told = queries.proposal(row)
    if told is None:
        raise NotNow("No outcome was proposed for this application.")
    await _must_be_second(row, by)
    await _must_have_place(row, told["move"])
    changes = {
        "sealed_feedback": _sealed_feedback(row, told["feedback"]),
        "reason": told["reason"],
        "sealed_proposal": None,
        "proposed": None,
        "decided": by.id,
        **_kept(told["move"], by.panel),
    }
    await advance(row, MOVES, told["move"], **changes)
    facts = _facts(row) | {"outcome": told["move"], "reason": told["reason"]}
    await record("application.decided", row, by=by, **facts)
    offer = letters.OFFER.format(by=row.answer_by) if row.answer_by else letters.UPDATE
    await letters.tell_applicant(row, by.panel, offer)


def _kept(move: str, panel: Panel) -> dict:
    """Until when an offer stands and on what conditions, or from when the rest is kept."""
    if move != "offered":
        return {"settled": today()}
    asked = json.dumps([one.value for one in constitution_of(panel).before_active])
    return {"conditions": asked, "answer_by": today() + OFFER_STANDS, "settled": None}


async def _must_be_second(row: Application, by: Seat) -> None:
    sides = {seat.role in CHAIRS for seat in await queries.convenors_of(by.panel, row)}
    proposer = row.proposed.person.id, row.proposed.role in CHAIRS
    if not may_confirm(proposer, (by.person.id, by.role in CHAIRS), len(sides) == 2):
        raise NotNow(TWO_DECIDE)


@writes
async def turn_down(known: UUID, seen: int, *, by: Seat) -> None:
    """Not agree with a proposal, or take back one's own; the application stays where it was."""
    row = await _seen(known, seen, by)
    if row.sealed_proposal is None:
        raise NotNow("No outcome was proposed for this application.")
    await amend(row, sealed_proposal=None, proposed=None)
    await record("application.turned_down", row, by=by, **_facts(row))
