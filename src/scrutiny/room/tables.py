"""In the room: what was decided on an item, under which quorum, and who did not agree."""

from piccolo.columns import UUID, Boolean, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from scrutiny.agendas.tables import Item
from scrutiny.kit.ids import NewId
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Seat


class Decision(Table):
    """Its vote is voting.Poll(about=decision.id, kind="decision")."""

    id = UUID(primary_key=True, default=NewId())
    meeting = ForeignKey(Meeting, null=False, index=True)
    item = ForeignKey(Item, null=False, index=True)
    text = Varchar(length=500)  # a proposal: "To ask the force to ..."
    poll = UUID(null=True, default=None)
    present = Integer(default=0)  # members who could take part when it was put, then when closed
    needed = Integer(default=0)
    stage = Varchar(length=20, default="put")  # put, carried, lost, withdrawn
    by = ForeignKey(Seat, null=False)
    at = Timestamptz()
    version = Integer(default=1)


class Chairing(Table, tablename="room_chairing"):
    """Who chairs one item because the chair takes no part in it, or is not there."""

    id = UUID(primary_key=True, default=NewId())
    meeting = ForeignKey(Meeting, null=False, index=True)
    item = ForeignKey(Item, null=False, unique=True)
    seat = ForeignKey(Seat, null=False)
    at = Timestamptz()


class Lifting(Table, tablename="recusal_lifting"):
    """Why somebody takes part again: another chair says so, never they alone."""

    id = UUID(primary_key=True, default=NewId())
    recusal = UUID(index=True)  # the row about the item
    reason = Varchar(length=300)
    by = ForeignKey(Seat, null=False)
    at = Timestamptz()


class NoteVersion(Table, tablename="agenda_note_version"):
    """Notes on an item as each save left them: what two people typed at once is put together
    from what both began with."""

    id = UUID(primary_key=True, default=NewId())
    item = ForeignKey(Item, null=False, index=True)
    number = Integer()  # the item's version
    text = Text()
    by = ForeignKey(Seat, null=True, default=None)  # nothing for what was there before the room
    waiting = Boolean(default=False)  # over the same lines as somebody else's: not put together yet
    at = Timestamptz()
