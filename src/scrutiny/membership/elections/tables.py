"""Chair and vice-chair: nominated, seconded, elected, handed over (domain.md 6.3)."""

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat


class Election(Table):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    office = Varchar(length=20)  # a role of policy.CHAIRS
    stage = Varchar(length=20, default="nominating")  # elections.rules.Stage
    nominate_by = Date()
    vote_by = Date()
    since = Date()  # the first day in office
    poll = UUID(null=True, default=None)  # the latest round
    rounds = Integer(default=0)
    by_lot = Boolean(default=False)
    elected = ForeignKey(Seat, null=True, default=None)  # the seat that was put forward
    office_seat = UUID(null=True, default=None)  # the seat of the office itself
    handover = Text()  # what the one before hands on
    reason = Text()  # why it was called off
    version = Integer(default=1)


class Nomination(Table):
    id = UUID(primary_key=True, default=NewId())
    election = ForeignKey(Election, null=False, index=True)
    seat = ForeignKey(Seat, null=False)  # who is put forward
    by = ForeignKey(Seat, null=False)
    seconded_by = ForeignKey(Seat, null=True, default=None)
    accepted = Boolean(null=True, default=None)
    statement = Text()
    at = Timestamptz()
    nominated_once = Unique(["election", "seat"])
