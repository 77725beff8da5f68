"""Items that wait for a meeting."""

from piccolo.columns import UUID, Date, ForeignKey, Integer, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.cases.tables import Case
from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat


class Parked(Table, tablename="agenda_backlog"):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    title = Varchar(length=200)
    why = Text()
    kind = Varchar(length=20, default="item")
    case = ForeignKey(Case, null=True, default=None)
    ref = Integer(null=True, default=None)
    about = UUID(null=True, default=None)  # the row that it links to, besides a case
    item = UUID(null=True, default=None)  # that it was, and will be: recusals are about its id
    carried_from = UUID(null=True, default=None)
    presenter = Varchar(length=120)
    minutes = Integer(default=0)
    part = Varchar(length=1, default="A")
    closed_reason = Varchar(length=30)
    from_meeting = UUID(null=True, default=None)  # left over from there
    by = ForeignKey(Seat, null=True, default=None)  # who proposed it
    parked = Date()
    stage = Varchar(length=12, default="proposed")  # waiting, placed, dropped
    reason = Varchar(length=300)  # why it was dropped: whoever proposed it reads this
    placed = Date(null=True, default=None)  # the meeting on whose agenda it came
    version = Integer(default=1)

    backlog_by_stage = Unique(["panel", "stage", "parked", "id"])
