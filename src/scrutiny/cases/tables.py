"""What the panel looks at: drawn by lot from police records, or raised by a resident."""

from piccolo.columns import JSON, UUID, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.concerns.tables import Concern
from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Panel, Seat
from scrutiny.stops.tables import Stop


class Draw(Table):
    """A random sample and its certificate: enough for anybody to draw it again."""

    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    number = Integer()
    by = ForeignKey(Seat, null=False)
    at = Timestamptz()
    month = Varchar(length=7)
    area_code = Varchar(length=9, index=True)
    certificate = JSON()  # canonical: the bytes that are published
    sha256 = Varchar(length=64)

    one_draw_number = Unique(["panel", "number"])


class Case(Table):
    id = UUID(primary_key=True, default=NewId())
    panel = ForeignKey(Panel, null=False)
    number = Integer()
    title = Varchar(length=200)  # neutral: never a name, a place or an ethnicity
    origin = Varchar(length=30)
    power = Varchar(length=120)
    month = Varchar(length=7)
    draw = ForeignKey(Draw, null=True, index=True)
    stop = ForeignKey(Stop, null=True)
    concern = ForeignKey(Concern, null=True, unique=True)
    stage = Varchar(length=20, default="proposed")
    finding = Text()
    reason = Varchar(length=40)  # why it was removed
    version = Integer(default=1)

    one_case_number = Unique(["panel", "number"])
    case_by_stage = Unique(["panel", "stage", "number"])  # for the list of one stage, by number
    one_case_of_a_stop = Unique(["panel", "stop"])  # a record is drawn once by a panel
