"""What somebody on the panel needs to take part: sealed, for whoever arranges the room."""

from piccolo.columns import UUID, Bytea, Date, ForeignKey, Integer
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Person


class Need(Table, tablename="access_need"):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    person = ForeignKey(Person, null=False)
    sealed = Bytea()
    changed = Date()
    version = Integer(default=1)
    one_need = Unique(["panel", "person"])
