"""What a panel asked of the force, and what the force said back."""

from piccolo.columns import UUID, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.agendas.tables import Item
from scrutiny.kit.ids import NewId
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat


class Recommendation(Table):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    number = Integer()  # counts from 1 within the panel; its address
    title = Varchar(length=200)
    text = Text()  # frozen once issued
    reason = Text()
    drafted_by = ForeignKey(Seat, null=False)
    item = ForeignKey(Item, null=True, index=True)
    meeting = ForeignKey(Meeting, null=True, index=True)  # the quorate meeting that agreed it
    votes_for = Integer(default=0)
    votes_against = Integer(default=0)
    abstained = Integer(default=0)
    stage = Varchar(length=20, default="drafting", index=True)
    issued = Date(null=True, default=None)
    due = Date(null=True, default=None)
    due_working = Text()  # how the day was worked out, as it was printed in the letter
    answer_type = Varchar(length=30)
    answer = Text()  # the force's own words, published unedited
    answered = Timestamptz(null=True, default=None)
    answered_by = ForeignKey(Seat, null=True)
    reported = Text()  # what the force says it has done
    closing_note = Text()
    closed = Date(null=True, default=None)
    version = Integer(default=1)
    one_number = Unique(["panel", "number"])
