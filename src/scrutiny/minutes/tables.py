"""Minutes: compiled from the meeting's own rows, approved, and published as exact bytes."""

from piccolo.columns import (
    JSON,
    UUID,
    Boolean,
    Bytea,
    ForeignKey,
    Integer,
    Text,
    Timestamptz,
    Varchar,
)
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
    replaces = Boolean(default=False)  # when it is published the earlier editions are taken away
    stage = Varchar(length=20, default="drafting", index=True)
    items = JSON(default="[]")  # the agenda item behind each item of the document, never published
    document = Text()  # canonical JSON: the one source of page, PDF and data
    compiled_by = ForeignKey(Seat, null=False)
    circulated = Timestamptz(null=True, default=None)
    returned = Text()  # why the chair gave them back
    shown = Text()  # the document that the public reads as a draft; empty while none is shown
    approved_by = ForeignKey(Seat, null=True)
    approved = Timestamptz(null=True, default=None)
    approved_at = ForeignKey(Meeting, null=True)  # the later meeting that approved them
    approved_hash = Varchar(length=64, index=True)  # SHA-256 of the document that was approved
    cleared_by = ForeignKey(Seat, null=True)
    cleared = Timestamptz(null=True, default=None)
    released_by = ForeignKey(Seat, null=True)
    release_at = Timestamptz(null=True, default=None, index=True)
    published = Timestamptz(null=True, default=None)
    withdrawal = Text()  # what the public reads where withdrawn minutes were
    pdf = Bytea()
    sha256 = Varchar(length=64, index=True)  # of the PDF's bytes
    failure = Text()  # why the last try to print or publish them came to nothing
    failed = Timestamptz(null=True, default=None)
    version = Integer(default=1)
    one_edition = Unique(["meeting", "edition"])


class Version(Table, tablename="minutes_version"):
    """The document as it was after each saving, so that any two can be compared."""

    id = UUID(primary_key=True, default=NewId())
    minutes = ForeignKey(Minutes, null=False, index=True)
    number = Integer()
    how = Varchar(length=20)  # compiled, edited, restored
    at = Timestamptz()
    by = ForeignKey(Seat, null=False)
    document = Text()
    items = JSON(default="[]")
    one_minutes_version = Unique(["minutes", "number"])


class Suggestion(Table, tablename="minutes_suggestion"):
    """A correction that somebody who was at the table suggests, and what became of it."""

    id = UUID(primary_key=True, default=NewId())
    minutes = ForeignKey(Minutes, null=False, index=True)
    number = Integer()
    item = UUID(null=True, default=None)  # the agenda item; none for the minutes as a whole
    by = ForeignKey(Seat, null=False)
    at = Timestamptz()
    text = Text()
    stage = Varchar(length=20, default="open")  # open, taken, declined, withdrawn
    answer = Text()
    answered_by = ForeignKey(Seat, null=True)
    answered = Timestamptz(null=True, default=None)
    version = Integer(default=1)
    one_suggestion = Unique(["minutes", "number"])


class Signature(Table, tablename="minutes_signature"):
    """One member's approval in writing of exactly this document."""

    id = UUID(primary_key=True, default=NewId())
    minutes = ForeignKey(Minutes, null=False, index=True)
    seat = ForeignKey(Seat, null=False)
    at = Timestamptz()
    sha256 = Varchar(length=64)  # of the document; another document needs another signature
    one_signature = Unique(["minutes", "seat", "sha256"])
