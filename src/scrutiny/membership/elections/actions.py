"""Call an election, put somebody forward, second, stand, vote, and count."""

import secrets
from datetime import date
from uuid import UUID

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.stages import advance, amend
from scrutiny.membership.elections import letters, queries, rules
from scrutiny.membership.elections.rules import MOVES, Stage
from scrutiny.membership.elections.seating import seat_winner
from scrutiny.membership.elections.tables import Election, Nomination
from scrutiny.people.actions import once
from scrutiny.people.constitution import Majority, Method, constitution_of
from scrutiny.people.rules import role_name
from scrutiny.people.tables import Panel, Seat
from scrutiny.record.actions import record
from scrutiny.voting import actions as voting
from scrutiny.voting import queries as polls
from scrutiny.voting.rules import ABSTAIN, VOTING, Result, leaders, usual_choices
from scrutiny.voting.tables import Poll

UNDER_WAY = "An election for this office is under way already."
NOMINATIONS_OVER = "Nominations are closed."


def address(panel: Panel, election: UUID) -> str:
    return f"/{panel.slug}/elections/{election}"


@writes
async def call(
    office: str, nominate_by: date, vote_by: date, since: date, *, by: Seat, form_key: str
) -> Election:
    """Open the nominations. Raises NotNow while one for the same office is under way."""
    panel = by.panel
    if any(one.office == office for one in await queries.open_elections(panel.id)):
        await once(form_key, f"/{panel.slug}/elections")
        raise NotNow(UNDER_WAY)
    days = {"nominate_by": nominate_by, "vote_by": vote_by, "since": since}
    made = Election(panel=panel.id, office=office, **days)
    await Election.insert(made)
    await record("election.called", made, by=by, office=office)
    people = [seat.person for seat in await queries.voters(panel)]
    await letters.tell_voters("called", letters.CALLED, made, panel, people, by=nominate_by)
    await once(form_key, address(panel, made.id))
    return made


@writes
async def nominate(election: UUID, person: UUID, *, by: Seat, form_key: str) -> None:
    """Put somebody of the community side forward, oneself as well.

    Raises NotNow too late, a second time, and for whoever had the office as long as the terms
    allow; Missing for somebody who does not sit here, or whose seat is given up or taken away.
    """
    held = await _nominating(election, by)
    seat = next((s for s in await queries.eligible(by.panel) if s.person.id == person), None)
    if seat is None:
        raise Missing("Nobody of that name sits on the community side of this panel.")
    if any(one.seat.person.id == person for one in await queries.nominations(held)):
        await once(form_key, address(by.panel, held.id))
        raise NotNow("They are put forward already.")
    await _must_be_eligible(held, seat)
    own = person == by.person.id
    put = Nomination(
        election=held.id, seat=seat.id, by=by.id, accepted=True if own else None, at=now()
    )
    await Nomination.insert(put)
    await record("election.nominated", held, by=by, seat=seat.id)
    if not own:
        await letters.tell_nominee(put, seat.person, held, by.panel)
    await once(form_key, address(by.panel, held.id))


async def _nominating(election: UUID, by: Seat) -> Election:
    held = await queries.election(by.panel, election)
    if held.stage != Stage.NOMINATING or held.nominate_by < today():
        raise NotNow(NOMINATIONS_OVER)
    return held


async def _must_be_eligible(held: Election, seat: Seat) -> None:
    before = await queries.offices_of(held.panel.id, seat.person.id, held.office)
    most = constitution_of(held.panel).most_chair_terms
    if why := rules.eligibility_problem(rules.next_term(before, held.since), most):
        raise NotNow(why)


@writes
async def second(election: UUID, nomination: UUID, *, by: Seat) -> None:
    """Raises NotNow for the nominee, the proposer, and when somebody did already."""
    held = await _nominating(election, by)
    put = await queries.nomination(held, nomination)
    people = by.person.id, put.seat.person.id, put.by.person.id
    if why := rules.seconding_problem(*people):
        raise NotNow(why)
    if put.seconded_by.id is not None:
        raise NotNow("Somebody has seconded it already.")
    await Nomination.update({Nomination.seconded_by: by.id}).where(Nomination.id == put.id)
    await record("election.seconded", held, by=by, nomination=put.id)


