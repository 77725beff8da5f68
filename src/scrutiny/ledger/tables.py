"""The public ledger: what was published, when, and the exact bytes it was."""

from piccolo.columns import UUID, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel


class Entry(Table):
    """One publication. Rows are only ever added: a correction is a new entry."""

    id = UUID(primary_key=True, default=NewId())
    seq = Integer(unique=True)
    at = Timestamptz()
    panel = ForeignKey(Panel, null=False, index=True)
    kind = Varchar(length=30)  # minutes, recommendation, answer, draw
    title = Varchar(length=300)
    address = Varchar(length=300)  # path on this site
    sha256 = Varchar(length=64, index=True)  # of the bytes that were published
    prev = Varchar(length=64)
    hash = Varchar(length=64, unique=True)
