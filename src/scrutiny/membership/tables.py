"""How a seat is offered: a one-time link to the person it is meant for."""

from piccolo.columns import UUID, Date, ForeignKey, Timestamptz, Varchar
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat


class Invite(Table):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    by = ForeignKey(Seat, null=False)
    name = Varchar(length=120)
    email = Varchar(length=254)
    role = Varchar(length=20)
    since = Date()
    until = Date(null=True, default=None)
    token_hash = Varchar(length=64, unique=True)
    sent = Timestamptz()
    used = Timestamptz(null=True, default=None)
    withdrawn = Timestamptz(null=True, default=None)
