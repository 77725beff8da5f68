"""What residents raise. Words are encrypted; the receipt is kept only as a keyed hash."""

from piccolo.columns import UUID, Boolean, Bytea, Date, ForeignKey, Integer, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel


class Concern(Table):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    number = Integer()  # counts from 1 within the panel
    form_key = Varchar(length=64, unique=True)  # the same form sent twenty times makes one row
    receipt_hash = Varchar(length=64, unique=True)
    received = Date()  # the day only: a precise time could tell who wrote
    category = Varchar(length=40)
    happened = Date(null=True, default=None)
    place = Varchar(length=120)  # a neighbourhood, never an address
    sealed_words = Bytea()
    stage = Varchar(length=20, default="submitted", index=True)
    reason = Varchar(length=40)  # why it was not taken forward
    reply = Varchar(length=2000)  # what the secretariat tells the resident
    version = Integer(default=1)

    one_number = Unique(["panel", "number"])


class Contact(Table):
    """Who wrote and how to reach them: apart from the concern, for its custodians alone."""

    id = UUID(primary_key=True, default=NewId())
    concern = ForeignKey(Concern, null=False, unique=True)
    sealed = Bytea()
    may_contact = Boolean(default=False)
