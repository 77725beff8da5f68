"""Who the panel is, as its members describe themselves: counted in rounds, never linked."""

from piccolo.columns import UUID, Date, ForeignKey, Integer, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel


class Round(Table, tablename="composition_round"):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    number = Integer()
    opened = Date()
    closes = Date()
    stage = Varchar(length=10, default="open")  # open, closed
    asked = Integer(default=0)
    version = Integer(default=1)
    one_round = Unique(["panel", "number"])


class Answered(Table, tablename="composition_answered"):
    """That somebody answered, so that nobody is counted twice."""

    id = UUID(primary_key=True, default=NewId())
    round = ForeignKey(Round, null=False)
    person = UUID()
    answered_once = Unique(["round", "person"])


class Count(Table, tablename="composition_count"):
    id = UUID(primary_key=True, default=NewId())
    round = ForeignKey(Round, null=False)
    question = Varchar(length=30)
    answer = Varchar(length=30)
    count = Integer(default=0)
    one_composition_count = Unique(["round", "question", "answer"])
