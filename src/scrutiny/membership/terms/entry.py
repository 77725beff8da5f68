"""The end of a vote on the terms: into force with all that follows, or not."""

from datetime import date

from scrutiny.kit.clock import now, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.stages import advance, amend
from scrutiny.ledger.actions import enter
from scrutiny.membership.terms import letters, queries
from scrutiny.membership.terms.provisions import columns, document, unpacked
from scrutiny.membership.terms.rules import MOVES, Stage, review_by
from scrutiny.membership.terms.tables import Terms
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import COMMUNITY
from scrutiny.record.actions import record
from scrutiny.voting import actions as voting
from scrutiny.voting import queries as polls
from scrutiny.voting.rules import Result
from scrutiny.voting.tables import Poll

NOT_ALONE = 2
"""However small a quorum, nobody puts terms into force alone."""


async def settle(found: Terms, panel: Panel, by: Seat | None) -> None:
    """Inside write_tx(): count, and do what the count says. Nothing else puts terms into force."""
    poll = await polls.poll(found.poll)
    if poll.stage == "open":
        quorate = await polls.turnout(poll) >= max(panel.quorum, NOT_ALONE)
        poll = await voting.close_poll(poll.id, by=by, quorate=quorate)
    if poll.result == Result.CARRIED:
        await _put_into_force(found, panel, poll, by)
        return
    lost = poll.result in (Result.LOST, Result.TIED)
    move = "lost" if lost else "left_undecided"
    await advance(found, MOVES, move)
    await record(f"terms.{move}", found, by=by, panel=panel, public=True, result=poll.result)
    await letters.tell_all("vote_over", letters.ENDED, found, panel, COMMUNITY)


async def _put_into_force(found: Terms, panel: Panel, poll: Poll, by: Seat | None) -> None:
    """The panel's own rules change in the same transaction."""
    day, provisions = today(), unpacked(found.rules)
    earlier = await queries.in_force(panel.id)
    if earlier is not None:
        await advance(earlier, MOVES, "superseded", changed=now())
        await record("terms.superseded", earlier, by=by, panel=panel, public=True)
    due = review_by(day, provisions.review_months)
    await advance(found, MOVES, "put_into_force", in_force=day, review_by=due, changed=now())
    held = await Panel.objects(Panel.force).where(Panel.id == panel.id).first()
    changes = columns(provisions)
    await amend(held, **changes)
    facts = {"number": found.number, "poll": poll.id, "fields": sorted(changes)}
    await record("terms.put_into_force", found, by=by, panel=panel, public=True, **facts)
    title = f"Terms of reference, version {found.number}"
    place = f"/{panel.slug}/terms/{found.number}/published"
    await enter(held, "terms", title, place, published_bytes(found))
    await letters.tell_all("in_force", letters.IN_FORCE, found, held)


def published_bytes(found: Terms) -> bytes:
    return document(found.number, f"{found.in_force}", found.text, unpacked(found.rules))


async def close_due(day: date) -> int:
    """The round: votes whose last day is over are counted, whoever forgot to. Returns how many."""
    over = (Terms.stage == Stage.VOTED.value) & (Terms.vote_by < day)
    found = await Terms.select(Terms.id).where(over)
    return sum([await _close(row["id"]) for row in found])


async def _close(terms) -> bool:
    async with write_tx():
        found = await Terms.objects(Terms.panel, Terms.panel.force).where(Terms.id == terms).first()
        if found.stage != Stage.VOTED:
            return False
        await settle(found, found.panel, None)
    return True


async def review_due(day: date) -> int:
    """The round: on the day of its review a version is under review. Returns how many."""
    due = (Terms.stage == Stage.IN_FORCE.value) & (Terms.review_by <= day)
    found = await Terms.select(Terms.id).where(due)
    return sum([await _review(row["id"]) for row in found])


async def _review(terms) -> bool:
    async with write_tx():
        found = await Terms.objects(Terms.panel).where(Terms.id == terms).first()
        if found.stage != Stage.IN_FORCE:
            return False
        await advance(found, MOVES, "put_under_review")
        await record("terms.put_under_review", found, panel=found.panel, public=True)
        await letters.tell_of_review(found, found.panel)
    return True
