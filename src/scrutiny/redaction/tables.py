"""What is being taken out of something published, and what became of it."""

from piccolo.columns import (
    JSON,
    UUID,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat


class Redaction(Table):
    """Both files lie sealed beside the database: the result, and what it took the place of."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    kind = Varchar(length=8)  # paper or archive
    about = UUID(index=True)  # the paper, or the old minutes
    source = Varchar(length=64)  # SHA-256 of the file that is redacted
    words = Bytea()  # sealed; erased when it is done
    boxes = JSON(default="[]")  # rules.Box
    reason = Varchar(length=20)  # of rules.REASONS
    keep = Boolean(default=True)  # the file as it was, for custodians
    stage = Varchar(length=12, default="draft", index=True)  # rules.Stage
    returned = Varchar(length=500)  # why the second person did not agree
    file = UUID(null=True, default=None)  # the result, until it is published
    key = Bytea()
    size = Integer(default=0)
    pages = Integer(default=0)
    sha256 = Varchar(length=64)
    original = UUID(null=True, default=None)  # what it took the place of
    original_key = Bytea()
    prepared_by = ForeignKey(Seat, null=False)
    prepared = Timestamptz()
    agreed_by = ForeignKey(Seat, null=True)
    done = Date(null=True, default=None)
    version = Integer(default=1)
