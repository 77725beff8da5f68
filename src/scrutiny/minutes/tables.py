"""Minutes: compiled from the meeting's own rows, approved, and published as exact bytes."""

from piccolo.columns import JSON, UUID, Bytea, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Panel, Seat


class Minutes(Table):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    meeting = ForeignKey(Meeting, null=False, index=True)
    edition = Integer(default=1)  # a correction after publication is a further edition
    correction = Text()  # what this edition corrects, and why; empty for the first
    stage = Varchar(length=20, default="drafting", index=True)
    items = JSON(default="[]")  # the agenda item behind each item of the document, never published
    document = Text()  # canonical JSON: the one source of page, PDF and data
    compiled_by = ForeignKey(Seat, null=False)
    approved_by = ForeignKey(Seat, null=True)
    approved = Timestamptz(null=True, default=None)
    approved_hash = Varchar(length=64, index=True)  # SHA-256 of the document that was approved
    published = Timestamptz(null=True, default=None)
    pdf = Bytea()
    sha256 = Varchar(length=64, index=True)  # of the PDF's bytes
    version = Integer(default=1)
    one_edition = Unique(["meeting", "edition"])
