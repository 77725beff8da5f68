"""What came from a file: the same row again is known and changes nothing."""

from piccolo.columns import UUID, ForeignKey, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel


class Imported(Table):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    kind = Varchar(length=12)  # members, meetings, actions
    key = Varchar(length=64)  # hash of what makes the row itself
    became = UUID()
    at = Timestamptz()
    one_import = Unique(["panel", "kind", "key"])
