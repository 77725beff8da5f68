"""The outbox: letters written with the deed they tell of, sent later by the worker."""

from piccolo.columns import UUID, Boolean, Bytea, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel


class Letter(Table):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=True)
    kind = Varchar(length=40)  # "meeting.invitation"
    key = Varchar(length=200, unique=True)  # the same letter is never written twice
    sealed = Bytea()  # who to, subject and words: encrypted, as the outbox may be backed up
    paper = Boolean(default=False)  # it goes with a PDF, so it waits for the press
    state = Varchar(length=10, default="ready", index=True)  # ready, sent or failed
    due = Timestamptz(index=True)  # also the lease: taken letters are due again later
    tries = Integer(default=0)
    written = Timestamptz()
    sent = Timestamptz(null=True, default=None)
    problem = Varchar(length=300)
