"""How a seat is offered, and what two people have to agree on."""

from piccolo.columns import UUID, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat


class Invite(Table):
    """A one-time link to the person it is meant for."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    by = ForeignKey(Seat, null=False, index=True)
    name = Varchar(length=120)
    email = Varchar(length=254)
    email_key = Varchar(length=254)
    role = Varchar(length=20)
    since = Date()
    until = Date(null=True, default=None)
    token_hash = Varchar(length=64, unique=True)
    sent = Timestamptz()
    used = Timestamptz(null=True, default=None)
    withdrawn = Timestamptz(null=True, default=None)


class Proposal(Table):
    """What one person may not decide alone about a seat: a removal, or new second factors."""

    id = UUID(primary_key=True, default=NewId())
    seat = ForeignKey(Seat, null=False, index=True)
    panel = ForeignKey(Panel, null=False, index=True)
    kind = Varchar(length=20)
    by = ForeignKey(Seat, null=False)
    why = Text()
    last_day = Date(null=True, default=None)  # of a removal
    reply_until = Date(null=True, default=None)  # until then nobody decides without the reply
    reply = Text()  # of the one it is about
    replied = Timestamptz(null=True, default=None)
    stage = Varchar(length=10, default="open", index=True)
    at = Timestamptz()
    version = Integer(default=1)
