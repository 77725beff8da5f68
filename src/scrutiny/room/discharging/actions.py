"""The meeting says whether an action is done: while it is under way, and has its quorum."""

from uuid import UUID

from scrutiny.actions import actions as log
from scrutiny.actions.queries import in_session
from scrutiny.agendas.tables import Item
from scrutiny.kit.db import writes
from scrutiny.kit.errors import NotNow
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat
from scrutiny.room.queries import quorum_for
from scrutiny.room.rules import no_quorum

NO_MEETING = "Only a meeting agrees that an action is over. Open the meeting first."


@writes
async def decide(number: int, seen: int, verdict: str, text: str, *, by: Seat) -> None:
    """Discharged, not accepted or withdrawn: by the meeting alone.

    Raises NotNow when none is under way, or too few of those in the room may take part in the
    item on which it was raised.
    """
    meeting = await in_session(by.panel)
    if meeting is None:
        raise NotNow(NO_MEETING)
    action = await log.undone(number, seen, by)
    await _must_be_quorate(meeting, action.item, by.panel)
    await log.decide(number, seen, verdict, text, at=meeting, by=by)


async def _must_be_quorate(meeting: Meeting, item: UUID | None, panel: Panel) -> None:
    about = await Item.objects(Item.case).where(Item.id == item).first() if item else None
    there = await quorum_for(meeting, about, panel)
    if not there.quorate:
        raise NotNow(no_quorum(there))
