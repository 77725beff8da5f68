"""People, the panels they serve, the seats they hold there, and who is signed in."""

from piccolo.columns import (
    JSON,
    UUID,
    Boolean,
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


class Force(Table):
    """A police force; forces merge and end, so nothing in the code counts on there being 43."""

    id = UUID(primary_key=True, default=NewId())
    slug = Varchar(length=60, unique=True)  # the id that data.police.uk uses
    name = Varchar(length=120)
    contact = Varchar(length=254)  # where letters to the force go
    complaints_contact = Varchar(length=254)  # its professional standards department
    retention_days = Integer(default=31)  # after which body-worn video nobody marked is erased


class Panel(Table):
    id = UUID(primary_key=True, default=NewId())
    slug = Varchar(length=60, unique=True)
    code = Varchar(length=8)  # begins every number that people say aloud: LAM-R-2026-07
    name = Varchar(length=120)
    area = Varchar(length=120)
    area_code = Varchar(length=9)  # ONS code of the borough it serves
    force = ForeignKey(Force, null=False, index=True)
    local_policing_body = Varchar(length=120)
    purpose = Text()
    contact = Varchar(length=254)
    quorum = Integer(default=3)  # community members who must be in the room
    response_days = Integer(default=56)  # requested of the force, never legally due
    standing_items = JSON(default="[]")
    constitution = JSON(default="{}")  # people.constitution: the rest of its own rules
    version = Integer(default=1)


class Person(Table):
    id = UUID(primary_key=True, default=NewId())
    name = Varchar(length=120)
    email = Varchar(length=254)
    email_key = Varchar(length=254, unique=True)  # casefolded: databases disagree about lower()
    added = Timestamptz()


class Seat(Table):
    """One person on one panel in one role, from a day until a day. Rights come from here alone."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False, index=True)
    person = ForeignKey(Person, null=False, index=True)
    role = Varchar(length=20)
    since = Date()
    until = Date(null=True, default=None)  # the last day, itself included
    public_name = Varchar(length=10, default="full")  # full, initials or role
    stage = Varchar(length=20, default="active")  # onboarding, active, on_leave, restricted
    term = Integer(default=1)  # the first, the second
    route = Varchar(length=20, default="open_recruitment")  # how they came to it
    represents = Varchar(length=120)  # an organisation, if one sent them
    version = Integer(default=1)


class Session(Table):
    """A signed-in browser. The cookie's value is never stored, only its hash."""

    id = UUID(primary_key=True, default=NewId())
    key_hash = Varchar(length=64, unique=True)
    person = ForeignKey(Person, null=False, index=True)
    full = Boolean(default=False)  # the second factor has been given
    begun = Timestamptz()
    seen = Timestamptz()


class Counter(Table):
    """The last number given out in a panel, by kind: one row to stand in line for."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    kind = Varchar(length=30)
    last = Integer(default=0)
    one_line = Unique(["panel", "kind"])


class SentForm(Table):
    """A form that made something: sent again, it leads to the same address."""

    id = UUID(primary_key=True, default=NewId())
    key = Varchar(length=64, unique=True)
    address = Varchar(length=300)
    at = Timestamptz()
