"""Papers of an agenda: sealed files with a number that stays."""

from piccolo.columns import (
    UUID,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.agendas.tables import Item
from scrutiny.kit.ids import NewId
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Seat


class Paper(Table, tablename="agenda_paper"):
    """The file itself lies sealed beside the database; its key is wrapped here."""

    id = UUID(primary_key=True, default=NewId())
    file = UUID()  # of this edition, on the shelf; a replacement has another
    meeting = ForeignKey(Meeting, null=False)
    item = ForeignKey(Item, null=False, index=True)
    number = Integer()  # in this meeting; never given again
    title = Varchar(length=200)
    audience = Varchar(length=10)  # public or members
    key = Bytea()
    size = Integer()  # bytes
    pages = Integer()
    sha256 = Varchar(length=64)
    late = Boolean(default=False)
    late_reason = Varchar(length=300)
    stage = Varchar(length=12, default="tabled")  # rules.Stage
    edition = Integer(default=1)  # of its file
    why = Varchar(length=300)  # it was withdrawn or refused, for everybody who could read it
    supplement = Integer(default=0)  # 0: in the pack itself
    redacted = Date(null=True, default=None)  # the day on which something was taken out of it
    redaction = Varchar(length=50)  # why, for everybody who may read it
    added = Timestamptz()
    day = Date()
    by = ForeignKey(Seat, null=False)
    version = Integer(default=1)
    one_paper_number = Unique(["meeting", "number"])
