"""What is about to be erased, and what stops it: a hold, agreed by two, until a day."""

from piccolo.columns import UUID, Date, ForeignKey, Integer, Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.concerns.tables import Concern
from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat


class Erasure(Table):
    """Announced on the thread: on this day it will be erased. Gone once it is, or put off."""

    id = UUID(primary_key=True, default=UUID4())
    concern = ForeignKey(Concern, null=False, unique=True)
    panel = ForeignKey(Panel, null=False)
    number = Integer()  # the concern's own
    day = Date()
    warned = Date()

    erasures_by_day = Unique(["panel", "day", "number"])
    erasures_of_all = Unique(["day", "id"])  # for the daily round


class Hold(Table):
    id = UUID(primary_key=True, default=NewId())
    concern = ForeignKey(Concern, null=False, index=True)
    panel = ForeignKey(Panel, null=False)
    why = Varchar(length=20)
    stage = Varchar(length=10, default="proposed")  # proposed, agreed, declined, lifted, ended
    proposed = Date()
    until = Date()  # its last day
    proposed_by = ForeignKey(Seat, null=False)
    agreed_by = ForeignKey(Seat, null=True)
    version = Integer(default=1)

    holds_by_stage = Unique(["panel", "stage", "id"])
    holds_by_end = Unique(["stage", "until", "id"])  # for the daily round
