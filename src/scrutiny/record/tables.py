"""Everything that happened: only ever added to, each line bound to the one before it."""

from piccolo.columns import UUID, Boolean, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Person, Seat


class Event(Table):
    """One thing that happened. Facts hold names of fields and numbers, never what was written."""

    id = UUID(primary_key=True, default=NewId())
    seq = Integer(unique=True)
    at = Timestamptz()
    panel = ForeignKey(Panel, null=True, index=True)
    seat = ForeignKey(Seat, null=True)
    person = ForeignKey(Person, null=True)  # for what a person does as themself
    what = Varchar(length=60)  # "recommendation.answered"
    about = UUID(null=True, default=None, index=True)
    public = Boolean(default=False)
    facts = Text(default="{}")
    prev = Varchar(length=64)
    hash = Varchar(length=64, unique=True)


class Head(Table):
    """The end of the chain: one row, so that two writers stand in line for it."""

    id = Integer(primary_key=True, default=1)
    seq = Integer(default=0)
    hash = Varchar(length=64)
    seal = Varchar(length=64)  # rules.end_seal: what only the site itself can have written
    published = Integer(default=0)  # counts public events: when it moves, cached pages are old