@writes
async def answer(
    election: UUID, nomination: UUID, stands: bool, statement: str, *, by: Seat
) -> None:
    """The nominee stands, or does not; until the vote they may think again.

    Raises Missing for anybody else.
    """
    held = await queries.election(by.panel, election)
    put = await queries.nomination(held, nomination)
    if put.seat.person.id != by.person.id:
        raise Missing("Only whoever is put forward says whether they stand.")
    if held.stage != Stage.NOMINATING:
        raise NotNow(NOMINATIONS_OVER)
    said = {Nomination.accepted: stands, Nomination.statement: statement.strip()}
    await Nomination.update(said).where(Nomination.id == put.id)
    await record("election.stands" if stands else "election.declined", held, by=by)


@writes
async def put_to_the_vote(election: UUID, seen: int, *, by: Seat, vote_by: date) -> None:
    """Open the vote, or a further round; of those who were level at the top, if there were such.

    One candidate alone is put for and against by the panel's own method, several to a secret
    vote. Raises NotNow without a candidate or too soon, Stale.
    """
    held = await queries.election(by.panel, election)
    held.version = seen
    if not rules.may_be_put_to_vote(held.stage, held.nominate_by, today()):
        raise NotNow("Nominations are still open.")
    candidates = await _candidates(held)
    if not candidates:
        raise NotNow("Nobody stands yet: somebody has to be seconded and say that they stand.")
    poll = await _put(held, candidates, by)
    changes = {"poll": poll.id, "rounds": held.rounds + 1, "vote_by": vote_by}
    await advance(held, MOVES, "put_to_the_vote", **changes)
    await record("election.put_to_the_vote", held, by=by, candidates=len(candidates))
    people = [seat.person for seat in await queries.voters(by.panel)]
    await letters.tell_voters("vote", letters.VOTING, held, by.panel, people, by=vote_by)


async def _candidates(held: Election) -> list[Seat]:
    found = await queries.standing(held)
    if held.poll is None or held.stage != Stage.UNDECIDED:
        return found
    last = await polls.poll(held.poll)
    if last.result != Result.TIED or len(found) == 1:
        return found
    level = leaders(await polls.counts(last))
    return [seat for seat in found if str(seat.id) in level]


async def _put(held: Election, candidates: list[Seat], by: Seat) -> Poll:
    agreed, office = constitution_of(held.panel), role_name(held.office).lower()
    if len(candidates) == 1:
        method, majority = agreed.method, agreed.majority
        question = f"Shall {candidates[0].person.name} be {office}?"
        choices = usual_choices(method)
    else:
        method, majority = Method.SECRET, Majority.SIMPLE
        question = f"Who shall be {office}?"
        choices = {str(seat.id): seat.person.name for seat in candidates}
        choices[ABSTAIN] = VOTING[ABSTAIN]
    electors = [seat.id for seat in await queries.voters(by.panel)]
    about = {"electors": electors, "about": held.id, "kind": held.office}
    return await voting.open_poll(
        by.panel, question, choices, method=method, majority=majority, by=by, **about
    )


@writes
async def vote(election: UUID, choice: str, *, by: Seat) -> None:
    """Raises NotNow for a second vote, or when none is open; Missing when not asked."""
    held = await queries.election(by.panel, election)
    if held.stage != Stage.VOTING:
        raise NotNow("No vote is open.")
    await voting.cast_vote(held.poll, choice, by=by)


