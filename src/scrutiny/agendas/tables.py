"""The agenda: items in order, some of them cases, each with the notes taken on it."""

from piccolo.columns import (
    JSON,
    UUID,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    Text,
    Timestamptz,
    Varchar,
)
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
    document = Text()  # its open lines as last published, canonical JSON
    items = JSON(default="[]")  # the item behind each of these lines
    published = Timestamptz(null=True, default=None)  # the first time
    changed = Timestamptz(null=True, default=None)  # published again
    version = Integer(default=1)  # counts every change of what stands on it


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
    items = JSON(default="[]")
    one_agenda_edition = Unique(["panel", "date", "number"])


class Item(Table, tablename="agenda_item"):
    id = UUID(primary_key=True, default=NewId())
    meeting = ForeignKey(Meeting, null=False, index=True)
    position = Integer()
    title = Varchar(length=200)
    case = ForeignKey(Case, null=True, index=True)
    kind = Varchar(length=20, default="item")  # section, item, case, theme, action, ...
    ref = Integer(null=True, default=None)  # the number of the action, recommendation, ...
    about = UUID(null=True, default=None, index=True)  # the row that it links to, besides a case
    parent = ForeignKey("self", null=True, default=None, index=True)  # what it stands under
    presenter = Varchar(length=120)
    minutes = Integer(default=0)  # the time it is given; 0: none
    part = Varchar(length=1, default="A")  # A open, B closed
    closed_reason = Varchar(length=30)  # why it is closed, from a list
    late = Boolean(default=False)  # added after the agenda had come out
    shown = Varchar(length=1)  # the part in which it was last published, if it was
    began = Timestamptz(null=True, default=None)  # in the room
    ended = Timestamptz(null=True, default=None)
    carried_from = UUID(null=True, default=None, index=True)  # the first of the same, if not it
    notes = Text()
    version = Integer(default=1)
