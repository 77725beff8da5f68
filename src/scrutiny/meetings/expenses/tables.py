"""What taking part cost somebody, and what they were paid."""

from piccolo.columns import UUID, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat


class Claim(Table, tablename="expense_claim"):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    seat = ForeignKey(Seat, null=False, index=True)
    meeting = ForeignKey(Meeting, null=False, index=True)
    kind = Varchar(length=20)  # travel, care, loss_of_earnings, honorarium, access, other
    pence = Integer()
    note = Varchar(length=300)
    stage = Varchar(length=12, default="claimed", index=True)  # agreed, refused, paid, withdrawn
    decided_by = ForeignKey(Seat, null=True, default=None)
    why = Varchar(length=300)
    at = Timestamptz()
    version = Integer(default=1)
