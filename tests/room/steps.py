"""A meeting that has been opened, with whoever a test wants in the room."""

from agendas.steps import items, meeting
from cast import Cast
from meetings.steps import home, stored

from scrutiny.agendas.tables import Item
from scrutiny.kit.db import write_tx
from scrutiny.meetings.tables import Attendance, Meeting
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.room import actions
from scrutiny.room.deciding import actions as deciding
from scrutiny.room.declaring import actions as declaring
from scrutiny.room.tables import Decision
from scrutiny.voting import queries as voting
from scrutiny.voting.tables import Poll

__all__ = ["home", "items", "meeting", "stored"]


async def sitting(cast: Cast, *names: str, **changes) -> Meeting:
    """Opened, with these people here."""
    row = await meeting(cast, "in_session", **changes)
    for name in names:
        await actions.arrive(row, cast.seats[name].id, by=cast.seats["grace"])
    return await stored(row)


async def vice_chair(cast: Cast) -> Seat:
    """Vera, who stands in for Amara; she signs in as the others do."""
    address = "vera@panel.test"
    vera = Person(name="Vera Osei", email=address, email_key=address)
    amara = cast.seats["amara"]
    seat = Seat(panel=cast.lambeth, person=vera, role="vice_chair", since=amara.since)
    async with write_tx():
        await Person.insert(vera)
        await Seat.insert(seat)
    cast.people["vera"], cast.seats["vera"] = vera, seat
    return seat


async def rules_of(cast: Cast, constitution: str) -> None:
    async with write_tx():
        await Panel.update({Panel.constitution: constitution}).where(Panel.id == cast.lambeth.id)
    cast.lambeth.constitution = constitution
    for name in ("amara", "bilal", "chidi", "grace"):
        cast.seats[name].panel.constitution = constitution


async def declare(row: Meeting, cast: Cast, item: Item, name: str, by: str = "grace") -> None:
    told = {"how": "left_room", "words": "My cousin was there."}
    await declaring.declare(row, item.id, cast.seats[name].id, by=cast.seats[by], **told)


async def put(row: Meeting, cast: Cast, item: Item, text: str = "The panel agreed.") -> Decision:
    return await deciding.put(row, item.id, text, by=cast.seats["grace"])


async def as_kept(decision: Decision) -> tuple[Decision, Poll]:
    row = await Decision.objects().get(Decision.id == decision.id)
    return row, await voting.poll(row.poll)


async def here(row: Meeting) -> dict[str, tuple]:
    """Name -> status, mode, whether they came and left at a known time."""
    joined = Attendance.objects(Attendance.seat, Attendance.seat.person)
    return {
        one.seat.person.name.split()[0].lower(): (
            one.status, one.mode, one.came is not None, one.left is not None,
        )
        for one in await joined.where(Attendance.meeting == row.id)
    }  # fmt: skip


def room(row: Meeting) -> str:
    return f"{home(row)}/room"
