"""Put something to the meeting, vote on it, record the result, keep what some do not share."""

from collections.abc import Mapping
from uuid import UUID

from scrutiny.agendas.access import reader_of
from scrutiny.agendas.queries import item_for
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow
from scrutiny.kit.stages import advance
from scrutiny.kit.words import many_lines, one_line
from scrutiny.meetings.calendar import address
from scrutiny.meetings.tables import Meeting
from scrutiny.people.actions import once
from scrutiny.people.constitution import Method, constitution_of
from scrutiny.people.tables import Seat
from scrutiny.record.actions import record
from scrutiny.room import queries
from scrutiny.room.actions import in_session
from scrutiny.room.deciding.queries import Put, decision_for, vote_of
from scrutiny.room.deciding.rules import MOVES, Stage, outcome
from scrutiny.room.rules import Standing, no_quorum
from scrutiny.room.tables import Decision
from scrutiny.voting import actions as voting
from scrutiny.voting import rules as votes

VOID = (
    "This vote is void, as somebody who had voted takes no part any more. Withdraw it, then put "
    "it again."
)
NOT_HERE = (
    "You are not recorded as somebody who is here and takes part in this. Ask whoever runs the "
    "meeting."
)
ON_PAPER = "This vote is secret: each member votes for themselves, on their own page."


@writes
async def put(seen: Meeting, known: UUID, text: str, *, by: Seat, form_key: str = "") -> Decision:
    """Put a decision to those who are here and may take part, under the panel's own rule.

    Raises NotNow without a quorum: the meeting may go on, but it decides nothing.
    """
    meeting = await in_session(seen)
    item = await item_for(await reader_of(by, by.panel), meeting, known)
    there = await _quorum(meeting, item, by)
    own = constitution_of(by.panel)
    words, at = one_line(text), now()
    row = Decision(meeting=meeting.id, item=item.id, text=words, by=by.id, at=at)
    row.present, row.needed = there.present, there.needed
    poll = await voting.open_poll(
        by.panel,
        words,
        votes.usual_choices(own.method),
        method=own.method,
        majority=own.majority,
        electors=[one.seat for one in there.able],
        about=row.id,
        kind="decision",
        by=by,
    )
    row.poll = poll.id
    await Decision.insert(row)
    await record("decision.put", row, by=by, present=there.present, needed=there.needed)
    await once(form_key, f"{address(by.panel, meeting)}/room/decisions/{row.id}")
    return row


@writes
async def vote(seen: Meeting, known: UUID, choice: str, *, by: Seat) -> None:
    """One member's own vote. Raises NotNow for a second one, or for somebody who is not here."""
    found, meeting = await _open(seen, known, by)
    if by.person.id not in await _able(meeting, found, by):
        raise NotNow(NOT_HERE)
    await voting.cast_vote(found.poll.id, choice, by=by)


@writes
async def enter_hands(seen: Meeting, known: UUID, hands: Mapping[UUID, str], *, by: Seat) -> None:
    """What those without a device of their own show: seat to choice. What is in already stays."""
    found, meeting = await _open(seen, known, by)
    if found.poll.method == Method.SECRET:
        raise NotNow(ON_PAPER)
    there, able = await vote_of(found.poll), await _able(meeting, found, by)
    entered = 0
    for seat in there.electors:
        waiting = seat.id in hands and seat.person.id not in there.voted
        if waiting and seat.person.id not in able:
            raise NotNow(f"{seat.person.name} is not recorded as here and taking part in this.")
        if waiting:
            await voting.cast_vote(found.poll.id, hands[seat.id], by=seat)
            entered += 1
    await record("decision.hands_entered", found.decision, by=by, hands=entered)


@writes
async def close(seen: Meeting, known: UUID, *, by: Seat) -> Decision:
    """Count, and record the result as a fact. Raises NotNow without a quorum."""
    found, meeting = await _open(seen, known, by)
    if found.poll.stage == votes.Stage.VOID:
        raise NotNow(VOID)
    there = await _quorum(meeting, found.item, by)
    poll = await voting.close_poll(found.poll.id, by=by, quorate=there.quorate)
    row, figures = found.decision, {"present": there.present, "needed": there.needed}
    await advance(row, MOVES, outcome(poll.result), **figures)
    await record("decision.closed", row, by=by, result=poll.result, **figures)
    return row


@writes
async def withdraw(seen: Meeting, known: UUID, *, by: Seat) -> None:
    """Take it back before it is decided."""
    found, _ = await _open(seen, known, by)
    if found.poll.stage == votes.Stage.OPEN:
        await voting.cancel_poll(found.poll.id, by=by)
    await advance(found.decision, MOVES, "withdrawn")
    await record("decision.withdrawn", found.decision, by=by)


@writes
async def dissent(
    seen: Meeting, known: UUID, text: str, *, named: bool, by: Seat, form_key: str = ""
) -> None:
    """Why somebody who could vote does not agree: kept with the decision, for the minutes."""
    meeting = await in_session(seen)
    found = await decision_for(await reader_of(by, by.panel), meeting, known)
    if found.decision.stage == Stage.WITHDRAWN:
        raise NotNow("This was withdrawn, so there is nothing to disagree with.")
    await voting.add_dissent(found.poll.id, many_lines(text).strip(), named=named, by=by)
    await once(form_key, f"{address(by.panel, meeting)}/room/decisions/{found.decision.id}")


async def _open(seen: Meeting, known: UUID, by: Seat) -> tuple[Put, Meeting]:
    meeting = await in_session(seen)
    found = await decision_for(await reader_of(by, by.panel), meeting, known)
    if found.decision.stage != Stage.PUT:
        raise NotNow("This was decided or withdrawn already.")
    return found, meeting


async def _quorum(meeting: Meeting, item: Item, by: Seat) -> Standing:
    found = await queries.quorum_for(meeting, item, by.panel)
    if not found.quorate:
        raise NotNow(no_quorum(found))
    return found


async def _able(meeting: Meeting, found: Put, by: Seat) -> set[UUID]:
    """The persons who are here, seated, cleared and not recused, at this moment."""
    there = await queries.quorum_for(meeting, found.item, by.panel)
    return {one.person for one in there.able}
