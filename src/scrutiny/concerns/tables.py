"""What residents raise. Words are encrypted; the receipt is kept only as a keyed hash.

Ids are random and days have no hour, so that no row tells at what moment somebody wrote.
"""

from piccolo.columns import UUID, Boolean, Bytea, Date, ForeignKey, Integer, Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.people.tables import Panel


class Concern(Table):
    id = UUID(primary_key=True, default=UUID4())
    panel = ForeignKey(Panel, null=False)
    number = Integer()  # counts from 1 within the panel
    receipt_hash = Varchar(length=64, unique=True)  # the same form sent again makes the same one
    received = Date()  # the day only: a precise time could tell who wrote
    category = Varchar(length=40)
    happened = Date(null=True, default=None)
    sealed_words = Bytea()  # what happened and where; empty once withdrawn
    stage = Varchar(length=30, default="submitted")
    reason = Varchar(length=40)  # why it was not taken forward
    sealed_reply = Bytea()  # what the secretariat tells the resident
    version = Integer(default=1)

    one_concern_number = Unique(["panel", "number"])
    concern_by_stage = Unique(["panel", "stage", "number"])  # for the list of one stage, by number


class Contact(Table):
    """Who wrote and how to reach them: apart from the concern, for its custodians alone."""

    id = UUID(primary_key=True, default=UUID4())
    concern = ForeignKey(Concern, null=False, unique=True)
    sealed = Bytea()
    may_contact = Boolean(default=False)
