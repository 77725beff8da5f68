"""What was said about how a seat stands: a leave, a restriction, a resignation."""

from piccolo.columns import UUID, Date, ForeignKey, Text, Timestamptz, Varchar
from piccolo.table import Table

from scrutiny.kit.ids import NewId
from scrutiny.people.tables import Seat


class SeatNotice(Table):
    """One time in which a seat stood otherwise, or the words with which it was given up."""

    id = UUID(primary_key=True, default=NewId())
    seat = ForeignKey(Seat, null=False, index=True)
    kind = Varchar(length=20)  # leave, restriction, resignation
    since = Date()
    until = Date(null=True, default=None)  # the last day, itself included
    why = Text()  # of a restriction, which the member reads, and of a resignation
    by = ForeignKey(Seat, null=False)
    at = Timestamptz()
    over = Timestamptz(null=True, default=None)
