"""The action log: who promised what by when, and how often it was carried over (domain.md 6.5)."""

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat


class Action(Table):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    number = Integer()
    meeting = ForeignKey(Meeting, null=False, index=True)  # where it was raised
    item = UUID(null=True, default=None, index=True)  # the agenda item
    text = Varchar(length=500)
    side = Varchar(length=20)  # panel, police, lpb, secretariat, other
    owner = ForeignKey(Seat, null=True, default=None, index=True)
    owner_role = Varchar(length=120)  # in words, where nobody with a seat owns it
    due = Date(null=True, default=None)
    public = Boolean(default=True)  # raised in the open part; shown once the minutes are out
    stage = Varchar(length=30, default="open")
    carried = Integer(default=0)  # meetings that left it open
    discharged_at = ForeignKey(Meeting, null=True, default=None)
    recommendation = Integer(null=True, default=None)  # the number of what it became
    version = Integer(default=1)
    one_action_number = Unique(["panel", "number"])
    action_by_stage = Unique(["panel", "stage", "number"])


class ActionUpdate(Table):
    """What became of it, line by line: only ever added to."""

    id = UUID(primary_key=True, default=NewId())
    action = ForeignKey(Action, null=False, index=True)
    kind = Varchar(length=20)  # note, reported_done, not_accepted, carried, discharged, ...
    by = ForeignKey(Seat, null=True, default=None)
    meeting = UUID(null=True, default=None)
    text = Text()
    at = Timestamptz()
