"""The public ledger: what was published, when, and the exact bytes it was."""

from piccolo.columns import (
    UUID,
    BigInt,
    Bytea,
    ForeignKey,
    Integer,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel


class Entry(Table):
    """One publication. Rows are only ever added: a correction is a new entry."""

    id = UUID(primary_key=True, default=NewId())
    seq = Integer(unique=True)
    at = Timestamptz()
    panel = ForeignKey(Panel, null=False, index=True)
    kind = Varchar(length=30)  # minutes, recommendation, answer, draw, withdrawal
    title = Varchar(length=300)
    address = Varchar(length=300)  # path on this site
    sha256 = Varchar(length=64, index=True)  # of the bytes that were published
    prev = Varchar(length=64)
    hash = Varchar(length=64, unique=True)
    binds = Integer(default=0)  # what `hash` binds: 0 sha256, as in the first entries; 1 the leaf
    salt = Varchar(length=64)  # with it what was withdrawn cannot be guessed
    sealed = Varchar(length=64)  # SHA-256 of salt, sha256 and title: what the leaf holds of them
    thing = Varchar(length=300, index=True)  # what this is an edition of: rules.thing_of
    note = Text()  # of a withdrawal: the bytes that were published with it
    withdrawn = Integer(null=True, default=None)  # the entry that took it back
    mark = Varchar(length=64, index=True)  # keyed hash by which withdrawn bytes are known again


class LedgerNode(Table):
    """The hash of one whole subtree; its number is merkle.number()."""

    id = BigInt(primary_key=True, default=0)
    hash = Bytea()


class LedgerHead(Table):
    """What the site signed: so many entries, with this root, at that moment."""

    id = UUID(primary_key=True, default=NewId())
    number = Integer(unique=True)
    size = Integer(index=True)
    root = Varchar(length=64)
    at = Timestamptz()
    record = Varchar(length=64)  # keyed hash of the end of the record at that moment
    record_seq = Integer(default=0)  # its line, which is not published
    signature = Varchar(length=128)