@writes
async def count(election: UUID, seen: int, *, by: Seat) -> None:
    """Close the vote. Raises NotNow before its last day while somebody has still to vote, Stale."""
    held = await queries.election(by.panel, election)
    held.version = seen
    if held.stage != Stage.VOTING:
        raise NotNow("No vote is open.")
    poll = await polls.poll(held.poll)
    voted = await polls.turnout(poll)
    if not rules.may_be_counted(held.vote_by, voted, len(polls.electors_of(poll)), today()):
        raise NotNow("The vote is still open: not everybody has voted.")
    if poll.stage == "open":
        quorate = voted >= held.panel.quorum
        poll = await voting.close_poll(poll.id, by=by, quorate=quorate)
    winner = await _winner(held, poll)
    if winner is None:
        await advance(held, MOVES, "left_undecided")
        await record("election.left_undecided", held, by=by, result=poll.result)
        people = [seat.person for seat in await queries.voters(by.panel)]
        await letters.tell_voters("undecided", letters.UNDECIDED, held, by.panel, people)
    else:
        await _elect(held, winner, by)


async def _winner(held: Election, poll: Poll) -> Seat | None:
    """The one who was chosen, or the only candidate, if it was carried."""
    put = [one.seat for one in await queries.nominations(held)]
    if poll.result == Result.CARRIED:
        stood = await queries.standing(held)
        return stood[0] if len(stood) == 1 else None
    return next((seat for seat in put if str(seat.id) == poll.result), None)


@writes
async def draw_lots(election: UUID, seen: int, *, by: Seat) -> None:
    """Let chance choose among those who were level, and say so. Raises NotNow without a tie."""
    held = await queries.election(by.panel, election)
    held.version = seen
    if held.stage != Stage.UNDECIDED:
        raise NotNow("Lots are drawn only after a tie.")
    last = await polls.poll(held.poll)
    level = await _candidates(held)
    if last.result != Result.TIED or len(level) < 2:
        raise NotNow("Lots are drawn only after a tie.")
    await _elect(held, secrets.choice(level), by, by_lot=True)


async def _elect(held: Election, winner: Seat, by: Seat, by_lot: bool = False) -> None:
    office = await seat_winner(held, winner, by)
    since = {"since": office.since if office.since > held.since else held.since}
    done = {"elected": winner.id, "office_seat": office.id, "by_lot": by_lot, **since}
    await advance(held, MOVES, "elected", **done)
    await record("election.elected", held, by=by, public=True, seat=winner.id, by_lot=by_lot)
    people = [seat.person for seat in await queries.voters(by.panel)]
    told = {"name": winner.person.name, "since": held.since}
    await letters.tell_voters("result", letters.RESULT, held, by.panel, people, **told)


@writes
async def reopen(
    election: UUID, seen: int, nominate_by: date, vote_by: date, since: date, *, by: Seat
) -> None:
    """Take nominations anew after a vote that elected nobody. Raises NotNow, Stale."""
    held = await queries.election(by.panel, election)
    held.version = seen
    days = {"nominate_by": nominate_by, "vote_by": vote_by, "since": since}
    await advance(held, MOVES, "reopened", poll=None, **days)
    await record("election.reopened", held, by=by)
    people = [seat.person for seat in await queries.voters(by.panel)]
    await letters.tell_voters("called", letters.CALLED, held, by.panel, people, by=nominate_by)


@writes
async def call_off(election: UUID, seen: int, reason: str, *, by: Seat) -> None:
    """With a reason that everybody concerned reads. Raises NotNow once somebody is elected."""
    held = await queries.election(by.panel, election)
    held.version = seen
    if held.stage == Stage.VOTING and (await polls.poll(held.poll)).stage == "open":
        await voting.cancel_poll(held.poll, by=by)
    await advance(held, MOVES, "called_off", reason=reason.strip())
    await record("election.called_off", held, by=by)
    people = [seat.person for seat in await queries.voters(by.panel)]
    await letters.tell_voters("called_off", letters.CALLED_OFF, held, by.panel, people)


@writes
async def write_handover(election: UUID, seen: int, text: str, *, by: Seat) -> None:
    """What the one before hands on. Raises NotNow for anybody else, Stale."""
    held = await queries.election(by.panel, election)
    if not await queries.hands_on(held, by.person.id):
        raise NotNow("Only whoever holds the office until then writes this.")
    held.version = seen
    await amend(held, handover=text.strip())
    await record("election.handover_written", held, by=by)
