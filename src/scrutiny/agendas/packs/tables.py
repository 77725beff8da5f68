"""Packs: the agenda and its papers as one PDF, made in the worker."""

from piccolo.columns import (
    JSON,
    UUID,
    Boolean,
    Bytea,
    ForeignKey,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.meetings.tables import Meeting
from scrutiny.people.tables import Seat


class Pack(Table, tablename="agenda_pack"):
    """One making of one version. A member's own copy leaves out what they are recused from."""

    id = UUID(primary_key=True, default=NewId())
    meeting = ForeignKey(Meeting, null=False, index=True)
    audience = Varchar(length=10)  # public or members
    own = Boolean(default=False)  # one reader's copy: nobody else is shown it
    supplement = Integer(default=0)
    source = Varchar(length=64)  # hash of all that goes in: the same again is not made again
    holds = JSON(default="{}")  # packs.rules.Contents: what goes in
    stage = Varchar(length=12, default="asked", index=True)  # rules.Stage
    tries = Integer(default=0)
    step = Integer(default=0)
    steps = Integer(default=0)
    pages = Integer(default=0)
    size = Integer(default=0)
    sha256 = Varchar(length=64)
    key = Bytea(null=True, default=None)
    problem = Varchar(length=300)
    by = ForeignKey(Seat, null=True, default=None)
    asked = Timestamptz()
    due = Timestamptz()  # the lease of the worker that makes it
    done = Timestamptz(null=True, default=None)
    version = Integer(default=1)
