"""Who is heard from, as counts alone: no row belongs to a person or to a concern."""

from piccolo.columns import UUID, Date, ForeignKey, Integer, Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.people.tables import Panel


class EqualityCount(Table):
    id = UUID(primary_key=True, default=UUID4())
    panel = ForeignKey(Panel, null=False)
    quarter = Date()  # its first day: only quarters that are over are ever shown
    question = Varchar(length=30)
    answer = Varchar(length=40)
    people = Integer(default=0)

    one_count = Unique(["panel", "quarter", "question", "answer"])
