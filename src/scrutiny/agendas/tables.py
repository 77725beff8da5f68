"""The agenda: items in order, some of them cases, each with the notes taken on it."""

from piccolo.columns import UUID, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.cases.tables import Case
from scrutiny.kit.ids import NewId
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel


class Agenda(Table):
    """What was published of it: later changes show only when they are published too."""

    id = UUID(primary_key=True, default=NewId())
    meeting = ForeignKey(Meeting, null=False, unique=True)
    document = Text()  # its lines as last published, canonical JSON
    published = Timestamptz(null=True, default=None)  # the first time
    changed = Timestamptz(null=True, default=None)  # published again
    version = Integer(default=1)


class Edition(Table, tablename="agenda_edition"):
    """Every agenda as it was published: each entry of the ledger keeps the bytes it hashes.

    Its address is the day it was published for and a number counted from 1 on that day, which
    stay with it when the meeting moves and another takes the day.
    """

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    date = Date()
    number = Integer()
    meeting = ForeignKey(Meeting, null=False, index=True)
    document = Text()
    one_agenda_edition = Unique(["panel", "date", "number"])


class Item(Table, tablename="agenda_item"):
    id = UUID(primary_key=True, default=NewId())
    meeting = ForeignKey(Meeting, null=False, index=True)
    position = Integer()
    title = Varchar(length=200)
    case = ForeignKey(Case, null=True, index=True)
    notes = Text()
    version = Integer(default=1)
