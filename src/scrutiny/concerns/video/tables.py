"""Requests to the force to keep body-worn video. Nothing in them tells who wrote."""

from piccolo.columns import UUID, Bytea, Date, ForeignKey, Integer, Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.constraints import Unique
from piccolo.table import Table

from scrutiny.people.tables import Panel, Seat


class Preservation(Table):
    id = UUID(primary_key=True, default=UUID4())
    panel = ForeignKey(Panel, null=False)
    number = Integer()  # counts from 1 within the panel, apart from the numbers of concerns
    concern = UUID(null=True, unique=True)  # not shown to the force; gone once it is erased
    happened = Date(null=True, default=None)  # gone with the concern
    last_day = Date(null=True, default=None)  # the last on which the video is still there
    sent = Date()
    answer_due = Date()
    stage = Varchar(length=20, default="sent")  # sent, kept, already_gone, refused
    reason = Varchar(length=20)  # why it was refused
    answered = Date(null=True, default=None)
    answered_by = ForeignKey(Seat, null=True)
    sealed = Bytea()  # place, time and officer number, under the concern's own key
    version = Integer(default=1)

    one_preservation_number = Unique(["panel", "number"])
    preservation_by_stage = Unique(["panel", "stage", "number"])
