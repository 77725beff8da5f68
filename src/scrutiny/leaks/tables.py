"""Marks of what confidential records know, without a word of it; and what was let through, by whom.

A mark tells nothing to whoever lacks the host's secret file, and no row has an hour.
"""

from piccolo.columns import UUID, Bytea, ForeignKey, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat


class Marks(Table, tablename="leak_marks"):
    """What one writing told: a kind, a length and a keyed hash each, packed (blind.py).

    One row, because a row for each would triple what is written to the disk for every concern.
    """

    id = Serial(primary_key=True)
    panel = ForeignKey(Panel, null=False, index=True)
    about = Varchar(length=20, index=True)  # keyed too: to erase them with their record
    packed = Bytea()


class Lift(Table, tablename="leak_lift"):
    """The second person lets it through, with a reason."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    mark = Varchar(length=20)
    about = UUID()  # for which document
    outlet = Varchar(length=60)  # where it stood; nothing: anywhere
    reason = Text()
    by = ForeignKey(Seat, null=False)
    at = Timestamptz()

    lifted_once = Unique(["panel", "about", "mark", "outlet"])
