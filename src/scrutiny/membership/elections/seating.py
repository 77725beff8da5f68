"""Who was elected takes office, and the one before lays it down, each on their day."""

from datetime import date, timedelta

from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import advance, amend
from scrutiny.membership.actions import end_now
from scrutiny.membership.elections import letters, queries
from scrutiny.membership.elections.rules import MOVES, Stage, due_reminder, last_day, next_term
from scrutiny.membership.elections.tables import Election
from scrutiny.membership.queries import roles_held
from scrutiny.membership.rules import Reason
from scrutiny.membership.standing.actions import appoint
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Person, Seat
from scrutiny.policy import AFTER_OFFICE, CHAIRS, counts_for_quorum
from scrutiny.record.actions import record


async def seat_winner(election: Election, winner: Seat, by: Seat) -> Seat:
    """Inside write_tx(): the seat of the office from its first day, beside the member's own.

    Whoever holds the office keeps it until the day before, then stays on as a member. Somebody
    elected again keeps the seat for one term more.
    """
    panel, since = by.panel, max(election.since, today())
    before = await queries.in_office(panel.id, election.office, today())
    terms = await queries.offices_of(panel.id, winner.person.id, election.office)
    until = last_day(since, constitution_of(election.panel).chair_term_years)
    changes = {"until": until, "term": next_term(terms, since)}
    mine = next((seat for seat in before if seat.person.id == winner.person.id), None)
    for seat in before:
        if seat is not mine:
            await _lay_down(seat, since, by)
    if mine is not None:
        await amend(mine, **changes)
        await record("seat.renewed", mine, by=by, public=True, term=mine.term)
        return mine
    await _leave_other_offices(winner, election.office, since, by)
    words = {"route": "elected", "represents": winner.represents, "onboarding": False}
    seat = await appoint(
        panel, winner.person, election.office, since=since, until=until, by=by, **words
    )
    await amend(seat, term=changes["term"], public_name=winner.public_name)
    return seat


async def _leave_other_offices(winner: Seat, office: str, since: date, by: Seat) -> None:
    """Nobody holds two offices; the member's seat stays."""
    for other in sorted(CHAIRS - {office}):
        for seat in await queries.in_office(by.panel.id, other, today()):
            if seat.person.id == winner.person.id:
                await _lay_down(seat, since, by)


async def _lay_down(seat: Seat, since: date, by: Seat) -> None:
    """The office ends the day before; without a member's seat they are given one."""
    if seat.since >= since:
        raise NotNow("Somebody is to hold this office later. End that seat first.")
    await end_now(seat, by=by, last_day=since - timedelta(days=1), reason=Reason.TERM_OVER)
    if not await _sits(seat.person, since, by):
        words = {"route": seat.route, "represents": seat.represents, "onboarding": False}
        kept = await appoint(
            by.panel, seat.person, AFTER_OFFICE, since=since, until=None, by=by, **words
        )
        await amend(kept, public_name=seat.public_name)


async def _sits(person: Person, on: date, by: Seat) -> bool:
    held = await roles_held(by.panel.id, person.id, on)
    return any(counts_for_quorum(role) for role in held)


async def hand_over(day: date) -> int:
    """The round: whoever was elected is in office from today. Returns how many."""
    due = (Election.stage == Stage.ELECTED.value) & (Election.since <= day)
    found = await Election.select(Election.id).where(due)
    return sum([await _hand_over(row["id"]) for row in found])


async def _hand_over(election) -> bool:
    async with write_tx():
        held = await Election.objects(*queries.JOINED).where(Election.id == election).first()
        if held.stage != Stage.ELECTED:
            return False
        seat = await Seat.objects(Seat.panel, Seat.person).where(Seat.id == held.office_seat)
        await advance(held, MOVES, "handed_over")
        await record("election.handed_over", held, panel=held.panel, public=True)
        for one in seat:
            await letters.tell_in_office(held, one)
    return True


async def remind(day: date) -> int:
    """The round: that the term of an office ends, 90 and 30 days before and on its last day."""
    found = await queries.ending(day)
    for seat in found:
        async with write_tx():
            await letters.tell_of_ending(seat, due_reminder(seat.until, day))
    return len(found)
