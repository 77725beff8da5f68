"""Clearances: outcome and expiry only, never a form and never a reason; and what is signed."""

from piccolo.columns import UUID, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Person, Seat


class Clearance(Table):
    """How one kind stands for one person on one panel, whatever seats they hold there."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    person = ForeignKey(Person, null=False, index=True)
    kind = Varchar(length=30)  # people.constitution.Clearing
    level = Varchar(length=30)  # NPPV2F, DBS_basic: a name and nothing else
    outcome = Varchar(length=20)  # requested, pending, cleared, refused, appealed, not_required
    granted = Date(null=True, default=None)
    expires = Date(null=True, default=None)  # the last day on which it counts
    document_version = Integer(default=0)  # of what was signed, for agreements
    changed = Timestamptz()
    version = Integer(default=1)
    one_clearance = Unique(["panel", "person", "kind"])


class Agreement(Table):
    """The words of an agreement of one panel, in one version. The first is in texts.py."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    kind = Varchar(length=30)
    number = Integer()
    text = Text()  # Markdown
    since = Date()
    by = ForeignKey(Seat, null=False)
    one_agreement = Unique(["panel", "kind", "number"])
