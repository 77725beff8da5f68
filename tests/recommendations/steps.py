"""A recommendation brought as far as a test needs it, by the deeds themselves."""

from datetime import timedelta

from cast import Cast

from scrutiny.agendas.tables import Item
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import write_tx
from scrutiny.meetings.tables import Attendance, Meeting
from scrutiny.recommendations import actions
from scrutiny.recommendations.tables import Recommendation

TITLE = "Tell everybody who is searched how to get the record"
TEXT = "Every officer says it aloud and hands over a card, from 1 March."
REASON = "In 9 of the 20 searches we saw nobody was told."
HOME = "/lambeth/recommendations"
CLIMB = ("drafting", "agreed", "issued", "responded", "evidence_submitted", "closed_implemented")


async def meeting(
    cast: Cast,
    *present: str,
    stage: str = "in_session",
    quorum: int = 2,
    days_ago: int = 0,
    panel: str = "lambeth",
) -> Meeting:
    """A meeting of the panel with these of the cast in the room."""
    held = Meeting(
        panel=getattr(cast, panel),
        date=today() - timedelta(days=days_ago),
        starts=now(),
        ends=now() + timedelta(hours=2),
        title="Panel meeting",
        stage=stage,
        quorum=quorum,
        called=now(),
    )
    async with write_tx():
        await Meeting.insert(held)
        for name in present:
            seat = cast.seats[name]
            await Attendance.insert(Attendance(meeting=held, seat=seat, status="present"))
    return held


async def item(held: Meeting, title: str = "Searches in October") -> Item:
    row = Item(meeting=held, position=1, title=title)
    async with write_tx():
        await Item.insert(row)
    return row


async def asked(cast: Cast, stage: str = "issued", answer_type: str = "accepted_in_full"):
    """A recommendation of Lambeth at this stage, every step taken by whoever takes it."""
    row = await actions.draft(by=cast.seats["bilal"], title=TITLE, text=TEXT, reason=REASON)
    for upto in CLIMB[1 : CLIMB.index(stage) + 1]:
        await STEPS[upto](row, cast, answer_type)
    return row


async def _agreed(row: Recommendation, cast: Cast, _: str) -> None:
    held = await Meeting.objects().where(Meeting.panel == cast.lambeth.id).first()
    held = held or await meeting(cast, "amara", "bilal", "chidi")
    await actions.agree(
        row,
        by=cast.seats["amara"],
        meeting=held.id,
        votes_for=2,
        votes_against=1,
        abstained=0,
    )


async def _issued(row: Recommendation, cast: Cast, _: str) -> None:
    await actions.issue(row, by=cast.seats["grace"])


async def _responded(row: Recommendation, cast: Cast, answer_type: str) -> None:
    owen = cast.seats["owen"]
    await actions.answer(row, by=owen, answer_type=answer_type, text="We will, by March.")


async def _reported(row: Recommendation, cast: Cast, _: str) -> None:
    await actions.report(row, by=cast.seats["claire"], text="Cards are carried since 1 March.")


async def _closed(row: Recommendation, cast: Cast, _: str) -> None:
    amara = cast.seats["amara"]
    await actions.close(row, "verified", by=amara, method="data_shows", note="18 of 20 were told.")


STEPS = {
    "agreed": _agreed,
    "issued": _issued,
    "responded": _responded,
    "evidence_submitted": _reported,
    "closed_implemented": _closed,
}


async def stored(number: int = 1) -> Recommendation:
    return await Recommendation.objects().where(Recommendation.number == number).first()


async def make_late(row: Recommendation, days: int) -> None:
    """As if the day that was asked for had been this many days ago."""
    due = today() - timedelta(days=days)
    issued = due - timedelta(days=56)
    async with write_tx():
        await Recommendation.update({Recommendation.issued: issued, Recommendation.due: due}).where(
            Recommendation.id == row.id
        )
