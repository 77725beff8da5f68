"""Put a question, vote once each, take out who is recused, close it, keep what some do not share.

All of it inside the caller's write_tx(): a vote is always part of a larger deed.
"""

import json
from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from scrutiny.kit.clock import midnight, now, today
from scrutiny.kit.db import keep, write_sql
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.stages import advance, amend
from scrutiny.people.constitution import Majority, Method
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record
from scrutiny.voting import queries, rules
from scrutiny.voting.rules import MOVES, Stage
from scrutiny.voting.tables import Dissent, Hand, Poll, Tally, Voted

OVER = "This vote is over."
ALREADY = "You have voted already. A vote is cast once."
NOT_YOURS = "You do not vote on this."
NOTHING = "Choose how you vote."
UNKNOWN = "That cannot be chosen in this vote. Choose one of those shown."
COUNT = (
    "UPDATE tally SET count = count + CASE WHEN choice = {} THEN 1 ELSE 0 END WHERE poll = {}"
    " RETURNING choice"
)
"""Every row is written again with each vote, so that none tells which vote touched it last."""


async def open_poll(
    panel: Panel,
    question: str,
    choices: Mapping[str, str],
    *,
    method: str,
    majority: str,
    electors: Iterable[UUID],
    about: UUID | None,
    kind: str,
    by: Seat,
) -> Poll:
    """Put a question to these seats. Whoever is recused is left out by the caller.

    A person with two seats votes once. Raises NotNow when nobody could vote.
    """
    found = Poll(
        panel=panel.id,
        about=about,
        kind=kind,
        question=question,
        choices=json.dumps([{"key": key, "words": words} for key, words in choices.items()]),
        method=Method(method).value,
        majority=Majority(majority).value,
        electors=json.dumps(await _one_each(panel, electors)),
        opened=now(),
    )
    await keep(found)
    if method == Method.SECRET:
        for choice in choices:
            await keep(Tally(id=uuid4(), poll=found.id, choice=choice))
    await record("poll.opened", found, by=by, kind=kind, method=found.method, choices=len(choices))
    return found


async def _one_each(panel: Panel, electors: Iterable[UUID]) -> list[str]:
    wanted = (Seat.panel == panel.id) & Seat.id.is_in(list(electors) or [uuid4()])
    seats = await Seat.select(Seat.id, Seat.person).where(wanted).order_by(Seat.id)
    found = {row["person"]: str(row["id"]) for row in seats}
    if not found:
        raise NotNow("Nobody could vote on this.")
    return list(found.values())


async def cast_vote(poll: UUID, choice: str, *, by: Seat) -> None:
    """Vote, once. Raises Missing when not asked, NotNow for a second vote or one too late.

    Of a secret vote the count goes up and it is kept that this person voted: not when, not in
    which order, and nothing that joins the two.
    """
    found = await _open(poll)
    seat = await queries.elector(found, by.person.id)
    if seat is None:
        raise Missing(NOT_YOURS)
    if choice not in queries.choices_of(found):
        raise NotNow(UNKNOWN if choice else NOTHING)
    if await queries.has_voted(found, by.person.id):
        raise NotNow(ALREADY)
    await keep(Voted(id=uuid4(), poll=found.id, person=by.person.id))
    if found.method == Method.SECRET:
        await write_sql(COUNT, choice, found.id)
        await record("poll.voted", found, panel=found.panel, day=today())
    else:
        await keep(Hand(poll=found.id, seat=seat.id, choice=choice))
        await record("poll.voted", found, by=by, choice=choice)


async def _open(poll: UUID) -> Poll:
    found = await queries.poll(poll)
    if found.stage != Stage.OPEN:
        raise NotNow(OVER)
    return found


async def withdraw_elector(poll: UUID, seat: Seat, *, by: Seat | None = None) -> Poll:
    """Take somebody who is recused out of a vote, whichever of their seats it counted.

    What they chose openly is taken back. Of a secret vote nobody can: it becomes void, and the
    question has to be put again. A vote that is over, or not theirs, stays as it is.
    """
    found = await queries.poll(poll)
    theirs = await queries.elector(found, seat.person.id)
    if found.stage != Stage.OPEN or theirs is None:
        return found
    left = [str(one) for one in queries.electors_of(found) if one != theirs.id]
    voted = await queries.has_voted(found, seat.person.id)
    if voted and found.method == Method.SECRET:
        await advance(found, MOVES, "void", electors=json.dumps(left), closed=now())
        await Tally.delete().where(Tally.poll == found.id)
        await record("poll.void", found, by=by or seat, electors=len(left))
        return found
    mine = (Voted.poll == found.id) & (Voted.person == seat.person.id)
    await Voted.delete().where(mine)
    await Hand.delete().where((Hand.poll == found.id) & (Hand.seat == theirs.id))
    await amend(found, electors=json.dumps(left))
    await record("poll.elector_withdrawn", found, by=by or seat, electors=len(left))
    return found


async def close_poll(poll: UUID, *, by: Seat | None, quorate: bool = True) -> Poll:
    """Count and keep the result: see rules.result. Raises NotNow when it is over.

    `by` is nobody where the day for it has come and the round closes it.
    """
    found = await _open(poll)
    counts = await queries.counts(found)
    result = rules.result(found.method, found.majority, counts, quorate=quorate)
    await advance(found, MOVES, "closed", result=str(result), closed=now())
    told = {"result": str(result), "votes": sum(counts.values())}
    await record("poll.closed", found, by=by, panel=found.panel, **told)
    return found


async def cancel_poll(poll: UUID, *, by: Seat) -> Poll:
    """End a vote without counting it. Raises NotNow when it is over."""
    found = await _open(poll)
    await advance(found, MOVES, "void", closed=now())
    await Tally.delete().where(Tally.poll == found.id)
    await record("poll.void", found, by=by)
    return found


async def add_dissent(poll: UUID, text: str, *, named: bool, by: Seat) -> Dissent:
    """Keep why somebody who could vote does not agree; unnamed, only the day of it is kept.

    Raises Missing for anybody else, NotNow when the words are too many or none.
    """
    found = await queries.poll(poll)
    seat = await queries.elector(found, by.person.id)
    if seat is None:
        raise Missing(NOT_YOURS)
    if problem := rules.dissent_problem(text):
        raise NotNow(problem)
    at = now() if named else midnight(today())
    kept = Dissent(poll=found.id, seat=seat.id if named else None, text=text.strip(), at=at)
    kept.id = kept.id if named else uuid4()
    await keep(kept)
    if named:
        await record("poll.dissent", found, by=by)
    else:
        await record("poll.dissent", found, panel=found.panel, day=today())
    return kept
