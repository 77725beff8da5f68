"""What a meeting decided in the room about a recommendation: its vote, ready to be recorded."""

from collections.abc import Sequence

from scrutiny.agendas.tables import Item
from scrutiny.meetings.tables import Meeting
from scrutiny.recommendations.forms import AgreementForm
from scrutiny.recommendations.queries import Decider
from scrutiny.recommendations.tables import Recommendation
from scrutiny.room.deciding.rules import Stage
from scrutiny.room.queries import decisions_of


async def as_decided(asked: Recommendation, rooms: Sequence[Decider]) -> AgreementForm:
    """The form filled in with the vote, where the room carried one thing about it; else empty."""
    there = [room.id for room in rooms if room.quorate]
    if not there:
        return AgreementForm()
    mine = (Item.id == asked.item) | (Item.about == asked.id)
    items = await Item.objects(Item.meeting).where(mine & Item.meeting.is_in(there))
    carried = [found for item in items for found in await _carried(item.meeting, item)]
    return carried[0] if len(carried) == 1 else AgreementForm()


async def _carried(meeting: Meeting, item: Item) -> list[AgreementForm]:
    return [
        AgreementForm(
            meeting=str(meeting.id),
            votes_for=str(one.counts["for"]),
            votes_against=str(one.counts["against"]),
            abstained=str(one.counts["abstain"]),
        )
        for one in await decisions_of(meeting)
        if one.item == item.id and one.stage == Stage.CARRIED and one.counts
    ]
