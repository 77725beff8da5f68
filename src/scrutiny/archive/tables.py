"""Minutes from before this site: a file as it was sent, and its words as somebody checked them."""

from piccolo.columns import (
    UUID,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat


class OldMinutes(Table, tablename="archive_minutes"):
    """Both files lie sealed beside the database: the clean copy, and the one that was sent."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    file = UUID()  # by which both lie on the shelf
    name = Varchar(length=200)  # as the file was called that was sent; on no public page
    kind = Varchar(length=4)  # pdf or docx
    sent_sha256 = Varchar(length=64)  # of the file that was sent
    sent_size = Integer()
    sent_key = Bytea()
    sha256 = Varchar(length=64, index=True)  # of the clean copy, which is what is published
    size = Integer()
    key = Bytea()
    pages = Integer()  # 0 where the kind of file has none
    found = Varchar(length=100)  # words of rules.FOUND, with spaces between them
    read = Text()  # what could be read of the clean copy: asked by the leak guard alone
    day = Date(null=True, default=None)  # of the meeting
    title = Varchar(length=200)
    text = Text()  # Markdown
    shows = Varchar(length=5, default="text")  # rules.SHOWS: the words, the file, or both
    note = Text()  # what stands there where only the file is shown
    number = Integer(null=True, default=None)  # of those of one day, from the day it is published
    stage = Varchar(length=12, default="draft", index=True)  # rules.Stage
    returned = Varchar(length=500)  # why the second person did not agree
    imported_by = ForeignKey(Seat, null=False)
    imported = Timestamptz()
    saved_by = ForeignKey(Seat, null=False)
    agreed_by = ForeignKey(Seat, null=True)
    agreed = Timestamptz(null=True, default=None)
    checked = Date(null=True, default=None)  # the day on which somebody else agreed
    document = Text()  # canonical JSON of what was published
    reason = Varchar(length=500)  # why it was withdrawn
    withdrawn = Date(null=True, default=None)
    redacted = Date(null=True, default=None)  # the day on which something was taken out of it
    redaction = Varchar(length=50)  # why, as everybody reads it
    version = Integer(default=1)

    one_address = Unique(["panel", "day", "number"])
    by_stage = Unique(["panel", "stage", "id"])  # for lists of drafts
