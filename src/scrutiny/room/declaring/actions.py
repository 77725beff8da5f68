"""Declare an interest in an item, which is gone for that person from then on; and let them back."""

from uuid import UUID

from scrutiny.agendas.access import case_of, reader_of, sees
from scrutiny.agendas.queries import item_for
from scrutiny.agendas.rules import Kind
from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import now
from scrutiny.kit.db import writes
from scrutiny.kit.errors import Missing, NotNow
from scrutiny.kit.words import one_line
from scrutiny.meetings.calendar import address
from scrutiny.meetings.queries import expected_at
from scrutiny.meetings.tables import Meeting
from scrutiny.membership.interests.recusals import recused_from
from scrutiny.membership.interests.recusing import lift, recuse
from scrutiny.membership.interests.tables import Recusal
from scrutiny.membership.rules import shown
from scrutiny.people.actions import once
from scrutiny.people.tables import Seat
from scrutiny.policy import Act, may
from scrutiny.record.actions import record
from scrutiny.room import queries
from scrutiny.room.actions import put_in_the_chair
from scrutiny.room.declaring.rules import DECLARED_WHILE, minuted
from scrutiny.room.rules import Sitter
from scrutiny.room.tables import Decision, Lifting
from scrutiny.voting.actions import withdraw_elector


@writes
async def declare(
    seen: Meeting, known: UUID, whose: UUID, *, how: str, words: str, by: Seat, form_key: str = ""
) -> None:
    """The holder of the seat `whose` takes no part in an item, its case or its recommendation.

    From the next request on it is gone for them; they leave its quorum and its open votes at
    once. Raises Missing when it is not there for whoever declares, NotNow once the meeting is over
    or for another person's interest without the right to run the meeting.
    """
    # Before the rest: the same form sent again would find that the item is gone.
    await once(form_key, f"{address(by.panel, seen)}/room")
    meeting = await _not_over(seen)
    item = await item_for(await reader_of(by, by.panel), meeting, known)
    seat = await _seat(meeting, whose, by)
    if seat.person.id in await recused_from(item.id):
        raise NotNow(f"{seat.person.name} takes no part in this item already.")
    things = linked(item)
    chaired = await _in_the_chair(meeting, item, by)
    says = minuted(shown(seat.person.name, seat.public_name, seat.role), how, one_line(words))
    about = {"meeting": meeting.id, "how": how, "says": says}
    await recuse(seat.person, by.panel, things, **about)
    await record("interest.declared", item, by=by, of=seat.id, how=how, things=len(things))
    await _out_of_votes(meeting, seat, by)
    if chaired is not None and chaired.person == seat.person.id:
        await _hand_over(meeting, item, by)


async def _seat(meeting: Meeting, whose: UUID, by: Seat) -> Seat:
    if by.id == whose:
        return by
    if not may(by.role, Act.ROOM_RUN, by.stage):
        raise NotNow("Everybody declares their own interests.")
    found = next((one for one in await expected_at(meeting) if one.id == whose), None)
    if found is None:
        raise Missing("Nobody with this seat belongs at this meeting.")
    found.panel = by.panel
    return found


async def _in_the_chair(meeting: Meeting, item: Item, by: Seat) -> Sitter | None:
    now_there = await queries.quorum_for(meeting, item, by.panel)
    return queries.chair_of(meeting, item, now_there, await queries.chosen_chairs(meeting))


async def _hand_over(meeting: Meeting, item: Item, by: Seat) -> None:
    """The vice-chair takes the chair; without one the room's page asks those present to choose."""
    if (next_one := await _in_the_chair(meeting, item, by)) is not None:
        await put_in_the_chair(meeting, item, next_one.seat, by=by)


async def _out_of_votes(meeting: Meeting, seat: Seat, by: Seat) -> None:
    """Of every vote on what is now gone for them: an item may stand under another."""
    reader = await reader_of(seat, by.panel)
    waiting = (Decision.meeting == meeting.id) & (Decision.stage == "put")
    for one in await Decision.objects(Decision.item).where(waiting):
        if one.poll and not sees(reader, one.item):
            await withdraw_elector(one.poll, seat, by=by)


def linked(item: Item) -> dict[UUID, str]:
    """The item and what it is about, id to kind: what a recusal from it takes away."""
    found = {item.id: "item"}
    if item.about and item.kind == Kind.RECOMMENDATION:
        found[item.about] = str(Kind.RECOMMENDATION)
    if case := case_of(item):
        found[case] = "case"
    return found


@writes
async def take_back_in(seen: Meeting, known: UUID, reason: str, *, by: Seat) -> None:
    """They take part again, for a reason that is kept. Never by the word of the person itself.

    Raises Missing for one's own, as for what is not there.
    """
    meeting = await _not_over(seen)
    row = await Recusal.objects(Recusal.person).get(Recusal.id == known)
    if row is None or row.meeting != meeting.id or row.lifted or row.person.id == by.person.id:
        raise Missing("Nobody takes no part for this reason.")
    item = await item_for(await reader_of(by, by.panel), meeting, row.about)
    await lift(row.person.id, linked(item))
    kept = Lifting(recusal=row.id, reason=one_line(reason), by=by.id, at=now())
    await Lifting.insert(kept)
    await record("interest.lifted", item, by=by)


async def _not_over(seen: Meeting) -> Meeting:
    meeting = await Meeting.objects().get(Meeting.id == seen.id)
    if meeting is None:
        raise Missing("This meeting is no longer here.")
    if meeting.stage not in DECLARED_WHILE:
        raise NotNow("Interests are declared until a meeting is over.")
    return meeting
