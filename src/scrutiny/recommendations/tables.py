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
    reported_on = Date(null=True, default=None)
    method = Varchar(length=20)  # how the panel checked that it was done
    closing_note = Text()
    closed = Date(null=True, default=None)
    version = Integer(default=1)
    one_recommendation_number = Unique(["panel", "number"])


GROUP = """CASE
WHEN stage IN ('drafting', 'agreed') THEN 'draft'
WHEN issued IS NULL THEN 'dropped'
WHEN stage = 'issued' THEN 'awaited'
WHEN stage = 'withdrawn_by_panel' THEN 'withdrawn'
WHEN stage = 'closed_not_accepted' THEN 'rejected'
WHEN stage = 'closed_implemented' AND answer_type = 'accepted_in_part' THEN 'partly'
WHEN stage = 'closed_implemented' THEN 'implemented'
WHEN stage = 'responded' AND answer_type IN ('rejected', 'not_for_us') THEN 'rejected'
ELSE 'acting' END"""
"""Which list a row belongs to: rules.standing() without the day, so that it can be indexed."""

INDEXES = (
    "CREATE INDEX recommendation_issued ON recommendation (panel, number) WHERE issued IS NOT NULL",
    "CREATE INDEX recommendation_awaited ON recommendation (panel, due, number)"
    " WHERE stage = 'issued'",
    f"CREATE INDEX recommendation_grouped ON recommendation (panel, ({GROUP}), number)",
)
"""What the lists need to stay as quick with a million rows as with ten; made by a migration."""
